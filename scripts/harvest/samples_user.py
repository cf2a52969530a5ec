"""Objects of classes that a project defines itself: their names are not in the catalogue, and they are notes."""

import collections, dataclasses, datetime, enum, typing, uuid  # noqa: E401


class Plain:
    def __init__(self, a):
        self.a = a


class Slots:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a, self.b = 1, [2]


class State:
    def __init__(self):
        self.a = 1

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        self.a = state.get("a")


@dataclasses.dataclass
class Order:
    number: int
    when: datetime.datetime
    lines: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True)
class Frozen:
    a: int = 1


class Point(typing.NamedTuple):
    x: int
    y: int


Pair = collections.namedtuple("Pair", "a b")


class Colour(enum.Enum):
    RED = 1


class Level(enum.IntEnum):
    LOW = 1


class Perm(enum.Flag):
    R = 1
    W = 2


class Words(str, enum.Enum):
    A = "a"


class Dict(dict):
    pass


class List(list):
    pass


class Int(int):
    pass


class Str(str):
    pass


class Ordered(collections.OrderedDict):
    pass


class Default(collections.defaultdict):
    pass


class Tuple(tuple):
    pass


class Failure(Exception):
    pass


class NewArgs:
    def __new__(cls, a):
        o = object.__new__(cls)
        o.a = a
        return o

    def __getnewargs__(self):
        return (self.a,)


class Keywords:
    def __new__(cls, *, a):
        o = object.__new__(cls)
        o.a = a
        return o

    def __getnewargs_ex__(self):
        return (), {"a": self.a}


class Outer:
    class Inner:
        pass

    @classmethod
    def make(cls):
        return cls()


class Reduced:
    def __reduce__(self):
        return (Reduced, ())


def function():
    pass


class Node:
    def __init__(self):
        self.children, self.parent = [], None


class Generic(typing.Generic[typing.TypeVar("T")]):
    def __init__(self):
        self.a = 1


@dataclasses.dataclass
class Slotted:
    __slots__ = ("a", "b")
    a: int
    b: str


class Both:
    """Slots and a __dict__: the state is a pair."""
    __slots__ = ("a", "__dict__")

    def __init__(self):
        self.a, self.b = 1, 2


class Typed(typing.TypedDict):
    a: int


def models(pydantic):
    """Objects of pydantic models of the project's own."""
    class Sub(pydantic.BaseModel):
        x: int = 1

    class Model(pydantic.BaseModel):
        a: int
        b: typing.List[str] = []
        when: datetime.datetime = datetime.datetime(2026, 1, 1)
        sub: typing.Any = None

    for cls in (Sub, Model):
        cls.__qualname__ = cls.__name__
        globals()[cls.__name__] = cls
    return [Model(a=1, sub=Sub()), Model(a=2, b=["x"])]


def samples():
    a = Node()
    b = Node()
    a.children.append(b)
    b.parent = a
    d = Default(list)
    d["a"].append(1)
    for o in (Plain(1), Slots(), State(), Order(1, datetime.datetime(2026, 1, 1)), Frozen(), Point(1, 2), Pair(1, 2), Dict(a=1), List([1]), Str("x"), Ordered(a=1),
              Tuple((1,)), Outer(), Outer.Inner(), Outer.make, Plain, function, a, Reduced(), {"orders": [Order(1, datetime.datetime(2026, 1, 1), [Plain(uuid.uuid4())])]},
              Colour, Plain(Plain(3)), Generic(), Slotted(1, "x"), Both(), Typed(a=1), [Plain(i) for i in range(3)], {"model": Plain(1), "scaler": State()}):
        yield "class", o
    # A call of the project's own class with arguments: a warning (unknown-call), see catalog/doc.go.
    for o in (Colour.RED, Level.LOW, Perm.R | Perm.W, Words.A, Failure("x"), d, NewArgs(1), Keywords(a=1), Int(3)):
        yield "call", o


SAMPLES = {"user": (samples,)}
