from flask import request

from app import service, store
from app.store import _private, load_claimed, load_named as named

from .other import load_same_name


def put():
    size = len(request.data)
    return size, store.load(request.data)


def put_named():
    body = request.get_data()
    return named("x", data=body)


def put_path():
    return store.load_path(request.args["path"])


def put_two():
    return service.get(request.data)


def put_own():
    return store.load_own(b"...")


def put_other():
    return store.load_other(request.data, b"...")


def put_same_name():
    return load_same_name(request.data)


def put_private():
    return _private(request.data)


def put_claimed():
    return load_claimed(request.data)
