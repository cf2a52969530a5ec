"""Look-alikes: no load is verified."""
import pickle

from app.core.checks import CheckedAtOnce, Unchecked, checked, checked_late, checked_softly, exposed, kept, late, logged, swapped, switched, timed, verified, verified_body, warned
from app.core.objects import changing, fernet, literal, open_fernet, signer


def by_description(data, sig):
    if not signer.describe(data, sig):
        raise ValueError("bad")
    return pickle.loads(data)  # want "PKL201"


def other_bytes(data, sig, other):
    signer.verify(other, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def literal_key(data, sig):
    literal.verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def literal_library(token):
    return pickle.loads(open_fernet.decrypt(token))  # want "PKL205 .*key"


def bound_twice(data, sig):
    changing.verify(data, sig)
    return pickle.loads(data)  # want "PKL201"


def not_decrypted(token):
    fernet.decrypt(token)
    return pickle.loads(fernet.extract_timestamp(token))  # want "PKL20[15]"


@logged
def decorated(data, sig):
    return pickle.loads(data)  # want "PKL201"


@warned
def decorated_softly(data, sig):
    return pickle.loads(data)  # want "PKL201"


@late
def decorated_late(data, sig):
    return pickle.loads(data)  # want "PKL201"


@swapped
def decorated_swapped(data, sig):
    return pickle.loads(data)  # want "PKL201"


@switched
def decorated_switched(data, sig):
    return pickle.loads(data)  # want "PKL201"


@kept
def decorated_kept(data, sig):
    return pickle.loads(data)  # want "PKL201"


@exposed
def decorated_exposed(data, sig):
    return pickle.loads(data)  # want "PKL201"


def goes_around(data):
    return decorated_exposed.raw(data, b"")


@verified
def other_parameter(data, sig, more):
    return pickle.loads(more)  # want "PKL201"


@verified
def read_again(data, sig):
    data = open("x", "rb").read()
    return pickle.loads(data)  # want "PKL201"


def managed_without(data, sig):
    with timed(data, sig) as body:
        return pickle.loads(body)  # want "PKL201"


def managed_late(data, sig):
    with checked_late(data, sig) as body:
        return pickle.loads(body)  # want "PKL20[15]"


def managed_softly(data, sig):
    with checked_softly(data, sig):
        return pickle.loads(data)  # want "PKL205 .*checks.py"


def managed_but_not_entered(data, sig):
    checked(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def managed_other(data, sig, other):
    with checked(data, sig):
        return pickle.loads(other)  # want "PKL20[15]"


def managed_by_class(data, sig):
    with Unchecked(data, sig) as body:
        return pickle.loads(body)  # want "PKL20[15]"


def made_of_other(data, sig, other):
    CheckedAtOnce(other, sig)
    return pickle.loads(data)  # want "PKL20[15]"
