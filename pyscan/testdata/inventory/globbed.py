import glob
import os
import pickle
from glob import iglob
from pathlib import Path

SPOOL = Path("/var/spool/shop")


def first():
    for name in sorted(glob.glob("/var/spool/shop/order-*.pkl")):
        with open(name, "rb") as f:
            yield pickle.load(f)  # site pickle.load file:/var/spool/shop/order-*.pkl format builtins.open


def second(base):
    for name in iglob(os.path.join(base, "jobs", "[0-9]?.pkl")):
        with open(name, "rb") as f:
            yield pickle.load(f)  # site pickle.load file:*/jobs/*.pkl format builtins.open


def third():
    for path in SPOOL.glob("state-*.pkl"):
        with path.open("rb") as f:
            yield pickle.load(f)  # site pickle.load file:/var/spool/shop/state-*.pkl format open


def fourth():
    return [pickle.loads(p.read_bytes()) for p in SPOOL.rglob("deep.pkl")]  # site pickle.loads file:/var/spool/shop/*deep.pkl format read_bytes


def two_loops():
    for name in glob.glob("a/*.pkl"):
        pass
    for name in glob.glob("b/*.pkl"):
        with open(name, "rb") as f:
            yield pickle.load(f)  # site pickle.load file:b/*.pkl format builtins.open


def either(flag):
    if flag:
        for name in glob.glob("a/*.pkl"):
            pass
    else:
        name = input()
    with open(name, "rb") as f:
        return pickle.load(f)  # site pickle.load file:* builtins.open


def pairs(names):
    for name in names:
        with open(name, "rb") as f:
            yield pickle.load(f)  # site pickle.load file:* builtins.open
