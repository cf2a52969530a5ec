import copy
import safe_pickle
from safe_pickle import dumps, loads
from pickle import PicklingError, UnpicklingError
import pickle


def cycle(obj, fh):
    try:
        safe_pickle.dump(obj, fh)
        return loads(dumps(obj)), safe_pickle.load(fh)
    except (UnpicklingError, pickle.PickleError, PicklingError):
        return copy.deepcopy(obj), pickle.HIGHEST_PROTOCOL


def check(value: pickle.Pickler) -> bool:
    return isinstance(value, pickle.Unpickler)
