# Loads of the items of lists: a digest is about the list, or only checked bytes are put there.
import hmac
import json
import os
import pickle

KEY = os.environ["KEY"].encode()


def mac(b):
    return hmac.digest(KEY, b, "sha256")


def joined_item(parts, sig):
    if not hmac.compare_digest(mac(b"".join(parts)), sig):
        raise ValueError
    return pickle.loads(parts[1])


def fed_and_listed(parts, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for p in parts:
        h.update(p)
    if not hmac.compare_digest(h.digest(), sig):
        raise ValueError
    return [pickle.loads(p) for p in parts]


def fed_last(parts, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for p in parts:
        h.update(p)
    if not hmac.compare_digest(h.digest(), sig):
        raise ValueError
    return pickle.loads(parts[-1])


def fed_by_number(parts, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for i, p in enumerate(parts):
        h.update(p)
    if not hmac.compare_digest(h.digest(), sig):
        raise ValueError
    return pickle.loads(parts[0])


def read_in_pieces(conn, n, sig):
    parts = [conn.read(4) for _ in range(n)]
    if not hmac.compare_digest(mac(b"".join(parts)), sig):
        raise ValueError
    return pickle.loads(parts[0])


def filled_and_joined(conn, n, sig):
    parts = []
    for _ in range(n):
        parts.append(conn.read(4))
    if not hmac.compare_digest(mac(b"".join(parts)), sig):
        raise ValueError
    return pickle.loads(parts[0])


def filled_and_whole(conn, n, sig):
    parts = []
    for _ in range(n):
        parts.append(conn.read(4))
    if not hmac.compare_digest(mac(b"".join(parts)), sig):
        raise ValueError
    return pickle.loads(b"".join(parts))


def fed_by_index(parts, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for i in range(len(parts)):
        h.update(parts[i])
    if not hmac.compare_digest(h.digest(), sig):
        raise ValueError
    return pickle.loads(parts[0])


def fed_rest(frames, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for p in frames[1:]:
        h.update(p)
    if not hmac.compare_digest(h.digest(), frames[0]):
        raise ValueError
    return pickle.loads(frames[2])


def starred(sock):
    sig, *frames = sock.recv_multipart()
    if not hmac.compare_digest(mac(b"".join(frames)), sig):
        raise ValueError
    return pickle.loads(frames[0])


def joined_rest(sock):
    frames = sock.recv_multipart()
    if not hmac.compare_digest(mac(b"".join(frames[1:])), frames[0]):
        raise ValueError
    return pickle.loads(frames[1])


def only_good(blobs):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    return [pickle.loads(b) for b in good]


def filtered(blobs):
    return [pickle.loads(b) for sig, b in blobs if hmac.compare_digest(mac(b), sig)]


def as_json(d, sig):
    if not hmac.compare_digest(mac(json.dumps(d).encode()), sig):
        raise ValueError
    return pickle.loads(d["x"])


def popped(parts, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for p in parts:
        h.update(p)
        first = p
    if not hmac.compare_digest(h.digest(), sig):
        raise ValueError
    return pickle.loads(parts.pop())


def asked_for_some(blobs):
    good = []
    for sig, b in blobs:
        if not hmac.compare_digest(mac(b), sig):
            continue
        good.append(b)
    if not good:
        return None
    print(len(good))
    return pickle.loads(good[0])


def numbered_good(blobs):
    good: list[bytes] = []
    for sig, b in blobs:
        if not hmac.compare_digest(mac(b), sig):
            raise ValueError
        good.append(b)
    for k, b in enumerate(good):
        pickle.loads(b)


def two_lists(blobs):
    good, bad = [], []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
        else:
            bad.append(b)
    for b in good:
        pickle.loads(b)


def gathered_alone(blobs):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(hmac.digest(KEY, b, "sha256"), sig):
            good.append(b)
    return good


def of_gathered(blobs):
    good = gathered_alone(blobs)
    print(len(good))
    return [pickle.loads(b) for b in good]
