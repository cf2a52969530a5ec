# What comes from elsewhere is none of it: \
from .compat \
    import os, \
    pickle

from .lookalike import \
    pickle as other


def read(data):
    other.loads(data)
    return pickle.loads(data)  # want "pickle.loads decodes `data`"
