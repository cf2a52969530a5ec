# Loads behind checks that do not hold.
import base64
import contextlib
import hashlib
import hmac
import io
import logging
import os
import pickle
import secrets
import zlib
from pathlib import Path

import joblib
import jwt
import nacl.secret
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from itsdangerous import URLSafeSerializer

KEY = os.environ["SPOOL_KEY"].encode()
LITERAL = b"correct horse battery staple"
FALLBACK = os.environ.get("SPOOL_KEY", "changeme").encode()
EITHER = os.getenv("SPOOL_KEY") or "changeme"
EMPTY = os.environ.get("SPOOL_KEY", "").encode()
MODEL_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
VERIFY = os.environ.get("VERIFY") == "1"


class BadSignature(Exception):
    pass


def sign(body):
    return hmac.new(KEY, body, hashlib.sha256).digest()


def check(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        raise BadSignature


def is_valid(sig, body):
    return hmac.compare_digest(sign(body), sig)


def equals(sig, body):
    if hmac.new(KEY, body, "sha256").hexdigest() != sig:
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*`body`, and the check on line \\d+ .*compared with =="


def equals_the_other_way_round(sig, body):
    if sig == sign(body):
        return pickle.loads(body)  # want "PKL205 .*compared with =="


def equals_in_a_helper(sig, body):
    def same():
        return sign(body) == sig

    if not same():
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*compared with =="


def unused(sig, body):
    hmac.compare_digest(sign(body), sig)
    return pickle.loads(body)  # want "PKL205 .*nothing is done with what it returns"


def unused_in_a_name(sig, body):
    ok = hmac.compare_digest(sign(body), sig)
    return ok, pickle.loads(body)  # want "PKL205 .*nothing is done with what it returns"


def unused_helper(sig, body):
    is_valid(sig, body)
    return pickle.loads(body)  # want "PKL205 .*nothing is done with what it returns"


def wrong_way_round(sig, body):
    if hmac.compare_digest(sign(body), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*decoded where it fails"


def wrong_way_round_2(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        return pickle.loads(body)  # want "PKL205 .*decoded where it fails"
    return None


def wrong_way_round_3(sig, body):
    return pickle.loads(body) if not is_valid(sig, body) else None  # want "PKL205 .*decoded where it fails"


def or_instead_of_and(sig, body):
    return hmac.compare_digest(sign(body), sig) or pickle.loads(body)  # want "PKL205 .*decoded where it fails"


def only_logged(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        logging.warning("bad signature")
    return pickle.loads(body)  # want "PKL205 .*decoded whether or not it is passed"


def passed_over(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        pass
    return pickle.loads(body)  # want "PKL205 .*decoded whether or not it is passed"


def forgotten_raise(sig, body):
    if not hmac.compare_digest(sign(body), sig):
        BadSignature("bad signature")
    return pickle.loads(body)  # want "PKL205 .*decoded whether or not it is passed"


def optional(body, sig=None):
    if sig:
        check(sig, body)
    return pickle.loads(body)  # want "PKL205 .*`sig` on line \\d+ decides on it"


def optional_2(body, sig=None):
    if sig is not None and not hmac.compare_digest(sign(body), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*`sig is not None` on line \\d+ decides on it"


def by_setting(sig, body):
    if VERIFY:
        check(sig, body)
    return pickle.loads(body)  # want "PKL205 .*`VERIFY` on line \\d+ decides on it"


def by_header(request):
    sig = request.headers.get("X-Signature")
    if not sig or hmac.compare_digest(sign(request.data), sig):
        return pickle.loads(request.data)  # want "PKL205 .*`sig` on line \\d+ decides on it"


def or_debug(sig, body, debug):
    if debug or is_valid(sig, body):
        return pickle.loads(body)  # want "PKL205 .*`debug` on line \\d+ decides on it"


def one_branch(version, sig, body):
    if version == 2:
        check(sig, body)
    elif version == 1:
        logging.info("old version")
    return pickle.loads(body)  # want "PKL205 .*`version == 2` on line \\d+ decides on it"


def one_case(message):
    match message.kind:
        case "signed":
            check(message.sig, message.body)
        case "plain":
            pass
    return pickle.loads(message.body)  # want "PKL205 .*does not pass it on line \\d+"


def no_rounds(keys, sig, body):
    for key in keys:
        if not hmac.compare_digest(hmac.digest(key, body, "sha256"), sig):
            raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*does not pass it on line \\d+"


def none_matches(keys, sig, body):
    for key in keys:
        if hmac.compare_digest(hmac.digest(key, body, "sha256"), sig):
            break
    return pickle.loads(body)  # want "PKL205 .*(does not pass it|whether or not)"


def swallowed(sig, body, key: rsa.RSAPublicKey):
    try:
        key.verify(sig, body, padding.PKCS1v15(), None)
    except InvalidSignature:
        pass
    return pickle.loads(body)  # want "PKL205 .*its exception is caught on line \\d+"


def swallowed_and_logged(sig, body):
    try:
        check(sig, body)
    except BadSignature:
        logging.exception("bad signature")
    return pickle.loads(body)  # want "PKL205 .*its exception is caught on line \\d+"


def swallowed_by_all(sig, body, key: rsa.RSAPublicKey):
    try:
        key.verify(sig, body)
    except Exception as e:
        print(e)
    finally:
        value = pickle.loads(body)  # want "PKL205 .*(exception is caught|whether or not)"
    return value


def loads_in_the_handler(sig, body, key: rsa.RSAPublicKey):
    try:
        key.verify(sig, body)
    except InvalidSignature:
        return pickle.loads(body)  # want "PKL205 .*its exception is caught on line \\d+"
    return None


def suppressed(sig, body):
    with contextlib.suppress(BadSignature):
        check(sig, body)
    return pickle.loads(body)  # want "PKL205 .*its exception is caught on line \\d+"


def swallowed_flag(sig, body, key: rsa.RSAPublicKey):
    ok = True
    try:
        key.verify(sig, body)
    except InvalidSignature:
        logging.error("bad signature")
    if ok:
        return pickle.loads(body)  # want "PKL205 .*its exception is caught on line \\d+"


def fallback(token):
    try:
        data = Fernet(KEY).decrypt(token)
    except InvalidToken:
        data = token
    return pickle.loads(data)  # want "PKL205 .*(caught|other bytes|about)"


def after(sig, body):
    value = pickle.loads(body)  # want "PKL205 .*after the load"
    if not hmac.compare_digest(sign(body), sig):
        raise BadSignature
    return value


def after_helper(sig, body):
    value = pickle.loads(body)  # want "PKL205 .*after the load"
    check(sig, body)
    return value


def other_name(sig, header, body):
    check(sig, header)
    return pickle.loads(body)  # want "PKL205 .*about `header`, and not about `body`"


def other_slice(blob):
    if not hmac.compare_digest(blob[:32], sign(blob[32:64])):
        raise BadSignature
    return pickle.loads(blob[64:])  # want "PKL205 .*about `blob\\[32:64\\]`, and not"


def whole_blob(blob):
    sig, body = blob[:32], blob[32:40]
    check(sig, body)
    return pickle.loads(blob)  # want "PKL205 .*(other bytes|about)"


def only_the_length(sig, body):
    if not hmac.compare_digest(sign(str(len(body)).encode()), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*(other bytes|about)"


def rebound(sig, body, store):
    check(sig, body)
    body = store.read()
    return pickle.loads(body)  # want "PKL205 .*`body` has got another value since"


def rebound_in_a_loop(sig, body, conn):
    check(sig, body)
    while body:
        pickle.loads(body)  # want "PKL205 .*`body` has got another value since"
        body = conn.recv()


def first_round_only(conn):
    first = True
    while True:
        body = conn.recv(4096)
        if first:
            check(conn.recv(32), body)
            first = False
        yield pickle.loads(body)  # want "PKL205 .*`first` on line \\d+ decides on it"


def overwritten(sig, buffer, sock):
    check(sig, buffer)
    sock.recv_into(buffer)
    return pickle.loads(buffer)  # want "PKL205 "


def reopened(path):
    if hashlib.sha256(open(path, "rb").read()).hexdigest() != MODEL_SHA256:
        raise BadSignature
    with open(path, "rb") as f:
        return pickle.load(f)  # want "PKL205 .*checked and then opened again"


def file_digest(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for chunk in iter(lambda: f.read(8192), b""):
            h.update(chunk)
    return h.hexdigest()


def reopened_behind_a_helper(path):
    if file_digest(path) != MODEL_SHA256:
        raise BadSignature
    with open(path, "rb") as f:
        return pickle.load(f)  # want "PKL205 .*checked and then opened again"


def reopened_by_the_library(path):
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise BadSignature
    return joblib.load(path)  # want "PKL205 .*checked and then opened again"


def literal_key(sig, body):
    if not hmac.compare_digest(hmac.new(b"secret", body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*the key `b\"secret\"` stands in the source"


def literal_key_of_the_module(sig, body):
    if not hmac.compare_digest(hmac.new(LITERAL, body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*stands in the source"


def literal_fernet(token):
    return pickle.loads(Fernet(b"ZmDfcTF7_60GrrY167zsiPd67pEvs0aGOv2oasOM1Pg=").decrypt(token))  # want "PKL205 .*stands in the source"


def literal_serializer(text):
    return pickle.loads(URLSafeSerializer("secret").loads(text))  # want "PKL205 .*stands in the source"


def default_key(sig, body):
    if not hmac.compare_digest(hmac.new(FALLBACK, body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*unless something else is configured"


def default_key_by_or(sig, body):
    if not hmac.compare_digest(hmac.new(EITHER.encode(), body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*unless something else is configured"


def default_parameter(sig, body, key=b"changeme"):
    if not hmac.compare_digest(hmac.new(key, body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*unless something else is configured"


def empty_key(sig, body):
    if not hmac.compare_digest(hmac.new(b"", body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*the key is empty"


def empty_default(sig, body):
    if not hmac.compare_digest(hmac.new(EMPTY, body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*(the key is empty|unless something)"


def key_from_the_message(blob):
    key, sig, body = blob[:16], blob[16:48], blob[48:]
    if not hmac.compare_digest(hmac.new(key, body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*comes out of the message"


def key_from_the_request(request):
    key = request.headers["X-Key"].encode()
    if not hmac.compare_digest(hmac.new(key, request.data, "sha256").hexdigest(), request.headers["X-Signature"]):
        raise BadSignature
    return pickle.loads(request.data)  # want "PKL205 .*comes out of the message"


def public_key_from_the_message(message):
    key = Ed25519PublicKey.from_public_bytes(message["key"])
    key.verify(message["sig"], message["body"])
    return pickle.loads(message["body"])  # want "PKL205 .*comes out of the message"


def fernet_key_from_the_message(blob):
    return pickle.loads(Fernet(blob[:44]).decrypt(blob[44:]))  # want "PKL205 .*comes out of the message"


def truncated(sig, body):
    if not hmac.compare_digest(sign(body)[:4], sig[:4]):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*only a few bytes"


def truncated_hex(sig, body):
    if not hmac.compare_digest(hmac.new(KEY, body, "sha256").hexdigest()[:8], sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*only a few bytes"


def as_long_as_given(sig, body):
    if not hmac.compare_digest(sign(body)[: len(sig)], sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*only the beginning"


def short_blake(sig, body):
    if not hmac.compare_digest(hashlib.blake2b(body, key=KEY, digest_size=4).digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*only a few bytes"


def itself(sig, body):
    expected = sign(body)
    if not hmac.compare_digest(expected, expected):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*compares a value with itself"


def itself_again(sig, body):
    sig = hmac.new(KEY, body, "sha256").digest()
    if not hmac.compare_digest(hmac.new(KEY, body, "sha256").digest(), sig):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*compares a value with itself"


def unkeyed(blob):
    digest, body = blob[:32], blob[32:]
    if hashlib.sha256(body).digest() != digest:
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*digest without a key"


def unkeyed_but_constant_time(request):
    if not hmac.compare_digest(hashlib.sha256(request.data).hexdigest(), request.headers["X-Digest"]):
        raise BadSignature
    return pickle.loads(request.data)  # want "PKL205 .*digest without a key"


def digest_beside_the_file(path):
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != Path(path + ".sha256").read_text().strip():
        raise BadSignature
    return pickle.loads(data)  # want "PKL205 .*digest without a key"


def salted(message):
    if hashlib.sha256(message["salt"] + message["body"]).hexdigest() == message["digest"]:
        return pickle.loads(message["body"])  # want "PKL205 .*digest without a key"


def checksum(blob):
    crc, body = blob[:4], blob[4:]
    if zlib.crc32(body) != int.from_bytes(crc, "big"):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*a checksum is no signature"


def asserted(sig, body):
    assert hmac.compare_digest(sign(body), sig), "bad signature"
    return pickle.loads(body)  # want "PKL205 .*assert statement"


def asserted_later(sig, body):
    ok = is_valid(sig, body)
    assert ok
    return pickle.loads(body)  # want "PKL205 .*assert statement"


def not_verified(text):
    claims = jwt.decode(text, KEY, options={"verify_signature": False})
    return pickle.loads(base64.b64decode(claims["state"]))  # want "PKL205 .*told not to verify"


def not_verified_2(text):
    claims = jwt.decode(text, verify=False)
    return pickle.loads(base64.b64decode(claims["state"]))  # want "PKL205 .*told not to verify"


def no_algorithm(text):
    claims = jwt.decode(text, KEY, algorithms=["HS256", "none"])
    return pickle.loads(base64.b64decode(claims["state"]))  # want "PKL205 .*told not to verify"


def no_key(text):
    claims = jwt.decode(text)
    return pickle.loads(base64.b64decode(claims["state"]))  # want "PKL205 .*given no key"


def literal_token(text):
    claims = jwt.decode(text, "secret", algorithms=["HS256"])
    return pickle.loads(base64.b64decode(claims["state"]))  # want "PKL205 .*stands in the source"


def secret_of_the_caller(request):
    if not secrets.compare_digest(request.headers["X-Token"], os.environ["TOKEN"]):
        raise BadSignature
    return pickle.loads(request.data)  # want "PKL205 .*(other bytes|about)"


def helper_that_forgets(sig, body):
    def check():
        if not hmac.compare_digest(sign(body), sig):
            return

    check()
    return pickle.loads(body)  # want "PKL205 .*"


def helper_that_is_optional(sig, body):
    def check():
        if VERIFY and not hmac.compare_digest(sign(body), sig):
            raise BadSignature

    check()
    return pickle.loads(body)  # want "PKL205 .*"


def helper_that_always_says_yes(sig, body):
    def valid():
        hmac.compare_digest(sign(body), sig)
        return True

    if not valid():
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*nothing is done"


def helper_that_swallows(sig, body, key: rsa.RSAPublicKey):
    def valid():
        try:
            key.verify(sig, body)
        except InvalidSignature:
            pass
        return True

    if valid():
        return pickle.loads(body)  # want "PKL205 .*"


def wrong_payload(blob):
    def unwrap():
        sig, body = blob[:32], blob[32:]
        if not hmac.compare_digest(sign(body), sig):
            logging.warning("bad signature")
        return body

    return pickle.loads(unwrap())  # want "PKL205 .*"


def verified(handler):
    def wrapper(sig, body):
        if not hmac.compare_digest(sign(body), sig):
            logging.warning("bad signature")
        return handler(body)

    return wrapper


@contextlib.contextmanager
def guarding(sig, body):
    yield
    check(sig, body)


def guard_comes_late(sig, body):
    with guarding(sig, body):
        return pickle.loads(body)  # want "PKL205 .*"


# picklelint:verifier
def blessed(sig, body):
    return native.verify(sig, body)


def blessed_and_unused(sig, body):
    blessed(sig, body)
    return pickle.loads(body)  # want "PKL205 .*nothing is done with what it returns"


def blessed_other(sig, header, body):
    if not blessed(sig, header):
        raise BadSignature
    return pickle.loads(body)  # want "PKL205 .*about"


def box_not_opened(blob):
    box = nacl.secret.SecretBox(KEY)
    box.decrypt(blob[:80])
    return pickle.loads(blob[80:])  # want "PKL205 .*(other bytes|about)"


def claimed_and_optional(sig, body):
    if sig:
        if not native.verify(sig, body):
            raise BadSignature
    # picklelint:trust boundary=public reason="signed by the release key, checked in C" verified-by=native.verify expires=2027-06-30
    return pickle.loads(body)  # want "PKL205 .*`sig` on line \\d+ decides on it"


def begins(body, prefix):
    if not hashlib.sha256(body).hexdigest().startswith(prefix):
        raise ValueError
    return pickle.loads(body)  # want "PKL205 .*only the beginning"


def begins_signed(body, sig):
    mac = hmac.new(KEY, body, "sha256").hexdigest()
    if mac.startswith(sig):
        return pickle.loads(body)  # want "PKL205 .*only the beginning"
    return None


def begins_as_long(body, prefix):
    digest = hashlib.sha256(body).hexdigest()
    if digest[:len(prefix)] != prefix:
        raise ValueError
    return pickle.loads(body)  # want "PKL205 .*only the beginning"


def begins_with_magic(body):
    if not body.startswith(b"\x80\x04"):
        raise ValueError
    return pickle.loads(body)  # want "PKL201"


def begins_unused(body, prefix):
    hashlib.sha256(body).hexdigest().startswith(prefix)
    return pickle.loads(body)  # want "PKL205 .*nothing is done"
