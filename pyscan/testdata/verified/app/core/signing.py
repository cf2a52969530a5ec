"""Helpers that verify, for other modules."""
import hashlib
import hmac
import os

from cryptography.fernet import Fernet

KEY = os.environ["APP_KEY"].encode()
PINNED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class BadSignature(Exception):
    pass


def verify(data, sig):
    if not hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256")):
        raise BadSignature("bad signature")


def is_signed(data, sig):
    return hmac.compare_digest(sig, hmac.digest(KEY, data, "sha256"))


def is_forged(data, sig):
    expected = hmac.new(KEY, data, hashlib.sha256).digest()
    return not hmac.compare_digest(sig, expected)


def opened(blob):
    sig, body = blob[:32], blob[32:]
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        raise BadSignature("bad signature")
    return body


def opened_or_none(blob):
    sig, body = blob[:32], blob[32:]
    if hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        return body
    return None


def tail_verified(blob):
    if not hmac.compare_digest(blob[:32], hmac.digest(KEY, blob[32:], "sha256")):
        raise BadSignature("bad signature")


def split(blob):
    return blob[:32], blob[32:]


def with_key(data, sig, key, algorithm="sha256"):
    if not hmac.compare_digest(sig, hmac.digest(key, data, algorithm)):
        raise BadSignature("bad signature")


def pinned(data, digest=PINNED):
    if hashlib.sha256(data).hexdigest() != digest:
        raise ValueError("not the model that was reviewed")


def decrypted(token):
    return Fernet(os.environ["APP_FERNET"]).decrypt(token)


def switchable(data, sig, check=True):
    if check:
        verify(data, sig)


# picklelint:verifier - asks the key server
def asked(data, sig):
    return remote.ask(data, sig)


class Signer:
    def __init__(self, key):
        self.key = key

    def unsign(self, blob):
        sig, body = blob[:32], blob[32:]
        if not self.matches(sig, body):
            raise BadSignature("bad signature")
        return body

    def matches(self, sig, body):
        return hmac.compare_digest(sig, hmac.digest(self.key, body, "sha256"))


class Box:
    @staticmethod
    def open(blob):
        return opened(blob)

    @classmethod
    def check(cls, data, sig):
        verify(data, sig)
