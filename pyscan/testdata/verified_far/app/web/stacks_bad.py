"""What stands beside a check undoes it."""
import hmac
import pickle

import nobody
from cryptography.fernet import Fernet

from app.core import config, stacks
from app.core.checks import verified, verify
from app.core.config import LITERAL
from app.core.hollow import hollow
from app.core.stacks import Other, Quiet, Skipped, keeps, keyed, mild, quiet, rekeyed, swaps

keyed.key = b"0123456789abcdef"
fernet = Fernet(LITERAL)


@verified
@swaps
def swapped(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@verified
@keeps
def kept(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@verified
@nobody.knows
def unknown(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@Quiet()
def quietly(data, sig):
    verify(data, sig)


def caught_by_decorator(data, sig):
    quietly(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


@quiet
def quietly_by_object(data, sig):
    verify(data, sig)


def caught_by_object(data, sig):
    quietly_by_object(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


@mild
def mildly(data, sig):
    verify(data, sig)


def caught_by_function(data, sig):
    mildly(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def with_object(data, sig):
    with quiet:
        verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def with_attribute(data, sig):
    with stacks.quiet:
        verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def other_object(data, sig):
    with Other(data, sig) as raw:
        return pickle.loads(raw)  # want "PKL20[15]"


def init_skipped(data, sig):
    Skipped(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def key_set_there(data, sig):
    rekeyed.verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def key_set_here(data, sig):
    keyed.verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def method_set_there(data, sig):
    hollow.verify(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


def literal_of_third_module(token):
    return pickle.loads(fernet.decrypt(token))  # want "PKL205.*stands in the source"


def default_of_third_module(data, sig):
    if not hmac.compare_digest(hmac.digest(config.DEFAULT.encode(), data, "sha256"), sig):
        raise ValueError("bad signature")
    return pickle.loads(data)  # want "PKL205.*unless something else"
