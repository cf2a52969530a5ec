# Classes that stand on those of other modules (PKL220 to PKL224).
import pickle
import socket
import threading

import app
from app import base as bases
from app.core.deep import Deeper

from . import PublicLocked
from .base import Blind, Decorated, Dropping, Dynamic, Listing, Locked, Loose, Open, Owner, Plain, Reducing, Slots, Taking, Versioned, Writer


class Counter(Locked):  # want "PKL220 .*class Counter has `lock` from class Locked, which is a lock"
    pass


class Reexported(PublicLocked):  # want "class Reexported has `lock` from class Locked"
    pass


class ByModule(bases.Locked):  # want "class ByModule has `lock` from class Locked"
    pass


class Chained(Deeper):  # want "class Chained has `lock` from class Locked"
    def __init__(self):
        super().__init__()
        self.more = 1


class Replaced(Locked):
    def __init__(self):
        super().__init__()
        self.lock = None


class Alone(Locked):
    def __init__(self):
        self.value = 1


class Fine(Plain):
    pass


class Held(Plain):
    def __init__(self):
        self.sock = socket.socket()  # want "PKL220 .*`self.sock` is a socket"


class OnlyOpened(Owner):
    pass


class Unsure(Decorated):
    pass


class Dumped(Dropping):
    pass


def save(f):
    for one in (Counter(), Reexported(), ByModule(), Chained(), Replaced(), Alone(), Fine(), Held(), OnlyOpened(), Unsure(), Dumped()):
        pickle.dump(one, f, protocol=4)
    pickle.dump([Counter(), Reexported(), ByModule(), Chained(), Replaced(), Alone(), Fine(), Held(), OnlyOpened(), Unsure(), Dumped()], f, protocol=4)


class Leaving(Locked):  # want "class Leaving has `lock` from class Locked, which is a lock and cannot be pickled: __getstate__ leaves it in the state"
    def __getstate__(self):
        return self.__dict__.copy()


class Taken(Locked):
    def __getstate__(self):
        state = self.__dict__.copy()
        del state["lock"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.lock = threading.Lock()


class Added(Dropping):
    def __init__(self):
        super().__init__()
        self.sock = socket.socket()  # want "PKL220 .*`self.sock` is a socket.*__getstate__ of class Dropping leaves it in the state"


class Outgrown(Listing):  # want "PKL221 .*class Outgrown sets `more`, which Listing.__getstate__ does not put into the state"
    def __init__(self):
        super().__init__()
        self.more = 3
        self.unused = 4

    def total(self):
        return self.a + self.more


class Starved(Taking):
    def __getstate__(self):  # want "PKL221 .*__getstate__ of class Starved does not write `a`, which Taking.__setstate__ asks for"
        return {"b": self.b}


class Sated(Taking):
    def __getstate__(self):
        return {"a": self.a}


class TupleFor(Dropping):
    def __getstate__(self):  # want "PKL221 .*returns a tuple, and Dropping.__setstate__ takes a dictionary"
        return (1, 2, 3)


class Checked(Versioned):
    def __getstate__(self):
        return {"version": 2, "a": self.a}


class Unchecked(Blind):
    def __getstate__(self):
        return {"version": 3, "a": 1, "b": 2}  # want "PKL223 .*writes `version`, which Blind.__setstate__ does not look at"


class Ignoring(Versioned):
    def __setstate__(self, state):  # want "PKL223 .*__setstate__ of class Ignoring does not look at `version`, which Versioned.__getstate__ writes"
        self.a = state["a"]


class Demanding(Listing):
    def __setstate__(self, state):
        self.a = state["a"]
        self.b = state["b"]  # want "PKL224 .*asks for `b`, which Listing.__getstate__ does not always write"
        self.c = state["c"]  # want "PKL224 .*asks for `c`, which Listing.__getstate__ does not write"
        self.d = state.get("d")


class Calling(Listing):
    def __setstate__(self, state):
        super().__setstate__(state)
        self.c = state["c"]


class WrongCount(Writer):
    def __setstate__(self, state):
        version, self.a = state  # want "PKL224 .*takes 2 items, and Writer.__getstate__ writes 3"
        check(version)


class SlottedToo(Slots):
    __slots__ = ("c",)

    def __getstate__(self):  # want "PKL221 .*class SlottedToo returns a dictionary .*__slots__"
        return {"a": self.a, "c": self.c}


class HasDict(Loose):
    __slots__ = ("c",)

    def __getstate__(self):
        return {"c": self.c}


class Rebuilt(Reducing):
    def __getstate__(self):
        return (1, 2)


class Made(Dynamic):
    def __init__(self):
        self.lock = threading.Lock()

    def __setstate__(self, state):
        self.__dict__.update(state)


class ByPackage(app.PublicLocked):  # want "class ByPackage has `lock` from class Locked"
    def __getstate__(self):
        return self.__dict__.copy()
