# Protocols that are numbers.
import functools
import marshal
import pickle
import pickle as p
import shelve
import _pickle
from functools import partial
from pickle import Pickler, dump, dumps

import cloudpickle
import dill
import joblib
import networkx as nx
import pandas as pd
import sqlalchemy as sa
import torch
from aiocache.serializers import PickleSerializer
from django.core.cache.backends.redis import RedisSerializer
from gensim.utils import pickle as save_pickle
from pymemcache.serde import PickleSerde
from sqlalchemy import PickleType
from zodbpickle import fastpickle

ZERO = 0
OLD = ZERO
NEW = 4
BINARY: int = 1


class Settings:
    protocol = 0
    level = 4


class Writer:
    PROTOCOL = 1

    def write(self, obj, f):
        pickle.dump(obj, f, self.PROTOCOL)  # want "PKL211 obsolete-protocol: pickle.dump writes protocol 1, which is for Python before 2.3"
        pickle.dump(obj, f, Settings.protocol)  # want "PKL211"
        pickle.dump(obj, f, Settings.level)


def numbers(obj, f, path, x):
    pickle.dump(obj, f, 0)  # want "PKL211 obsolete-protocol: pickle.dump writes protocol 0"
    pickle.dump(obj, f, 1)  # want "PKL211"
    pickle.dump(obj, f, 0x1)  # want "PKL211"
    pickle.dump(obj, f, protocol=0)  # want "PKL211"
    pickle.dump(obj, f, protocol=False)  # want "PKL211 .* writes protocol 0"
    pickle.dump(obj, f, protocol=True)  # want "PKL211 .* writes protocol 1"
    pickle.dump(obj, f, (0))  # want "PKL211"
    pickle.dump(obj, f, protocol=OLD)  # want "PKL211"
    pickle.dump(obj, f, BINARY)  # want "PKL211"
    pickle.dump(obj, f, bin=0)  # want "PKL211"
    pickle.dump(obj, f, **{"protocol": 0})  # want "PKL211"
    pickle.dump(protocol=1, file=f, obj=obj)  # want "PKL211"
    pickle.dump(obj, f, 0 if x else 1)  # want "PKL211"
    pickle.dump(obj, f, NEW)
    pickle.dump(obj, f, 3)
    pickle.dump(obj, f, 2)  # want "PKL211 .* writes protocol 2, which is for readers"
    pickle.dump(obj, f, protocol=6)  # want "PKL213 unsupported-protocol: pickle.dump writes protocol 6, which no Python has: the newest is 5"
    pickle.dump(obj, f, 99)  # want "PKL213"
    pickle.dump(obj, f, -2)  # want "PKL213 .* a negative number stands for the newest"
    pickle.dump(obj, f, 5)
    p.dumps(obj, 0)  # want "PKL211"
    dumps(obj, 1)  # want "PKL211"
    dump(obj, f, 0)  # want "PKL211"
    Pickler(f, 0).dump(obj)  # want "PKL211 obsolete-protocol: pickle.Pickler"
    Pickler(f, protocol=1)  # want "PKL211"
    _pickle.dumps(obj, 0)  # want "PKL211"
    pickle._dumps(obj, protocol=0)  # want "PKL211"
    (pickle  # want "PKL211"
     .dumps(obj,
            0))


def partials(obj, f):
    old = partial(pickle.dumps, protocol=0)  # want "PKL211"
    old(obj)
    new = functools.partial(pickle.dump, protocol=4)
    new(obj, f)
    late = partial(pickle.dump, obj)
    late(f, 0)  # want "PKL211"
    high = partial(pickle.dump, protocol=-1)
    high(obj, f)  # want "PKL212"


def libraries(obj, f, path, graph, frame):
    dill.dump(obj, f, 0)  # want "PKL211 obsolete-protocol: dill.dump"
    cloudpickle.dumps(obj, protocol=1)  # want "PKL211"
    joblib.dump(obj, path, protocol=0)  # want "PKL211"
    torch.save(obj, path, pickle_protocol=0)  # want "PKL211 obsolete-protocol: torch.save"
    torch.save(obj, path, pickle_protocol=2)
    torch.save(obj, path, pickle_protocol=-1)  # want "PKL212"
    pd.to_pickle(frame, path, protocol=0)  # want "PKL211"
    frame.to_pickle(path, protocol=1)  # want "PKL211 obsolete-protocol: to_pickle"
    frame.to_pickle(path, "infer", 0)  # want "PKL211"
    nx.write_gpickle(graph, path, 0)  # want "PKL211"
    nx.write_gpickle(graph, path, protocol=-1)  # want "PKL212"
    nx.write_gpickle(graph, path)  # want "PKL210"
    shelve.open(path, "c", 0)  # want "PKL201" "PKL211 obsolete-protocol: shelve.open"
    shelve.open(path, protocol=pickle.HIGHEST_PROTOCOL)  # want "PKL201" "PKL212"
    shelve.Shelf({}, protocol=1)  # want "PKL201" "PKL211"
    sa.Column(PickleType(protocol=0))  # want "PKL202" "PKL211"
    sa.Column(sa.PickleType(0))  # want "PKL202" "PKL211"
    RedisSerializer(protocol=0)  # want "PKL211"
    PickleSerde(pickle_version=1)  # want "PKL202" "PKL211"
    PickleSerializer(protocol=1)  # want "PKL202" "PKL211"
    save_pickle(obj, path, protocol=1)  # want "PKL211"
    fastpickle.dumps(obj, 0)  # want "PKL211"
    obj.save(path, pickle_protocol=1)  # want "PKL211 obsolete-protocol: any.pickle_protocol"


def marshalled(obj, f):
    marshal.dump(obj, f, 0)  # want "PKL211 obsolete-protocol: marshal.dump writes version 0"
    marshal.dumps(obj, 2)  # want "PKL211"
    marshal.dumps(obj, version=3)  # want "PKL211"
    marshal.dumps(obj, 9)  # want "PKL213 .* the newest is 5"
