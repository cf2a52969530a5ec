# Sinks that are handed on.
import asyncio
import concurrent.futures
import functools
import itertools
import pickle
from functools import partial, reduce
from operator import attrgetter, methodcaller

import cloudpickle
import joblib
import pandas as pd
import torch
import yaml


def rows(blobs):
    a = map(pickle.loads, blobs)  # want "pickle.loads"
    b = list(itertools.starmap(pickle.loads, blobs))  # want "pickle.loads"
    c = [f(x) for f in (pickle.loads,) for x in blobs]  # want "pickle.loads"
    d = filter(pickle.loads, blobs)  # want "pickle.loads"
    e = sorted(blobs, key=pickle.loads)  # want "pickle.loads"
    return a, b, c, d, e


def parse(raw, loads=pickle.loads):  # want "pickle.loads"
    return loads(raw)  # want "pickle.loads"


def parse_kw(raw, *, decoder=joblib.load):  # want "joblib.load"
    return decoder(raw)  # want "joblib.load"


SERIALIZERS = {
    "json": None,
    "pickle": pickle.loads,  # want "pickle.loads"
    "cloud": cloudpickle.loads,  # want "cloudpickle.loads"
}

REG = {
    "pkl": (pickle.dumps, pickle.loads),  # want "pickle.loads"
    "csv": (str, float),
}

load_latin = functools.partial(pickle.load, encoding="latin1")  # want "pickle.load"
torch_cpu = partial(torch.load, map_location="cpu")  # want "torch.load"
torch_safe = partial(torch.load, weights_only=True)
yaml_safe = partial(yaml.load, Loader=yaml.SafeLoader)
yaml_bad = partial(yaml.load, Loader=yaml.Loader)  # want "yaml.load"


async def off_thread(raw, loop):
    x = await loop.run_in_executor(None, pickle.loads, raw)  # want "pickle.loads"
    y = await asyncio.to_thread(pickle.loads, raw)  # want "pickle.loads"
    with concurrent.futures.ThreadPoolExecutor() as ex:
        z = ex.submit(torch.load, raw)  # want "torch.load"
        w = list(ex.map(pd.read_pickle, raw))  # want "pandas.read_pickle"
    return x, y, z, w


def register(app):
    app.register_loader(".pkl", pickle.load)  # want "pickle.load"
    app.register_loader(".json", print)
    app.decoder = pickle.loads
    app.add(loader=pickle.loads)  # want "pickle.loads"
    app.add(errors=(pickle.UnpicklingError, EOFError))
    return app.decoder(b"x")  # want "pickle.loads"


class Field:
    loader = pickle.loads

    def get(self, raw):
        return Field.loader(raw)  # want "pickle.loads"


def choose(kind):
    if kind == "p":
        return pickle.loads  # want "pickle.loads"
    return print


def make():
    return lambda raw: pickle.loads(raw)  # want "pickle.loads"


def isinstance_checks(fn):
    return fn is pickle.dumps


def deco(f):
    return f


@deco
def inner(raw):
    return pickle.loads(raw)  # want "pickle.loads"


get = attrgetter("loads")
load_it = methodcaller("loads", b"x")


def getters(raw, fh):
    a = get(pickle)(raw)  # want "pickle.loads"
    b = load_it(pickle)  # want "pickle.loads"
    c = attrgetter("load")(pickle)(fh)  # want "pickle.load"
    d = methodcaller("loads", raw)(pickle)  # want "pickle.loads"
    return a, b, c, d
