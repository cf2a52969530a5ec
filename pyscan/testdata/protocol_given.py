# A module that another one gives, and attributes that are parameters.
import pickle as real

from .compat import pickle
from ._compat import pickle as p, other as dill


class Store:
    protocol = real.HIGHEST_PROTOCOL

    def __init__(self, level=real.HIGHEST_PROTOCOL, number=0):
        self.level = level
        self.number = number
        self.fixed = real.HIGHEST_PROTOCOL

    def save(self, obj, f):
        pickle.dump(obj, f, 0)  # want "PKL211 obsolete-protocol: pickle.dump"
        p.dump(obj, f)  # want "PKL210"
        dill.dump(obj, f, 0)
        pickle.Pickler(f, pickle.HIGHEST_PROTOCOL).dump(obj)  # want "PKL212"
        real.dump(obj, f, self.level)
        real.dump(obj, f, self.number)
        real.dump(obj, f, self.fixed)  # want "PKL212"
        real.dump(obj, f, self.protocol)  # want "PKL212"
