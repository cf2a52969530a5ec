"""What stands beside a check and does it no harm."""
import functools
import hmac
import pickle

from app.core import config
from app.core.checks import verified, verify
from app.core.patched import untouched
from app.core.stacks import Loud, counted, loud, timed


@verified
@timed
@functools.lru_cache
def stacked(data, sig):
    return pickle.loads(data)


@Loud()
@timed
def loudly(data, sig):
    verify(data, sig)


def raised_through_decorator(data, sig):
    loudly(data, sig)
    return pickle.loads(data)


def with_object(data, sig):
    with loud:
        verify(data, sig)
    return pickle.loads(data)


def attribute_of_no_matter(data, sig):
    counted.verify(data, sig)
    return pickle.loads(data)


def key_of_third_module(data, sig):
    if not hmac.compare_digest(hmac.digest(config.SECRET, data, "sha256"), sig):
        raise ValueError("bad signature")
    return pickle.loads(data)


def object_beside_a_patched_one(data, sig):
    untouched.verify(data, sig)
    return pickle.loads(data)
