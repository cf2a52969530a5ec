"""Each load is verified by a helper of another module: all are silent."""
import os
import pickle

import app
import app.core.signing
import app.core.signing as sign
from app.core import Box, Signer, onward, opened
from app.core.signing import asked, decrypted, is_forged, is_signed, opened_or_none, pinned, split, switchable, tail_verified, with_key

from .. import core, verify_blob
from ..core import signing
from ..core.signing import verify, verify as check

KEY = os.environ["OTHER_KEY"].encode()
signer = Signer(KEY)


def raises(data, sig):
    verify(data, sig)
    return pickle.loads(data)


def raises_for_own_bytes(obj, sig):
    data = pickle.dumps(obj)
    verify(data, sig)
    return pickle.loads(data)


def raises_by_alias(data, sig):
    check(sig=sig, data=data)
    return pickle.loads(data)


def raises_by_module(data, sig):
    signing.verify(data, sig)
    return pickle.loads(data)


def raises_by_path(data, sig):
    app.core.signing.verify(data, sig)
    return pickle.loads(data)


def raises_by_short(data, sig):
    sign.verify(data, sig)
    return pickle.loads(data)


def raises_by_package(data, sig):
    core.verify(data, sig)
    return pickle.loads(data)


def raises_by_two_packages(data, sig):
    verify_blob(data, sig)
    return pickle.loads(data)


def raises_imported_late(data, sig):
    from app.core.signing import verify as late

    late(data, sig)
    return pickle.loads(data)


def raises_for_parts(blob):
    sig, body = blob[:32], blob[32:]
    verify(body, sig)
    return pickle.loads(body)


def raises_for_read(path, sig):
    with open(path, "rb") as f:
        data = f.read()
    verify(data, sig)
    return pickle.loads(data)


def raises_in_try(data, sig):
    try:
        verify(data, sig)
    except signing.BadSignature:
        return None
    return pickle.loads(data)


def tells(data, sig):
    if not is_signed(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)


def tells_inside(data, sig):
    if is_signed(data, sig):
        return pickle.loads(data)
    return None


def tells_by_name(data, sig):
    ok = is_signed(data, sig)
    if ok:
        return pickle.loads(data)
    return None


def tells_the_other_way(data, sig):
    if is_forged(data, sig):
        raise ValueError("forged")
    return pickle.loads(data)


def gives(blob):
    return pickle.loads(opened(blob))


def gives_by_name(blob):
    body = signing.opened(blob)
    return pickle.loads(body)


def gives_or_none(blob):
    body = opened_or_none(blob)
    if body is None:
        return None
    return pickle.loads(body)


def gives_decrypted(token):
    return pickle.loads(decrypted(token))


def slices(blob):
    tail_verified(blob)
    return pickle.loads(blob[32:])


def splits(blob):
    sig, body = split(blob)
    verify(body, sig)
    return pickle.loads(body)


def hands_key(data, sig):
    with_key(data, sig, KEY)
    return pickle.loads(data)


def pins(data):
    pinned(data)
    return pickle.loads(data)


def pins_own(data):
    pinned(data, "d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592")
    return pickle.loads(data)


def switched_on(data, sig):
    switchable(data, sig, check=True)
    return pickle.loads(data)


def switched_on_by_default(data, sig):
    switchable(data, sig)
    return pickle.loads(data)


def said(data, sig):
    if not asked(data, sig):
        raise ValueError("bad signature")
    return pickle.loads(data)


def made_at_once(blob):
    return pickle.loads(Signer(KEY).unsign(blob))


def made_before(blob):
    return pickle.loads(signer.unsign(blob))


def made_here(blob):
    s = signing.Signer(key=KEY)
    body = s.unsign(blob)
    return pickle.loads(body)


def static(blob):
    return pickle.loads(Box.open(blob))


def by_class(data, sig):
    Box.check(data, sig)
    return pickle.loads(data)


def two_modules_away(data, sig):
    onward.checked(data, sig)
    return pickle.loads(data)


def given_two_modules_away(blob):
    return pickle.loads(onward.payload(blob))


class Store:
    def __init__(self, path):
        self.path = path
        self.signer = Signer(KEY)

    def load(self, blob):
        return pickle.loads(self.signer.unsign(blob))
