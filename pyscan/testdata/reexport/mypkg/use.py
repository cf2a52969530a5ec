from .compat import pickle
from .serialization import load, load_blob as parse, read
from . import serialization
import mypkg.serialization as ser

pickle.loads(b)  # want "pickle.loads decodes `b`"
pickle.dumps(b)
load(fh)  # want "pickle.load decodes `fh`"
parse(b)  # want "pickle.loads decodes `b`"
read(b)
serialization.load(fh)  # want "pickle.load decodes `fh`"
serialization.read(b)
ser.load_blob(b)  # want "pickle.loads decodes `b`"


def shadow(load):
    return load(fh)
