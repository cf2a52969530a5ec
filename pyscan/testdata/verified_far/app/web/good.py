"""Each load is verified by what another module makes: all are silent."""
import pickle

import app.core.objects
from app.core import box, signer, verify as passed_on
from app.core import checks
from app.core.checks import Checked, CheckedAtOnce, checked, exposed, opened, swapped, verified, verified_any, verified_body, verified_with
from app.core.objects import fernet, tool

from ..core import objects


def by_object(data, sig):
    signer.verify(data, sig)
    return pickle.loads(data)


def by_object_of_module(data, sig):
    objects.signer.verify(data, sig)
    return pickle.loads(data)


def by_object_of_path(data, sig):
    app.core.objects.signer.verify(data=data, sig=sig)
    return pickle.loads(data)


def by_answer(data, sig):
    if not objects.signer.is_signed(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)


def by_library(token):
    return pickle.loads(fernet.decrypt(token))


def by_library_passed_on(token):
    body = box.decrypt(token)
    return pickle.loads(body)


def by_signer(blob):
    return pickle.loads(tool.unsign(blob))


def by_validity(blob):
    if not tool.validate(blob):
        raise ValueError("bad signature")
    return pickle.loads(blob)


@verified
def decorated(data, sig):
    return pickle.loads(data)


@checks.verified
def decorated_of_module(data, sig):
    return pickle.loads(data)


@verified_any
def decorated_any(data, sig):
    return pickle.loads(data)


@verified_body
def decorated_body(body):
    return pickle.loads(body)


@verified_with("sha256")
def decorated_with(data, sig):
    return pickle.loads(data)


@exposed
def decorated_and_exposed(data, sig):
    return pickle.loads(data)


@swapped
def decorated_swapped(sig, data):
    return pickle.loads(data)


class Store:
    @verified_with(algorithm="sha512")
    def static(data, sig):
        return pickle.loads(data)


def managed(data, sig):
    with checked(data, sig):
        return pickle.loads(data)


def managed_value(data, sig):
    with checked(data, sig) as body:
        return pickle.loads(body)


def managed_body(blob):
    with opened(blob) as body:
        return pickle.loads(body)


def managed_by_class(data, sig):
    with Checked(data, sig) as body:
        return pickle.loads(body)


def managed_by_class_of_module(data, sig):
    with checks.Checked(data, sig):
        return pickle.loads(data)


def made(data, sig):
    CheckedAtOnce(data, sig)
    return pickle.loads(data)


def through_star(data, sig):
    passed_on(data, sig)
    return pickle.loads(data)
