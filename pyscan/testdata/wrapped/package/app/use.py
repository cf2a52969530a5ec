import pickle
from app.safe_pickle import loads


def both(b):
    return loads(b), pickle.loads(b)  # want "PKL206 .*past the wrapper app.safe_pickle,"


def write(obj):
    return pickle.dumps(obj, 4)  # want "PKL206"
