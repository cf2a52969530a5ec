"""Checks that are imported with everything else."""
import pickle

from ..core.checks import *


def raises(data, sig):
    verify(data, sig)
    return pickle.loads(data)


def tells(data, sig):
    if not is_signed(data, sig):
        raise BadSignature
    return pickle.loads(data)


@verified
def decorated(data, sig):
    return pickle.loads(data)


def managed(blob):
    with opened(blob) as body:
        return pickle.loads(body)
