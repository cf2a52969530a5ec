# Look-alikes: something else may be in the list.
import hmac
import os
import pickle

KEY = os.environ["KEY"].encode()


def mac(b):
    return hmac.digest(KEY, b, "sha256")


def evil_added(blobs, evil):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    good.append(evil)
    return [pickle.loads(b) for b in good]  # want "PKL20[15]"


def either_added(blobs):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
        else:
            good.append(b)
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def filled_by_others(blobs, fill):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    fill(good)
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def added_twice(blobs):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(sig + b + b)
        good.append(b)
        for x in good:
            pickle.loads(x)  # want "PKL20[15]"


def added_after(conn, n, sig):
    parts = []
    for _ in range(n):
        parts.append(conn.read(4))
    if not hmac.compare_digest(mac(b"".join(parts)), sig):
        raise ValueError
    parts.append(conn.read(4))
    return pickle.loads(parts[0])  # want "PKL20[15]"


def evil_summed(blobs, evil):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    good += [evil]
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def evil_set(blobs, evil):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    good[0] = evil
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def evil_first(blobs, evil):
    good = []
    good.append(evil)
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good += [b]
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def not_the_rest(frames):
    if not hmac.compare_digest(mac(b"".join(frames[1:])), frames[0]):
        raise ValueError
    return pickle.loads(frames[0])  # want "PKL20[15]"


def between(frames, k):
    if not hmac.compare_digest(mac(b"".join(frames[2:])), frames[0]):
        raise ValueError
    return pickle.loads(frames[1])  # want "PKL20[15]"


def other_list(parts, other, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for i, p in enumerate(parts):
        h.update(p)
    if not hmac.compare_digest(h.digest(), sig):
        raise ValueError
    return pickle.loads(other[0])  # want "PKL20[15]"


def not_all_fed(parts, sig):
    h = hmac.new(KEY, digestmod="sha256")
    for i in range(len(parts)):
        if i > 3:
            h.update(parts[i])
    if not hmac.compare_digest(h.digest(), sig):
        raise ValueError
    return pickle.loads(parts[0])  # want "PKL20[15]"


def before_check(blobs, evil):
    good = []
    while blobs:
        sig, b = blobs.pop()
        good.append(b)
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


class Kept:
    def load(self, blobs):
        good = []
        self.good = good
        for sig, b in blobs:
            if hmac.compare_digest(mac(b), sig):
                good.append(b)
        self.more()
        for b in good:
            pickle.loads(b)  # want "PKL20[15]"


def evil_in_comprehension(blobs, evil):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    [good.append(e) for e in evil]
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"


def gathered(blobs):
    good = []
    for sig, b in blobs:
        if hmac.compare_digest(mac(b), sig):
            good.append(b)
    return good


def gathered_and_mixed(blobs, mix):
    good = gathered(blobs)
    mix(good)
    for b in good:
        pickle.loads(b)  # want "PKL20[15]"
