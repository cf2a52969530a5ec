# The ways that bytes take through a file: PKL203.
import asyncio
import base64
import bz2
import codecs
import collections
import concurrent.futures
import contextlib
import functools
import gzip
import io
import itertools
import json
import lzma
import multiprocessing
import operator
import os
import pathlib
import pickle
import queue
import shutil
import socket
import struct
import tempfile
import threading
import zipfile
import zlib
from dataclasses import dataclass
from typing import NamedTuple

import cloudpickle
import joblib
import marshal
import numpy
import pandas
import requests
import torch
import yaml
from flask import Flask, request

app = Flask(__name__)


def source():
    return request.get_data()


def chained():
    a = b = source()
    c, d = a, 3
    (e, f), g = (c, 1), 2
    return pickle.loads(e)  # want "tainted-load"


def other_part():
    a, b = source(), b"constant"
    return pickle.loads(b)  # want "PKL201"


def overwritten():
    data = source()
    data = b"".join([])
    return pickle.loads(data)  # want "PKL201"


def branch(flag):
    if flag:
        data = source()
    else:
        data = b""
    return pickle.loads(data)  # want "tainted-load"


def ternary(flag):
    return pickle.loads(source() if flag else b"")  # want "tainted-load"


def default():
    return pickle.loads(request.data or b"")  # want "tainted-load"


def walrus():
    if (raw := source()) and len(raw) > 3:
        return pickle.loads(raw)  # want "tainted-load"


def match_it():
    match request.get_json():
        case {"blob": blob}:
            return pickle.loads(blob)  # want "tainted-load"
        case [first, *rest]:
            return pickle.loads(rest[0])  # want "tainted-load"


def augmented():
    data = b"x"
    data += source()
    return pickle.loads(data)  # want "tainted-load"


def sliced():
    raw = source()
    size, = struct.unpack(">I", raw[:4])
    return pickle.loads(raw[4:4 + size])  # want "tainted-load"


def unpacked():
    kind, blob = struct.unpack("<B10s", source())
    return pickle.loads(blob)  # want "tainted-load"


def decoded():
    x = source()
    x = codecs.decode(x, "hex")
    x = bz2.decompress(lzma.decompress(x))
    x = gzip.decompress(x)
    return marshal.loads(x)  # want "tainted-load: marshal.loads"


def decompressor():
    d = zlib.decompressobj()
    return pickle.loads(d.decompress(source()) + d.flush())  # want "tainted-load"


def wrapped():
    fh = io.BufferedReader(io.BytesIO(source()))
    fh.seek(0)
    return pickle.load(fh)  # want "tainted-load"


def unpickler():
    return pickle.Unpickler(io.BytesIO(source())).load()  # want "tainted-load: pickle.Unpickler"


def zipped():
    with zipfile.ZipFile(io.BytesIO(source())) as z:
        with z.open("data.pkl") as member:
            a = pickle.load(member)  # want "tainted-load"
        return a, pickle.loads(z.read("x"))  # want "tainted-load"


def gz():
    with gzip.open(request.files["f"], "rb") as fh:
        return pickle.load(fh)  # want "tainted-load"


def fstring():
    text = f"{request.form['a']}{request.form['b']}"
    return pickle.loads(base64.b64decode(text))  # want "tainted-load"


def formatted():
    return yaml.load("a: %s" % request.form["y"], Loader=yaml.Loader)  # want "tainted-load"


def dictionary():
    d = {"blob": source(), "n": 1}
    return pickle.loads(d["blob"])  # want "tainted-load"


def set_item():
    d = {}
    d["blob"] = source()
    return pickle.loads(d["blob"])  # want "tainted-load"


def appended():
    q = collections.deque()
    q.append(source())
    return pickle.loads(q.popleft())  # want "tainted-load"


def comprehension():
    return [pickle.loads(part) for part in source().split(b",") if part]  # want "tainted-load"


def nested_comprehension():
    rows = [r for r in source().splitlines()]
    return {k: pickle.loads(v) for k, v in enumerate(rows)}  # want "tainted-load"


def loop():
    out = []
    for n, part in enumerate(source().split(b"\0")):
        out.append(pickle.loads(part))  # want "tainted-load"
    return out


def generator():
    yield request.stream.read(3)
    yield request.stream.read(4)


def from_generator():
    for part in generator():
        pickle.loads(part)  # want "tainted-load"


@contextlib.contextmanager
def opened():
    yield io.BytesIO(request.data)


def from_context():
    with opened() as fh:
        return pickle.load(fh)  # want "tainted-load"


def helper(data):
    return pickle.loads(data)  # want "tainted-load"


def calls_helper():
    return helper(request.data)


def outer_helper(x, *, blob=None):
    return inner_helper(blob)


def inner_helper(y):
    return pickle.loads(y)  # want "tainted-load"


def calls_outer():
    outer_helper(1, blob=request.data)


def nobody_calls(data):
    return pickle.loads(data)  # want "PKL201"


def called_with_own():
    return own_helper(b"abc")


def own_helper(data):
    return pickle.loads(data)  # want "PKL2"


def starred(*blobs):
    return [pickle.loads(b) for b in blobs]  # want "tainted-load"


starred(1, request.data)


def keywords(**kw):
    return pickle.loads(kw["blob"])  # want "PKL20[13]"


class Store:
    shared = None

    def __init__(self, raw):
        self.raw = raw
        self._cache = {}

    @property
    def body(self):
        return self.raw[4:]

    @classmethod
    def from_request(cls):
        return cls(request.get_data())

    @staticmethod
    def parse(blob):
        return pickle.loads(blob)  # want "tainted-load"

    def load(self):
        return pickle.loads(self.raw)  # want "tainted-load"

    def load_body(self):
        return pickle.loads(self.body)  # want "tainted-load"

    def call(self):
        Store.parse(request.data)


def make_store():
    return Store(request.data).load()


class Child(Store):
    def again(self):
        return pickle.loads(self.raw)  # want "tainted-load"


class Clean:
    def __init__(self, raw):
        self.raw = raw

    def load(self):
        return pickle.loads(self.raw)  # want "PKL201"


@dataclass
class Message:
    topic: str
    body: bytes


class Pair(NamedTuple):
    left: bytes
    right: bytes


def dataclassed():
    m = Message("t", request.data)
    p = Pair(left=b"x", right=request.data)
    pickle.loads(m.body)  # want "tainted-load"
    pickle.loads(p.right)  # want "tainted-load"


def threads():
    worker = threading.Thread(target=in_thread, args=(1, request.data))
    worker.start()
    threading.Thread(target=lambda: helper2(request.data)).start()


def in_thread(n, blob):
    pickle.loads(blob)  # want "tainted-load"


def helper2(x):
    pickle.loads(x)  # want "tainted-load"


async def executor():
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, in_executor, request.data)
    await asyncio.to_thread(in_to_thread, request.data)
    await loop.run_in_executor(None, functools.partial(in_partial, request.data))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(in_map, source().split(b",")))
    return await loop.run_in_executor(None, pickle.loads, request.data)  # want "tainted-load"


def in_executor(x):
    return pickle.loads(x)  # want "tainted-load"


def in_to_thread(x):
    return pickle.loads(x)  # want "tainted-load"


def in_partial(x):
    return pickle.loads(x)  # want "tainted-load"


def in_map(x):
    return pickle.loads(x)  # want "tainted-load"


decode = lambda b: pickle.loads(b)  # want "tainted-load"
decode(request.data)


def nested():
    raw = request.data

    def inner():
        return pickle.loads(raw)  # want "tainted-load"
    return inner()


PENDING = None


def set_global():
    global PENDING
    PENDING = request.data


def use_global():
    return pickle.loads(PENDING)  # want "tainted-load"


def queued():
    q = queue.Queue()
    q.put(request.data)
    return pickle.loads(q.get())  # want "tainted-load"


def temp_file():
    with tempfile.NamedTemporaryFile(suffix=".pkl") as tmp:
        tmp.write(request.data)
        tmp.flush()
        return joblib.load(tmp.name)  # want "tainted-load"


def temp_seek():
    tmp = tempfile.TemporaryFile()
    shutil.copyfileobj(request.stream, tmp)
    tmp.seek(0)
    return pickle.load(tmp)  # want "tainted-load"


def saved(directory):
    f = request.files["f"]
    path = os.path.join(directory, "in.pkl")
    f.save(path)
    with open(path, "rb") as fh:
        return pickle.load(fh)  # want "tainted-load"


def saved_path(directory):
    p = pathlib.Path(directory) / "in.pkl"
    p.write_bytes(requests.get("u").content)
    return pandas.read_pickle(p)  # want "tainted-load"


def imported_helper():
    return pickle.loads(decrypt(request.data))  # want "tainted-load"


def iterated(sock):
    data = b"".join(iter(lambda: sock.recv(1), b""))
    return pickle.loads(data)  # want "tainted-load"


def reduced():
    return pickle.loads(functools.reduce(operator.add, source().split(b"-")))  # want "tainted-load"


def getattr_of():
    return pickle.loads(getattr(request, "data"))  # want "tainted-load"


def tried():
    try:
        raw = request.data
    except Exception:
        raw = None
    else:
        return pickle.loads(raw)  # want "tainted-load"
    finally:
        pass


def temp_dir():
    with open("/tmp/cache.pkl", "rb") as fh:
        a = pickle.load(fh)  # want "tainted-load.*directory for temporary files"
    b = joblib.load(os.path.join(tempfile.gettempdir(), "model.joblib"))  # want "tainted-load"
    c = torch.load(pathlib.Path("/var/tmp") / "x.pt")  # want "tainted-load"
    d = pickle.load(open(f"{tempfile.gettempdir()}/x", "rb"))  # want "tainted-load"
    return a, b, c, d


def upload_dir():
    path = os.path.join(app.config["UPLOAD_FOLDER"], "latest.pkl")
    with open(path, "rb") as fh:
        return pickle.load(fh)  # want "tainted-load.*upload directory"


def uploads():
    return [pickle.load(open(p, "rb")) for p in pathlib.Path("uploads").glob("*.pkl")]  # want "tainted-load.*uploads"


def private_temp():
    fd, name = tempfile.mkstemp()
    with open(name, "rb") as fh:
        return pickle.load(fh)  # want "PKL201"


def unpredictable(name):
    import uuid
    a = joblib.load(os.path.join(tempfile.gettempdir(), str(uuid.uuid4())))  # want "PKL201"
    b = joblib.load(pathlib.Path(tempfile.gettempdir()) / f"{uuid.uuid4()}.pkl")  # want "PKL201"
    c = joblib.load("/tmp/" + name)  # want "PKL201"
    directory = os.path.join(tempfile.gettempdir(), "app")
    d = joblib.load(os.path.join(directory, "model.joblib"))  # want "PKL203"
    return a, b, c, d


def round_trip():
    return pickle.loads(pickle.dumps(request.form))  # want "PKL201"
