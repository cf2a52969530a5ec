# How honest classes say how they are rebuilt: nothing here is a finding.
import collections
import copyreg
import datetime
import enum
import functools
import logging
import operator
import pathlib
import re
import subprocess
import threading
import types
import weakref
from unittest import mock

import numpy as np


class Date:
    def __init__(self, y, m, d):
        self.y, self.m, self.d = y, m, d

    def _getstate(self):
        return (bytes([self.y % 256, self.m, self.d]),)

    def __reduce__(self):
        return (self.__class__, self._getstate())


class Tz(datetime.tzinfo):
    def __reduce__(self):
        getinitargs = getattr(self, "__getinitargs__", None)
        args = getinitargs() if getinitargs else ()
        return (self.__class__, args, self.__getstate__())


class Array:
    def __reduce__(self):
        return np.core.multiarray._reconstruct, (np.ndarray, (0,), b"b"), self.__getstate__()


class Numeric:
    def __reduce__(self):
        return type(self), (self.start, self.stop)


def _rebuild_tree(cls, params):
    tree = cls(**params)
    return tree


class Tree:
    def __reduce__(self):
        return (_rebuild_tree, (type(self), self.get_params()), self.__getstate__())


class Colour(enum.Enum):
    RED = 1

    def __reduce_ex__(self, proto):
        return getattr, (self.__class__, self._name_)


class Member:
    def __reduce__(self):
        return getattr, (Colour, "RED")


class Nested:
    class Inner:
        @classmethod
        def make(cls, x):
            return cls()

        def __reduce__(self):
            return Nested.Inner, ()

    @classmethod
    def make(cls, x):
        return cls()

    @staticmethod
    def build(x):
        return Nested()

    def __reduce__(self):
        return self.make, (1,)


class Static(Nested):
    def __reduce__(self):
        return Static.build, (1,)


class Singleton:
    def __reduce__(self):
        return "SINGLETON"


SINGLETON = Singleton()


class Named:
    def __init__(self, name):
        self.name = name

    def __reduce__(self):
        return self.name


class Keyed(dict):
    def __reduce__(self):
        items = [[k, self[k]] for k in self]
        inst_dict = vars(self).copy()
        if inst_dict:
            return self.__class__, (items,), inst_dict
        return self.__class__, (items,)


class Super(Keyed):
    def __reduce__(self):
        cls, args, *rest = super().__reduce__()
        return cls, args

    def __reduce_ex__(self, protocol):
        return super().__reduce_ex__(protocol)


class FromObject:
    def __reduce__(self):
        return object.__reduce__(self)

    def __reduce_ex__(self, protocol):
        return copyreg.__reduce_ex__(self, protocol)


class Refuses:
    def __reduce__(self):
        raise TypeError("cannot pickle")


class PartialLike:
    def __init__(self, func, *args):
        self.func, self.args = func, args

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.__dict__ or None)

    def __setstate__(self, state):
        self.func, self.args, self.__dict__ = state


class AsPartial(PartialLike):
    def __reduce__(self):
        return functools.partial, (self.func,) + self.args


class WithLock:
    def __reduce__(self):
        return threading.Lock, ()


class WithRef:
    def __reduce__(self):
        return weakref.ref, (self.obj,)


class Failed(Exception):
    def __reduce__(self):
        return subprocess.CalledProcessError, (1, "ls")


class Mocked:
    def __reduce__(self):
        return mock.MagicMock, ()


class Paths:
    def __reduce__(self):
        return pathlib.Path, (str(self),)


class Patterns:
    def __reduce__(self):
        return re.compile, (self.pattern, self.flags)


class Logs:
    def __reduce__(self):
        return logging.getLogger, (self.name,)


class Ordered:
    def __reduce__(self):
        return collections.OrderedDict, (), None, None, iter(self.items())


class Stateful:
    def __reduce__(self):
        return copyreg.__newobj__, (type(self),), self.__dict__


class Item:
    def __reduce__(self):
        return operator.getitem, (self.owner, self.key)


class Described:
    def __reduce__(self):
        return Described, ("call open() and then eval the (result)",)


class Shadowed:
    def __reduce__(self):
        def eval(x):
            return x

        open = self.path
        return Shadowed, (open, eval(1))


class Computed:
    def __reduce__(self):
        return type(self), (open(self.path).read(), eval(self.text), subprocess.check_output(["ls"]))


class HasOpen:
    def open(self):
        return self

    def __reduce__(self):
        return HasOpen, (self.open, self.system)


class Constructor:
    _constructor = Numeric

    def __reduce__(self):
        return self._constructor, (1, 2)


class Unknown(Keyed):
    def __reduce__(self):
        return self._from_unknown_base, (1,)


def reduce_lock(lock):
    return threading.RLock, ()


copyreg.pickle(type(threading.RLock()), reduce_lock)
copyreg.pickle(type(re.compile("")), lambda p: (re.compile, (p.pattern,)))
copyreg.pickle(np.ufunc, lambda f: f.__name__)
copyreg.dispatch_table[types.MappingProxyType] = lambda m: (types.MappingProxyType, (dict(m),))
copyreg.constructor(_rebuild_tree)


class Bytes:
    def __reduce_ex__(self, protocol):
        if protocol >= 5:
            return type(self)._reconstruct, (self.data,), None
        return type(self)._reconstruct, (bytearray(self.data),)

    @classmethod
    def _reconstruct(cls, data):
        return cls(data)


class WithState:
    cache = weakref.WeakValueDictionary()

    def __new__(cls, *args):
        return super().__new__(cls)

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["_lock"]
        return state

    def __setstate__(self, state):
        if not isinstance(state, dict):
            raise TypeError(f"a state of {type(state)}")
        version = state.pop("version", 0)
        logging.getLogger(__name__).debug("state of version %d with %d keys", version, len(state))
        self.__dict__.update(state)
        self._lock = threading.Lock()
        self._event = threading.Event()
        self._cache = {}
        self.cache[id(self)] = self
        for key, value in state.items():
            setattr(self, key, value)
        self._thread = threading.Thread(target=self.work)
        self.compiled = re.compile(state["pattern"])
        self.later = lambda: open(self.path)

    def work(self):
        return open(self.path)


_cache = {}


def from_cache(key):
    try:
        return _cache[key]
    except KeyError:
        made = _cache[key] = object()
        return made


class Cached:
    def __reduce__(self):
        return from_cache, (self.key,)


class Plain:
    def __init__(self, path):
        self.file = open(path)


class Metaclassed(type):
    def __reduce__(cls):
        return type, (cls.__name__, cls.__bases__, {})
