# What writes pickles, or only speaks of them.
import copy
import pickle
import pickle as p
from pickle import HIGHEST_PROTOCOL, PickleError, Pickler, PicklingError, dump, dumps
import pickletools
import typing as t

import joblib
import torch
import yaml

PROTO = pickle.HIGHEST_PROTOCOL


def save(o, path):
    with open(path, "wb") as f:
        pickle.dump(o, f)  # want "PKL210"
        dump(o, f, PROTO)  # want "PKL212"
        Pickler(f, HIGHEST_PROTOCOL).dump(o)  # want "PKL212"
        pickle.Pickler(f).dump(o)  # want "PKL210"
    joblib.dump(o, path)  # want "PKL210"
    torch.save(o, path)
    yaml.dump(o, open(path, "w"))
    yaml.safe_dump(o)
    return dumps(o)


def size(o):
    try:
        return len(p.dumps(o, protocol=4))
    except (PicklingError, PickleError, pickle.PickleError):
        return len(pickletools.optimize(b"N."))


def annotated(x: "pickle.Unpickler", y: t.Optional[pickle.Pickler] = None) -> None:
    ...


if t.TYPE_CHECKING:
    from pickle import Unpickler


def typed(u: "Unpickler") -> "Unpickler":
    return u


def check(o):
    if isinstance(o, pickle.Pickler):
        return True
    print(pickle.__name__, pickle.DEFAULT_PROTOCOL, pickle.__doc__)
    buf = pickle.PickleBuffer(b"x")
    return copy.copy(buf)
