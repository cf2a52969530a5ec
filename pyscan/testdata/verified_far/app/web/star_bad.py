"""Names that may be others."""
import pickle

from ..core.checks import *
from missing import *


def who(data, sig):
    verify(data, sig)
    return pickle.loads(data)  # want "PKL201"


def hidden(data, sig):
    _hidden(data, sig)
    return pickle.loads(data)  # want "PKL201"
