"""What a state holds that pickle refuses: PKL220."""
import asyncio
import collections
import concurrent.futures
import csv
import dataclasses
import functools
import hashlib
import io
import logging
import mmap
import multiprocessing
import multiprocessing as mp
import os
import pickle
import queue
import shelve
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import tkinter as tk
import weakref
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock, RLock as Reentrant

import dill
import joblib
import numpy as np
import torch


class Locked:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()  # want "PKL220 .*`self.lock` is a lock.*pickle.dumps is given an object of class Locked"


blob = pickle.dumps(Locked())


class Unused:
    def __init__(self):
        self.lock = threading.Lock()


class ByName:
    def __init__(self):
        self._lock = Lock()  # want "PKL220"
        self._again = Reentrant()  # want "PKL220"
        self.name = "x"

    def save(self, path):
        with open(path, "wb") as f:
            pickle.dump(self, f)


class Whole:
    def __init__(self, path):
        self.file = open(path)  # want "PKL220 .*an open file.*__getstate__ leaves it in the state"

    def __getstate__(self):
        return self.__dict__

    def __setstate__(self, state):
        self.__dict__.update(state)


class OneOfTwo:
    def __init__(self):
        self.lock = threading.Lock()
        self.conn = sqlite3.connect(":memory:")  # want "PKL220 .*`self.conn` is a connection to a database"

    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("lock", None)
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class Dropped:
    def __init__(self):
        self.lock = threading.Lock()
        self.conn = sqlite3.connect(":memory:")
        self.data = {}

    def __getstate__(self):
        state = dict(self.__dict__)
        for key in ("lock", "conn"):
            del state[key]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()
        self.conn = sqlite3.connect(":memory:")


class Nulled:
    def __init__(self):
        self.sock = socket.socket()

    def __getstate__(self):
        state = self.__dict__.copy()
        state["sock"] = None
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.sock = socket.socket()


class Whitelist:
    FIELDS = ("host", "port")

    def __init__(self, host, port):
        self.host, self.port = host, port
        self.sock = socket.create_connection((host, port))

    def __getstate__(self):
        return {k: getattr(self, k) for k in self.FIELDS}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.sock = socket.create_connection((self.host, self.port))


class Filtered:
    def __init__(self):
        self._lock = threading.Lock()
        self.handler = lambda x: x  # want "PKL220 .*a lambda"

    def __getstate__(self):
        return {k: v for k, v in self.__dict__.items() if not k.startswith("_")}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._lock = threading.Lock()


class Splat:
    def __init__(self):
        self.pool = ThreadPoolExecutor(4)
        self.worker = threading.Thread(target=print)  # want "PKL220 .*a thread"

    def __getstate__(self):
        return {**self.__dict__, "pool": None}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.pool = ThreadPoolExecutor(4)


class Listed:
    def __init__(self):
        self.lock = threading.Lock()
        self.n = 1

    def __getstate__(self):
        return {
            "version": 1,
            "n": self.n,
            "lock": self.lock,  # want "PKL220 .*puts a lock into the state"
        }

    def __setstate__(self, state):
        if state["version"] != 1:
            raise ValueError
        self.n, self.lock = state["n"], state["lock"]


class OnlySetstate:
    def __init__(self):
        self.proc = subprocess.Popen(["true"])  # want "PKL220 .*a process"

    def __setstate__(self, state):
        self.__dict__.update(state)


class NewArgs:
    def __new__(cls, name):
        return super().__new__(cls)

    def __init__(self, name):
        self.name = name
        self.rows = (r for r in name)  # want "PKL220 .*a generator"

    def __getnewargs__(self):
        return (self.name,)


class Reduced:
    def __init__(self, path):
        self.path = path
        self.file = open(path)

    def __reduce__(self):
        return (Reduced, (self.path,))


class ReducedWithState:
    def __init__(self, path):
        self.path = path
        self.file = open(path)  # want "PKL220 .*__reduce__ leaves it in the state"

    def __reduce__(self):
        return (ReducedWithState, (self.path,), self.__dict__)


class ReducedWithLock:
    def __init__(self, lock=None):
        self.lock = lock or threading.Lock()

    def __reduce__(self):
        return ReducedWithLock, (self.lock,)  # want "PKL220 .*puts a lock into the state"


class Resources:
    def __init__(self, path, items):
        self.a = queue.Queue()  # want "PKL220"
        self.b = weakref.ref(self)  # want "PKL220"
        self.c = mmap.mmap(-1, 10)  # want "PKL220"
        self.d = memoryview(b"abc")  # want "PKL220"
        self.e = tk.Tk()  # want "PKL220"
        self.f = concurrent.futures.ProcessPoolExecutor()  # want "PKL220"
        self.g = asyncio.new_event_loop()  # want "PKL220"
        self.h = np  # want "PKL220 .*a module"
        self.i = tempfile.NamedTemporaryFile()  # want "PKL220"
        self.j = hashlib.sha256()  # want "PKL220"
        self.k = csv.writer(io.StringIO())  # want "PKL220"
        self.l = sys.stdout  # want "PKL220"
        self.m = collections.defaultdict(lambda: 0)  # want "PKL220"
        self.n = functools.partial(lambda x, y: x, 1)  # want "PKL220"
        self.o = {"on": lambda: 1, "off": None}  # want "PKL220"
        self.p = [threading.Lock() for _ in items]  # want "PKL220"
        self.q = threading.local()  # want "PKL220"
        self.r = mp.Lock()  # want "PKL220"
        self.s = self.rows()  # want "PKL220 .*a generator"
        self.t = numbers(3)  # want "PKL220 .*a generator"
        self.u = weakref.WeakValueDictionary()  # want "PKL220"
        self.v = threading.Event()  # want "PKL220"
        self.w = mp.Queue()  # want "PKL220"
        self.x = logging.StreamHandler()  # want "PKL220"
        self.y = open(path) if path else None  # want "PKL220"
        self.z = None or threading.Condition()  # want "PKL220"

        def local(x):
            return x

        class Inner:
            pass

        self.fn = local  # want "PKL220 .*a function that is defined in another"
        self.cls = Inner  # want "PKL220 .*a class that is defined in a function"
        self.obj = Inner()  # want "PKL220 .*an object of a class that is defined in a function"
        handle = open(path)
        self.file = handle  # want "PKL220 .*an open file"
        self.cursor = sqlite3.connect(path).cursor()  # want "PKL220 .*a database cursor"
        self.db = connect(path)
        self.cur = self.db.cursor()  # want "PKL220 .*a database cursor"

    def rows(self):
        yield 1

    def __setstate__(self, state):
        self.__dict__.update(state)


def numbers(n):
    for k in range(n):
        yield k


def connect(path):
    return path


class Fine:
    counter = threading.Lock()  # of the class: pickle does not look at it

    def __init__(self, path, names, key=lambda x: x):
        self.a = io.BytesIO()
        self.b = collections.defaultdict(int)
        self.c = sorted(names, key=lambda n: n[0])
        self.d = list(n for n in names)
        self.e = functools.partial(print, 1)
        self.f = logging.getLogger(__name__)
        self.g = np.zeros(3)
        self.h = os.path.join(path, "x")
        self.i = dict((n, 1) for n in names)
        self.j = self.plain
        self.k = module_level
        self.l = Plain()
        self.m = Plain
        self.n = map(str, names)
        self.o = io.StringIO()
        self.p = np.random.default_rng()
        with open(path) as f:
            self.q = f.read()
        self.r = [x for x in names]
        lock = threading.Lock()
        with lock:
            self.s = 1
        self.t = open(path).read()
        self.u = hashlib.sha256(b"x").hexdigest()
        self.v = subprocess.run(["true"]).returncode

    def plain(self):
        pass

    def __setstate__(self, state):
        self.__dict__.update(state)


def module_level():
    pass


class Plain:
    pass


class Base:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["lock"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class Derived(Base):
    def __init__(self):
        super().__init__()
        self.sock = socket.socket()  # want "PKL220 .*`self.sock` is a socket.*__getstate__ leaves it"


class DerivedDrops(Base):
    def __init__(self):
        super().__init__()
        self.sock = socket.socket()

    def __getstate__(self):
        state = super().__getstate__()
        state.pop("sock", None)
        return state

    def __setstate__(self, state):
        super().__setstate__(state)
        self.sock = socket.socket()


class DerivedKeeps(Base):
    def __init__(self):
        super().__init__()
        self.sock = socket.socket()
        self.proc = subprocess.Popen("x")  # want "PKL220"

    def __getstate__(self):
        state = Base.__getstate__(self)
        del state["sock"]
        return state

    def __setstate__(self, state):
        super().__setstate__(state)
        self.sock = socket.socket()


class DamagesPop:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        self.__dict__.pop("lock", None)  # want "PKL220 .*takes `lock` out of the object itself"
        return self.__dict__

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class DamagesAlias:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        state = self.__dict__
        state["lock"] = None  # want "PKL220 .*sets `lock` of the object itself to None"
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class DamagesSelf:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        self.lock = None  # want "PKL220 .*sets `lock` of the object itself to None"
        return self.__dict__

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class DamagesDel:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        del self.__dict__["lock"]  # want "PKL220"
        return self.__dict__

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class Slots:
    __slots__ = ("name", "lock")

    def __init__(self):
        self.name = "x"
        self.lock = threading.Lock()  # want "PKL220"


pickle.dumps([Slots(), 1])


class OldSlots:
    __slots__ = ("a", "b")  # want "PKL220 .*has __slots__ and no __getstate__: pickle.dumps with protocol 1 raises TypeError"

    def __init__(self):
        self.a = self.b = 1


pickle.dumps(OldSlots(), protocol=1)


class NewSlots:
    __slots__ = ("a",)

    def __init__(self):
        self.a = 1


pickle.dumps(NewSlots(), protocol=4)


@dataclass
class Data:
    name: str
    lock: threading.Lock = field(default_factory=threading.Lock)  # want "PKL220 .*field `lock` is a lock"
    key: object = lambda x: x  # want "PKL220 .*field `key` is a lambda"
    made: list = field(default_factory=lambda: [])
    handle: io.TextIOWrapper = None  # want "PKL220"


pickle.dump(Data("x"), open("x", "wb"))


class Cached:
    def __init__(self, path):
        self.path = path

    @cached_property
    def connection(self):  # want "PKL220 .*cached property `connection` keeps a connection to a database in the object"
        return sqlite3.connect(self.path)

    @cached_property
    def size(self):
        return os.path.getsize(self.path)

    @property
    def fresh(self):
        return sqlite3.connect(self.path)

    def save(self):
        return pickle.dumps(self)


class CachedDropped:
    @cached_property
    def connection(self):
        return sqlite3.connect("x")

    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("connection", None)
        return state


class Worker(threading.Thread):  # want "PKL220 .*class Worker is a thread, which cannot be pickled"
    def run(self):
        pass


pickle.dumps(Worker())


def make():
    class Local:  # want "PKL220 .*is defined in a function, where pickle does not find it"
        pass

    return pickle.dumps(Local())


def make_global():
    global Known

    class Known:
        pass

    return pickle.dumps(Known())


pickle.dumps(lambda x: x)  # want "PKL220 .*pickle.dumps is given a lambda"
pickle.dumps({"a": (x for x in [])})  # want "PKL220 .*a generator"
pickle.dump(threading.Lock(), open("x", "wb"))  # want "PKL220 .*a lock"
pickle.dumps([open("x")])  # want "PKL220 .*an open file"
dill.dumps(lambda x: x)


class DillOnly:
    def __init__(self):
        self.f = lambda x: x
        self.lock = threading.Lock()
        self.rows = (x for x in [])  # want "PKL220 .*a generator"


dill.dumps(DillOnly())


class ToTorch:
    def __init__(self):
        self.f = lambda x: x  # want "PKL220 .*torch.save is given an object of class ToTorch"


torch.save(ToTorch(), "x.pt")


class ToJoblib:
    def __init__(self):
        self.f = open("x")  # want "PKL220 .*joblib.dump"


model = ToJoblib()
joblib.dump(model, "x.joblib")


class ToShelf:
    def __init__(self):
        self.f = open("x")  # want "PKL220 .*shelve.open"


db = shelve.open("x")  # want "PKL201"
db["k"] = ToShelf()


class ToPool:
    def __init__(self):
        self.lock = threading.Lock()  # want "PKL220 .*multiprocessing.Pool.*map"

    def work(self, x):
        return x

    def run(self, xs):
        with multiprocessing.Pool() as pool:
            return pool.map(self.work, xs)


class ToExecutor:
    def __init__(self):
        self.db = sqlite3.connect("x")  # want "PKL220"

    def work(self, x):
        return x

    def run(self, xs):
        with ProcessPoolExecutor() as pool:
            return [pool.submit(self.work, x) for x in xs]


class ToThreads:
    def __init__(self):
        self.lock = threading.Lock()

    def work(self, x):
        return x

    def run(self, xs):
        with ThreadPoolExecutor() as pool:
            return [pool.submit(self.work, x) for x in xs]


class ToProcess:
    def __init__(self):
        self.lock = threading.Lock()  # want "PKL220 .*where processes are not forked"
        self.shared = mp.Lock()


def work(job):
    pass


mp.Process(target=work, args=(ToProcess(),)).start()


class ToQueue:
    def __init__(self):
        self.shared = mp.Lock()  # want "PKL220 .*a lock of multiprocessing"


q = mp.Queue()
q.put(ToQueue())


class Reopened:
    def __init__(self):
        self.fh = None

    def open(self):
        self.fh = open("x")

    def close(self):
        self.fh.close()
        self.fh = None

    def save(self):
        return pickle.dumps(self)


class Opened:
    def __init__(self):
        self.open()

    def open(self):
        self.fh = open("x")  # want "PKL220"

    def save(self):
        return pickle.dumps(self)


class Holds:
    def __init__(self):
        self.part = Part()

    def save(self):
        return pickle.dumps(self.part)


class Part:
    def __init__(self):
        self.lock = Lock()  # want "PKL220"


class Unknown(tk.Widget):
    def __init__(self):
        self.lock = Lock()


pickle.dumps(Unknown())


class Elsewhere(np.ndarray):
    def __init__(self):
        self.lock = Lock()

    def __setstate__(self, state):
        pass


class Annotated:
    def __init__(self, lock: threading.Lock, conn: sqlite3.Connection):
        self.lock = lock  # want "PKL220"
        self.conn = conn  # want "PKL220"

    def __getstate__(self):
        return self.__dict__.copy()


class Refuses:
    def __init__(self):
        self.lock = Lock()

    def __getstate__(self):
        raise TypeError("no pickles of this")

    def __reduce__(self):
        raise TypeError("no pickles of this")


def save(obj, path):
    with open(path, "wb") as f:
        pickle.dump(obj, f)


def keep(path, thing):
    save(thing, path)


class Saved:
    def __init__(self):
        self.lock = Lock()  # want "PKL220 .*pickle.dump is given an object of class Saved"


class Kept:
    def __init__(self):
        self.lock = Lock()  # want "PKL220"


class Unsaved:
    def __init__(self):
        self.lock = Lock()


save(Saved(), "x")
keep("x", thing=Kept())
print(Unsaved())


class FromOutside:
    def __init__(self):
        self.callback = None


job = FromOutside()
job.callback = lambda: 1  # want "PKL220 .*`job.callback` is a lambda"
pickle.dumps(job)
config = {"name": "x", "lock": threading.Lock()}  # want "PKL220 .*a lock"
pickle.dumps(config)


class Tested:
    def __init__(self):
        self.lock = Lock()


def test_refuses(self):
    with self.assertRaises(TypeError):
        pickle.dumps(Tested())


def can_be_pickled():
    try:
        pickle.dumps(Tested())
    except (TypeError, pickle.PicklingError):
        return False
    return True


class Copied:
    def __init__(self, path):
        self._parts = weakref.WeakValueDictionary()
        self._hooks = [lambda: 1]

    def __getstate__(self):
        return {
            "parts": dict(self._parts),
            "environment": dict(os.environ),
            "rows": list(csv.reader(["a"])),
            "lines": list(open("x")),
            "hooks": list(self._hooks),  # want "PKL220 unpicklable-state: __getstate__ of class Copied puts a lambda"
            "locks": tuple(threading.Lock() for _ in range(3)),  # want "puts a lock"
            "named": dict(lock=threading.Lock()),  # want "puts a lock"
        }
