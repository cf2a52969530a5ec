"""Another module puts something else in the place of what checks."""
import pickle

from app.core.checks import verified
from app.core.patched import patched
from app.core.stacks import replaced


def by_assignment(data, sig):
    patched.verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def by_setattr(data, sig):
    replaced.verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


@verified
def bare(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"
