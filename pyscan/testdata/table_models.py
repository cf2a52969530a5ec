# Model files.
import os

import joblib
import joblib as jl
from joblib import load, dump, Parallel, delayed
from joblib import numpy_pickle
from joblib.numpy_pickle import load as np_load
from sklearn.externals import joblib as old_joblib
from sklearn.externals.joblib import load as very_old

MODEL_DIR = os.environ.get("MODEL_DIR", "/models")


def load_classifier(name):
    path = os.path.join(MODEL_DIR, name + ".joblib")
    clf = joblib.load(path)  # want "joblib.load"
    return clf


class Predictor:
    model = None

    def __init__(self, path):
        self.model = load(path, mmap_mode="r")  # want "joblib.load"
        self.scaler = jl.load(path + ".scaler")  # want "joblib.load"

    def legacy(self, p):
        a = old_joblib.load(p)  # want "joblib.load"
        b = very_old(p)  # want "joblib.load"
        c = numpy_pickle.load(p)  # want "joblib.load"
        d = np_load(p)  # want "joblib.load"
        e = joblib.numpy_pickle.load(p)  # want "joblib.load"
        return a, b, c, d, e

    def save(self, path):
        dump(self.model, path, compress=3)  # want "PKL210"


def fan_out(paths):
    return Parallel(n_jobs=4)(delayed(joblib.load)(p) for p in paths)  # want "joblib.load"


def digest(obj):
    return joblib.hash(obj)


import argparse
import os

import torch
import torch.nn as nn
from torch import load as tload
from torch.serialization import load as ser_load
from torch import serialization
from torch.hub import load_state_dict_from_url
import torch.hub as hub

WEIGHTS_ONLY = True


def parse():
    p = argparse.ArgumentParser()
    p.add_argument("--resume", default="")
    return p.parse_args()


class Trainer:
    def __init__(self, model, args):
        self.model = model
        if args.resume:
            ckpt = torch.load(args.resume, map_location="cpu")  # want "torch.load"
            self.model.load_state_dict(ckpt["model"])

    def resume(self, f, flag):
        a = tload(f)  # want "torch.load"
        b = torch.serialization.load(f)  # want "torch.load"
        c = ser_load(f, weights_only=False)  # want "torch.load"
        d = serialization.load(f, map_location="cuda:0")  # want "torch.load"
        e = torch.load(f, weights_only=False)  # want "torch.load"
        g = torch.load(f, weights_only=0)  # want "torch.load"
        h = torch.load(f, weights_only=flag)  # want "torch.load"
        import dill
        i = torch.load(f, pickle_module=dill)  # want "torch.load"
        self.model.load_state_dict(torch.load(f))  # want "torch.load"
        k = torch.load(f, weights_only=None)  # want "torch.load"
        l = torch.load(f, **dict(weights_only=False))  # want "torch.load"
        m = torch.load(  # want "torch.load"
            f,
            map_location=lambda storage, loc: storage,
            weights_only=False,
        )
        return a, b, c, d, e, g, h, i, j, k, l, m

    def clean(self, f):
        a = torch.load(f, weights_only=True)
        b = torch.load(f, map_location="cpu", weights_only=True)
        c = tload(f, weights_only=True)
        d = torch.load(f, weights_only=WEIGHTS_ONLY)
        e = ser_load(f, weights_only=True)
        g = torch.load(f, **{"weights_only": True, "map_location": "cpu"})
        h = torch.jit.load(f)
        i = torch.jit.script(self.model)
        torch.save(self.model.state_dict(), f)
        return a, b, c, d, e, g, h, i


def from_hub(url):
    m = torch.hub.load("pytorch/vision", "resnet18", pretrained=True)  # want "torch.hub.load"
    n = torch.hub.load_state_dict_from_url(url)  # want "torch.hub.load_state_dict_from_url"
    o = load_state_dict_from_url(url, progress=False)  # want "torch.hub.load_state_dict_from_url"
    p = hub.load_state_dict_from_url(url)  # want "torch.hub.load_state_dict_from_url"
    q = torch.hub.load_state_dict_from_url(url, weights_only=True)
    r = load_state_dict_from_url(url, weights_only=True)
    torch.hub.download_url_to_file(url, "model.pth")
    torch.hub.set_dir("/cache")
    return m, n, o, p, q, r


import keras
import tensorflow as tf
from keras.models import load_model
from keras.models import load_model as klm
from keras.saving import load_model as ksl
from tensorflow.keras.models import load_model as tklm
from tensorflow import keras as tkeras
import tensorflow.keras.models
from keras import config


def load_all(path):
    a = keras.models.load_model(path, safe_mode=False)  # want "keras.models.load_model"
    b = load_model("model.h5")  # want "keras.models.load_model"
    c = klm("weights/old.hdf5", compile=False)  # want "keras.models.load_model"
    d = ksl(path, safe_mode=False)  # want "keras.saving.load_model"
    e = tf.keras.models.load_model("m.h5")  # want "keras.models.load_model"
    f = tklm(path, custom_objects={}, safe_mode=False)  # want "keras.models.load_model"
    g = tkeras.models.load_model("m.h5")  # want "keras.models.load_model"
    h = tensorflow.keras.models.load_model(path, safe_mode=0)  # want "keras.models.load_model"
    i = keras.saving.load_model(path, None, True, False)  # want "keras.saving.load_model"
    return a, b, c, d, e, f, g, h, i


def fine(path):
    a = keras.models.load_model("model.keras")
    b = load_model("model.keras", safe_mode=True)
    c = tf.keras.models.load_model("model.keras", compile=False)
    m = keras.Sequential()
    m.load_weights("w.h5")
    d = tf.io.decode_jpeg(path)
    e = tf.train.Checkpoint(model=m)
    return a, b, c, d, e


def saved(path):
    a = tf.saved_model.load(path)
    b = tf.load_op_library("./zero_out.so")  # want "tensorflow.load_op_library"
    x = keras.layers.Lambda(lambda t: t * 2)
    return a, b, x


import os

import torch
import torch.distributed as dist
from torch.distributed import rpc
from torch.distributed import all_gather_object
from torch.package import PackageImporter
import torch.package
from torch.utils.cpp_extension import load as load_ext
import torch.utils.cpp_extension
from torch.distributed.rpc import rpc_sync

fused = load_ext(name="fused", sources=["fused.cpp", "fused_kernel.cu"], verbose=True)
upfirdn = torch.utils.cpp_extension.load(name="up", sources=["up.cpp"])


def packaged(path):
    imp = torch.package.PackageImporter(path)  # want "torch.package.PackageImporter"
    return model, other


def sync(objs, obj, rank):
    dist.broadcast_object_list(objs, src=0)  # want "torch.distributed.broadcast_object_list"
    dist.all_gather_object(objs, obj)  # want "torch.distributed.all_gather_object"
    all_gather_object(objs, obj)  # want "torch.distributed.all_gather_object"
    dist.gather_object(obj, objs if rank == 0 else None, dst=0)  # want "torch.distributed.gather_object"
    torch.distributed.scatter_object_list(objs, [obj], src=0)  # want "torch.distributed.scatter_object_list"
    dist.recv_object_list(objs, src=0)  # want "torch.distributed.recv_object_list"
    torch.distributed.send_object_list(objs, dst=1)  # want "torch.distributed.send_object_list"
    dist.all_reduce(obj)
    dist.broadcast(obj, 0)
    dist.barrier()


def rpcs(worker, fn, x):
    a = rpc.rpc_sync(worker, fn, args=(x,))  # want "torch.distributed.rpc.rpc_sync"
    b = rpc.rpc_async(worker, fn, args=(x,)).wait()  # want "torch.distributed.rpc.rpc_async"
    c = torch.distributed.rpc.remote(worker, fn)  # want "torch.distributed.rpc.remote"
    d = rpc_sync(worker, fn)  # want "torch.distributed.rpc.rpc_sync"
    return a, b, c, d


os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"
os.environ["TORCH_HOME"] = "/cache"
if os.environ.get("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"):
    print("unsafe loads are on")
torch.serialization.add_safe_globals([set, dict])
