"""What a scanner in Python costs: the loop of those that read pickles with pickletools.genops.

    genops_scan.py make DIRECTORY    make small/ (2,000 pickles) and heavy/ (three of millions of ops)
    genops_scan.py time DIRECTORY    seconds to scan every file of a directory, and how many ops they have

The loop does what such scanners do: it opens each file, asks whether it is a zip, lists the ops of pickle after pickle, finds the
names of look-ups by walking the list (backwards for STACK_GLOBAL, with a memo of arguments), and looks each up in a list.
"""

import collections
import datetime
import decimal
import os
import pickle
import pickletools
import random
import sys
import time
import uuid
import zipfile


class Point:
    def __init__(self, i):
        self.x = i
        self.y = i + 1


def session(rng, i):
    return {
        "user": i, "name": "user %d" % i, "token": uuid.UUID(int=rng.getrandbits(128)).hex,
        "since": datetime.datetime(2026, 1, 1) + datetime.timedelta(seconds=i),
        "groups": ["g%d" % rng.randrange(50) for _ in range(rng.randrange(1, 12))],
        "cart": [{"sku": rng.randrange(10**6), "price": decimal.Decimal(rng.randrange(10**4)) / 100} for _ in range(rng.randrange(1, 20))],
        "flags": {rng.randrange(1000) for _ in range(8)}, "seen": collections.OrderedDict((k, k * 0.5) for k in range(10)),
    }


def dump(obj, protocol, *path):
    path = os.path.join(*path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        pickle.dump(obj, f, protocol)


def make(directory):
    rng = random.Random(1)
    for i in range(2000):
        dump(session(rng, i), (2, 4, 5)[i % 3], directory, "small", "%04d.pkl" % i)
    dump(list(range(5_000_000)), 4, directory, "heavy", "integers", "a.pkl")
    dump({"key %d" % i: "value %d" % i for i in range(1_000_000)}, 4, directory, "heavy", "strings", "a.pkl")
    dump([Point(i) for i in range(500_000)], 4, directory, "heavy", "objects", "a.pkl")


TEXT = {"SHORT_BINUNICODE", "UNICODE", "BINUNICODE", "BINUNICODE8", "STRING", "BINSTRING", "SHORT_BINSTRING"}
PUTS = {"PUT", "BINPUT", "LONG_BINPUT"}
GETS = {"GET", "BINGET", "LONG_BINGET"}
KNOWN = {"collections": {"OrderedDict"}, "datetime": {"datetime"}, "decimal": {"Decimal"}, "os": "*", "posix": "*", "subprocess": "*"}


def names(f):
    found, count = set(), 0
    while True:
        try:
            ops = list(pickletools.genops(f))
        except ValueError:
            return found, count
        count += len(ops)
        memo = {}
        for n, (op, arg, _) in enumerate(ops):
            name = op.name
            if name == "MEMOIZE" and n > 0:
                memo[len(memo)] = ops[n - 1][1]
            elif name in PUTS and n > 0:
                memo[arg] = ops[n - 1][1]
            elif name in ("GLOBAL", "INST"):
                found.add(tuple(arg.split(" ", 1)))
            elif name == "STACK_GLOBAL":
                values = []
                for back in range(1, n):
                    op, arg, _ = ops[n - back]
                    if op.name in ("MEMOIZE",) or op.name in PUTS:
                        continue
                    values.append(memo.get(arg, "unknown") if op.name in GETS else arg if op.name in TEXT else "unknown")
                    if len(values) == 2:
                        break
                found.add((values[1], values[0]))


def scan(directory):
    ops = bad = 0
    for folder, _, files in os.walk(directory):
        for name in files:
            with open(os.path.join(folder, name), "rb") as f:
                zipfile.is_zipfile(f)
                f.seek(0)
                found, n = names(f)
            ops += n
            for module, attr in found:
                filter = KNOWN.get(module)
                bad += filter is not None and filter != "*" and attr not in filter
    return ops


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    else:
        start = time.perf_counter()
        ops = scan(sys.argv[2])
        print(time.perf_counter() - start, ops)
