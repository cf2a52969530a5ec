# Tables, classes, defaults and loops that hold sinks.
import contextlib
import functools
import json
import operator
import shelve
import sys
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass, field
from collections import namedtuple
from enum import Enum

import pickle as json2
import pickle, json as j
import pickle
from pickle import loads as dumps2

with suppress(ImportError):
    import cloudpickle as cp

for _once in range(1):
    import dill as looped

while True:
    import marshal as m
    break


def init():
    global lazy
    import pickle as lazy


def naming(raw):
    a = json2.loads(raw)  # want "pickle.loads"
    b = j.loads(raw)
    c = dumps2(raw)  # want "pickle.loads"
    d = cp.loads(raw)  # want "cloudpickle.loads"
    e = looped.loads(raw)  # want "dill.loads"
    f = m.loads(raw)  # want "marshal.loads"
    g = lazy.loads(raw)  # want "pickle.loads"
    return a, b, c, d, e, f, g


class Holder:
    p = pickle
    q = json
    modules = {"p": pickle, "j": json}

    def use(self, raw):
        a = self.p.loads(raw)  # want "pickle.loads"
        b = Holder.p.loads(raw)  # want "pickle.loads"
        c = self.q.loads(raw)
        d = self.modules["p"].loads(raw)  # want "pickle.loads"
        e = self.modules["j"].loads(raw)
        return a, b, c, d, e

    @classmethod
    def make(cls, raw):
        return cls.p.loads(raw)  # want "pickle.loads"


class Sub(Holder):
    def more(self, raw):
        return self.p.loads(raw)  # want "pickle.loads"


MODS = [json, pickle]
BY_NAME = {"pickle": pickle, "json": json}


def tables(raw, kind, flag):
    a = MODS[1].loads(raw)  # want "pickle.loads"
    b = MODS[0].loads(raw)
    c = BY_NAME[kind].loads(raw)  # want "pickle.loads"
    d = BY_NAME.get(kind, json).loads(raw)  # want "pickle.loads"
    e = {"p": pickle.loads, "j": json.loads}[kind](raw)  # want "pickle.loads"
    f = [json.loads, pickle.loads][flag](raw)  # want "pickle.loads"
    g = (pickle.loads if flag else json.loads)(raw)  # want "pickle.loads"
    h = (pickle if flag else json).loads(raw)  # want "pickle.loads"
    mod = pickle if flag else json
    i = mod.loads(raw)  # want "pickle.loads"
    k = getattr(pickle if flag else json, "loads")(raw)  # want "pickle.loads"
    l = (json, pickle)[flag].loads(raw)  # want "pickle.loads"
    return a, b, c, d, e, f, g, h, i, k, l


def loops(raw):
    for mod in (pickle, json):
        mod.loads(raw)  # want "pickle.loads"
    for name, mod2 in [("p", pickle), ("j", json)]:
        mod2.loads(raw)  # want "pickle.loads"
    for key, mod3 in BY_NAME.items():
        mod3.loads(raw)  # want "pickle.loads"
    out = [q.loads(raw) for q in (json, pickle)]  # want "pickle.loads"
    for mod4 in (json, zlib):
        mod4.loads(raw)
    return out


class Cache:
    def __init__(self, serializer=pickle, loads=None, other=json):
        self.serializer = serializer
        self._loads = loads or pickle.loads
        self.other = other

    def get(self, raw):
        a = self.serializer.loads(raw)  # want "pickle.loads"
        b = self._loads(raw)  # want "pickle.loads"
        c = self.other.loads(raw)
        return a, b, c


def load(f, pickle_module=pickle, **kw):
    return pickle_module.load(f, **kw)  # want "pickle.load"


def load2(f, serializer=None):
    serializer = serializer or pickle
    return serializer.load(f)  # want "pickle.load"


def load3(f, serializer=None):
    if serializer is None:
        serializer = pickle
    return serializer.load(f)  # want "pickle.load"


def load4(f, **kwargs):
    loads = kwargs.pop("loads", pickle.loads)  # want "pickle.loads"
    return loads(f)


def load5(settings, raw):
    return getattr(settings, "SERIALIZER", pickle).loads(raw)  # want "pickle.loads"


@dataclass
class Conf:
    loads: object = field(default=pickle.loads)  # want "pickle.loads"
    dumps: object = field(default=pickle.dumps)


Codec = namedtuple("Codec", "dumps loads")
CODEC = Codec(pickle.dumps, pickle.loads)  # want "pickle.loads"


class Kind(Enum):
    PICKLE = "pickle"
    JSON = "json"


def functional(raw, blobs):
    a = functools.reduce(lambda acc, f: f(acc), [zlib.decompress, pickle.loads], raw)  # want "pickle.loads"
    b = functools.lru_cache(maxsize=None)(pickle.loads)(raw)  # want "pickle.loads"
    c = operator.call(pickle.loads, raw)  # want "pickle.loads"
    d = pickle.loads.__call__(raw)  # want "pickle.loads"
    e = staticmethod(pickle.loads).__func__(raw)  # want "pickle.loads"
    f = pickle.Unpickler(raw).load  # want "pickle.Unpickler"
    g = functools.partial(pickle.Unpickler, encoding="bytes")(raw).load()  # want "pickle.Unpickler"
    h = pickle.loads(*blobs)  # want "pickle.loads"
    i = pickle.load(**raw)  # want "pickle.load"
    with closing(shelve.open(raw)) as db:  # want "shelve.open"
        k = db["x"]
    with contextlib.ExitStack() as st:
        l = st.enter_context(shelve.open(raw))  # want "shelve.open"
    o = sum(pickle.loads(x) for x in blobs)  # want "pickle.loads"
    p = [y := pickle.loads(x) for x in blobs]  # want "pickle.loads"
    return a, b, c, d, e, f, g, h, i, k, l, o, p


def get_json():
    return json


def through(raw):
    return get_json().loads(raw)


class Importing:
    import marshal

    def go(self, raw):
        return self.marshal.loads(raw)  # want "marshal.loads"


x = Importing.marshal.loads(b"")  # want "marshal.loads"
open = shelve.open
db = open("settings")  # want "shelve.open"
