"""A name that the file has of its own."""
import pickle

from ..core.checks import *


def verify(data, sig):
    return True


def own(data, sig):
    verify(data, sig)
    return pickle.loads(data)  # want "PKL201"
