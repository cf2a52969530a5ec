# A module of the same project, whatever its name, is not the standard library's.
from . import pickle
from .pickle import loads
from .. import torch as t
from .yaml import *

pickle.loads(b)
loads(b)
t.load(path)
load(stream)
