# Names that are somebody else in some scopes.
import json
import pickle
from json import loads as jl
from pickle import loads


def override(s):
    loads = json.loads
    return loads(s)


def inner_import(s):
    import json as pickle
    return pickle.loads(s)


def outer_still(s):
    return pickle.loads(s)  # want "pickle.loads"


def either(s, flag):
    if flag:
        import json as mod
    else:
        import pickle as mod
    return mod.loads(s)  # want "pickle.loads"


def trying(s):
    try:
        import ujson as fast
    except ImportError:
        import pickle as fast
    return fast.loads(s)  # want "pickle.loads"


class K:
    loads = jl

    def go(self, s):
        a = self.loads(s)
        b = loads(s)  # want "pickle.loads"
        return a, b


class Import:
    import marshal

    def go(self, s):
        return marshal.loads(s)


def doc(s):
    """
    >>> pickle.loads(s)
    """
    return s


def nested(s):
    loads = None

    def inner():
        nonlocal loads
        loads = json.loads
        return loads(s)

    return inner


def compshadow(mods):
    return {pickle: pickle.loads("x") for pickle in mods}


def compiter(raw):
    return [x for x in pickle.loads(raw) for pickle in x]  # want "pickle.loads"


def lambdashadow():
    return lambda *a, loads=json.loads, **k: loads(a)


def forelse(mods, raw):
    for pickle in mods:
        break
    else:
        pickle = json
    return pickle.loads(raw)


def starred(raw):
    pickle, *rest = [json, 1]
    return pickle.loads(raw)


def tupled(raw):
    (a, pickle), c = (1, json), 2
    return pickle.loads(raw)


def swapped(raw):
    a, b = pickle, json
    a, b = b, a
    return a.loads(raw)


def withtwo(raw):
    with open(raw) as f, open(raw) as loads:
        return loads(f)


def matchas(cmd):
    match cmd:
        case {"x": [*pickle]} | [pickle]:
            return pickle.loads(1)
        case str() as loads:
            return loads(1)


def augmented(raw):
    loads = json.loads
    loads += 1
    return loads(raw)


def ann(raw):
    pickle: object
    pickle = json
    return pickle.loads(raw)


def funcparam(raw, /, pickle, *, loads):
    return pickle.loads(raw), loads(raw)


def globalled():
    global gl
    from pickle import loads as gl


def uses_global(s):
    return gl(s)  # want "pickle.loads"


async def aloop(it, raw):
    async for pickle in it:
        pickle.loads(raw)
    async with it as loads:
        loads(raw)
