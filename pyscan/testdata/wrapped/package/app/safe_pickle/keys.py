import hmac
import pickle


def tag(payload):
    return hmac.digest(KEY, payload, "sha256")


def check_tag(have, payload):
    if not hmac.compare_digest(have, tag(payload)):
        raise ValueError


def key_of(obj):
    return tag(pickle.dumps(obj, protocol=4))
