# Guards that do not help, and shapes of web services.
"""Guards that do not help, and shapes of real services."""
import hashlib
import hmac
import io
import logging
import os
import pickle
import tarfile
import zipfile
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import torch
from fastapi import FastAPI, File, UploadFile
from flask import Blueprint, request

bp = Blueprint("x", __name__)
app = FastAPI()
MODELS: dict = {}


@app.on_event("startup")
async def startup():
    MODELS["clf"] = joblib.load(Path(__file__).parent / "clf.joblib")  # want "joblib.load"
    app.state.scaler = pickle.loads((Path(__file__).parent / "s.pkl").read_bytes())  # want "pickle.loads"


@app.post("/predict")
async def predict(file: UploadFile = File(...)):
    obj = pickle.loads(await file.read())  # want "pickle.loads"
    df = pd.read_pickle(io.BytesIO(await file.read()))  # want "pandas.read_pickle"
    return {"n": len(df), "o": str(obj)}


@bp.route("/x", methods=["POST"])
def x():
    if request.content_type == "application/x-pickle":
        return str(pickle.loads(request.get_data()))  # want "pickle.loads"
    arr = np.load(io.BytesIO(request.data), allow_pickle=True)  # want "numpy.load"
    net = torch.load(request.files["m"], map_location=torch.device("cpu"))  # want "torch.load"
    return str((arr, net))


def signed(blob, key):
    sig, data = blob[:32], blob[32:]
    if hmac.new(key, data, hashlib.sha256).digest() == sig:
        logging.info("ok")
    return pickle.loads(data)  # want "pickle.loads"


def size_checked(path):
    if os.path.getsize(path) > 1 << 20:
        raise ValueError
    with open(path, "rb") as f, zipfile.ZipFile(f) as z:
        return pickle.loads(z.read("data.pkl"))  # want "pickle.loads"


def tarred(path):
    with tarfile.open(path) as t:
        for m in t:
            yield m.name, pickle.load(t.extractfile(m))  # want "pickle.load"


class Model:
    @staticmethod
    def load(path):
        return joblib.load(path)  # want "joblib.load"

    @classmethod
    def restore(cls, path):
        self = cls.__new__(cls)
        self.__dict__.update(pickle.load(open(path, "rb")))  # want "pickle.load"
        return self

    def save(self, path):
        joblib.dump(self, path)  # want "PKL210"

    def copy(self):
        return Model.load("x")


m = Model.load("x.joblib")
m.load("y")


def worker(q):
    while (item := q.get()) is not None:
        fn, args = pickle.loads(item)  # want "pickle.loads"
        fn(*args)


def legacy(path):
    try:
        return pickle.load(open(path, "rb"))  # want "pickle.load"
    except UnicodeDecodeError:
        return pickle.load(open(path, "rb"), encoding="latin1")  # want "pickle.load"
    except Exception as e:
        raise RuntimeError("cannot pickle.load %s" % path) from e
