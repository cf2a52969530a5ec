import pickle
from pickle import load
from . import compat
from .compat import pickle as codec

load_blob = pickle.loads  # want "pickle.loads is handed on"
_hidden = pickle.loads  # want "pickle.loads is handed on"


def read(b):
    return pickle.loads(b)  # want "pickle.loads decodes `b`"


def other(b):
    return codec.loads(b)  # want "pickle.loads decodes `b`"


def further(b):
    return compat.pickle.loads(b)  # want "pickle.loads decodes `b`"
