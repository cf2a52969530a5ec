# Loaders of further libraries.
from joblib.externals.cloudpickle import loads as jl
from pyspark import cloudpickle as scp
import modin.pandas as mpd
import oyaml
import numpy.ma as ma
import tf_keras
from kombu.serialization import pickle as kp
from sqlalchemy.ext.serializer import loads as sl
from multiprocessing.connection import _ForkingPickler
from torch.distributed.distributed_c10d import broadcast_object_list
from stable_baselines3.ppo import PPO
from sb3_contrib import TQC
from gensim.models import LdaMulticore
from gensim.similarities import MatrixSimilarity
from statsmodels.tsa.arima.model import ARIMAResults
import jax.numpy as jnp
import cupy as cp
import compress_pickle
import srsly




def go(p, b, s):
    a = jl(b)  # want "cloudpickle.loads"
    c = scp.loads(b)  # want "cloudpickle.loads"
    d = mpd.read_pickle(p)  # want "pandas.read_pickle"
    e = oyaml.load(s)  # want "yaml.load"
    f = oyaml.load(s, Loader=oyaml.SafeLoader)
    g = ma.load(p)  # want "numpy.ma.load"
    h = tf_keras.models.load_model("m.h5")  # want "keras.models.load_model"
    i = kp.loads(b)  # want "pickle.loads"
    j = sl(b)  # want "sqlalchemy.ext.serializer.loads"
    k = _ForkingPickler.loads(b)  # want "multiprocessing.reduction.ForkingPickler.loads"
    broadcast_object_list(b)  # want "torch.distributed.broadcast_object_list"
    l = PPO.load(p)  # want "stable_baselines3.ppo.PPO.load"
    m = TQC.load(p)  # want "sb3_contrib.TQC.load"
    n = LdaMulticore.load(p)  # want "gensim.models.LdaMulticore.load"
    o = MatrixSimilarity.load(p)  # want "gensim.similarities.MatrixSimilarity.load"
    q = ARIMAResults.load(p)  # want "statsmodels.tsa.arima.model.ARIMAResults.load"
    r = jnp.load(p, allow_pickle=True)  # want "jax.numpy.load"
    t = jnp.load(p)
    u = cp.load(p, allow_pickle=True)  # want "cupy.load"
    v = compress_pickle.load(p)  # want "compress_pickle.load"
    w = srsly.pickle_loads(b)  # want "srsly.pickle_loads"
    x = srsly.read_json(p)
    y = mpd.read_csv(p)
    z = jnp.zeros(3)
    return locals()
