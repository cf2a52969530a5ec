# Loads of bytes that were verified on every way: none of them needs a justification.
import base64
import binascii
import contextlib
import functools
import gzip
import hashlib
import hmac
import io
import os
import pickle
import secrets
import sys
import zlib
from hmac import compare_digest, digest as mac_of

import gnupg
import itsdangerous
import jwt
import nacl.secret
import nacl.signing
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes, hmac as crypto_hmac
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core import signing
from django.core.signing import Signer, TimestampSigner
from itsdangerous import URLSafeSerializer

KEY = os.environ["SPOOL_KEY"].encode()
MODEL_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
KNOWN = {"a.pkl": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
ALLOWED = {"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}


class BadSignature(Exception):
    pass


def if_raise(sig, body):
    if not hmac.compare_digest(sig, hmac.new(KEY, body, hashlib.sha256).digest()):
        raise BadSignature
    return pickle.loads(body)


def if_then(sig, body):
    if hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        return pickle.loads(body)
    return None


def if_else(sig, body):
    if not hmac.compare_digest(sig, mac_of(KEY, body, "sha256")):
        return None
    else:
        return pickle.loads(body)


def early_return(sig, body):
    expected = hmac.new(KEY, body, "sha256").hexdigest()
    if not compare_digest(expected, sig):
        return None
    value = pickle.loads(body)
    return value


def answer_in_a_name(sig, body):
    ok = secrets.compare_digest(sig, hmac.new(KEY, body, "sha256").digest())
    if not ok:
        raise ValueError("bad signature")
    return pickle.loads(body)


def split_by_slices(blob):
    sig, body = blob[:32], blob[32:]
    if not hmac.compare_digest(sig, hmac.new(KEY, body, hashlib.sha256).digest()):
        raise BadSignature
    return pickle.loads(body)


def sliced_twice(blob):
    if not hmac.compare_digest(blob[:32], hmac.new(KEY, blob[32:], hashlib.sha256).digest()):
        raise BadSignature
    return pickle.loads(blob[32:])


def split_by_partition(blob):
    sig, _, body = blob.partition(b".")
    if not hmac.compare_digest(sig, hmac.new(KEY, body, hashlib.sha256).hexdigest().encode()):
        raise BadSignature
    return pickle.loads(body)


def split_by_split(blob):
    sig, body = blob.split(b".", 1)
    if not hmac.compare_digest(base64.b64decode(sig), hmac.new(KEY, body, hashlib.sha256).digest()):
        raise BadSignature
    return pickle.loads(base64.b64decode(body))


def in_a_file_object(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha512")):
        raise BadSignature
    return pickle.load(io.BytesIO(body))


def unpickler(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha512")):
        raise BadSignature
    return pickle.Unpickler(io.BytesIO(body)).load()


def decompressed(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha512")):
        raise BadSignature
    return pickle.loads(zlib.decompress(body))


def decompressed_before(sig, body):
    raw = gzip.decompress(body)
    if not hmac.compare_digest(sig, hmac.digest(KEY, raw, "sha512")):
        raise BadSignature
    return pickle.loads(memoryview(raw))


def fed_by_update(sig, header, body):
    mac = hmac.new(KEY, digestmod="sha256")
    mac.update(header)
    mac.update(body)
    if not hmac.compare_digest(mac.digest(), sig):
        raise BadSignature
    return pickle.loads(body)


def side_by_side(sig, stamp, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, stamp + b"." + body, "sha256")):
        raise BadSignature
    return pickle.loads(body)


def joined(sig, stamp, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, b".".join([stamp, body]), "sha256")):
        raise BadSignature
    return pickle.loads(body)


def in_a_loop(messages):
    out = []
    for sig, body in messages:
        if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
            continue
        out.append(pickle.loads(body))
    return out


def breaks(queue):
    while True:
        sig, body = queue.get()
        if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
            break
        yield pickle.loads(body)


def while_not(conn):
    body = conn.recv_bytes()
    sig = conn.recv_bytes()
    while not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        body = conn.recv_bytes()
        sig = conn.recv_bytes()
    return pickle.loads(body)


def several_keys(sig, body, keys):
    for key in keys:
        if hmac.compare_digest(sig, hmac.digest(key, body, "sha256")):
            break
    else:
        raise BadSignature
    return pickle.loads(body)


def any_key(sig, body, keys):
    if not any(hmac.compare_digest(sig, hmac.digest(k, body, "sha256")) for k in keys):
        raise BadSignature
    return pickle.loads(body)


def ternary(sig, body):
    return pickle.loads(body) if hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")) else None


def and_(sig, body):
    return hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")) and pickle.loads(body)


def or_(sig, body):
    return not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")) or pickle.loads(body)


def long_condition(sig, body, age):
    if age > 60 or len(body) > 4096 or not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        raise BadSignature
    return pickle.loads(body)


def matched(sig, body):
    match hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        case True:
            return pickle.loads(body)
        case _:
            raise BadSignature


def matched_false(sig, body):
    match hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        case False:
            raise BadSignature
    return pickle.loads(body)


def matched_with_guard(blob):
    match blob.split(b".", 1):
        case [sig, body] if hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
            return pickle.loads(body)
        case _:
            raise BadSignature


def walrus(sig, body):
    if not (ok := hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256"))):
        raise BadSignature(ok)
    return pickle.loads(body)


def is_true(sig, body):
    if hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")) is not True:
        raise BadSignature
    return pickle.loads(body)


def exits(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        sys.exit("bad signature")
    return pickle.loads(body)


def fails(message):
    raise BadSignature(message)


def a_function_that_raises(sig, body):
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        fails("bad signature")
    return pickle.loads(body)


def sign(body):
    return hmac.new(KEY, body, hashlib.sha256).digest()


def a_function_that_signs(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        raise BadSignature
    return pickle.loads(body)


def check(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        raise BadSignature


def raising_helper(sig, body):
    check(sig, body)
    return pickle.loads(body)


def is_valid(sig, body, key=None):
    expected = hmac.new(key or KEY, body, hashlib.sha256).digest()
    return hmac.compare_digest(expected, sig)


def telling_helper(sig, body):
    if not is_valid(sig, body):
        return None
    return pickle.loads(body)


def is_valid_or_false(sig, body):
    if len(sig) != 32:
        return False
    if hmac.compare_digest(sign(body), sig):
        return True
    return False


def longer_helper(sig, body):
    if is_valid_or_false(sig=sig, body=body):
        return pickle.loads(body)


def is_forged(sig, body):
    return not hmac.compare_digest(sign(body), sig)


def helper_the_other_way_round(sig, body):
    if is_forged(sig, body):
        raise BadSignature
    return pickle.loads(body)


def unwrap(blob):
    sig, body = blob[:32], blob[32:]
    if not hmac.compare_digest(sign(body), sig):
        raise BadSignature
    return body


def helper_that_returns_the_payload(blob):
    return pickle.loads(unwrap(blob))


def unwrap_or_none(blob):
    sig, body = blob[:32], blob[32:]
    if not hmac.compare_digest(sign(body), sig):
        return None
    return body


def payload_or_none(blob):
    body = unwrap_or_none(blob)
    if body is None:
        return None
    return pickle.loads(body)


def unwrap_both(blob):
    sig, body = blob[:32], blob[32:]
    return is_valid(sig, body), body


def answer_and_payload(blob):
    ok, body = unwrap_both(blob)
    if not ok:
        raise BadSignature
    return pickle.loads(body)


class Spool:
    def __init__(self, key):
        self._key = key
        self._fernet = Fernet(key)

    def _sign(self, body):
        return hmac.new(self._key, body, hashlib.sha256).digest()

    def _check(self, sig, body):
        if not hmac.compare_digest(self._sign(body), sig):
            raise BadSignature

    def load(self, blob):
        sig, body = blob[:32], blob[32:]
        self._check(sig, body)
        return pickle.loads(body)

    def load_encrypted(self, token):
        return pickle.loads(self._fernet.decrypt(token))

    @staticmethod
    def verify(sig, body):
        return hmac.compare_digest(sign(body), sig)

    def load_static(self, sig, body):
        if not Spool.verify(sig, body):
            raise BadSignature
        return pickle.loads(body)

    def _decode(self, body):
        return pickle.loads(body)

    def load_later(self, sig, body):
        self._check(sig, body)
        return self._decode(body)

    def keep(self, sig, body):
        self.body = body
        self._check(sig, self.body)
        return pickle.loads(self.body)


def an_object(sig, body):
    spool = Spool(KEY)
    spool._check(sig, body)
    return pickle.loads(body)


def _decode(body):
    return pickle.loads(body)


def decodes_elsewhere(sig, body):
    check(sig, body)
    return _decode(body)


def verified(handler):
    @functools.wraps(handler)
    def wrapper(sig, body):
        if not hmac.compare_digest(sign(body), sig):
            raise BadSignature
        return handler(body)

    return wrapper


@verified
def decorated(body):
    return pickle.loads(body)


def verified_by(key):
    def decorator(handler):
        def wrapper(sig, body, *args):
            if not hmac.compare_digest(hmac.digest(key, body, "sha256"), sig):
                raise BadSignature
            return handler(sig, body)

        return wrapper

    return decorator


@verified_by(KEY)
def decorated_with_key(sig, body):
    return pickle.loads(body)


@contextlib.contextmanager
def opened(blob):
    sig, body = blob[:32], blob[32:]
    if not hmac.compare_digest(sign(body), sig):
        raise BadSignature
    yield body


def manager(blob):
    with opened(blob) as body:
        return pickle.loads(body)


@contextlib.contextmanager
def guarding(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        raise BadSignature
    yield


def guarded(sig, body):
    with guarding(sig, body):
        return pickle.loads(body)


class Envelope:
    def __init__(self, blob):
        self.sig, self.body = blob[:32], blob[32:]

    def __enter__(self):
        if not hmac.compare_digest(sign(self.body), self.sig):
            raise BadSignature
        return self.body

    def __exit__(self, *exc):
        return False


def class_manager(blob):
    with Envelope(blob) as body:
        return pickle.loads(body)


def try_else(sig, body, public_key: rsa.RSAPublicKey):
    try:
        public_key.verify(sig, body, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return None
    else:
        return pickle.loads(body)


def try_raise(sig, body):
    public_key = load_pem_public_key(open("/etc/app/key.pem", "rb").read())
    try:
        public_key.verify(sig, body)
    except InvalidSignature as e:
        raise BadSignature from e
    return pickle.loads(body)


def try_finally(sig, body, lock):
    lock.acquire()
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")).verify(sig, body)
        return pickle.loads(body)
    finally:
        lock.release()


def flag_in_try(sig, body, public_key):
    ok = False
    try:
        public_key.verify(sig, body, padding.PKCS1v15(), hashes.SHA256())
        ok = True
    except InvalidSignature:
        pass
    if not ok:
        return None
    return pickle.loads(body)


def parse_errors(text):
    try:
        sig, body = map(base64.b64decode, text.split("."))
    except (ValueError, binascii.Error):
        return None
    if not hmac.compare_digest(sig, hmac.digest(KEY, body, "sha256")):
        return None
    return pickle.loads(body)


def fernet(token):
    return pickle.loads(Fernet(KEY).decrypt(token))


def fernet_in_try(token):
    try:
        data = Fernet(os.environ["FERNET"]).decrypt(token, ttl=60)
    except InvalidToken:
        return None
    return pickle.loads(data)


FERNET = MultiFernet([Fernet(os.environ["K1"]), Fernet(os.environ["K2"])])


def fernet_of_the_module(token):
    return pickle.loads(zlib.decompress(FERNET.decrypt(token)))


def aesgcm(blob, key):
    nonce, box = blob[:12], blob[12:]
    return pickle.loads(AESGCM(key).decrypt(nonce, box, None))


def chacha(blob):
    aead = ChaCha20Poly1305(KEY)
    data = aead.decrypt(blob[:12], blob[12:], b"v1")
    return pickle.loads(data)


def secretbox(blob):
    return pickle.loads(nacl.secret.SecretBox(KEY).decrypt(blob))


def verifykey(blob):
    key = nacl.signing.VerifyKey(os.environ["PUBLIC_KEY"].encode())
    return pickle.loads(key.verify(blob))


def verifykey_detached(sig, body, key: nacl.signing.VerifyKey):
    key.verify(body, sig)
    return pickle.loads(body)


def signer(value):
    return pickle.loads(base64.b64decode(itsdangerous.Signer(KEY).unsign(value)))


def signer_in_try(value):
    signer = itsdangerous.TimestampSigner(KEY)
    try:
        payload = signer.unsign(value, max_age=60)
    except itsdangerous.BadSignature:
        return None
    return pickle.loads(payload)


def serializer(value):
    text = URLSafeSerializer(KEY, salt="spool").loads(value)
    return pickle.loads(base64.b64decode(text["body"]))


def django_loads(value):
    return pickle.loads(base64.b64decode(signing.loads(value, salt="spool")))


def django_signer(value):
    return pickle.loads(Signer().unsign(value).encode("latin-1"))


def django_stamped(value):
    try:
        body = TimestampSigner(salt="x").unsign(value, max_age=10)
    except signing.BadSignature:
        return None
    return pickle.loads(base64.b64decode(body))


def token(text):
    claims = jwt.decode(text, KEY, algorithms=["HS256"])
    return pickle.loads(base64.b64decode(claims["state"]))


def gpg(path, sig):
    with open(path, "rb") as f:
        data = f.read()
    result = gnupg.GPG().verify_data(sig, data)
    if not result.valid:
        raise BadSignature
    return pickle.loads(data)


def mac_object(sig, body):
    h = crypto_hmac.HMAC(KEY, hashes.SHA256())
    h.update(body)
    h.verify(sig)
    return pickle.loads(body)


def keyed_blake(sig, body):
    if not hmac.compare_digest(sig, hashlib.blake2b(body, key=KEY, digest_size=32).digest()):
        raise BadSignature
    return pickle.loads(body)


def pinned_digest(body):
    if hashlib.sha256(body).hexdigest() != "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08":
        raise BadSignature
    return pickle.loads(body)


def pinned_by_a_constant(path):
    data = open(path, "rb").read()
    if not hmac.compare_digest(hashlib.sha256(data).hexdigest(), MODEL_SHA256):
        raise BadSignature
    return pickle.loads(data)


def pinned_in_a_table(name):
    with open(name, "rb") as f:
        data = f.read()
    if hashlib.sha256(data).hexdigest() != KNOWN[name]:
        raise BadSignature
    return pickle.load(io.BytesIO(data))


def pinned_in_a_set(data):
    if hashlib.sha256(data).hexdigest() not in ALLOWED:
        raise BadSignature
    return pickle.loads(data)


def pinned_by_an_argument(data, expected_sha256):
    if hashlib.sha256(data).hexdigest() != expected_sha256:
        raise BadSignature
    return pickle.loads(data)


def pinned_in_a_loop(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for chunk in iter(lambda: f.read(1 << 16), b""):
            h.update(chunk)
        if h.hexdigest() != MODEL_SHA256:
            raise BadSignature
        f.seek(0)
        return pickle.load(f)


def pinned_in_a_while_loop(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        while chunk := f.read(1 << 16):
            h.update(chunk)
        if h.hexdigest() == MODEL_SHA256:
            f.seek(0)
            return pickle.load(f)
    return None


def either_way(version, sig, body):
    if version == 1:
        check(sig, body)
    else:
        if not is_valid(sig, body):
            raise BadSignature
    return pickle.loads(body)


# picklelint:verifier
def blessed(sig, body):
    return native.verify(sig, body)


def by_directive(sig, body):
    if not blessed(sig, body):
        raise BadSignature
    return pickle.loads(body)


# picklelint:verifier
def must_be_good(blob):
    native.check(blob)


def by_directive_that_raises(blob):
    must_be_good(blob)
    return pickle.loads(blob)


def by_claim(sig, body):
    if not native.verify(sig, body):
        raise BadSignature
    # picklelint:trust boundary=public reason="signed by the release key, checked in C" verified-by=native.verify expires=2027-06-30
    return pickle.loads(body)


def prefixed(sig, body):
    if not hmac.compare_digest("sha256=" + hmac.new(KEY, body, "sha256").hexdigest(), sig):
        raise BadSignature
    return pickle.loads(body)


def cut_but_long_enough(sig, body):
    if not hmac.compare_digest(hmac.new(KEY, body, "sha256").hexdigest()[:32], sig):
        raise BadSignature
    return pickle.loads(body)


def nested(sig, body):
    def decode():
        return pickle.loads(body)

    check(sig, body)
    return decode()


def unsigned_digest_of_signed_list(listing, sig, name, data):
    check(sig, listing)
    import json

    digests = json.loads(listing)
    if hashlib.sha256(data).hexdigest() != digests[name]:
        raise BadSignature
    return pickle.loads(data)


async def awaited(request, reader):
    body = await reader.read()
    sig = request.headers["X-Signature"]
    if not hmac.compare_digest(sig, hmac.new(KEY, body, "sha256").hexdigest()):
        raise BadSignature
    return pickle.loads(body)
