# Loaders of libraries, and their silent neighbours.
import gensim
import gensim.utils
import networkx as nx
import nltk
import nltk.data
from autogluon.tabular import TabularPredictor
from autogluon.tabular import TabularDataset
from fastai.learner import load_learner
from fastai.vision.all import load_learner as fl
from gensim.models import KeyedVectors, LdaModel, Word2Vec
from gensim.models.doc2vec import Doc2Vec
from gensim.utils import unpickle
from hummingbird.ml import load as hb_load
import hummingbird.ml
from lightning.pytorch import LightningModule as LM2
from networkx import read_gpickle
from pycaret.classification import load_model
import pycaret.regression
import pytorch_lightning as pl
from pytorch_lightning import LightningModule
from stable_baselines3 import A2C, DQN, PPO, SAC
import stable_baselines3 as sb3
from stable_baselines3.common.vec_env import VecNormalize
import statsmodels.api as sm
from statsmodels.iolib.smpickle import load_pickle
from statsmodels.regression.linear_model import OLSResults
from surprise import dump
import surprise.dump
from ultralytics import YOLO
import ultralytics


class Net(pl.LightningModule):
    pass


class Net2(LightningModule):
    pass


def load_everything(p):
    a = load_learner(p)  # want "fastai.learner.load_learner"
    b = fl(p, cpu=True)  # want "fastai.learner.load_learner"
    c = Net.load_from_checkpoint(p)  # want "pytorch_lightning.LightningModule.load_from_checkpoint"
    d = Net2.load_from_checkpoint(checkpoint_path=p)  # want "pytorch_lightning.LightningModule.load_from_checkpoint"
    e = pl.LightningModule.load_from_checkpoint(p)  # want "pytorch_lightning.LightningModule.load_from_checkpoint"
    f = PPO.load(p)  # want "stable_baselines3.PPO.load"
    g = A2C.load(p, env=None)  # want "stable_baselines3.A2C.load"
    h = sb3.SAC.load(p)  # want "stable_baselines3.SAC.load"
    i = DQN.load("dqn_cartpole")  # want "stable_baselines3.DQN.load"
    j = YOLO(p)  # want "ultralytics.YOLO"
    k = ultralytics.YOLO("yolov8n.pt")  # want "ultralytics.YOLO"
    l = TabularPredictor.load(p)  # want "autogluon.tabular.TabularPredictor.load"
    m = load_model("final")  # want "pycaret.classification.load_model"
    n = pycaret.regression.load_model("final")  # want "pycaret.regression.load_model"
    o = hb_load(p)  # want "hummingbird.ml.load"
    q = hummingbird.ml.load(p)  # want "hummingbird.ml.load"
    r = surprise.dump.load(p)  # want "surprise.dump.load"
    s = dump.load(p)  # want "surprise.dump.load"
    t = sm.load(p)  # want "statsmodels.api.load"
    v = nx.read_gpickle(p)  # want "networkx.read_gpickle"
    w = read_gpickle(p)  # want "networkx.read_gpickle"
    x = Word2Vec.load(p)  # want "gensim.models.Word2Vec.load"
    y = KeyedVectors.load(p, mmap="r")  # want "gensim.models.KeyedVectors.load"
    z = gensim.models.LdaModel.load(p)  # want "gensim.models.LdaModel.load"
    aa = gensim.utils.unpickle(p)  # want "gensim.utils.unpickle"
    ab = unpickle(p)  # want "gensim.utils.unpickle"
    ac = nltk.data.load("tokenizers/punkt/english.pickle")  # want "nltk.data.load"
    ad = Doc2Vec.load(p)  # want "gensim.models.doc2vec.Doc2Vec.load"
    ae = VecNormalize.load(p, None)  # want "stable_baselines3.common.vec_env.VecNormalize.load"
    af = OLSResults.load(p)  # want "statsmodels.regression.linear_model.OLSResults.load"
    ag = gensim.corpora.Dictionary.load(p)  # want "gensim.corpora.Dictionary.load"
    ah = LM2.load_from_checkpoint(p)  # want "lightning.pytorch.LightningModule.load_from_checkpoint"
    return locals()


def quiet(p):
    a = nx.read_gml(p)
    b = nltk.data.find("tokenizers/punkt")
    c = KeyedVectors.load_word2vec_format(p, binary=True)
    d = sm.OLS([], [])
    e = TabularDataset(p)
    f = PPO("MlpPolicy", None)
    g = nltk.data.load("grammars/book_grammars/simple.cfg")
    h = YOLO("yolov8n.yaml")
    return a, b, c, d, e, f, g, h


import ast
import copy
import json
import pickletools
import plistlib
import tomllib
import xmlrpc.client
from unittest import mock

import bson
import cbor2
import cachetools
import fickling
import h5py
import lightgbm as lgb
import msgpack
import msgspec
import onnx
import orjson
import safetensors
import spacy
import toml
import ujson
import xgboost as xgb
from safetensors import safe_open
from safetensors.torch import load_file, load as st_load
from xgboost import Booster


def go(p, raw, s):
    a = spacy.load("en_core_web_sm")
    b = lgb.Booster(model_file=p)
    c = xgb.Booster(model_file=p)
    d = Booster()
    d.load_model(p)
    e = onnx.load(p)
    f = load_file(p)
    g = st_load(raw)
    with safe_open(p, framework="pt") as fh:
        h = fh.keys()
    i = json.load(open(p))
    j = json.loads(s)
    k = ast.literal_eval(s)
    l = copy.deepcopy(i)
    m = xmlrpc.client.loads(s)
    n = plistlib.load(open(p, "rb"))
    o = tomllib.load(open(p, "rb"))
    q = orjson.loads(raw)
    r = msgspec.json.decode(raw)
    t = cbor2.loads(raw)
    u = bson.loads(raw)
    v = pickletools.dis(raw)
    w = list(pickletools.genops(raw))
    x = fickling.load(open(p, "rb"))
    y = msgpack.unpackb(raw, raw=False)
    z = toml.loads(s)
    aa = ujson.loads(s)
    ab = cachetools.TTLCache(100, 60)
    ac = h5py.File(p)
    with mock.patch("pickle.loads") as ml:
        ml.return_value = 3
    with mock.patch("torch.load", return_value={}):
        pass
    ad = msgpack.loads(raw)
    ae = onnx.load_model(p)
    return locals()


"""Other things called load."""
import ctypes
import pickle  # for dumps only
import configparser
import datasets
import evaluate
import librosa
import orjson
import pygame
import rapidjson
import simplejson
import soundfile
import tensorflow as tf
import torchaudio
import trimesh
import transformers
from dotenv import load_dotenv
from PIL import Image
from joblib import Parallel, delayed, dump, hash as jhash
from numpy import load as npl, save
from torch import nn, save as tsave, tensor
from yaml import safe_load, dump as ydump, SafeLoader, YAMLError


def go(p, s, model, opt):
    load_dotenv()
    a = pygame.image.load(p)
    im = Image.open(p)
    im.load()
    b = trimesh.load(p)
    c = librosa.load(p)
    d = torchaudio.load(p)
    e = soundfile.read(p)
    f = orjson.loads(s)
    g = rapidjson.load(p)
    h = simplejson.loads(s)
    i = tf.data.Dataset.load(p)
    j = datasets.load_dataset(p)
    k = evaluate.load("bleu")
    l = transformers.AutoModel.from_pretrained(p)
    m = ctypes.cdll.LoadLibrary(p)
    n = npl(p)
    o = npl(p)["x"]
    with npl(p) as z:
        q = z["a"]
    r = npl(p, encoding="latin1")
    t = npl(p, "r", False)
    u = npl(p).files
    model.load_state_dict(s)
    opt.load(p)
    v = safe_load(s)
    w = configparser.ConfigParser()
    w.read(p)
    tsave(model, p)
    save(p, a)
    x = tf.train.load_checkpoint(p)
    y = tf.keras.utils.load_img(p)
    z = jhash(s)
    pickle.dump(s, open(p, "wb"))  # want "PKL210"
    return locals()
