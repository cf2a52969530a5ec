# Names that the file defines again.
import json
from pickle import loads
from pickle import load as _orig_load


def loads(s):
    return json.loads(s)


def load(f):
    return _orig_load(f)  # want "pickle.load"


def use(s, f):
    a = loads(s)
    b = load(f)
    return a, b


class pickle:
    @staticmethod
    def loads(s):
        return s


y = pickle.loads("x")
