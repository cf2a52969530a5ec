import hmac
import json


def loads(data, key):
    if not hmac.compare_digest(data[:32], hmac.digest(key, data[32:], "sha256")):
        raise ValueError
    return json.loads(data[32:])


def dumps(obj, key):
    text = json.dumps(obj).encode()
    return hmac.digest(key, text, "sha256") + text
