"""Objects that other modules use."""
import hmac
import os

from cryptography.fernet import Fernet
from itsdangerous import Signer as Tool

KEY = os.environ["APP_KEY"].encode()


class Signer:
    def __init__(self, key):
        self.key = key

    def verify(self, data, sig):
        if not hmac.compare_digest(sig, hmac.digest(self.key, data, "sha256")):
            raise ValueError("bad signature")

    def is_signed(self, data, sig):
        return hmac.compare_digest(sig, hmac.digest(self.key, data, "sha256"))

    def describe(self, data, sig):
        return len(data)


signer = Signer(KEY)
loose = Signer(KEY)
literal = Signer(b"0123456789abcdef")
fernet = Fernet(KEY)
tool = Tool(KEY)
open_fernet = Fernet(b"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
changing = Signer(KEY)
changing = Signer(b"x")
