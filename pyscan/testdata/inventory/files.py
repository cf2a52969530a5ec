"""Files: how their names are spelled, and how the two ends are one channel."""
import bz2
import gzip
import io
import os
import os.path as osp
import pickle
import sys
import tempfile
import zipfile
from os.path import dirname, join
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import torch

SPOOL = "spool"
STATE = os.path.join(SPOOL, "state.pkl")
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = Path(__file__).resolve().parent / "data"


def literals(x):
    pickle.dump(x, open("spool/a.pkl", "wb"))  # dump pickle.dump default file:spool/a.pkl literal builtins.open
    pickle.load(open("./spool//a.pkl", "rb"))  # site pickle.load file:spool/a.pkl literal builtins.open
    pickle.load(open(r"spool\a.pkl", "rb"))  # site pickle.load file:spool/a.pkl literal builtins.open
    pickle.load(open("spool/x/../a.pkl", mode="rb"))  # site pickle.load file:spool/a.pkl literal builtins.open
    with gzip.open("a.gz") as f, bz2.open("b.bz2") as g:
        pickle.load(f)  # site pickle.load file:a.gz literal gzip.open
        pickle.load(g)  # site pickle.load file:b.bz2 literal bz2.open
    pickle.load(gzip.GzipFile(fileobj=open("a.gz", "rb")))  # site pickle.load file:* gzip.GzipFile
    pickle.loads(zipfile.ZipFile("a.zip").read("m.pkl"))  # site pickle.loads file:a.zip literal zipfile.ZipFile
    pickle.load(io.BufferedReader(open("a.pkl", "rb")))  # site pickle.load file:a.pkl literal builtins.open


def constants(x, user):
    with open(STATE, "wb") as f:
        pickle.dump(x, f, 4)  # dump pickle.dump 4 file:spool/state.pkl constant builtins.open
    pickle.load(open(SPOOL + "/state.pkl", "rb"))  # site pickle.load file:spool/state.pkl constant builtins.open
    pickle.load(open(Path(SPOOL, "state").with_suffix(".pkl"), "rb"))  # site pickle.load file:spool/state.pkl constant builtins.open
    with (Path(SPOOL) / "state.pkl").open("rb") as f:
        pickle.load(f)  # site pickle.load file:spool/state.pkl constant open
    name = "state.pkl"
    path = osp.join(SPOOL, name)
    pickle.loads(Path(path).read_bytes())  # site pickle.loads file:spool/state.pkl constant read_bytes
    Path(SPOOL).joinpath("state.pkl").write_bytes(pickle.dumps(x, -1))  # dump pickle.dumps highest file:spool/state.pkl constant write_bytes


def beside():
    pickle.load(open(join(HERE, "data", "b.pkl"), "rb"))  # site pickle.load file:pkg/data/b.pkl constant builtins.open
    pickle.load(open(DATA / "b.pkl", "rb"))  # site pickle.load file:pkg/data/b.pkl constant builtins.open
    pickle.load(open(dirname(__file__) + "/data/b.pkl", "rb"))  # site pickle.load file:pkg/data/b.pkl constant builtins.open
    pickle.load(open(Path.cwd() / "b.pkl", "rb"))  # site pickle.load file:b.pkl constant builtins.open


def formats(user, n, x):
    pickle.dump(x, open(f"spool/{user}.pkl", "wb"))  # dump pickle.dump default file:spool/*.pkl format builtins.open
    pickle.load(open("spool/%s.pkl" % user, "rb"))  # site pickle.load file:spool/*.pkl format builtins.open
    pickle.load(open("spool/{}.pkl".format(user), "rb"))  # site pickle.load file:spool/*.pkl format builtins.open
    pickle.load(open("spool/" + user + ".pkl", "rb"))  # site pickle.load file:spool/*.pkl format builtins.open
    pickle.load(open(os.path.join("spool", user) + ".pkl", "rb"))  # site pickle.load file:spool/*.pkl format builtins.open
    pickle.load(open(os.path.join("spool", user, "%d" % n, "x.pkl"), "rb"))  # site pickle.load file:spool/*/x.pkl format builtins.open
    pickle.load(open(f"{SPOOL}/{user}/{n:04d}.pkl", "rb"))  # site pickle.load file:spool/*.pkl format builtins.open
    pickle.load(open("%s%%.pkl" % user, "rb"))  # site pickle.load file:*%.pkl format builtins.open
    pickle.load(open("spool/%s-%d.pkl" % ("a", 3), "rb"))  # site pickle.load file:spool/a-3.pkl literal builtins.open
    pickle.load(open("_".join(["spool", user]) + ".pkl", "rb"))  # site pickle.load file:spool_*.pkl format builtins.open
    pickle.load(open("/var/lib/{{x}}/{0}".format(user), "rb"))  # site pickle.load file:/var/lib/{x}/* format builtins.open


def told_by_the_user(path, stream):
    pickle.load(open(sys.argv[1], "rb"))  # site pickle.load file:* builtins.open
    pickle.load(open(path, "rb"))  # site pickle.load file:* builtins.open
    pickle.load(open("a" if path else "b", "rb"))  # site pickle.load file:* builtins.open
    pickle.load(open(os.path.join(path, "x.pkl"), "rb"))  # site pickle.load file:*/x.pkl format builtins.open
    pickle.load(stream)  # site pickle.load unknown
    joblib.load(path)  # site joblib.load file:* joblib.load


def paths(x, df):
    joblib.dump(x, "m.joblib")  # dump joblib.dump default file:m.joblib literal joblib.dump
    joblib.load("m.joblib")  # site joblib.load file:m.joblib literal joblib.load
    torch.save(x, Path("net") / "a.pt")  # dump torch.save 2 file:net/a.pt literal torch.save
    torch.load("net/a.pt", map_location="cpu")  # site torch.load file:net/a.pt literal torch.load
    df.to_pickle("d.pkl")  # dump to_pickle highest file:d.pkl literal to_pickle
    pd.read_pickle("d.pkl")  # site pandas.read_pickle file:d.pkl literal pandas.read_pickle
    pd.read_pickle("s3://bucket/d.pkl")  # site pandas.read_pickle bucket:bucket/d.pkl literal pandas.read_pickle
    pd.read_pickle("https://host/d.pkl")  # site pandas.read_pickle network:https://host/d.pkl literal pandas.read_pickle
    pd.read_pickle("file:///srv/d.pkl")  # site pandas.read_pickle file:/srv/d.pkl literal pandas.read_pickle
    pd.read_pickle("memory://d.pkl")  # site pandas.read_pickle file:memory://d.pkl literal pandas.read_pickle
    np.save("x.npy", x, allow_pickle=True)  # dump numpy.save - file:x.npy literal numpy.save
    np.save("y.npy", x)
    np.save("y.npy", x, allow_pickle=False)
    np.load("x.npy", allow_pickle=True)  # site numpy.load file:x.npy literal numpy.load
    torch.save(x, open("net/b.pt", "wb"))  # dump torch.save 2 file:net/b.pt literal builtins.open


def temporary(x, path):
    with tempfile.NamedTemporaryFile() as f:
        pickle.dump(x, f)  # dump pickle.dump default file:*


def replaced(x, path):
    temporary = path + ".tmp"
    with open(temporary, "wb") as f:
        pickle.dump(x, f)  # dump pickle.dump default file:state/h.pkl constant replace
    os.replace(temporary, path)


def replaced_by_the_user(x, path):
    temporary = path + ".tmp"
    with open(temporary, "wb") as f:
        pickle.dump(x, f)  # dump pickle.dump default file:* replace
    os.replace(temporary, path)


def moved(x):
    with tempfile.NamedTemporaryFile(delete=False) as f:
        pickle.dump(x, f)  # dump pickle.dump default file:state/j.pkl literal replace
    os.replace(f.name, "state/j.pkl")


def packed(x, pack):
    opener = gzip.open if pack else open
    with opener("packed.pkl", "wb") as f:
        pickle.dump(x, f)  # dump pickle.dump default file:packed.pkl literal gzip.open


def one_call():
    replaced(1, "state/h.pkl")


def many_callers(path):
    return pickle.load(open(path, "rb"))  # site pickle.load file:* builtins.open


def calls():
    many_callers("a.pkl")
    many_callers("b.pkl")


def opened():
    return open("spool/opened.pkl", "rb")


def reads():
    pickle.load(opened())  # site pickle.load file:spool/opened.pkl literal builtins.open


class Store:
    NAME = "store.pkl"

    def __init__(self, root):
        self.path = os.path.join(root, "x.pkl")
        self.file = open("stored.pkl", "rb")

    def load(self):
        with open(self.path, "rb") as f:
            pickle.load(f)  # site pickle.load file:root/x.pkl constant builtins.open
        pickle.load(open(self.NAME, "rb"))  # site pickle.load file:store.pkl constant builtins.open
        pickle.load(self.file)  # site pickle.load file:stored.pkl literal builtins.open


store = Store("root")
