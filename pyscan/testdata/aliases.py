# Imports and their aliases, each form once.
import pickle as p
import torch.nn
import six.moves.cPickle
import os, marshal as m, json
from pickle import loads as parse, Unpickler
from six.moves import cPickle
from torch import load as torch_load
from pandas.io.pickle import (
    read_pickle,  # the function, not the module
)
import joblib.numpy_pickle as jn
import multiprocessing.reduction

p.load(fh)  # want "PKL201 unjustified-load: pickle.load decodes `fh` without a justification: loading a pickle"
torch.load(path)  # want "torch.load decodes `path`"
six.moves.cPickle.loads(b)  # want "pickle.loads decodes `b`"
m.loads(code)  # want "marshal.loads decodes `code`"
parse(b)  # want "pickle.loads decodes `b`"
Unpickler(fh).load()  # want "pickle.Unpickler decodes `fh`"
cPickle.load(fh)  # want "pickle.load decodes `fh`"
torch_load(path)  # want "torch.load"
read_pickle(path)  # want "pandas.read_pickle"
jn.load(path)  # want "joblib.load"
multiprocessing.reduction.ForkingPickler.loads(b)  # want "ForkingPickler.loads"
(p).loads(b)  # want "pickle.loads"
(p.loads)(b)  # want "pickle.loads"
p.dumps(x)
json.load(fh)
os.load(fh)


def local():
    import dill
    return dill.loads(b)  # want "dill.loads"


def other():
    return dill.loads(b)


try:
    import cPickle as pickle
except ImportError:
    import pickle

pickle.loads(b)  # want "pickle.loads"

if six.PY2:
    import cPickle as cp
else:
    cp = None

cp.load(fh)  # want "pickle.load"

try:
    import simplejson as either
except ImportError:
    import dill as either

either.loads(b)  # want "dill.loads"


# Copies of six that packages carry.
import scapy.libs.six as carried
from thirdparty.six.moves import cPickle as third
from requests.packages.six import moves
import mypkg.sixth as sixth

carried.moves.cPickle.load(fh)  # want "pickle.load"
third.loads(b)  # want "pickle.loads"
moves.cPickle.loads(b)  # want "pickle.loads"
sixth.moves.cPickle.loads(b)
