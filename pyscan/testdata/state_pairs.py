"""States that cannot be loaded, or lack something: PKL221."""
import abc
import threading
from dataclasses import dataclass
from functools import cached_property

import attr
from somewhere import Base


class Tuple:
    def __getstate__(self):  # want "PKL221 .*returns a tuple and there is no __setstate__"
        return self.a, self.b


class One:
    def __getstate__(self):  # want "PKL221 .*returns a tuple"
        return (self.a,)


class List:
    def __getstate__(self):  # want "PKL221 .*returns a list"
        return [self.a, self.b, self.c]


class Text:
    def __getstate__(self):  # want "PKL221 .*returns a constant"
        return "state"


class Pair:
    def __getstate__(self):
        return (self.__dict__.copy(), {"slot": self.slot})


class NonePair:
    def __getstate__(self):
        return (None, {"slot": self.slot})


class Dict:
    def __getstate__(self):
        return {"a": self.a}


class Copy:
    def __getstate__(self):
        return self.__dict__.copy()


class Inherited(Base):
    def __getstate__(self):
        return (self.a, self.b)  # Base may have a __setstate__


class SetAlias:
    def restore(self, state):
        self.a, self.b = state

    __setstate__ = restore

    def __getstate__(self):  # want "PKL222"
        return (self.a, self.b)


class NullSet:
    def __getstate__(self):
        return (1, 2)

    __setstate__ = make_setstate()


class Slots:
    __slots__ = ("a", "b")

    def __getstate__(self):  # want "PKL221 .*returns a dictionary and there is no __setstate__: .*__slots__ has no __dict__"
        return {"a": self.a, "b": self.b}


class SlotsPair:
    __slots__ = ("a", "b")

    def __getstate__(self):
        return (None, {"a": self.a, "b": self.b})


class SlotsBoth:
    __slots__ = ("a", "b")

    def __getstate__(self):
        return {name: getattr(self, name) for name in self.__slots__}

    def __setstate__(self, state):
        for name, value in state.items():
            setattr(self, name, value)


class SlotsDict(Dict):
    __slots__ = ("c",)

    def __getstate__(self):
        return {"c": self.c}


class SlotsWithDict:
    __slots__ = ("a", "__dict__")

    def __getstate__(self):
        return {"a": self.a}


@dataclass(slots=True)
class DataSlots:
    a: int

    def __getstate__(self):  # want "PKL221 .*__slots__ has no __dict__"
        return {"a": self.a}


@dataclass(slots=True, frozen=True)
class FrozenSlots:
    a: int

    def __getstate__(self):  # want "PKL221 .*frozen class with slots takes the values of its fields in order"
        return {"a": self.a}


@dataclass(frozen=True)
class Frozen:
    a: int

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):  # want "PKL221 .*raises FrozenInstanceError"
        self.a = state.get("a")


@dataclass(frozen=True)
class FrozenRight:
    a: int

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        object.__setattr__(self, "a", state.get("a"))


@attr.s(slots=True)
class Attrs:
    a = attr.ib()

    def __getstate__(self):
        return {"a": self.a}


class Lost:
    def __init__(self):
        self.items, self.lock = {}, threading.Lock()

    def __getstate__(self):  # want "PKL221 .*leaves out `lock`, and there is no __setstate__ that gives it back"
        state = self.__dict__.copy()
        del state["lock"]
        return state

    def get(self, key):
        with self.lock:
            return self.items[key]


class LostDespite:
    def __init__(self):
        self.items, self.lock = {}, threading.Lock()

    def __getstate__(self):  # want "PKL221 .*leaves out `lock`, and __setstate__ does not give it back"
        state = self.__dict__.copy()
        del state["lock"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)

    def get(self, key):
        with self.lock:
            return self.items[key]


class LostNone:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):  # want "PKL221 .*leaves out `lock`"
        return {**self.__dict__, "lock": None}

    def get(self):
        with self.lock:
            return 1


class NoneIsFine:
    def __init__(self):
        self.conn = connect()

    def __getstate__(self):
        return {**self.__dict__, "conn": None}

    def get(self):
        if self.conn is None:
            raise RuntimeError("closed")
        return self.conn.read()


class Lazy:
    def __init__(self):
        self.conn = None

    def __getstate__(self):
        return {k: v for k, v in self.__dict__.items() if k != "conn"}

    def get(self):
        if getattr(self, "conn", None) is None:
            self.conn = connect()
        return self.conn


class LazyTry:
    def __init__(self):
        self.conn = connect()

    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("conn")
        return state

    def get(self):
        try:
            return self.conn
        except AttributeError:
            return None


class ClassDefault:
    conn = None

    def __init__(self):
        self.conn = connect()

    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("conn")
        return state

    def get(self):
        return self.conn.read()


class Dynamic:
    def __init__(self):
        self.conn = connect()

    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("conn")
        return state

    def __getattr__(self, name):
        self.conn = connect()
        return self.conn

    def get(self):
        return self.conn.read()


class Rebuilt:
    def __init__(self, path):
        self.path = path
        self._open()

    def _open(self):
        self.file = open(self.path)

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["file"]
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._open()

    def read(self):
        return self.file.read()


class ReInit:
    def __init__(self, path):
        self.path = path
        self.file = open(path)

    def __getstate__(self):
        return {"path": self.path}

    def __setstate__(self, state):
        self.__init__(**state)

    def read(self):
        return self.file.read()


class ListedLoses:
    def __init__(self, a):
        self.a = a
        self.cache = {}

    def __getstate__(self):  # want "PKL221 .*leaves out `cache`, and __setstate__ does not give it back" "PKL222"
        return {"a": self.a}

    def __setstate__(self, state):
        self.a = state["a"]

    def get(self, key):
        return self.cache[key]


class Cached:
    @cached_property
    def size(self):
        return 1

    def __getstate__(self):
        state = self.__dict__.copy()
        state.pop("size", None)
        return state

    def get(self):
        return self.size


class Unread:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        state = self.__dict__.copy()
        del state["lock"]
        return state


class Nothing:
    def __getstate__(self):  # want "PKL221 .*returns None: __setstate__ is not called"
        return None

    def __setstate__(self, state):
        self.ready = True


class Forgets:
    def __getstate__(self):  # want "PKL221 .*returns None"
        state = self.__dict__.copy()
        del state["x"]

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.x = 1


class Empty:
    def __getstate__(self):  # want "PKL221 .*returns a false value"
        return {}

    def __setstate__(self, state):
        self.ready = True


class Zero:
    def __getstate__(self):  # want "PKL221 .*returns a false value"
        return False

    def __setstate__(self, state):
        self.ready = True


class Idle:
    def __getstate__(self):
        return {}

    def __setstate__(self, state):
        pass


class Abstract(abc.ABC):
    @abc.abstractmethod
    def __getstate__(self):
        ...

    @abc.abstractmethod
    def __setstate__(self, state):
        ...


class Refuses:
    def __getstate__(self):
        raise TypeError("never")


class TakesTuple:
    def __setstate__(self, state):  # want "PKL221 .*takes a sequence apart, and without __getstate__ the state is a dictionary"
        self.a, self.b = state


class TakesDict:
    def __setstate__(self, state):
        self.__dict__.update(state)
        self.extra = 1


class TakesEither:
    def __setstate__(self, state):
        if isinstance(state, tuple):
            self.a, self.b = state
        else:
            self.__dict__.update(state)


class SlotsTakesDict:
    __slots__ = ("a",)

    def __setstate__(self, state):  # want "PKL221 .*the state of an object with __slots__ is a tuple of None and a dictionary"
        self.a = state["a"]


class SlotsTakesPair:
    __slots__ = ("a",)

    def __setstate__(self, state):
        _, slots = state
        self.a = slots["a"]


class ByReduce:
    def __reduce__(self):
        return (ByReduce, (), (1, 2))

    def __setstate__(self, state):
        self.a, self.b = state


class Parent:
    def __init__(self):
        self.a = 1

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        self.a = state.get("a")


class Child(Parent):  # want "PKL221 .*class Child sets `b`, which Parent.__getstate__ does not put into the state"
    def __init__(self):
        super().__init__()
        self.b = 2

    def total(self):
        return self.a + self.b


class ChildUnused(Parent):
    def __init__(self):
        super().__init__()
        self.b = 2


class ChildDoes(Parent):
    def __init__(self):
        super().__init__()
        self.b = 2

    def __getstate__(self):
        return {**super().__getstate__(), "b": self.b}

    def __setstate__(self, state):
        super().__setstate__(state)
        self.b = state.get("b")

    def total(self):
        return self.a + self.b


class ListOf(list):
    def __getstate__(self):
        return (1, 2)


class Wired:
    def __init__(self, owner, id):
        self._owner, self._slot = owner, None
        self.id = id

    def __getstate__(self):
        return {"version": 1, "id": self.id}

    def __setstate__(self, state):
        if state["version"] != 1:
            raise ValueError
        self.id = state["id"]

    def remove(self):
        self._owner.remove(self.id, self._slot)


def connect():
    return None


class Asks:
    def __init__(self):
        self.a = 1

    def __getstate__(self):  # want "PKL222"
        return {"a": self.a}

    def __setstate__(self, state):
        self.a = state["a"]


class Starves(Asks):
    def __getstate__(self):  # want "PKL221 .*does not write `a`, which Asks.__setstate__ asks for"
        return {"b": self.b}


class Feeds(Asks):
    def __getstate__(self):
        return {"b": self.b, **super().__getstate__()}


class Leaves:
    def __init__(self):
        self.a, self.b = 1, 2

    def __getstate__(self):  # want "PKL221 .*puts `b` into the state, and __setstate__ does not take it out" "PKL222"
        return {"a": self.a, "b": self.b}

    def __setstate__(self, state):
        self.a = state["a"]

    def both(self):
        return self.a + self.b
