# Arguments that are constants of the file, come out of its dictionaries, or end in some way.
import os
from pathlib import Path

import keras
import mmcv
import nltk.data
import numpy as np
import torch
import yaml
from keras.models import load_model
from ultralytics import YOLO

SAFE = True
UNSAFE = False
EITHER = True
if np:
    EITHER = False
CHANGED = True
CHANGED = bool(CHANGED)
TYPED: bool = False

KEYWORDS = dict(weights_only=True, map_location="cpu")
BAD = {"weights_only": False}
BASE = {"map_location": "cpu"}
WHOLE = {**BASE, "weights_only": True}
BEFORE = {"weights_only": True, **unknown}
MUTABLE = {"weights_only": True}
MUTABLE["weights_only"] = False
HANDED = {"weights_only": True}
fill(HANDED)
TWICE = {"weights_only": True, "weights_only": False}
LOADER = {"Loader": yaml.SafeLoader}
H5 = "model.h5"


def named(f, flag=True):
    torch.load(f, weights_only=SAFE)
    torch.load(f, weights_only=UNSAFE)  # want "torch.load"
    torch.load(f, weights_only=EITHER)  # want "torch.load"
    torch.load(f, weights_only=CHANGED)  # want "torch.load"
    torch.load(f, weights_only=flag)  # want "torch.load"
    torch.load(f, weights_only=True if flag else True)
    torch.load(f, weights_only=True if flag else False)  # want "torch.load"
    np.load(f, allow_pickle=TYPED)
    np.load(f, allow_pickle=SAFE)  # want "numpy.load"
    np.load(f, None, TYPED)
    local = True
    torch.load(f, weights_only=local)
    local = False
    torch.load(f, weights_only=local)  # want "torch.load"


def loop(files):
    allow = False
    for f in files:
        np.load(f, allow_pickle=allow)  # want "numpy.load"
        allow = True


def elsewhere(f):
    global TYPED_TOO
    TYPED_TOO = True
    return f


TYPED_TOO = False


def sees(f):
    np.load(f, allow_pickle=TYPED_TOO)  # want "numpy.load"


def spread(f, more):
    torch.load(f, **KEYWORDS)
    torch.load(f, **{"weights_only": True})
    torch.load(f, **{"weights_only": True, **more})  # want "torch.load"
    torch.load(f, **{**more, "weights_only": True})
    torch.load(f, **BAD)  # want "torch.load"
    torch.load(f, **WHOLE)
    torch.load(f, **BEFORE)  # want "torch.load"
    torch.load(f, **MUTABLE)  # want "torch.load"
    torch.load(f, **HANDED)  # want "torch.load"
    torch.load(f, **TWICE)  # want "torch.load"
    np.load(f, **BASE)
    np.load(f, **{"allow_pickle": False})
    np.load(f, **{"allow_pickle": True})  # want "numpy.load"
    np.load(f, **{name(): True})  # want "numpy.load"
    yaml.load(f, **LOADER)


def wrapper(*args, **kwargs):
    kwargs["weights_only"] = True
    return torch.load(*args, **kwargs)


def no_wrapper(*args, **kwargs):
    if args:
        kwargs["weights_only"] = True
    return torch.load(*args, **kwargs)  # want "torch.load"


def late(*args, **kwargs):
    out = torch.load(*args, **kwargs)  # want "torch.load"
    kwargs["weights_only"] = True
    return out


def opposite(f, **kwargs):
    kwargs["weights_only"] = False
    return torch.load(f, **kwargs)  # want "torch.load"


def endings(folder, name):
    load_model("model.h5")  # want "keras.models.load_model"
    load_model(H5)  # want "keras.models.load_model"
    load_model(os.path.join(folder, "old.hdf5"))  # want "keras.models.load_model"
    load_model(Path(folder) / "MODEL.H5")  # want "keras.models.load_model"
    load_model(f"{folder}/{name}.h5")  # want "keras.models.load_model"
    load_model(folder + "/m.h5")  # want "keras.models.load_model"
    load_model(str(Path(folder, "m.h5")))  # want "keras.models.load_model"
    load_model("model.keras")
    load_model(name)
    load_model(f"h5{name}")
    load_model("h5")
    load_model(name, None, True, False)  # want "keras.models.load_model"
    load_model("model.keras", safe_mode=True)
    nltk.data.load("tokenizers/punkt/english.pickle")  # want "nltk.data.load"
    nltk.data.load("tokenizers/%s.pickle" % name)
    nltk.data.load("grammars/toy.cfg")
    nltk.data.load(name, format="pickle")  # want "nltk.data.load"
    nltk.data.load(name, "text")
    mmcv.load("labels.json")
    mmcv.load("labels.pkl")  # want "mmcv.load"
    mmcv.load(name)
    mmcv.load(name, "pkl")  # want "mmcv.load"
    mmcv.load(name, file_format="yaml")
    YOLO("yolov8n.pt")  # want "ultralytics.YOLO"
    YOLO("yolov8n.yaml")
    YOLO(name)  # want "ultralytics.YOLO"
