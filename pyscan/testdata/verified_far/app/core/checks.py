"""Checks, decorators and context managers for other modules."""
import functools
import hashlib
import hmac
import os
from contextlib import contextmanager

KEY = os.environ["APP_KEY"].encode()
REGISTRY = {}


class BadSignature(Exception):
    pass


def verify(data, sig):
    if not hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256")):
        raise BadSignature("bad signature")


def is_signed(data, sig):
    return hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256"))


def _hidden(data, sig):
    verify(data, sig)


def verified(fn):
    @functools.wraps(fn)
    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    return wrapper


def verified_any(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        verify(args[0], args[1])
        return fn(*args, **kwargs)

    return wrapper


def verified_body(fn):
    def wrapper(blob):
        sig, body = blob[:32], blob[32:]
        if not is_signed(body, sig):
            raise BadSignature("bad signature")
        return fn(body)

    return wrapper


def verified_with(algorithm):
    def decorator(fn):
        def wrapper(data, sig):
            if not hmac.compare_digest(sig, hmac.digest(KEY, data, algorithm)):
                raise BadSignature("bad signature")
            return fn(data=data, sig=sig)

        return wrapper

    return decorator


def logged(fn):
    def wrapper(data, sig):
        print(len(data), hashlib.sha256(data).hexdigest())
        return fn(data, sig)

    return wrapper


def warned(fn):
    def wrapper(data, sig):
        if not is_signed(data, sig):
            print("bad signature")
        return fn(data, sig)

    return wrapper


def late(fn):
    def wrapper(data, sig):
        out = fn(data, sig)
        verify(data, sig)
        return out

    return wrapper


def swapped(fn):
    def wrapper(data, sig):
        verify(data, sig)
        return fn(sig, data)

    return wrapper


def switched(fn):
    if os.environ.get("DEBUG"):
        return fn
    return verified(fn)


def kept(fn):
    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    REGISTRY[fn.__name__] = fn
    return wrapper


def exposed(fn):
    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    wrapper.raw = fn
    return wrapper


@contextmanager
def checked(data, sig):
    verify(data, sig)
    yield data


@contextmanager
def opened(blob):
    sig, body = blob[:32], blob[32:]
    if not is_signed(body, sig):
        raise BadSignature("bad signature")
    yield body


@contextmanager
def timed(data, sig):
    print(len(data))
    yield data


@contextmanager
def checked_late(data, sig):
    yield data
    verify(data, sig)


@contextmanager
def checked_softly(data, sig):
    if not is_signed(data, sig):
        print("bad signature")
    yield data


class Checked:
    def __init__(self, data, sig):
        self.data, self.sig = data, sig

    def __enter__(self):
        verify(self.data, self.sig)
        return self.data

    def __exit__(self, *_):
        return False


class CheckedAtOnce:
    def __init__(self, data, sig):
        verify(data, sig)
        self.data = data


class Unchecked:
    def __init__(self, data, sig):
        self.data, self.sig = data, sig

    def __enter__(self):
        return self.data

    def __exit__(self, *_):
        verify(self.data, self.sig)
