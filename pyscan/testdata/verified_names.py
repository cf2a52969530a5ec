# Names, objects and decorators that do no harm to a check.
import contextlib
import functools
import hmac
import os
import pickle

KEY = os.environ["KEY"].encode()


def mac(b):
    return hmac.digest(KEY, b, "sha256")


def verify(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


class Settings:
    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)
        self.__dict__["verified"] = False
        vars(self)["again"] = True


globals()["__version__"] = "1.0"


def other_names(b, sig):
    verify(b, sig)
    return pickle.loads(b)


def joined(blobs):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    print(", ".join(str(len(b)) for b in good), ",".join(good))
    return [pickle.loads(b) for b in good]


class Only:
    only = None

    def __new__(cls, *_):
        if cls.only is None:
            cls.only = super().__new__(cls)
        return cls.only

    def __init__(self, key):
        self.key = key

    def check(self, b, sig):
        if not hmac.compare_digest(hmac.digest(self.key, b, "sha256"), sig):
            raise ValueError("bad signature")


def only_one(b, sig):
    Only(KEY).check(b, sig)
    return pickle.loads(b)


class Counted(type):
    def __call__(cls, *args):
        made = super().__call__(*args)
        return made


class Checked(metaclass=Counted):
    def __init__(self, data, sig):
        verify(data, sig)


def counted(data, sig):
    Checked(data, sig)
    return pickle.loads(data)


class Loud(contextlib.ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


@Loud()
def loudly(data, sig):
    verify(data, sig)


def raised_through_decorator(data, sig):
    loudly(data, sig)
    return pickle.loads(data)


class Reader:
    def __init__(self):
        self.loud = Loud()

    def load(self, data, sig):
        with self.loud:
            verify(data, sig)
        return pickle.loads(data)


def guards(fn):
    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    return wrapper


def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        print(fn.__name__, args[0])
        return fn(*args, **kwargs)

    return wrapper


def labelled(label):
    def decorate(fn):
        def wrapper(data, sig):
            print(label)
            return fn(data, sig=sig)

        return wrapper

    return decorate


def as_it_is(fn):
    fn.safe = True
    return fn


@guards
@timed
@labelled("x")
@as_it_is
@functools.lru_cache
def stacked(data, sig):
    return pickle.loads(data)
