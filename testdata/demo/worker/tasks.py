"""A worker that trains models on what it finds in a queue."""

import pickle

import numpy as np
import torch
from joblib import load as load_joblib


def next_task(queue):
    """Anybody who reaches the queue chooses what runs here."""
    return pickle.loads(queue.pop())


def load_weights(path):
    """Tensors only: nothing in the file is called."""
    return torch.load(path, weights_only=True)


def load_checkpoint(path):
    return torch.load(path, map_location="cpu", weights_only=False)


def load_features(path):
    return np.load(path, allow_pickle=True)


def load_matrix(path):
    return np.load(path)


def load_pipeline(path):
    # picklelint:trust boundary=build reason="pipeline.joblib is made by make train and shipped in the image" owner=ml
    return load_joblib(path)


def load_settings(fh):
    # picklelint:trust boundary=operator reason="the load that stood here reads JSON now"
    return dict(line.split("=", 1) for line in fh)
