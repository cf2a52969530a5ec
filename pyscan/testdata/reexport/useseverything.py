import everything
from everything import load, Unpickler


def one(f):
    return load(f)  # want "unjustified-load"


def two(data):
    return everything.loads(data)  # want "unjustified-load"


def three(f):
    return Unpickler(f).load()  # want "unjustified-load"


def four(data):
    return everything.nothing(data)
