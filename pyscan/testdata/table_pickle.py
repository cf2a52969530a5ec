# The pickle family: every name, through imports of many forms.
import pickle as pkl
from pickle import load, loads as _loads
from pickle import Unpickler as U
from pickle import (
    _load as pyload,
    _loads as pyloads,
    _Unpickler,
)
import _pickle
import _pickle as cp
from _pickle import loads as c_loads, Unpickler as CUnpickler


def read_all(paths):
    out = []
    for p in paths:
        with open(p, "rb") as f:
            out.append(pkl.load(f))  # want "pickle.load"
    return out


def from_bytes(b):
    if not b:
        return None
    return _loads(b)  # want "pickle.loads"


def from_file(fn):
    with open(fn, "rb") as f:
        return load(f, encoding="latin1")  # want "pickle.load"


def twins(f, b):
    a = pyload(f)  # want "pickle._load"
    c = pyloads(b)  # want "pickle._loads"
    d = _Unpickler(f).load()  # want "pickle._Unpickler"
    e = U(f, fix_imports=True).load()  # want "pickle.Unpickler"
    g = pkl._loads(b)  # want "pickle._loads"
    h = pkl._load(f)  # want "pickle._load"
    i = pkl._Unpickler(f)  # want "pickle._Unpickler"
    return a, c, d, e, g, h, i.load()


def accel(f, b):
    x = _pickle.load(f)  # want "pickle.load"
    y = _pickle.loads(b)  # want "pickle.loads"
    z = cp.Unpickler(f).load()  # want "pickle.Unpickler"
    w = c_loads(b)  # want "pickle.loads"
    v = CUnpickler(f)  # want "pickle.Unpickler"
    return x, y, z, w, v.load()


try:
    import cPickle as pickle
except ImportError:
    import pickle

try:
    from cPickle import loads
except ImportError:
    from pickle import loads

try:
    import cPickle
except ImportError:
    cPickle = None

try:
    import pickle5
except ImportError:
    pickle5 = pickle

import sys

if sys.version_info < (3, 8):
    import pickle5 as pk
else:
    import pickle as pk

from six.moves import cPickle as six_pickle
from six.moves.cPickle import loads as six_loads, load as six_load
import six.moves.cPickle
from six import moves
import six
from future.moves import pickle as fut
from future.moves.pickle import Unpickler as FutUnpickler
from django.utils.six.moves import cPickle as dj
import django.utils.six.moves.cPickle as dj2


def decode(raw):
    return pickle.loads(raw)  # want "pickle.loads"


def decode_with(raw):
    return loads(raw)  # want "pickle.loads"


def decode_old(raw, fh):
    if cPickle is not None:
        first = cPickle.loads(raw)  # want "pickle.loads"
        second = cPickle.load(fh)  # want "pickle.load"
        return first, second, cPickle.Unpickler(fh).load()  # want "pickle.Unpickler"
    return None


def five(raw, fh):
    a = pickle5.loads(raw)  # want "pickle.loads"
    b = pickle5.load(fh)  # want "pickle.load"
    c = pickle5.Unpickler(fh)  # want "pickle.Unpickler"
    d = pk.load(fh)  # want "pickle.load"
    return a, b, c, d


def moved(raw, fh):
    a = six_pickle.load(fh)  # want "pickle.load"
    b = six_loads(raw)  # want "pickle.loads"
    c = six_load(fh)  # want "pickle.load"
    d = six.moves.cPickle.loads(raw)  # want "pickle.loads"
    e = moves.cPickle.Unpickler(fh)  # want "pickle.Unpickler"
    f = fut.loads(raw)  # want "pickle.loads"
    g = FutUnpickler(fh).load()  # want "pickle.Unpickler"
    h = dj.loads(raw)  # want "pickle.loads"
    i = dj2.load(fh)  # want "pickle.load"
    return a, b, c, d, e, f, g, h, i


import zodbpickle.pickle
import zodbpickle.pickle as zp
from zodbpickle import pickle as zpickle
from zodbpickle import fastpickle, slowpickle
from zodbpickle.fastpickle import Unpickler as FastUnpickler
from zodbpickle.slowpickle import load as slow_load
from ZODB.DB import DB
import ZODB


def copy_record(fh, raw):
    one = zodbpickle.pickle.loads(raw)  # want "zodbpickle.pickle.loads"
    two = zp.load(fh)  # want "zodbpickle.pickle.load"
    three = zpickle.loads(raw)  # want "zodbpickle.pickle.loads"
    four = fastpickle.loads(raw)  # want "zodbpickle.fastpickle.loads"
    five = slowpickle.load(fh)  # want "zodbpickle.slowpickle.load"
    six = FastUnpickler(fh).load()  # want "zodbpickle.fastpickle.Unpickler"
    seven = slow_load(fh)  # want "zodbpickle.slowpickle.load"
    return one, two, three, four, five, six, seven


import dill
import dill as d
from dill import load as dl, loads as dls
from dill import Unpickler, load_session
import dill.session
import cloudpickle
import cloudpickle as cpk
from cloudpickle import pickle as inner
from cloudpickle import loads as cloads
from cloudpickle.cloudpickle import pickle as inner2


class Job:
    def __init__(self, blob):
        self.fn = dill.loads(blob)  # want "dill.loads"

    @classmethod
    def from_path(cls, path):
        with open(path, "rb") as fh:
            return dill.load(fh)  # want "dill.load"

    @staticmethod
    def iterate(fh):
        u = dill.Unpickler(fh, ignore=True)  # want "dill.Unpickler"
        return u.load()

    def again(self, b, fh):
        x = dl(fh)  # want "dill.load"
        y = dls(b, ignore=False)  # want "dill.loads"
        z = Unpickler(fh).load()  # want "dill.Unpickler"
        return x, y, z, d.loads(b)  # want "dill.loads"


def restore():
    dill.load_session("state.pkl")  # want "dill.load_session"
    load_session(filename="state.pkl")  # want "dill.load_session"
    d.load_module("state.pkl")  # want "dill.load_module"
    ns = dill.load_module_asdict("other.pkl")  # want "dill.load_module_asdict"
    dill.session.load_session("state.pkl")  # want "dill.load_session"
    return ns


def remote(blob, fh):
    a = cloudpickle.loads(blob)  # want "cloudpickle.loads"
    b = cloudpickle.load(fh)  # want "cloudpickle.load"
    c = cpk.Unpickler(fh).load()  # want "cloudpickle.Unpickler"
    e = cloads(blob)  # want "cloudpickle.loads"
    f = cloudpickle.pickle.loads(blob)  # want "pickle.loads"
    g = inner.loads(blob)  # want "pickle.loads"
    h = inner2.load(fh)  # want "pickle.load"
    payload = cloudpickle.dumps(a)
    src = dill.source.getsource(a)
    ok = dill.pickles(a)
    return b, c, e, f, g, h, payload, src, ok


"""File backed cache used by the web workers."""
import hashlib
import logging
import os
import pickle
import tempfile

log = logging.getLogger(__name__)


class FileCache:
    def __init__(self, root, ttl=3600):
        self.root = root
        self.ttl = ttl

    def _path(self, key):
        return os.path.join(self.root, hashlib.sha1(key.encode()).hexdigest())

    def get(self, key, default=None):
        try:
            with open(self._path(key), "rb") as fh:
                return pickle.load(fh)  # want "pickle.load"
        except FileNotFoundError:
            return default
        except pickle.UnpicklingError:
            log.warning("broken cache entry %s", key)
            return default

    def set(self, key, value):
        fd, tmp = tempfile.mkstemp(dir=self.root)
        with os.fdopen(fd, "wb") as fh:
            pickle.dump(value, fh, protocol=pickle.HIGHEST_PROTOCOL)  # want "PKL212"
        os.replace(tmp, self._path(key))

    def clone(self, value):
        return pickle.loads(pickle.dumps(value))  # want "pickle.loads"

    def stream(self, fh):
        up = pickle.Unpickler(fh)  # want "pickle.Unpickler"
        while True:
            try:
                yield up.load()
            except EOFError:
                return
