"""A name that the last import of everything may give is a module."""
import pickle

from app.core.checks import *
from app.pkg import *


def shadowed(data, sig):
    verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"
