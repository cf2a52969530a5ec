# Checks that hold, beside what takes the ground from others: decorators, objects of the
# module, values that are taken apart, coroutines that are waited for.
import asyncio
import functools
import hashlib
import hmac
import logging
import pickle

from conf import KEY, PINNED


def logged(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        logging.info("called")
        return fn(*args, **kwargs)

    return inner


@logged
def check(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        raise ValueError


def load_logged(sig, body):
    check(sig, body)
    return pickle.loads(body)


class Signer:
    def __init__(self, key):
        self.key = key

    def ok(self, sig, body):
        return hmac.compare_digest(sig, hmac.digest(self.key, body, "sha256"))


signer = Signer(KEY)


def load_by_object(sig, body):
    if not signer.ok(sig, body):
        raise ValueError
    return pickle.loads(body)


async def check_later(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        raise ValueError


async def load_in_time(sig, body):
    await asyncio.wait_for(check_later(sig, body), 3)
    return pickle.loads(body)


async def load_gathered(sig, body, other):
    await asyncio.gather(check_later(sig, body), other.ready())
    return pickle.loads(body)


def load_filled(sock, sig, n):
    buf = bytearray(n)
    view = memoryview(buf)
    sock.recv_into(view)
    if not hmac.compare_digest(sig, hmac.digest(KEY, buf, "sha256")):
        raise ValueError
    return pickle.loads(buf)


def load_chunks(response, f):
    h = hashlib.sha256()
    for chunk in response.iter_content(8192):
        if chunk:
            h.update(chunk)
    f.seek(0)
    h = hashlib.sha256()
    for chunk in iter(lambda: f.read(8192), b""):
        if chunk:
            h.update(chunk)
    if h.hexdigest() != PINNED:
        raise ValueError
    f.seek(0)
    return pickle.load(f)


def load_popped(msg, stats):
    sig = msg.pop("sig")
    stats.update(seen=1)
    if not hmac.compare_digest(sig, hmac.digest(KEY, msg["body"], "sha256")):
        raise ValueError
    stats.update(good=1)
    return pickle.loads(msg["body"])


class Message:
    def __init__(self, raw):
        self.raw = raw

    @property
    def body(self):
        return self.raw[32:]

    def load(self):
        if not hmac.compare_digest(self.raw[:32], hmac.digest(KEY, self.body, "sha256")):
            raise ValueError
        return pickle.loads(self.body)
