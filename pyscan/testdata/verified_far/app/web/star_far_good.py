"""The same, passed on by a package."""
import pickle

from app.core import *


def raises(data, sig):
    verify(data, sig)
    return pickle.loads(data)
