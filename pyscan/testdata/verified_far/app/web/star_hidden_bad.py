"""The last import of everything that has a name counts, and has what __all__ says."""
import pickle

from app.core.checks import *
from app.core.hidden import *
from app.core.nothing import *


def bound_otherwise(data, sig):
    verify(data, sig)
    return pickle.loads(data)  # want "PKL201"


def not_given(data, sig):
    verify_hidden(data, sig)
    return pickle.loads(data)  # want "PKL201"
