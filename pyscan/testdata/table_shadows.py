# Names that are hidden.
import json
import pickle


def param(pickle):
    return pickle.loads(b"x")


def local(raw):
    pickle = json
    return pickle.loads(raw)


def local_before_after(raw):
    pickle = json
    x = pickle.loads(raw)
    return x


def nested(raw):
    def pickle():
        return 1

    return pickle.loads(raw)


def loopvar(mods, raw):
    for pickle in mods:
        pickle.loads(raw)


def comp(mods, raw):
    a = [pickle.loads(raw) for pickle in mods]
    b = pickle.loads(raw)  # want "pickle.loads"
    return a, b


def exc(raw):
    try:
        pass
    except ValueError as pickle:
        pickle.loads(raw)


def withas(raw):
    with open(raw) as pickle:
        return pickle.load(raw)


def lam(raw):
    f = lambda pickle: pickle.loads(raw)
    g = lambda p: pickle.loads(p)  # want "pickle.loads"
    return f, g


class Box:
    pickle = json
    x = pickle.loads("1")

    def method(self, raw):
        return pickle.loads(raw)  # want "pickle.loads"

    def loads(self, raw):
        return raw

    def other(self, raw):
        return self.loads(raw)


def glob(raw):
    global pickle
    pickle = pickle
    return pickle.loads(raw)  # want "pickle.loads"


def outer(raw):
    p = json

    def inner():
        nonlocal p
        p = pickle

    inner()
    return p.loads(raw)  # want "pickle.loads"


def outer2(raw):
    import marshal

    def inner():
        return marshal.loads(raw)  # want "marshal.loads"

    return inner


def match_it(cmd, raw):
    match cmd:
        case {"pickle": pickle}:
            return pickle.loads(raw)
        case [x]:
            return None


def match_load(cmd, raw):
    match cmd:
        case "load":
            return pickle.loads(raw)  # want "pickle.loads"
        case _ if pickle.loads(raw):  # want "pickle.loads"
            return None


def star_args(*pickle, **kw):
    return pickle.loads(1)


def walrus(raw):
    if (pickle := json):
        return pickle.loads(raw)


async def gen(raw):
    async for item in pickle.loads(raw):  # want "pickle.loads"
        yield item
    async with pickle.loads(raw) as z:  # want "pickle.loads"
        yield z


def typed[T](raw: T) -> T:
    return pickle.loads(raw)  # want "pickle.loads"


class Gen[T]:
    def m(self, raw):
        return pickle.loads(raw)  # want "pickle.loads"
