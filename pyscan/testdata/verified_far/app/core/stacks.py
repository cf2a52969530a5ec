"""Decorators and managers that stand beside a check, and objects that others change."""
import contextlib
import functools
import hmac

from app.core.checks import verify
from app.core.objects import KEY

KEPT = []


def swaps(fn):
    def wrapper(data, sig):
        return fn(sig, data)

    return wrapper


def keeps(fn):
    KEPT.append(fn)
    return fn


def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        print(fn.__name__)
        return fn(*args, **kwargs)

    return wrapper


class Quiet(contextlib.ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        return kind is ValueError


class Loud(contextlib.ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


quiet = Quiet()
loud = Loud()


def mild(fn):
    def wrapper(*args):
        try:
            return fn(*args)
        except ValueError:
            print("bad")

    return wrapper


class Raw:
    def __init__(self, data, _):
        self.data = data

    def __enter__(self):
        return self.data

    def __exit__(self, *_):
        return None


class Other(Raw):
    def __new__(cls, data, sig):
        return Raw(data, sig)

    def __init__(self, data, sig):
        verify(data, sig)
        self.data = data


class Skips(type):
    def __call__(cls, data, sig):
        return Raw(data, sig)


class Skipped(metaclass=Skips):
    def __init__(self, data, sig):
        verify(data, sig)



class Guard:
    def __init__(self, key):
        self.key = key

    def verify(self, data, sig):
        if not hmac.compare_digest(sig, hmac.digest(self.key, data, "sha256")):
            raise ValueError("bad signature")


rekeyed = Guard(KEY)
rekeyed.key = b"0123456789abcdef"
keyed = Guard(KEY)
counted = Guard(KEY)
counted.loads = 0
replaced = Guard(KEY)
