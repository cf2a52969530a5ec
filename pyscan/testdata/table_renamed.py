# Other modules under the names of those that load.
import json as pickle
from json import loads, load
import simplejson as marshal
import toml as dill
from mylib import torch
from . import joblib
from .yaml import load as yload
from .pickle import loads as rel
from .. import shelve
import numpy.random as np
import msgpack as cPickle


def go(s, fh):
    a = pickle.loads(s)
    b = loads(s)
    c = load(fh)
    d = marshal.loads(s)
    e = dill.load(fh)
    f = torch.load(fh)
    g = joblib.load(fh)
    h = yload(fh)
    i = rel(s)
    j = shelve.open(s)
    k = np.load(fh, allow_pickle=True)
    l = cPickle.loads(s)
    return a, b, c, d, e, f, g, h, i, j, k, l
