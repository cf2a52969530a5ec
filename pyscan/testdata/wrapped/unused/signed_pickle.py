"""Pickles of this project, signed."""
import hashlib
import hmac
import logging
import os
import pickle

PROTOCOL = 4
_KEY = os.environ["SPOOL_KEY"].encode()
log = logging.getLogger(__name__)


class BadSignature(Exception):
    pass


def _tag(payload):
    return hmac.new(_KEY, payload, hashlib.sha256).digest()


def dumps(obj):
    payload = pickle.dumps(obj, protocol=PROTOCOL)
    log.debug("wrote %d bytes of %s", len(payload), type(obj))
    return _tag(payload) + payload


def loads(blob):
    tag, payload = blob[:32], blob[32:]
    if not hmac.compare_digest(tag, _tag(payload)):
        log.warning("bad signature %s of %d bytes", tag.hex(), len(payload))
        raise BadSignature(len(payload))
    return pickle.loads(payload)


def load(fh):
    log.debug("reading %s", fh.name)
    return loads(fh.read())


def dump(obj, fh):
    fh.write(dumps(obj))
