# What functions of the file return is followed to where it is used.
import functools
import json
import pickle

import torch
import yaml


def loader():
    return pickle.loads


def chosen(fast):
    if fast:
        return json.loads
    return pickle.load


def module():
    return pickle


def harmless():
    return json.loads


def again():
    return again()


def mutual():
    return mutually() or json.loads


def mutually():
    return mutual() or deeper()  # want "pickle.loads is handed on"


def deeper():
    return further()


def further():
    return pickle.loads


def unused():
    return pickle.loads  # want "pickle.loads is handed on"


def nested():
    def inner():
        return pickle.loads

    return inner


def tabled():
    return {"p": pickle.loads, "j": json.loads}


def paired():
    return pickle.dumps, pickle.loads


def bound():
    return functools.partial(torch.load, weights_only=True)


loader()(b)  # want "pickle.loads decodes `b`"
chosen(True)(fh)  # want "pickle.load decodes `fh`"
module().loads(b)  # want "pickle.loads decodes `b`"
module().dumps(b)
harmless()(b)
again()(b)
mutual()(b)  # want "pickle.loads decodes `b`"
deeper()(b)  # want "pickle.loads decodes `b`"
nested()()(b)  # want "pickle.loads decodes `b`"
tabled()["p"](b)  # want "pickle.loads decodes `b`"
tabled()["j"](b)
paired()[1](b)  # want "pickle.loads decodes `b`"
dump, load = paired()
dump(b)
load(b)  # want "pickle.loads decodes `b`"
bound()(path)
kept = loader()
kept(b)  # want "pickle.loads decodes `b`"
kept2 = loader
kept2()(b)  # want "pickle.loads decodes `b`"
choose = lambda: pickle.loads
choose()(b)  # want "pickle.loads decodes `b`"
below()(b)


def uses_below(b):
    below()(b)  # want "pickle.loads decodes `b`"


def below():
    return pickle.loads


class Codecs:
    def decoder(self):
        return pickle.loads

    @property
    def load(self):
        return pickle.load

    @functools.cached_property
    def other(self):
        return pickle.load

    @staticmethod
    def static():
        return pickle.loads

    @classmethod
    def make(cls):
        return cls()

    def use(self, b):
        self.decoder()(b)  # want "pickle.loads decodes `b`"
        self.static()(b)  # want "pickle.loads decodes `b`"
        self.other(fh)  # want "pickle.load decodes `fh`"
        return self.load(fh)  # want "pickle.load decodes `fh`"


Codecs().decoder()(b)  # want "pickle.loads decodes `b`"
Codecs.static()(b)  # want "pickle.loads decodes `b`"
Codecs.make().load(fh)  # want "pickle.load decodes `fh`"


class Restored(pickle.Unpickler):
    @classmethod
    def loads(cls, fh):
        return cls(fh).load()  # want "pickle.Unpickler decodes `fh`"

    def more(self):
        type(self).counter = 1
        return self.load()


class Typed:
    load = pickle.load

    def read(self, fh):
        type(self).load(fh)  # want "pickle.load decodes `fh`"


def registered(unpickler: Restored):
    return unpickler.load()


unpicklers = {"a": pickle.Unpickler(fh)}  # want "pickle.Unpickler decodes `fh`"
unpicklers["a"].load()


async def acoder():
    return pickle.loads


async def use(b):
    (await acoder())(b)  # want "pickle.loads decodes `b`"


def values():
    yield pickle.loads
    yield json.loads


for value in values():
    value(b)  # want "pickle.loads decodes `b`"
