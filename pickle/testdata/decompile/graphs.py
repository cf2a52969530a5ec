"""Prints pickles of random graphs of literals, one a line, in hexadecimal: lists,
dicts and sets that are shared and that hold themselves."""

import pickle
import random
import sys

rng = random.Random(int(sys.argv[2]))
ATOMS = [
    None, True, False, 0, -1, 255, 65536, -2**31, 2**40, -2**70, 2**700, 0.0, -1.5, 1e300, 5e-324, float("inf"), "", "a", "it's", '"\'\\',
    "\n\r\t\0\x1b\u202e\ud800\U0001f600\u2026", "x" * 60, "y" * 300, b"", b"a'\"\\\n\x00\xff", b"z" * 90, (), frozenset(), frozenset({1, "b"}),
]


def graph():
    pool = [rng.choice(ATOMS) for _ in range(4)]
    for _ in range(rng.randrange(1, 14)):
        items = [rng.choice(pool if rng.random() < 0.7 else ATOMS) for _ in range(rng.choice([0, 1, 1, 2, 3, 4, 9]))]
        kind = rng.randrange(8)
        if kind < 2:
            new = items
        elif kind == 2:
            new = tuple(items)
        elif kind == 3:
            new = {rng.choice([1, "k", None, (1, "t"), b"k"]): it for it in items}
        elif kind == 4:
            new = {rng.choice([1, "k", None, (1, "t"), 2.5, "x" * 60]) for it in items}
        elif kind == 5:
            new = bytearray(rng.randbytes(rng.choice([0, 1, 5, 70])))
        elif kind == 6:
            new = [items, items, tuple(items), tuple(items)]
        else:
            new = [[items]]
            for _ in range(rng.choice([1, 5, 130])):
                new = rng.choice([lambda: [new], lambda: (new,), lambda: {"n": new}])()
        pool.append(new)
        for it in rng.sample(pool, 2):
            if isinstance(it, list) and len(it) < 30:
                it.append(rng.choice(pool))
            elif isinstance(it, dict):
                it["late"] = rng.choice(pool)
    return pool[rng.randrange(4, len(pool))] if rng.random() < 0.5 else pool


for _ in range(int(sys.argv[1])):
    obj = graph()
    for proto in range(pickle.HIGHEST_PROTOCOL + 1):
        print(rng.choice([pickle.dumps, pickle._dumps])(obj, proto).hex())
