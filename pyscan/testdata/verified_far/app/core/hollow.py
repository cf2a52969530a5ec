"""An object of which a method is replaced by its name."""
import hmac

from app.core.objects import KEY


class Guard:
    def __init__(self, key):
        self.key = key

    def verify(self, data, sig):
        if not hmac.compare_digest(sig, hmac.digest(self.key, data, "sha256")):
            raise ValueError("bad signature")


hollow = Guard(KEY)
hollow.__dict__["verify"] = print
