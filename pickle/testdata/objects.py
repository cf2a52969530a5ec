"""Prints pickles of ordinary objects in every protocol, one a line, in
hexadecimal, from the C and the Python pickler."""

import array
import collections
import datetime
import decimal
import enum
import fractions
import functools
import ipaddress
import operator
import pathlib
import pickle
import random
import uuid


class Colour(enum.Enum):
    RED = 1


class Plain:
    def __init__(self):
        self.a = 1
        self.me = self


class Slots:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1


class ListSub(list):
    pass


class DictSub(dict):
    pass


class SetSub(set):
    pass


class NewArgsEx:
    def __new__(cls, *args, key=None):
        return object.__new__(cls)

    def __getnewargs_ex__(self):
        return (1, 2), {"key": "v"}


Point = collections.namedtuple("Point", "x y")

loop = []
loop.append(loop)

OBJECTS = [
    None, True, False, 0, 1, -1, 255, 256, 65535, 65536, -2**31, 2**31, 2**63, -2**63, 2**200, -2**200,
    0.0, -1.5, float("inf"), float("nan"), 1e300, 1 + 2j,
    "", "a", "é", "\ud800", "\U0001f600", "a\nb\\c'\"", "x" * 300, "y" * 70000,
    b"", b"abc", b"\xff" * 300, bytearray(b"xyz"), bytearray(70000),
    (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1, 2], list(range(3000)), {}, {"a": 1},
    {i: str(i) for i in range(2500)}, set(), {1, 2}, set(range(1500)), frozenset([1]),
    [[]] * 5, loop, Plain(), Slots(), ListSub([1, 2]), DictSub(a=1), SetSub([1]), NewArgsEx(), Colour.RED, Point(1, 2),
    collections.OrderedDict(a=1), collections.deque([1, 2, 3], 5), collections.Counter("abc"),
    collections.defaultdict(list, a=[1]), collections.ChainMap({}), array.array("i", [1, 2]),
    datetime.datetime(2020, 1, 2, 3, tzinfo=datetime.timezone.utc), datetime.timedelta(1), decimal.Decimal("1.5"),
    fractions.Fraction(1, 3), uuid.UUID(int=5), pathlib.PurePosixPath("/a/b"), ipaddress.ip_address("::1"),
    range(5), slice(1, 2), Ellipsis, NotImplemented, len, int, dict.fromkeys, str.join, ValueError("x", 1),
    functools.partial(int, base=2), operator.itemgetter(1), random.Random(5), [b"z" * 70000, "w" * 70000, 1],
]

for obj in OBJECTS:
    for proto in range(pickle.HIGHEST_PROTOCOL + 1):
        for dumps in (pickle.dumps, pickle._dumps):
            try:
                print(dumps(obj, proto).hex())
            except Exception:
                continue  # Slots below protocol 2, and the like
