# Arrays and frames.
import io

import numpy
import numpy as np
from numpy import load as npload
from numpy.lib import format as npformat
from numpy.lib.format import read_array
from numpy.lib.npyio import NpzFile
import numpy.lib.npyio
import functools

ALLOW = True
DENY = False
OPTS = {"allow_pickle": True}
GOOD = {"allow_pickle": False, "mmap_mode": "r"}


def embeddings(path, flag, fh):
    a = np.load(path, allow_pickle=True)  # want "numpy.load"
    b = numpy.load(path, None, True)  # want "numpy.load"
    c = npload(path, allow_pickle=True)["arr_0"]  # want "numpy.load"
    d = np.load(path, allow_pickle=1)  # want "numpy.load"
    e = np.load(path, allow_pickle=flag)  # want "numpy.load"
    f = np.load(path, allow_pickle=ALLOW)  # want "numpy.load"
    g = np.load(path, **OPTS)  # want "numpy.load"
    h = np.load(path, **{"allow_pickle": True})  # want "numpy.load"
    i = np.load(path, allow_pickle="yes")  # want "numpy.load"
    j = np.load(path, allow_pickle=not False)  # want "numpy.load"
    k = read_array(fh, allow_pickle=True)  # want "numpy.lib.format.read_array"
    l = npformat.read_array(fh, True)  # want "numpy.lib.format.read_array"
    m = NpzFile(fh, allow_pickle=True)  # want "numpy.lib.npyio.NpzFile"
    n = numpy.lib.npyio.NpzFile(fh, allow_pickle=True)  # want "numpy.lib.npyio.NpzFile"
    o = np.lib.format.read_array(fh, allow_pickle=True)  # want "numpy.lib.format.read_array"
    p = np.load(path, "r", True)  # want "numpy.load"
    q = np.load(io.BytesIO(path), fix_imports=False, allow_pickle=True).item()  # want "numpy.load"
    return a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q


def fine(path, fh):
    a = np.load(path)
    b = np.load(path, allow_pickle=False)
    c = np.load(path, "r")
    d = np.load(path, None, False)
    e = np.load(path, allow_pickle=DENY)
    f = np.load(path, **GOOD)
    g = np.load(path, allow_pickle=0)
    h = npload(path, mmap_mode="c")
    i = read_array(fh)
    j = read_array(fh, allow_pickle=False)
    k = NpzFile(fh)
    l = np.loadtxt(path)
    m = np.genfromtxt(path, delimiter=",")
    n = np.fromfile(path, dtype="f4")
    o = np.save(path, a, allow_pickle=True)
    p = np.load(path, allow_pickle=(False))
    q = np.savez(path, a=a)
    return b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q


_load = functools.partial(np.load, allow_pickle=True)  # want "numpy.load"
_safe = functools.partial(np.load, allow_pickle=False)
_none = functools.partial(np.load, mmap_mode="r")


import pandas
import pandas as pd
from pandas import read_pickle, read_hdf, HDFStore
from pandas import read_pickle as rp
from pandas.io.pickle import read_pickle as io_rp
import pandas.io.pickle
from pandas.compat import pickle_compat as pc
from pandas.compat.pickle_compat import load as pc_load


def load_prices(day):
    df = pd.read_pickle(f"prices-{day}.pkl")  # want "pandas.read_pickle"
    return df.sort_index()


def everything(p):
    frames = [
        pandas.read_pickle(p),  # want "pandas.read_pickle"
        read_pickle(p, compression="gzip"),  # want "pandas.read_pickle"
        rp(p),  # want "pandas.read_pickle"
        io_rp(p),  # want "pandas.read_pickle"
        pandas.io.pickle.read_pickle(p),  # want "pandas.read_pickle"
        pd.io.pickle.read_pickle(p),  # want "pandas.read_pickle"
        pc.load(p),  # want "pandas.compat.pickle_compat.load"
        pc_load(p),  # want "pandas.compat.pickle_compat.load"
        pd.compat.pickle_compat.loads(p),  # want "pandas.compat.pickle_compat.loads"
        pd.read_hdf(p, "table"),  # want "pandas.read_hdf"
        read_hdf(p, key="x"),  # want "pandas.read_hdf"
        pd.read_parquet(p),
        pd.read_csv(p),
        pd.read_feather(p),
    ]
    return pd.concat(frames)


def store(p):
    frame = pd.DataFrame(x)
    frame.to_pickle("x.pkl")  # want "PKL210"
