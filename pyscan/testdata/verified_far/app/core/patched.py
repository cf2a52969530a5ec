"""Objects of which another module changes one."""
import hmac

from app.core.objects import KEY


class Guard:
    def __init__(self, key):
        self.key = key

    def verify(self, data, sig):
        if not hmac.compare_digest(sig, hmac.digest(self.key, data, "sha256")):
            raise ValueError("bad signature")


patched = Guard(KEY)
untouched = Guard(KEY)
