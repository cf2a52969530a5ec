# Imports that do not begin their line, or not as most do.
x = 1;from .serialization import load_blob as one
if x: from .serialization import load_blob as two
try: from .serialization import load_blob as three
except ImportError: three = None
from.serialization import load_blob as four
from .serialization import load_blob as five# a comment
import \
    mypkg.serialization as six
from .serialization import (  # a comment
    load_blob as seven,
)
from . import serialization as eight


def use(b):
    one(b)  # want "pickle.loads decodes `b`"
    two(b)  # want "pickle.loads decodes `b`"
    three(b)  # want "pickle.loads decodes `b`"
    four(b)  # want "pickle.loads decodes `b`"
    five(b)  # want "pickle.loads decodes `b`"
    six.load_blob(b)  # want "pickle.loads decodes `b`"
    seven(b)  # want "pickle.loads decodes `b`"
    eight.load_blob(b)  # want "pickle.loads decodes `b`"
