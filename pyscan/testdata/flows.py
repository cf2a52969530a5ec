# What a sink is put into, and how it comes out: the call is the site, and the place
# where it was put only if no call of the file is.
import functools
import json
import pickle
import torch
import yaml
from types import SimpleNamespace


class Codec:
    parse = staticmethod(pickle.load)

    def __init__(self, fmt):
        self.load = pickle.loads
        self.other = json.loads
        self.table = {"p": pickle.loads, "j": json.loads}
        self.safe = yaml.safe_load

    def decode(self, b):
        self.other(b)
        self.safe(b)
        self.dumps(b)
        self.table["j"](b)
        self.table["p"](b)  # want "pickle.loads decodes `b`"
        return self.load(b)  # want "pickle.loads decodes `b`"

    def read(self, fh):
        return self.parse(fh)  # want "pickle.load decodes `fh`"

    @staticmethod
    def alone(self, b):
        return self.load(b)


class Derived(Codec):
    other = json.loads

    def more(self, b):
        self.other(b)
        return self.load(b)  # want "pickle.loads"


class Unrelated:
    def decode(self, b):
        return self.load(b)


Codec("p").load(b)  # want "pickle.loads"
Codec.parse(fh)  # want "pickle.load decodes `fh`"
codec = Codec("p")
codec.load(b)  # want "pickle.loads"
codec.decode(b)

LOADERS = {"pickle": pickle.loads, "json": json.loads, 3: pickle.load}
LOADERS["pickle"](b)  # want "pickle.loads decodes `b`"
LOADERS["json"](b)
LOADERS["none"](b)
LOADERS[3](fh)  # want "pickle.load decodes `fh`"
LOADERS[fmt](b)  # want "pickle.loads?"
LOADERS.get("pickle")(b)  # want "pickle.loads"
LOADERS.get("json", json.loads)(b)
LOADERS.get(fmt, json.loads)(b)  # want "pickle.loads?"
KIND = "pickle"
LOADERS[KIND](b)  # want "pickle.loads"
LOADERS.items()
for key, one in LOADERS.items():
    one(b)  # want "pickle.loads?"
    key(b)
for key in LOADERS:
    key(b)

registry = {}
registry["pickle"] = pickle.loads
registry["json"] = json.loads
registry["pickle"](b)  # want "pickle.loads"
registry["json"](b)
registry[fmt](b)  # want "pickle.loads"

lost = {}
lost["pickle"] = pickle.loads  # want "pickle.loads is handed on"

pair = (pickle.load, pickle.dump)
pair[0](fh)  # want "pickle.load decodes `fh`"
pair[1](x)
read, write = pair
read(fh)  # want "pickle.load"
write(x)
(nested, other), third = (pickle.loads, json.loads), None
nested(b)  # want "pickle.loads"
other(b)
head, *tail = pickle.loads, json.loads, None
head(b)  # want "pickle.loads"
tail(b)

for one in (pickle.loads, json.loads):
    one(b)  # want "pickle.loads"

[one(b) for one in [json.loads, marshal_loads]]
[one(b) for one in [pickle.loads]]  # want "pickle.loads"

ns = SimpleNamespace(load=pickle.loads, dump=pickle.dumps)
ns.load(b)  # want "pickle.loads"
ns.dump(b)

box = Box()
box.load = pickle.loads
box.load(b)  # want "pickle.loads"
box.dump(b)
box.load = json.loads
box.load(b)

ready = functools.partial(torch.load, map_location="cpu")
ready(f)  # want "torch.load decodes `f`"
safe = functools.partial(torch.load, weights_only=True)
safe(f)
safe(f, weights_only=False)  # want "torch.load"
functools.partial(pickle.loads)(b)  # want "pickle.loads decodes `b`"
first = functools.partial(pickle.loads, b)
first()  # want "pickle.loads decodes `b`"


def default(b, load=pickle.loads, other=json.loads):  # want "pickle.loads is handed on"
    other(b)
    return load(b)  # want "pickle.loads decodes `b`"


def keyword(b, *, load: callable = pickle.loads):  # want "pickle.loads is handed on"
    return load(b)  # want "pickle.loads decodes `b`"


def unused(b, load=pickle.loads):  # want "pickle.loads is handed on"
    return b


def factory():
    return pickle.loads  # want "pickle.loads is handed on"


(pickle.loads if fast else json.loads)(b)  # want "pickle.loads decodes `b`"
chosen = pickle.loads if fast else json.loads
chosen(b)  # want "pickle.loads"
either = custom or pickle.loads
either(b)  # want "pickle.loads"
(late := pickle.loads)(b)  # want "pickle.loads decodes `b`"
late(b)  # want "pickle.loads"
wrapper = lambda data: pickle.loads(data)  # want "pickle.loads decodes `data`"
wrapper(b)
executor.submit(pickle.loads, b)  # want "pickle.loads is handed on"
sorted(rows, key=pickle.loads)  # want "pickle.loads is handed on"
register("pickle", load=pickle.loads)  # want "pickle.loads is handed on"
[pickle.loads, json.loads][0](b)  # want "pickle.loads is handed on"


def setter():
    global LATE
    LATE = pickle.loads


def getter(b):
    return LATE(b)  # want "pickle.loads"


class Kinds:
    loader = pickle.loads
    codec = pickle

    def load(self, b):
        self.codec.loads(b)  # want "pickle.loads decodes `b`"
        self.codec.dumps(b)
        self.__class__.loader(b)  # want "pickle.loads"
        return type(self).loader(b)  # want "pickle.loads"

    @classmethod
    def make(cls, b):
        return cls.loader(b)  # want "pickle.loads"


class Below(Kinds):
    def load(self, b):
        return super().loader(b)  # want "pickle.loads"


by_name = dict(pickle=pickle.loads, json=json.loads)
by_name["pickle"](b)  # want "pickle.loads"
by_name["json"](b)
both = {"p": (pickle.loads, pickle.dumps)}
both["p"][0](b)  # want "pickle.loads"
both["p"][1](b)
deep = {"codec": {"loads": pickle.loads}}
deep["codec"].get("loads")(b)  # want "pickle.loads"
deep["codec"].get("dumps")
made = type("Made", (), {"load": pickle.loads})
made.load(b)  # want "pickle.loads"
target = Thing()
setattr(target, "load", pickle.loads)
target.load(b)  # want "pickle.loads"
[inside := pickle.loads]
inside(b)  # want "pickle.loads"


def module_default(b, *, codec=pickle):
    return codec.loads(b)  # want "pickle.loads"


def cases(fmt, b):
    match fmt:
        case "p":
            chosen = pickle.loads
        case _:
            chosen = json.loads
    return chosen(b)  # want "pickle.loads"


def closure():
    load = pickle.loads

    def inner(b):
        return load(b)  # want "pickle.loads"

    return inner
