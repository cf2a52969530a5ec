from pickle import *
from joblib import *
from elsewhere import *

load(fh)  # want "(pickle|joblib).load"
loads(b)  # want "pickle.loads"
_loads(b)
dump(x)


def loader(load):
    return load(fh)
