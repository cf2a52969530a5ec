"""All of pickle by another name."""
from pickle import *
