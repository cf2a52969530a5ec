"""Makes the pickles of the benchmarks, and times CPython over them.

    bench.py make DIRECTORY
    bench.py time FILE        seconds of pickletools.genops and of pickle.loads
"""

import gc
import os
import pickle
import pickletools
import sys
import time


class Point:
    def __init__(self, i):
        self.x = i
        self.y = i + 1


CASES = {
    "ints": lambda: list(range(5_000_000)),
    "strings": lambda: {"key %d" % i: "value %d" % i for i in range(1_000_000)},
    "objects": lambda: [Point(i) for i in range(1_000_000)],
}


def make(directory):
    for name, case in CASES.items():
        with open(os.path.join(directory, name + ".pkl"), "wb") as file:
            pickle.dump(case(), file, 4)


def timed(run, times):
    best = float("inf")
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - start)
        del result
    return best


def genops(data):
    for _ in pickletools.genops(data):
        pass


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    else:
        with open(sys.argv[2], "rb") as file:
            data = file.read()
        print(timed(lambda: genops(data), 1), timed(lambda: pickle.loads(data), 3))
