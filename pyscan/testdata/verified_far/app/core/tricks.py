"""Things that look like the ones of checks, and do something else besides."""
import functools
import threading
from contextlib import contextmanager

from app.core.checks import is_signed, verify
from app.core.objects import KEY, Signer

LAST = None
ALL = []
TABLE = {}


def last(fn):
    global LAST
    LAST = fn

    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    return wrapper


def listed(fn):
    ALL.insert(0, fn)

    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    return wrapper


def paired(fn):
    TABLE["x"] = (fn, 1)

    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    return wrapper


def threaded(fn):
    def wrapper(data, sig):
        threading.Thread(target=fn, args=(data, sig)).start()
        verify(data, sig)
        return fn(data, sig)

    return wrapper


def named(fn):
    print("guards", fn.__name__, callable(fn))

    @functools.wraps(fn)
    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    return wrapper


async def signed_later(data, sig):
    return is_signed(data, sig)


@contextmanager
def caught():
    try:
        yield
    except Exception:
        print("caught")


@contextmanager
def passed():
    try:
        yield
    finally:
        print("passed")


class Caught:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return True


class Patched:
    def check(self, data, sig):
        verify(data, sig)


patched = Patched()
patched.check = print


class Rebound:
    def check(self, data, sig):
        verify(data, sig)

    check = print


rebound = Rebound()


class Answers:
    def __getattribute__(self, name):
        return print

    def check(self, data, sig):
        verify(data, sig)


answers = Answers()


def other(_):
    return print


@other
class Decorated:
    def check(self, data, sig):
        verify(data, sig)


decorated = Decorated()
