# Names and texts that only look like sinks.
"""Nothing here loads a pickle: pickle.loads(x) in a docstring is text."""
import json
import pickle_helpers
import pickleshare
import toml
from configobj import load as cload
from mytools import pickle_tools as pt, Unpickler, yaml as myyaml
import os.path as marshal_path

# pickle.loads(raw) would be bad
DOC = "pickle.loads(raw)"
PAT = r"pickle\.loads?\("
NAMES = ["pickle.load", "torch.load", "joblib.load"]
MSG = """
import pickle
pickle.loads(raw)
"""


class Loader:
    def load(self, f):
        return json.load(f)

    def loads(self, s):
        return s

    def load_model(self, p):
        return p


class Jar:
    def __init__(self, pickle, torch):
        self.pickle = pickle
        self.torch = torch

    def get(self, k):
        return self.pickle.loads(k)

    def model(self, p):
        return self.torch.load(p)


def go(s, fh, obj):
    a = pickle_helpers.loads(s)
    b = pickleshare.open_db(s)
    c = toml.load(fh)
    d = cload(fh)
    e = pt.loads(s)
    f = Unpickler(fh).load()
    g = myyaml.load(fh)
    h = Loader().load(fh)
    i = obj.pickle.loads(s)
    j = obj.load(fh)
    k = obj.recv()
    l = obj.read_pickle(s)
    m = marshal_path.join(s)
    n = "".join(["pickle", ".loads"])
    o = obj.torch.load(fh)
    p = Loader().load_model(s)
    return a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p


def logging_only(log, raw):
    log.info("pickle.loads(%r) refused", raw)
    log.info("yaml.load without Loader")
    raise ValueError("use torch.load(..., weights_only=True)")


def pickle(x):
    return x


def loads(x):
    return x


z = pickle(loads(3))
