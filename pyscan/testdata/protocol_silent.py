# Dumps of which there is nothing to say.
import copy
import hashlib
import io
import json
import marshal
import multiprocessing
import os
import pickle
import subprocess
import sys
import tempfile
import unittest
from multiprocessing import Pipe, Queue
from multiprocessing.reduction import ForkingPickler

import numpy
import torch
import yaml

PROTOCOL = 4
SETTINGS = {"protocol": 0, "version": 1}


def chosen(obj, f, sock, protocol=-1, level=0):
    pickle.dump(obj, f, protocol)
    pickle.dump(obj, f, protocol=level)
    pickle.dump(obj, f, PROTOCOL)
    pickle.dump(obj, f, protocol=min(4, pickle.HIGHEST_PROTOCOL))
    pickle.dump(obj, f, protocol=min(pickle.HIGHEST_PROTOCOL, PROTOCOL))
    pickle.dump(obj, f, protocol=int("4"))
    pickle.dump(obj, f, **SETTINGS)  # want "PKL211"
    pickle.dump(obj, f, **level)
    pickle.dump(*f)
    sock.sendall(pickle.dumps(obj, protocol=protocol))
    pickle.dump(obj, f, protocol=5 if sys.version_info >= (3, 8) else 0)
    if sys.version_info < (3, 4):
        pickle.dump(obj, f, protocol=0)
    else:
        pickle.dump(obj, f, protocol=pickle.HIGHEST_PROTOCOL)
    pickle.dump(obj, f, protocol=0 if level else 4)
    if protocol is None:
        protocol = pickle.HIGHEST_PROTOCOL
    pickle.dump(obj, f, protocol)


def inside(obj, other):
    a = pickle.dumps(obj)
    b = pickle.dumps(obj, -1)
    assert pickle.dumps(obj) == pickle.dumps(other)
    size = len(pickle.dumps(obj, pickle.HIGHEST_PROTOCOL))
    digest = hashlib.sha256(pickle.dumps(obj, 0)).hexdigest()
    digest2 = hashlib.md5(pickle.dumps(obj, protocol=2))
    print(pickle.dumps(obj))
    pickle.dumps(obj)
    again = pickle.loads(pickle.dumps(obj, -1))  # want "PKL201"
    kept = pickle.dumps(obj, 0)
    back = pickle.loads(kept)  # want "PKL201"
    seen = set()
    seen.add(pickle.dumps(obj))
    table = {}
    table[pickle.dumps(obj)] = 1
    table["x"] = pickle.dumps(obj)
    cache = {}
    cache["x"] = pickle.dumps(obj)
    names = []
    names.append(pickle.dumps(obj))
    return a


def returned(obj):
    return pickle.dumps(obj)


def key(obj):
    return hashlib.sha1(pickle.dumps(obj)).digest(), sys.getsizeof(pickle.dumps(obj))


def processes(obj, pool):
    left, right = Pipe()
    queue = Queue()
    queue.put(pickle.dumps(obj, -1))
    left.send_bytes(ForkingPickler.dumps(obj, -1))
    ForkingPickler(io.BytesIO(), -1).dump(obj)
    pool.submit(pickle.dumps, obj)
    return list(map(pickle.dumps, obj))


def temporary(obj, tmp_path, tmpdir):
    with tempfile.TemporaryFile() as f:
        pickle.dump(obj, f)
    with open(tmp_path / "x", "wb") as f:
        pickle.dump(obj, f)
    with open(os.path.join(tmpdir, "x"), "wb") as f:
        pickle.dump(obj, f, -1)
    name = tempfile.mkdtemp()
    with open(os.path.join(name, "x"), "wb") as f:
        pickle.dump(obj, f, -1)
    with open(os.devnull, "wb") as f:
        pickle.dump(obj, f, -1)
    with open("/dev/null", "wb") as f:
        pickle.dump(obj, f, -1)
    out = io.BytesIO()
    out.write(pickle.dumps(obj))


def others(obj, f, path, logging):
    json.dump(obj, f)
    json.dump(obj, open(path, "w"))
    yaml.dump(obj, f, 0)
    torch.save(obj, path)
    torch.save(obj, path, pickle_protocol=4)
    torch.save(obj, path, pickle_protocol=torch.serialization.DEFAULT_PROTOCOL + 2)
    numpy.save(path, obj)
    marshal.dump(obj, f)
    marshal.dump(obj, open(path, "wb"))
    marshal.dumps(obj, marshal.version)
    marshal.dumps(obj, 4)
    obj.dump(f)
    obj.dumps(protocol=0)
    print(pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL)
    isinstance(obj, pickle.Pickler)


class Own(pickle.Pickler):
    def __init__(self, path, level):
        self.out = open(path, "wb")
        super().__init__(self.out, protocol=4)


def own(path):
    return Own(path, 0)


def shadowed(pickle, f):
    pickle.dump(1, f, 0)


class TestDumps(unittest.TestCase):
    def test_all(self):
        with open("x", "wb") as f:
            pickle.dump(1, f)
            pickle.dump(1, f, -1)
            pickle.dump(1, f, 0)

    def helper(self, f):
        pickle.dump(1, f, 99)


def test_file(fh):
    pickle.dump(1, fh, 1)
    for proto in range(pickle.HIGHEST_PROTOCOL + 1):
        pickle.dump(1, fh, proto)


def every(fh):
    for proto in range(pickle.HIGHEST_PROTOCOL + 1):
        pickle.dump(1, fh, proto)


class Stored(unittest.TestCase):
    def store(self, value):
        with open("x", "wb") as f:
            pickle.dump(value, f)


def in_temporary_directory(value):
    with tempfile.TemporaryDirectory() as made:
        path = os.path.join(made, "value.pkl")
        with open(path, "wb") as f:
            pickle.dump(value, f)
        with open(path, "rb") as f:
            f.read()


def stored(tmp_path):
    path = tmp_path / "value.pkl"
    path.write_bytes(pickle.dumps(1))
    return path


def child(conn):
    conn.send_bytes(pickle.dumps("done"))


def parent():
    ours, theirs = multiprocessing.Pipe()
    theirs.send(pickle.dumps("go"))
    return ours


def forked(function):
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, pickle.dumps(function()))
        os._exit(0)
    return read


def same_python(job):
    p = subprocess.Popen([sys.executable, "-m", "worker"], stdin=subprocess.PIPE)
    p.stdin.write(pickle.dumps(job))
