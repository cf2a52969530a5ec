import pickle
from secure_unpickler import loads


def both(data):
    return loads(data), pickle.loads(data)  # want "PKL206 .*past the wrapper secure_unpickler"


def write(obj):
    return pickle.dumps(obj, protocol=4)
