# Shelves, marshalled code, jsonpickle, and loaders of further libraries.
import shelve
import shelve as sh
from shelve import open as shopen, DbfilenameShelf, Shelf, BsdDbShelf
import dbm


class Settings:
    def __init__(self, path):
        self.db = shelve.open(path, writeback=True)  # want "shelve.open"

    def read(self, path, raw):
        with sh.open(path, flag="r") as db:  # want "shelve.open"
            one = dict(db)
        with shopen(path) as db:  # want "shelve.open"
            two = db["x"]
        three = DbfilenameShelf(path, "r")  # want "shelve.DbfilenameShelf"
        four = Shelf(raw)  # want "shelve.Shelf"
        five = BsdDbShelf(raw)  # want "shelve.BsdDbShelf"
        six = shelve.Shelf({})  # want "shelve.Shelf"
        seven = shelve.DbfilenameShelf(path)  # want "shelve.DbfilenameShelf"
        eight = dbm.open(path)
        return one, two, three, four, five, six, seven, eight


class MyShelf(shelve.Shelf):
    pass


def mine(d):
    return MyShelf(d)  # want "shelve.Shelf"


import marshal
import marshal as m
from marshal import load, loads as mloads
import types


def code_from_pyc(path):
    with open(path, "rb") as f:
        f.read(16)
        return marshal.load(f)  # want "marshal.load"


def run(blob, fh):
    a = marshal.loads(blob)  # want "marshal.loads"
    b = m.loads(blob)  # want "marshal.loads"
    c = mloads(blob)  # want "marshal.loads"
    d = load(fh)  # want "marshal.load"
    exec(marshal.loads(blob), {})  # want "marshal.loads"
    e = types.FunctionType(m.loads(blob), {})  # want "marshal.loads"
    return a, b, c, d, e, marshal.dumps(a)


import jsonpickle
import jsonpickle as jp
from jsonpickle import decode, loads as jl
from jsonpickle.unpickler import Unpickler, decode as udecode
import jsonpickle.unpickler as ju
import json


class Session:
    def load(self, s):
        return jsonpickle.decode(s)  # want "jsonpickle.decode"

    def all(self, s, d):
        a = jsonpickle.loads(s)  # want "jsonpickle.loads"
        b = jp.decode(s, keys=True)  # want "jsonpickle.decode"
        c = decode(s)  # want "jsonpickle.decode"
        e = jl(s)  # want "jsonpickle.loads"
        f = udecode(s)  # want "jsonpickle.decode"
        g = Unpickler().restore(d)  # want "jsonpickle.Unpickler"
        h = jsonpickle.unpickler.Unpickler()  # want "jsonpickle.Unpickler"
        i = ju.decode(s)  # want "jsonpickle.decode"
        j = jsonpickle.decode(s, safe=True)  # want "jsonpickle.decode"
        k = jsonpickle.unpickler.decode(s)  # want "jsonpickle.decode"
        return a, b, c, e, f, g, h, i, j, k

    def save(self, o):
        self.x = json.loads(o)
        return jsonpickle.encode(o, unpicklable=False)


from pydantic import BaseModel, parse_file_as
import sagemaker.deserializers
from sagemaker.deserializers import JSONDeserializer, NumpyDeserializer
import dedupe
import mmcv
import paddle


class Item(BaseModel):
    name: str


def go(p, raw):
    a = Item.parse_raw(raw, content_type="pickle", allow_pickle=True)  # want "pydantic.BaseModel.parse_raw"
    b = Item.parse_file(p, allow_pickle=True)  # want "pydantic.BaseModel.parse_file"
    c = parse_file_as(Item, p, allow_pickle=True)  # want "pydantic.parse_file_as"
    d = Item.parse_raw(raw)
    e = Item.parse_file(p, allow_pickle=False)
    f = Item.model_validate_json(raw)
    g = NumpyDeserializer()  # want "sagemaker.deserializers.NumpyDeserializer"
    h = NumpyDeserializer(allow_pickle=False)
    i = JSONDeserializer()
    j = dedupe.StaticDedupe(p)  # want "dedupe.StaticDedupe"
    k = mmcv.load("x.pkl")  # want "mmcv.load"
    l = mmcv.load("x.json")
    m = paddle.load(p)  # want "paddle.load"
    return locals()
