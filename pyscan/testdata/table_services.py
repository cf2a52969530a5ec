# Shapes of services and scripts.
"""RPC worker reading jobs from redis."""
from __future__ import annotations

import base64
import contextlib
import logging
import pickle
import zlib
from dataclasses import dataclass
from typing import Any, Callable

import redis
import requests

logger = logging.getLogger(__name__)


@dataclass
class Job:
    id: str
    payload: bytes
    decoder: Callable[[bytes], Any] = pickle.loads

    def decode(self) -> Any:
        return self.decoder(self.payload)  # want "pickle.loads"


class RedisBroker:
    def __init__(self, url: str) -> None:
        self._r = redis.Redis.from_url(url)

    def pop(self) -> Job | None:
        raw = self._r.blpop("jobs", timeout=1)
        if raw is None:
            return None
        return Job("x", zlib.decompress(raw[1]))

    def result(self, key: str) -> Any:
        val = self._r.get(key)
        return None if val is None else pickle.loads(zlib.decompress(base64.b64decode(val)))  # want "pickle.loads"

    def fetch(self, url: str) -> Any:
        resp = requests.get(url, timeout=3)
        resp.raise_for_status()
        with contextlib.suppress(pickle.UnpicklingError):
            return pickle.loads(resp.content)  # want "pickle.loads"

    def all(self):
        pipe = self._r.pipeline()
        return [pickle.loads(v) if v else None for v in pipe.execute()]  # want "pickle.loads"

    def cached(self, key):
        def wrap(fn):
            def inner(*a, **k):
                if (hit := self._r.get(key)):
                    return pickle.loads(hit)  # want "pickle.loads"
                val = fn(*a, **k)
                self._r.set(key, pickle.dumps(val))  # want "PKL210"
                return val
            return inner
        return wrap


#!/usr/bin/env python
import argparse
import glob
import gzip
import bz2
import lzma
import json
import os
import pickle as pk
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pandas as pd
import torch
import yaml
from sklearn.ensemble import RandomForestClassifier
from torch.utils.data import DataLoader, Dataset


class Corpus(Dataset):
    def __init__(self, root):
        self.files = sorted(glob.glob(os.path.join(root, "*.pkl")))
        self.meta = json.load(open(os.path.join(root, "meta.json")))
        self.vocab = pk.load(open(os.path.join(root, "vocab.pkl"), "rb"))  # want "pickle.load"

    def __getitem__(self, i):
        with gzip.open(self.files[i]) as fh:
            x, y = pk.load(fh)  # want "pickle.load"
        return torch.from_numpy(x), y

    def __len__(self):
        return len(self.files)


def build(cfg_path):
    with open(cfg_path) as fh:
        cfg = yaml.load(fh, Loader=yaml.FullLoader)  # want "yaml.load"
    state = torch.load(cfg["ckpt"], map_location=lambda s, l: s)["state_dict"]  # want "torch.load"
    state = OrderedDict((k.replace("module.", ""), v) for k, v in state.items())
    feats = np.load(cfg["feats"], allow_pickle=True).item()  # want "numpy.load"
    ids = np.load(cfg["ids"])
    df = pd.read_pickle(Path(cfg["root"]) / "df.pkl.gz", compression="infer")  # want "pandas.read_pickle"
    with lzma.open("x.xz") as a, bz2.open("y.bz2") as b:
        l, r = pk.load(a), pk.load(b)  # want "pickle.load" "pickle.load"
    return cfg, state, feats, ids, df, l, r


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--cfg", default="cfg.yml", help="loaded with yaml.load")
    ap.add_argument("--loader", type=pk.loads)  # want "pickle.loads"
    args = ap.parse_args()
    clf = RandomForestClassifier()
    dl = DataLoader(Corpus("data"), batch_size=8)
    for batch in dl:
        print(batch)
    if os.path.exists("clf.pkl"):
        clf = pk.loads(Path("clf.pkl").read_bytes())  # want "pickle.loads"
    pk.dump(clf, open("clf.pkl", "wb"))  # want "PKL210"
    print(build(args.cfg))


if __name__ == "__main__":
    main()


import hmac
import pickle
import socket
import ssl
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler
import multiprocessing.shared_memory as shm


def net(host):
    s = socket.create_connection((host, 99))
    data = s.recv(4096)
    return pickle.loads(data)  # want "pickle.loads"


class H(BaseHTTPRequestHandler):
    def do_POST(self):
        n = int(self.headers["Content-Length"])
        obj = pickle.load(self.rfile)  # want "pickle.load"
        body = pickle.loads(self.rfile.read(n))  # want "pickle.loads"
        self.wfile.write(pickle.dumps((obj, body)))  # want "PKL210"


def stdin():
    return pickle.load(sys.stdin.buffer)  # want "pickle.load"


def url(u):
    with urllib.request.urlopen(u) as r:
        return pickle.load(r)  # want "pickle.load"


def argv():
    with open(sys.argv[1], "rb") as f:
        while 1:
            try:
                yield pickle.load(f)  # want "pickle.load"
            except (EOFError, pickle.UnpicklingError):
                break


def nested(raw):
    def a():
        class B:
            def c(self):
                return [pickle.loads(x) for x in raw]  # want "pickle.loads"
        return B
    return a


try:
    CONF = pickle.load(open("conf.pkl", "rb"))  # want "pickle.load"
except Exception:
    CONF = {}
else:
    pickle.loads(b"")  # want "pickle.loads"
finally:
    pickle.loads(b"")  # want "pickle.loads"

if not CONF:
    pass
elif pickle.loads(b""):  # want "pickle.loads"
    pass
else:
    import dill as pickle
    pickle.loads(b"")  # want "dill.loads"
