# Values that are changed behind the check, checks that do not run, and helpers that are
# something else than they look.
import asyncio
import functools
import hashlib
import hmac
import io
import pickle

import settings


async def check_b08(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
async def load_b08(sig, body):
    check_b08(sig, body)
    return pickle.loads(body)  # want "PKL20[135] "


async def valid_b09(sig, body):
    return hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256"))
async def load_b09(sig, body):
    if not valid_b09(sig, body):
        raise ValueError
    return pickle.loads(body)  # want "PKL20[135] "


async def check_b10(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
async def load_b10(sig, body):
    asyncio.create_task(check_b10(sig, body))
    return pickle.loads(body)  # want "PKL20[135] "


async def check_b11(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
async def load_b11(sig, body):
    await asyncio.gather(check_b11(sig, body), return_exceptions=True)
    return pickle.loads(body)  # want "PKL20[135] "


def load_b15(sig, head, tail):
    buf = bytearray(head)
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, buf, "sha256")):
        raise ValueError
    buf[:] = tail
    return pickle.loads(buf)  # want "PKL20[135] "


def load_b16(sig, head, tail):
    buf = bytearray(head)
    view = buf
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, buf, "sha256")):
        raise ValueError
    view[0:4] = tail
    return pickle.loads(buf)  # want "PKL20[135] "


def load_b17(sig, head, sock):
    buf = bytearray(head)
    view = memoryview(buf)
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, buf, "sha256")):
        raise ValueError
    sock.recv_into(view)
    return pickle.loads(buf)  # want "PKL20[135] "


class Base_b55:
    def check(self, sig, body):
        return hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256"))
    def load(self, sig, body):
        if not self.check(sig, body):
            raise ValueError
        return pickle.loads(body)  # want "PKL20[135] "
class Dev_b55(Base_b55):
    def check(self, sig, body):
        return True


def check_b57(sig, body):
    return hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256"))
check_b57 = lambda *a: True
def load_b57(sig, body):
    if not check_b57(sig, body):
        raise ValueError
    return pickle.loads(body)  # want "PKL20[135] "


def never_fail_b58(f):
    def w(*a):
        try:
            f(*a)
        except Exception:
            pass
    return w
@never_fail_b58
def check_b58(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
def load_b58(sig, body):
    check_b58(sig, body)
    return pickle.loads(body)  # want "PKL20[135] "


def load_b86(msg, q):
    if not hmac.compare_digest(msg["sig"], hmac.digest(settings.KEY, msg["body"], "sha256")):
        raise ValueError
    msg.update(q.get())
    return pickle.loads(msg["body"])  # want "PKL20[135] "


def load_b89(sig, body, other):
    buf = io.BytesIO(body)
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, buf.getvalue(), "sha256")):
        raise ValueError
    buf.seek(0); buf.write(other); buf.seek(0)
    return pickle.load(buf)  # want "PKL20[135] "


def load_b91(sig, body, prefix):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
        raise ValueError
    return pickle.loads(body.replace(b"X", prefix))  # want "PKL20[135] "


def load_c02(sig, parts):
    if not hmac.compare_digest(sig, hmac.digest(settings.KEY, parts[0], "sha256")):
        raise ValueError
    parts.pop(0)
    return pickle.loads(parts[0])  # want "PKL20[135] "


class M_c05:
    @property
    def body(self):
        return self.sock.recv(4096)
    def load(self, sig):
        if not hmac.compare_digest(sig, hmac.digest(settings.KEY, self.body, "sha256")):
            raise ValueError
        return pickle.loads(self.body)  # want "PKL20[135] "


PIN_c41 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
def load_c41(f):
    h = hashlib.sha256()
    n = 0
    for chunk in iter(lambda: f.read(65536), b""):
        if n < 4:
            h.update(chunk)
        n += 1
    if h.hexdigest() != PIN_c41:
        raise ValueError
    f.seek(0)
    return pickle.load(f)  # want "PKL20[135] "


class C_c71:
    def _load(self, body):
        return pickle.loads(body)  # want "PKL20[135] "
    def safe(self, sig, body):
        if not hmac.compare_digest(sig, hmac.digest(settings.KEY, body, "sha256")):
            raise ValueError
        return self._load(body)
    def dispatch(self, name, body):
        return getattr(self, "_" + name)(body)

