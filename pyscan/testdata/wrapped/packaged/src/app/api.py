import pickle
from .core.serialization import Codec


def read(row):
    return pickle.loads(row)  # want "PKL206 .*past the wrapper app.core.serialization,"


def write(row):
    return pickle.dumps(row)  # want "PKL206 .*writes past the wrapper app.core.serialization,"
