"""Passes on everything of two modules."""
from .checks import *
from .objects import signer, fernet as box
