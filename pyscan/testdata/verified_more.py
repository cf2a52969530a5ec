# More loads of bytes that were verified, in shapes that real code has.
import asyncio
import base64
import dataclasses
import hashlib
import hmac
import io
import json
import os
import pickle
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import cloudpickle
import dill
import joblib
import pandas as pd
import rsa as rsa_lib
from Crypto.Cipher import AES
from Crypto.Hash import HMAC as CHMAC, SHA256
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from django.conf import settings
from flask import abort, request
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

SECRET_KEY = os.environ["SECRET_KEY"]
KEYS = {"1": os.environ["K1"].encode(), "2": os.environ["K2"].encode()}
KNOWN = {"a.pkl": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
const_eq = hmac.compare_digest
HMAC_SIZE = 32


class Tampered(ValueError):
    pass


def _key():
    return settings.SECRET_KEY.encode("utf-8")


def compute(payload: bytes) -> bytes:
    return hmac.new(_key(), payload, hashlib.sha256).digest()


def by_length(data: bytes):
    if len(data) <= HMAC_SIZE:
        raise Tampered("too short")
    stored, payload = data[:HMAC_SIZE], data[HMAC_SIZE:]
    if not hmac.compare_digest(stored, compute(payload)):
        raise Tampered("bad signature")
    return pickle.loads(payload)


def verify_and_extract(data: bytes) -> bytes:
    """Return the payload of a signed file."""
    stored = data[:HMAC_SIZE]
    payload = data[HMAC_SIZE:]
    expected = compute(payload)
    if not hmac.compare_digest(stored, expected):
        raise Tampered("bad signature")
    return payload


def load_file(path):
    with open(path, "rb") as f:
        return pickle.loads(verify_and_extract(f.read()))


def two_reads(path):
    with open(path, "rb") as f:
        sig = f.read(32)
        body = f.read()
    if not hmac.compare_digest(compute(body), sig):
        raise Tampered
    return pickle.loads(body)


def by_request():
    sig = request.headers.get("X-Signature", "")
    if not sig:
        abort(400)
    expected = "sha256=" + hmac.new(SECRET_KEY.encode(), request.data, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(sig, expected):
        abort(403)
    return pickle.loads(request.data)


def by_get_data():
    body = request.get_data()
    if not hmac.compare_digest(request.headers["X-Signature"], hmac.new(SECRET_KEY.encode(), body, "sha256").hexdigest()):
        return "bad signature", 403
    return pickle.loads(body)


def in_a_message(message):
    if not hmac.compare_digest(message["sig"], compute(message["payload"])):
        raise Tampered
    return pickle.loads(message["payload"])


def in_an_object(envelope):
    if not hmac.compare_digest(envelope.sig, compute(envelope.payload)):
        raise Tampered
    return pickle.loads(envelope.payload)


def in_json(text):
    doc = json.loads(text)
    body = base64.b64decode(doc["body"])
    if not hmac.compare_digest(base64.b64decode(doc["sig"]), compute(body)):
        raise Tampered
    return pickle.loads(body)


def token(text):
    parts = text.split(".")
    if len(parts) != 2:
        return None
    body, sig = parts
    expected = base64.urlsafe_b64encode(compute(body.encode())).rstrip(b"=").decode()
    if not hmac.compare_digest(sig, expected):
        return None
    return pickle.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def in_one_try(blob):
    try:
        sig, body = blob.split(b"|", 1)
        if not hmac.compare_digest(sig, compute(body)):
            raise Tampered("bad signature")
        return pickle.loads(body)
    except ValueError:
        return None


def by_status(text):
    status, payload = checked(text)
    if status != "ok":
        return None
    return payload


def checked(text):
    body, sig = text.rsplit(b".", 1)
    if not hmac.compare_digest(sig, compute(body)):
        return "invalid", None
    return "ok", pickle.loads(body)


def key_by_id(blob):
    kid, sig, body = blob[:1].decode(), blob[1:33], blob[33:]
    key = KEYS.get(kid)
    if key is None:
        raise Tampered
    if not hmac.compare_digest(sig, hmac.new(key, body, "sha256").digest()):
        raise Tampered
    return pickle.loads(body)


def derived_key(blob, password):
    salt, sig, body = blob[:16], blob[16:48], blob[48:]
    key = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)
    if not const_eq(sig, hmac.new(key, body, "sha256").digest()):
        raise Tampered
    return pickle.loads(body)


def formatted(stamp, body, sig):
    if not hmac.compare_digest(hmac.new(_key(), f"{stamp}.{body}".encode(), "sha256").hexdigest(), sig):
        raise Tampered
    return pickle.loads(base64.b64decode(body))


def equals_false(sig, body):
    if hmac.compare_digest(sig, compute(body)) == False:
        raise Tampered
    return pickle.loads(body)


def all_of(sig, body):
    if not all([len(sig) == 32, hmac.compare_digest(sig, compute(body))]):
        raise Tampered
    return pickle.loads(body)


def both_conditions(sig, body):
    if len(sig) == 32 and hmac.compare_digest(sig, compute(body)):
        return dill.loads(body)
    raise Tampered


def filtered(items):
    return [pickle.loads(body) for sig, body in items if hmac.compare_digest(sig, compute(body))]


load_if = lambda sig, body: pickle.loads(body) if hmac.compare_digest(sig, compute(body)) else None


async def averify(sig, body):
    await asyncio.sleep(0)
    if not hmac.compare_digest(sig, compute(body)):
        raise Tampered


async def awaiting(sig, body):
    await averify(sig, body)
    return cloudpickle.loads(body)


def ecdsa_key(sig, body, pem):
    key = serialization.load_pem_public_key(Path("/etc/key.pem").read_bytes())
    key.verify(sig, body, ec.ECDSA(hashes.SHA256()))
    return pickle.loads(body)


def prehashed(sig, body, key):
    digest = hashlib.sha256(body).digest()
    try:
        key.verify(sig, digest, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))
    except InvalidSignature:
        sys.exit(1)
    return pickle.loads(body)


def python_rsa(sig, body, public):
    rsa_lib.verify(body, sig, public)
    return pickle.loads(body)


def python_rsa_in_try(sig, body, public):
    try:
        rsa_lib.verify(body, sig, public)
    except rsa_lib.VerificationError:
        return None
    return pickle.loads(body)


def pycryptodome(sig, body):
    key = RSA.import_key(open("public.pem").read())
    pkcs1_15.new(key).verify(SHA256.new(body), sig)
    return pickle.loads(body)


def pycryptodome_mac(sig, body):
    mac = CHMAC.new(_key(), digestmod=SHA256)
    mac.update(body)
    try:
        mac.hexverify(sig)
    except ValueError:
        raise Tampered from None
    return pickle.loads(body)


def eax(blob):
    nonce, tag, box = blob[:16], blob[16:32], blob[32:]
    cipher = AES.new(_key(), AES.MODE_EAX, nonce)
    return pickle.loads(cipher.decrypt_and_verify(box, tag))


def nacl_in_try(blob, key_bytes):
    key = VerifyKey(key_bytes)
    try:
        body = key.verify(blob)
    except BadSignatureError:
        return None
    finally:
        print("done")
    return pickle.loads(body)


def known_by_get(name, data):
    if KNOWN.get(name) != hashlib.sha256(data).hexdigest():
        raise Tampered
    return joblib.load(io.BytesIO(data))


def known_by_settings(path):
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != settings.MODEL_SHA256:
        raise Tampered
    return pickle.loads(data)


def known_by_environ(path):
    data = Path(path).read_bytes()
    actual = hashlib.sha256(data).hexdigest()
    if not hmac.compare_digest(actual, os.environ["MODEL_SHA256"]):
        raise Tampered(f"digest is {actual}")
    return pd.read_pickle(io.BytesIO(data))


def in_a_zip(path, sig):
    with zipfile.ZipFile(path) as z:
        body = z.read("model.pkl")
    if not hmac.compare_digest(sig, compute(body)):
        raise Tampered
    return pickle.loads(body)


def with_header(blob):
    size, = struct.unpack(">I", blob[:4])
    body = blob[4 : 4 + size]
    sig = blob[4 + size :]
    if not hmac.compare_digest(sig, compute(body)):
        raise Tampered
    return pickle.loads(zlib.decompress(body))


@dataclasses.dataclass
class Signed:
    sig: bytes
    body: bytes

    def verify(self):
        if not hmac.compare_digest(self.sig, compute(self.body)):
            raise Tampered

    def load(self):
        self.verify()
        return pickle.loads(self.body)

    @property
    def valid(self):
        return hmac.compare_digest(self.sig, compute(self.body))


def dataclass(blob):
    signed = Signed(blob[:32], blob[32:])
    signed.verify()
    return pickle.loads(signed.body)


class Base:
    secret = None

    def _verify(self, sig, body):
        return hmac.compare_digest(hmac.new(self.secret, body, "sha256").digest(), sig)


class Store(Base):
    def __init__(self, db, secret):
        self.db, self.secret = db, secret

    def get(self, key):
        row = self.db.get(key)
        if row is None:
            return None
        sig, body = row[:32], row[32:]
        if not self._verify(sig, body):
            self.db.delete(key)
            return None
        return pickle.loads(body)

    def get_by_super(self, key):
        sig, body = self.db.get(key).split(b":", 1)
        if super()._verify(sig, body):
            return pickle.loads(body)
        return None

    def _load(self, body):
        return pickle.loads(body)

    def many(self, keys):
        for key in keys:
            row = self.db.get(key)
            if not row or not self._verify(row[:32], row[32:]):
                continue
            yield self._load(row[32:])


class Checker:
    def __init__(self, key):
        self.key = key

    def __call__(self, sig, body):
        if not hmac.compare_digest(hmac.new(self.key, body, "sha256").digest(), sig):
            raise Tampered
        return body


def callable_object(sig, body):
    check = Checker(_key())
    return pickle.loads(check(sig, body))


class guarded:
    def __init__(self, handler):
        self.handler = handler

    def __call__(self, sig, body):
        if not hmac.compare_digest(compute(body), sig):
            raise Tampered
        return self.handler(body)


@guarded
def by_class_decorator(body):
    return pickle.loads(body)


def random_key_per_run(blob):
    key = os.environ.get("CACHE_KEY")
    if not key:
        import secrets

        key = secrets.token_hex(32)
    if not hmac.compare_digest(blob[:32], hmac.new(key.encode(), blob[32:], "sha256").digest()):
        raise Tampered
    return pickle.loads(blob[32:])


def key_or_raise(blob):
    key = os.environ.get("CACHE_KEY", "")
    if not key:
        raise RuntimeError("no key")
    if not hmac.compare_digest(blob[:32], hmac.new(key.encode(), blob[32:], "sha256").digest()):
        raise Tampered
    return pickle.loads(blob[32:])


def retried(conn):
    for attempt in range(3):
        blob = conn.recv()
        sig, body = blob[:32], blob[32:]
        if hmac.compare_digest(sig, compute(body)):
            return pickle.loads(body)
    raise Tampered


def flag_in_loop(conn):
    body = None
    for attempt in range(3):
        blob = conn.recv()
        if hmac.compare_digest(blob[:32], compute(blob[32:])):
            body = blob[32:]
            break
    if body is None:
        raise Tampered
    return pickle.loads(body)


def message(sig, body):
    error = None
    if not hmac.compare_digest(sig, compute(body)):
        error = "bad signature"
    if error is not None:
        raise Tampered(error)
    return pickle.loads(body)


def message_2(sig, body):
    error = None
    if not hmac.compare_digest(sig, compute(body)):
        error = "bad signature"
    if error:
        return None
    return pickle.loads(body)


data = sys.stdin.buffer.read()
if not hmac.compare_digest(data[:32], compute(data[32:])):
    print("bad signature", file=sys.stderr)
    sys.exit(1)
config = pickle.loads(data[32:])

if __name__ == "__main__":
    raw = Path(sys.argv[1]).read_bytes()
    signature, raw_body = raw[:32], raw[32:]
    if hmac.compare_digest(signature, compute(raw_body)):
        print(pickle.loads(raw_body))
    else:
        raise SystemExit("bad signature")


def signed_file(path, key):
    with open(path, "rb") as f:
        mac = hmac.new(key, digestmod=hashlib.blake2b)
        stored = f.read(mac.digest_size)
        body = f.read()
        mac.update(body)
        computed = mac.digest()
        if hmac.compare_digest(computed, stored):
            return pickle.loads(body)
        raise Tampered("digest differs")


def signature_file(path, key):
    path = Path(path)
    sig_path = path.with_suffix(".sig")
    if not sig_path.exists():
        raise Tampered("no signature")
    with open(path, "rb") as f:
        body = f.read()
    with open(sig_path, "r") as f:
        expected = f.read().strip()
    actual = hmac.new(key, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, actual):
        raise Tampered(f"{path} was changed")
    return pickle.loads(body)


class Secure:
    DIGEST_SIZE = 32

    def __init__(self):
        self.key = os.environ["PICKLE_SECRET"].encode("ascii")

    def _digest(self, data):
        h = hmac.new(self.key, digestmod=hashlib.sha256)
        h.update(data)
        return h.digest()

    def _split(self, raw):
        return raw[: self.DIGEST_SIZE], raw[self.DIGEST_SIZE :]

    def loads(self, raw):
        digest, body = self._split(raw)
        if not hmac.compare_digest(digest, self._digest(body)):
            raise Tampered
        return pickle.loads(body)

    async def aloads(self, reader):
        raw = await reader.read()
        digest, body = self._split(raw)
        expected = self._digest(body)
        same = hmac.compare_digest(expected, digest)
        if not same:
            raise Tampered
        return pickle.loads(body)

    def load(self, path):
        with open(path, "rb") as f:
            return self.loads(f.read())


def pinned_by_its_beginning(body):
    if not hashlib.sha256(body).hexdigest().startswith("5c106cde386e87d4033832f2996f5493"):
        raise ValueError
    return pickle.loads(body)


# A decorator may keep the bare function if nobody asks for it.


def keeps_bare(f):
    def wrapper(digest, body):
        if not hmac.compare_digest(digest, compute(body)):
            raise Tampered
        return f(body)

    wrapper.bare_function = f
    return wrapper


@keeps_bare
def decorated_and_kept(body):
    return pickle.loads(body)


class KeepsBare:
    def __init__(self, f):
        self.bare_method = f

    def __call__(self, digest, body):
        if not hmac.compare_digest(digest, compute(body)):
            raise Tampered
        return self.bare_method(body)


@KeepsBare
def decorated_by_object(body):
    return pickle.loads(body)
