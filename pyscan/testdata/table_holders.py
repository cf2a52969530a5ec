# Registries that hold sinks.
import functools
import inspect
import json
import pickle
import sys
import types
from typing import Any, Callable

REG = {}
REG.update(pkl=pickle.loads)  # want "pickle.loads"
REG.setdefault("x", pickle.loads)  # want "pickle.loads"
HANDLERS = []
HANDLERS.append(pickle.load)  # want "pickle.load"
NESTED = {"a": {"b": pickle.loads, "c": json.loads}}
globals()["gl"] = pickle.loads  # want "pickle.loads"
NS = types.SimpleNamespace(loads=pickle.loads, dumps=pickle.dumps)
TYPED: Callable[[bytes], Any] = pickle.loads
loads = dumps = None
if sys.version_info[0] >= 3:
    loads = pickle.loads


class C:
    loads = pickle.loads

    def __init__(self):
        setattr(self, "other", pickle.loads)
        self.__dict__["third"] = pickle.loads  # want "pickle.loads"

    def use(self, raw):
        return self.other(raw)  # want "pickle.loads"


class D:
    __slots__ = ("codec",)

    def __init__(self, codec=None):
        self.codec = codec or (pickle.dumps, pickle.loads)  # want "pickle.loads"


def use(raw, fh):
    a = NESTED["a"]["b"](raw)  # want "pickle.loads"
    b = NESTED["a"]["c"](raw)
    c = NS.loads(raw)  # want "pickle.loads"
    d = NS.dumps(raw)
    e = TYPED(raw)  # want "pickle.loads"
    f = loads(raw)  # want "pickle.loads"
    g = C().loads(raw)  # want "pickle.loads"
    h = C.loads(raw)  # want "pickle.loads"
    obj = C()
    i = obj.loads(raw)  # want "pickle.loads"
    it = iter([pickle.loads, 1])  # want "pickle.loads"
    j = next(it)(raw)
    k = [f for f in [pickle.load]][0](fh)  # want "pickle.load"
    l = max([pickle.loads], key=id)(raw)  # want "pickle.loads"
    m, n = {"x": 1}, pickle.loads
    o = n(raw)  # want "pickle.loads"
    (p) = pickle.loads
    q = p(raw)  # want "pickle.loads"
    [r] = [pickle.loads]
    s = r(raw)  # want "pickle.loads"
    t = u = v = pickle.load
    w = u(fh)  # want "pickle.load"
    self_ = types.SimpleNamespace()
    self_.fn = pickle.loads
    z = self_.fn(raw)  # want "pickle.loads"
    return locals()
