"""Look-alikes: no load is verified."""
import os
import pickle

from ..core import again, onward, signing, weak
from ..core.signing import Signer, asked, is_forged, is_signed, opened, pinned, split, switchable, tail_verified, verify, with_key
from ..core.weak import Weak
from .missing import verify as missing

KEY = os.environ["OTHER_KEY"].encode()
LITERAL = b"0123456789abcdef"


def always(data, sig):
    if not weak.always(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)  # want "PKL205 .*line 15 does not hold: in testdata/verified/app/core/weak.py, line 14, nothing is done with what it returns"


def swallows(data, sig):
    weak.swallows(data, sig)
    return pickle.loads(data)  # want "PKL205 .*weak.py, line 20, its exception is caught"


def literal(data, sig):
    weak.literal(data, sig)
    return pickle.loads(data)  # want "PKL205 .*line 26 does not hold: in .*weak.py, line 27, the key .* stands in the source"


def equals(data, sig):
    if not weak.equals(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)  # want "PKL205 .*weak.py, line 32, the MAC is compared with =="


def optional(data, sig):
    weak.optional(data, sig)
    return pickle.loads(data)  # want "PKL205 .*weak.py, line 37, it is optional, `sig` on line 36 decides on it"


def checksum(data, crc):
    weak.checksum(data, crc)
    return pickle.loads(data)  # want "PKL205 .*weak.py, line 42, a checksum is no signature"


def damaged(blob):
    return pickle.loads(weak.damaged(blob))  # want "PKL205 .*weak.py, line 48, it compares a digest without a key"


def warned(blob):
    return pickle.loads(weak.warned(blob))  # want "PKL205 .*weak.py, line 55, the bytes are decoded whether or not"


def nothing(data, sig):
    if not weak.nothing(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)  # want "PKL201"


def asserted(data, sig):
    weak.asserted(data, sig)
    return pickle.loads(data)  # want "PKL205 .*weak.py, line 65, it is an assert statement"


def default_key(blob):
    return pickle.loads(Weak().unsign(blob))  # want "PKL205 .*weak.py, line 74, the key .* literal of the source|PKL205 .*weak.py, line 74, the key .* stands in the source"


def literal_key(data, sig):
    with_key(data, sig, LITERAL)
    return pickle.loads(data)  # want "PKL205 .*line 70 does not hold: the key .*stands in the source"


def literal_key_of_object(blob):
    return pickle.loads(Signer(b"0123456789abcdef").unsign(blob))  # want "PKL205 .*stands in the source"


def default_key_of_object(blob):
    return pickle.loads(Signer(os.environ.get("K", "secret")).unsign(blob))  # want "PKL205 .*literal of the source unless"


def key_of_message(blob):
    key, sig, body = blob[:16], blob[16:48], blob[48:]
    with_key(body, sig, key)
    return pickle.loads(body)  # want "PKL205 .*comes out of the message"


def digest_of_message(blob):
    digest, body = blob[:64], blob[64:]
    pinned(body, digest)
    return pickle.loads(body)  # want "PKL205 .*digest without a key"


def unused(data, sig):
    is_signed(data, sig)
    return pickle.loads(data)  # want "PKL205 .*nothing is done with what it returns"


def wrong_way(data, sig):
    if is_signed(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)  # want "PKL205 .*where it fails"


def wrong_way_too(data, sig):
    if not is_forged(data, sig):
        raise ValueError("forged")
    return pickle.loads(data)  # want "PKL205"


def caught(data, sig):
    try:
        verify(data, sig)
    except signing.BadSignature:
        pass
    return pickle.loads(data)  # want "PKL205 .*its exception is caught"


def left_out(data, sig):
    if sig:
        verify(data, sig)
    return pickle.loads(data)  # want "PKL205 .*`sig` on line 120 decides on it"


def after(data, sig):
    value = pickle.loads(data)  # want "PKL205 .*after the load"
    verify(data, sig)
    return value


def other_bytes(blob):
    sig, body = blob[:32], blob[32:]
    verify(sig, body)
    return pickle.loads(body)  # want "PKL205 .*and not about `body`"


def whole(blob):
    tail_verified(blob)
    return pickle.loads(blob)  # want "PKL205"


def raw(blob):
    opened(blob)
    return pickle.loads(blob)  # want "PKL205"


def only_split(blob):
    sig, body = split(blob)
    return pickle.loads(body)  # want "PKL201"


def rebound(data, sig, other):
    verify(data, sig)
    data = other
    return pickle.loads(data)  # want "PKL205"


def switched_off(data, sig):
    switchable(data, sig, check=False)
    return pickle.loads(data)  # want "PKL201"


def switched_by_caller(data, sig, check):
    switchable(data, sig, check)
    return pickle.loads(data)  # want "PKL205 .*signing.py, line 17, it is optional, `check` on line 68 decides on it"


def said_and_unused(data, sig):
    asked(data, sig)
    return pickle.loads(data)  # want "PKL205 .*nothing is done"


def weakly(data, sig):
    onward.weakly(data, sig)
    return pickle.loads(data)  # want "PKL205 .*weak.py, line 27, the key .* stands in the source"


def ring(data, sig):
    onward.ring(data, sig)
    again.ring(data, sig)
    return pickle.loads(data)  # want "PKL201"


def out_of_reach(data, sig):
    missing(data, sig)
    return pickle.loads(data)  # want "PKL201"


def own_name(data, sig, verify):
    verify(data, sig)
    return pickle.loads(data)  # want "PKL201"
