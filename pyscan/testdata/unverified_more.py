# More checks that do not hold, and loads that no check is about.
import base64
import hashlib
import hmac
import json
import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings
from flask import abort, request

KEY = os.environ["SPOOL_KEY"].encode()
HMAC_SIZE = 32
CHECK_SIGNATURES = os.environ.get("CHECK_SIGNATURES", "true") != "false"


class Tampered(ValueError):
    pass


def compute(payload):
    return hmac.new(KEY, payload, hashlib.sha256).digest()


def verify_and_extract(data, allow_legacy=True):
    if len(data) <= HMAC_SIZE and allow_legacy:
        logging.warning("unsigned")
        return data
    sig, body = data[:HMAC_SIZE], data[HMAC_SIZE:]
    if not hmac.compare_digest(sig, compute(body)):
        if allow_legacy:
            return data
        raise Tampered
    return body


def legacy(data):
    return pickle.loads(verify_and_extract(data))  # want "PKL205 "


def whole_file(path, key):
    with open(path, "rb") as f:
        f.seek(0, os.SEEK_END)
        size = f.tell()
        f.seek(0)
        body = f.read(size - 64)
        if f.read() != hmac.new(key, body, hashlib.sha3_512).digest():
            raise Tampered
        f.seek(0)
        return pickle.load(f)  # want "PKL205 "


class Cache:
    CHECK = True

    def __init__(self, key):
        self.key = key

    def load(self, sig, body):
        if self.CHECK:
            if not hmac.compare_digest(sig, hmac.new(self.key, body, "sha256").digest()):
                raise Tampered
        return pickle.loads(body)  # want "PKL205 .*`self.CHECK` on line \\d+ decides on it"

    def verify(self, sig, body):
        return hmac.compare_digest(sig, hmac.new(self.key, body, "sha256").digest())

    def load_unasked(self, sig, body):
        self.verify(sig, body)
        return pickle.loads(body)  # want "PKL205 .*nothing is done with what it returns"

    def load_other(self, sig, body):
        if not self.verify(sig, self.key):
            raise Tampered
        return pickle.loads(body)  # want "PKL205 |PKL201 "


class Fixed:
    _key = b"0123456789abcdef"

    def load(self, sig, body):
        if not hmac.compare_digest(sig, hmac.new(self._key, body, "sha256").digest()):
            raise Tampered
        return pickle.loads(body)  # want "PKL205 .*stands in the source"


class Defaulted:
    def __init__(self, key="changeme"):
        self.key = key or os.environ.get("KEY", "changeme")

    def load(self, sig, body):
        if not hmac.compare_digest(sig, hmac.new(self.key.encode(), body, "sha256").digest()):
            raise Tampered
        return pickle.loads(body)  # want "PKL205 .*unless something else"


def by_getattr(sig, body):
    key = getattr(settings, "PICKLE_KEY", "changeme")
    if not hmac.compare_digest(sig, hmac.new(key.encode(), body, "sha256").digest()):
        raise Tampered
    return pickle.loads(body)  # want "PKL205 .*unless something else"


def hashed_literal(sig, body):
    key = hashlib.sha256(b"my secret").digest()
    if not hmac.compare_digest(sig, hmac.new(key, body, "sha256").digest()):
        raise Tampered
    return pickle.loads(body)  # want "PKL205 .*stands in the source"


def fernet_of_a_literal(token):
    key = base64.urlsafe_b64encode(b"0123456789abcdef0123456789abcdef")
    return pickle.loads(Fernet(key).decrypt(token))  # want "PKL205 .*stands in the source"


def swallowed_far_away(sig, body, key: rsa.RSAPublicKey):
    def quietly():
        try:
            key.verify(sig, body, padding.PKCS1v15(), None)
        except Exception:
            return False
        return True

    quietly()
    return pickle.loads(body)  # want "PKL205 "


def returned_and_forgotten(sig, body, key: rsa.RSAPublicKey):
    result = None
    try:
        key.verify(sig, body, padding.PKCS1v15(), None)
    except InvalidSignature as e:
        result = e
    value = pickle.loads(body)  # want "PKL205 .*exception is caught"
    if result:
        raise result
    return value


def in_finally(sig, body):
    try:
        if not hmac.compare_digest(sig, compute(body)):
            raise Tampered
    finally:
        value = pickle.loads(body)  # want "PKL205 "
    return value


def before_the_loop(conn):
    blob = conn.recv(4096)
    if not hmac.compare_digest(blob[:32], compute(blob[32:])):
        raise Tampered
    while blob:
        yield pickle.loads(blob[32:])  # want "PKL205 "
        blob = conn.recv(4096)


def another_item(items):
    for sig, body in items:
        if not hmac.compare_digest(sig, compute(body)):
            return []
    return [pickle.loads(body) for _, body in items]  # want "PKL205 "


def first_item(items):
    sig, body = items[0]
    if not hmac.compare_digest(sig, compute(body)):
        return []
    return [pickle.loads(b) for _, b in items]  # want "PKL205 "


def stored_flag(request_):
    request_.valid = hmac.compare_digest(request_.sig, compute(request_.body))
    return pickle.loads(request_.body)  # want "PKL205 .*nothing is done"


def other_field(message):
    if not hmac.compare_digest(message["sig"], compute(message["header"])):
        raise Tampered
    return pickle.loads(message["payload"])  # want "PKL205 .*(other bytes|about)"


def any_instead_of_all(sig, body, checks):
    if any([len(sig) == 32, hmac.compare_digest(sig, compute(body))]):
        return pickle.loads(body)  # want "PKL205 "


def always_true(sig, body):
    if hmac.compare_digest:
        return pickle.loads(body)  # want "PKL201 "


def not_called(sig, body):
    if compute:
        return pickle.loads(body)  # want "PKL201 "


def unverified_token(text):
    header = jwt.get_unverified_header(text)
    claims = jwt.decode(text, options={"verify_signature": False, "verify_exp": True})
    return header, pickle.loads(base64.b64decode(claims["s"]))  # want "PKL205 .*told not to verify"


def token_in_the_same_request():
    claims = jwt.decode(request.headers["Authorization"], os.environ["JWT_KEY"], algorithms=["HS256"])
    return claims["sub"], pickle.loads(request.data)  # want "PKL203 "


def password(request_, user):
    if hashlib.sha256(request_.form["password"].encode()).hexdigest() != user.password:
        abort(403)
    with open("/var/lib/app/model.pkl", "rb") as f:
        return pickle.load(f)  # want "PKL201 "


def etag(path, store):
    with open(path, "rb") as f:
        value = pickle.load(f)  # want "PKL201 "
    name = hashlib.sha256(path.encode()).hexdigest()
    store.put(name, value)
    return value


def cache_key(store, *args):
    name = hashlib.md5(repr(args).encode()).hexdigest()
    hit = store.get(name)
    if hit is not None:
        return pickle.loads(hit)  # want "PKL201 "
    return None


def cached_file(directory, url):
    path = Path(directory) / hashlib.sha1(url.encode()).hexdigest()
    if path.exists():
        return pickle.loads(path.read_bytes())  # want "PKL201 "
    return None


def changed_since(path, old_digest):
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() == old_digest:
        return None
    return pickle.loads(data)  # want "PKL20[15] "


def request_signed_answer_loaded(body, sig, session):
    if not hmac.compare_digest(sig, compute(body)):
        abort(403)
    answer = session.get("https://models.example/latest").content
    return pickle.loads(answer)  # want "PKL20[15] "


def signs_only(value):
    blob = pickle.dumps(value)
    sig = compute(blob)
    return sig, pickle.loads(blob)  # want "PKL201 "


def user_of(message):
    if message.user == "admin" and message.token == os.environ["TOKEN"]:
        return pickle.loads(message.body)  # want "PKL201 "


def test_roundtrip(store):
    blob = store.load("x")
    assert hashlib.sha256(blob).hexdigest() == "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    assert pickle.loads(blob) == 1  # want "PKL205 .*assert"


def gpg_by_hand(path):
    subprocess.run(["gpg", "--verify", path + ".sig", path], check=True)
    return pickle.load(open(path, "rb"))  # want "PKL201 "


def verify_elsewhere(sig, body):
    if not settings.CHECKER.verify(sig, body):
        raise Tampered
    return pickle.loads(body)  # want "PKL20[15] "


def exits_late(sig, body):
    value = None
    try:
        value = pickle.loads(body)  # want "PKL205 .*after the load"
    finally:
        if not hmac.compare_digest(sig, compute(body)):
            sys.exit(1)
    return value


def dead_check(sig, body):
    if False and not hmac.compare_digest(sig, compute(body)):
        raise Tampered
    return pickle.loads(body)  # want "PKL20[15] "


def nested_function_not_called(sig, body):
    def check():
        if not hmac.compare_digest(sig, compute(body)):
            raise Tampered

    return pickle.loads(body)  # want "PKL20[15] "


def migrated(path):
    path = Path(path)
    sig_path = path.with_suffix(".sig")
    body = path.read_bytes()
    if not sig_path.exists():
        logging.warning("no signature yet")
        sig_path.write_text(compute(body).hex())
    else:
        if not hmac.compare_digest(sig_path.read_text().strip(), compute(body).hex()):
            raise Tampered
    return pickle.loads(body)  # want "PKL205 .*it is optional"


def verified_and_read_again(path, key):
    def good():
        with open(path, "rb") as f:
            body = f.read()
        return hmac.compare_digest(Path(path + ".sig").read_bytes(), compute(body))

    if not good():
        raise Tampered
    with open(path, "rb") as f:
        return pickle.load(f)  # want "PKL205 .*opened again"


# A decorator that hands out the bare function.


def exposing(f):
    def wrapper(sig, body):
        if not hmac.compare_digest(compute(body), sig):
            raise Tampered
        return f(body)

    wrapper.raw = f
    return wrapper


@exposing
def exposed_and_called(body):
    return pickle.loads(body)  # want "PKL201"


def around(body):
    return exposed_and_called.raw(body)


def exposing_by_setattr(f):
    def wrapper(sig, body):
        if not hmac.compare_digest(compute(body), sig):
            raise Tampered
        return f(body)

    setattr(wrapper, "unchecked", f)
    return wrapper


@exposing_by_setattr
def exposed_by_setattr(body):
    return pickle.loads(body)  # want "PKL201"


LOADER = exposed_by_setattr.unchecked
HANDLERS = {}


def keeping(f):
    def wrapper(sig, body):
        if not hmac.compare_digest(compute(body), sig):
            raise Tampered
        return f(body)

    HANDLERS[f.__name__] = f
    return wrapper


@keeping
def kept(body):
    return pickle.loads(body)  # want "PKL201"


class Checking:
    def __init__(self, f):
        self.bare = f

    def __call__(self, sig, body):
        if not hmac.compare_digest(compute(body), sig):
            raise Tampered
        return self.bare(body)


@Checking
def kept_by_object(body):
    return pickle.loads(body)  # want "PKL201"


def around_object(body):
    return kept_by_object.bare(body)
