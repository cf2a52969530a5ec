# Look-alikes: a name, an object or a value is changed where its name does not stand.
import contextlib
import hmac
import os
import pickle
import sys

KEY = os.environ["KEY"].encode()


def mac(b):
    return hmac.digest(KEY, b, "sha256")


def verify(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


def check(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


globals()["check"] = print


def by_namespace(b, sig):
    check(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def checked(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


setattr(sys.modules[__name__], "checked", print)


def by_setattr(b, sig):
    checked(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def proved(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


exec("def proved(*_): pass")


def by_exec(b, sig):
    proved(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def tested(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


globals().update(tested=print)


def by_update(b, sig):
    tested(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


class Signer:
    def approve(self, b, sig):
        verify(b, sig)


Signer.__dict__["approve"] = print


def by_class_namespace(b, sig):
    Signer().approve(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def list_by_its_name(blobs, evil):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    locals()["good"].append(evil)
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def item_changed(blobs, evil):
    good = []
    for sig, b in blobs:
        b = bytearray(b)
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
        b[:] = evil
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def item_changed_in_list(blobs, evil):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    good[0][:] = evil
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def joined_by_others(blobs, tool):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    tool.join(good)
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


class Raw:
    def __init__(self, data):
        self.data = data

    def __enter__(self):
        return self.data

    def __exit__(self, *_):
        return None


class Elsewhere:
    def __new__(cls, data, sig):
        return Raw(data)

    def __init__(self, data, sig):
        verify(data, sig)
        self.data = data

    def __enter__(self):
        return self.data

    def __exit__(self, *_):
        return None


def object_of_another_class(data, sig):
    with Elsewhere(data, sig) as b:
        return pickle.loads(b)  # want "PKL20[15]"


class Skips(type):
    def __call__(cls, data, sig):
        return object.__new__(cls)


class Skipped(metaclass=Skips):
    def __init__(self, data, sig):
        verify(data, sig)


def init_skipped(data, sig):
    Skipped(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


class Once(type):
    made = {}

    def __call__(cls, *args):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args)
        return cls.made[cls]


class Kept(metaclass=Once):
    def __init__(self, data, sig):
        verify(data, sig)


def made_before(data, sig):
    Kept(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


class Quiet(contextlib.ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        return kind is ValueError


@Quiet()
def quietly(data, sig):
    verify(data, sig)


def caught_by_decorator(data, sig):
    quietly(data, sig)
    return pickle.loads(data)  # want "PKL20[15]"


class Reader:
    def __init__(self):
        self.calm = contextlib.suppress(ValueError)

    def load(self, data, sig):
        with self.calm:
            verify(data, sig)
        return pickle.loads(data)  # want "PKL205"


@contextlib.contextmanager
def inner_suppress():
    with contextlib.suppress(ValueError):
        yield


def caught_by_inner_manager(data, sig):
    with inner_suppress():
        verify(data, sig)
    return pickle.loads(data)  # want "PKL205"


def given_suppress():
    return contextlib.suppress(ValueError)


def caught_by_given_manager(data, sig):
    with given_suppress():
        verify(data, sig)
    return pickle.loads(data)  # want "PKL205"


def guards(fn):
    def wrapper(data, sig):
        verify(data, sig)
        return fn(data, sig)

    return wrapper


def swaps(fn):
    def wrapper(data, sig):
        return fn(sig, data)

    return wrapper


def renews(fn):
    def wrapper(*args):
        args = (open("x", "rb").read(), *args[1:])
        return fn(*args)

    return wrapper


@guards
@swaps
def swapped(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@guards
@renews
def renewed(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


@guards
@contextlib.nobody_knows
def unknown_between(data, sig):
    return pickle.loads(data)  # want "PKL20[15]"


def passed(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


for passed in [print]:
    pass


def bound_by_loop(b, sig):
    passed(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def approved(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


from somewhere import approved


def bound_by_import(b, sig):
    approved(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def recoded(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


recoded.__code__ = (lambda b, sig: None).__code__


def by_code(b, sig):
    recoded(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def settled(b, sig):
    if not hmac.compare_digest(mac(b), sig):
        raise ValueError("bad signature")


sys.modules[__name__].settled = print


def by_module_object(b, sig):
    settled(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


class Poked:
    def check(self, b, sig):
        verify(b, sig)


for attribute in ["check"]:
    setattr(Poked, attribute, print)


def by_loop_of_names(b, sig):
    Poked().check(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


class Base:
    def check(self, b, sig):
        pass


class Bared(Base):
    def check(self, b, sig):
        verify(b, sig)


del Bared.check


def by_deletion(b, sig):
    Bared().check(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


class Descriptor:
    def __init__(self, fn):
        pass

    def __get__(self, *_):
        return print


class Described:
    @Descriptor
    def check(self, b, sig):
        verify(b, sig)


def by_descriptor(b, sig):
    Described().check(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


HELD = None


def hold(b):
    global HELD
    HELD = b


def changed_by_global(b, sig, evil):
    global HELD
    HELD = b
    verify(HELD, sig)
    hold(evil)
    return pickle.loads(HELD)  # want "PKL20[15]"


def either_manager(b, sig, calm):
    with (contextlib.suppress(ValueError) if calm else contextlib.nullcontext()):
        verify(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"


def default_manager(b, sig, calm=contextlib.suppress(ValueError)):
    with calm:
        verify(b, sig)
    return pickle.loads(b)  # want "PKL20[15]"
