"""Helpers that look as if they verified."""
import hashlib
import hmac
import logging
import os
import zlib

SECRET = b"hunter2hunter2"
KEY = os.environ["APP_KEY"].encode()
log = logging.getLogger(__name__)


def always(data, sig):
    hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256"))
    return True


def swallows(data, sig):
    try:
        if not hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256")):
            raise ValueError("bad signature")
    except ValueError:
        log.warning("bad signature")


def literal(data, sig):
    if not hmac.compare_digest(sig, hmac.digest(SECRET, data, "sha256")):
        raise ValueError("bad signature")


def equals(data, sig):
    return sig == hmac.digest(KEY, data, "sha256")


def optional(data, sig):
    if sig:
        if not hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256")):
            raise ValueError("bad signature")


def checksum(data, crc):
    if zlib.crc32(data) != crc:
        raise ValueError("damaged")


def damaged(blob):
    digest, body = blob[:32], blob[32:]
    if hashlib.sha256(body).digest() != digest:
        raise ValueError("damaged")
    return body


def warned(blob):
    sig, body = blob[:32], blob[32:]
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        log.warning("bad signature")
    return body


def nothing(data, sig):
    return bool(sig)


def asserted(data, sig):
    assert hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256"))


class Weak:
    def __init__(self, key=b"changeme"):
        self.key = key

    def unsign(self, blob):
        sig, body = blob[:32], blob[32:]
        if not hmac.compare_digest(sig, hmac.digest(self.key, body, "sha256")):
            raise ValueError("bad signature")
        return body
