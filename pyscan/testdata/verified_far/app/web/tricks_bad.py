"""Look-alikes: no load is verified."""
import pickle

from app.core.checks import verify
from app.core.objects import loose
from app.core.tricks import Caught, answers, caught, decorated, last, listed, paired, patched, rebound, signed_later, threaded

loose.verify = print


def patched_here(data, sig):
    loose.verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def patched_there(data, sig):
    patched.check(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def rebound_there(data, sig):
    rebound.check(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def answered(data, sig):
    answers.check(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def decorated_class(data, sig):
    decorated.check(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


@last
def kept_global(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@listed
def kept_list(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@paired
def kept_pair(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@threaded
def run_before(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


def not_awaited(data, sig):
    if not signed_later(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)  # want "PKL20[15]"


def exception_caught(data, sig):
    with caught():
        verify(data, sig)
    return pickle.loads(data)  # want "PKL205"


def exception_caught_by_class(data, sig):
    with Caught():
        verify(data, sig)
    return pickle.loads(data)  # want "PKL205"
