#!/usr/bin/python3
"""Make honest pickles of many libraries, and list the globals that they need.

    harvest.py --out DIR --linter pickle-lint > catalog/harvest.txt

Nothing here judges: the globals are read by `pickle-lint trace`. The pickles stay in DIR.
"""

import argparse
import bz2
import collections
import gzip
import io
import json
import lzma
import os
import pickle
import platform
import re
import subprocess
import sys
import zlib
from importlib import metadata

import samples_models
import samples_numeric
import samples_stdlib
import samples_user
import samples_web

# How much of a stream's arguments matters: see pickle.LeadArgs.
LEAD = 3
DISTRIBUTIONS = {"sklearn": "scikit-learn", "dateutil": "python-dateutil", "PIL": "Pillow", "bs4": "beautifulsoup4", "yaml": "PyYAML"}
OWN = ("samples_", "__main__", "__mp_main__")


def version(library):
    if library in ("stdlib", "user"):
        return platform.python_version()
    try:
        return metadata.version(DISTRIBUTIONS.get(library, library))
    except metadata.PackageNotFoundError:
        return getattr(sys.modules[library], "__version__", "?")


def python_dumps(obj, protocol):
    f = io.BytesIO()
    pickle._Pickler(f, protocol).dump(obj)
    return f.getvalue()


class Writer:
    def __init__(self, out):
        self.out, self.count, self.failed = out, 0, collections.Counter()

    def write(self, library, label, name, data):
        folder = os.path.join(self.out, library)
        os.makedirs(folder, exist_ok=True)
        self.count += 1
        label = re.sub(r"\W", "_", label)
        with open(os.path.join(folder, "%05d-%s.%s" % (self.count, label, name)), "wb") as f:
            f.write(data)

    def pickles(self, library, label, obj):
        """All protocols, with the C pickler, and the Python one where it writes something else."""
        done = False
        for p in range(6):
            try:
                c = pickle.dumps(obj, p)
            except Exception:
                continue
            done = True
            self.write(library, label, "p%d" % p, c)
            try:
                py = python_dumps(obj, p)
            except Exception:
                continue
            if len(py) != len(c):
                self.write(library, label, "py%d" % p, py)
        if not done:
            self.failed[library + " " + label] += 1


def safely(generator, failed):
    it = generator()
    while True:
        try:
            yield next(it)
        except StopIteration:
            return
        except Exception as e:
            failed[generator.__module__ + "." + generator.__name__ + ": " + repr(e)[:100]] += 1
            return


def saved(call):
    f = io.BytesIO()
    call(f)
    return f.getvalue()


def files(w, made):
    """The writers of libraries that make files around pickles."""
    arrays = [o for lib, label, o in made if lib == "numpy"][:40]
    try:
        import numpy as np
        for a in arrays:
            if isinstance(a, np.ndarray):
                w.write("numpy", "save", "npy", saved(lambda f: np.save(f, a)))
                w.write("numpy", "savez", "npz", saved(lambda f: np.savez(f, a=a)))
                w.write("numpy", "savezc", "npz", saved(lambda f: np.savez_compressed(f, a=a)))
    except ImportError:
        pass
    try:
        import joblib
        for lib, label, o in made:
            if lib in ("numpy", "pandas", "sklearn"):
                for c in (0, 3):
                    try:
                        w.write(lib, label, "joblib%d" % c, saved(lambda f: joblib.dump(o, f, compress=c)))
                    except Exception:
                        continue
        for c in ("zlib", "gzip", "bz2", "xz", "lzma", "lz4"):
            path = os.path.join(w.out, "joblib." + c)
            try:
                joblib.dump(arrays, path, compress=(c, 3))
            except Exception as e:
                w.failed["joblib " + c + ": " + repr(e)[:80]] += 1
    except ImportError:
        pass
    try:
        import pandas as pd
        for i, o in enumerate(o for lib, label, o in made if lib == "pandas" and isinstance(o, (pd.DataFrame, pd.Series))):
            for c in ("gzip", "bz2", "xz", "zip", "tar", "zstd", None):
                try:
                    o.to_pickle(os.path.join(w.out, "pandas-%d.%s" % (i, c)), compression=c)
                except Exception as e:
                    w.failed["to_pickle " + str(c) + ": " + repr(e)[:80]] += 1
            if i == 4:
                break
    except ImportError:
        pass
    try:
        import torch
        for lib, label, o in made:
            if lib == "torch":
                for name, new in (("pt", True), ("legacy", False)):
                    try:
                        w.write("torch", label, name, saved(lambda f: torch.save(o, f, _use_new_zipfile_serialization=new)))
                    except Exception as e:
                        w.failed["torch.save " + label + repr(e)[:80]] += 1
    except ImportError:
        pass
    data = pickle.dumps([o for lib, label, o in made if label in ("datetime", "uuid")])
    for name, f in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zz", zlib.compress)):
        w.write("stdlib", "compressed", name, f(data))


def make(out):
    w, versions, made = Writer(out), {}, []
    sources = {"stdlib": samples_stdlib.samples, "user": samples_user.samples}
    for m in (samples_numeric, samples_models, samples_web):
        sources.update(m.SAMPLES)
    for library, generator in sources.items():
        n = len(made)
        for label, obj in safely(generator, w.failed):
            made.append((library, label, obj))
            for part in obj if type(obj) is list and 1 < len(obj) and label not in ("recursion",) else [obj]:
                w.pickles(library, label, part)
        if len(made) > n:
            versions[library] = version(library)
    files(w, made)
    return w, versions


# ---- reading what the product says

def split(args):
    """The positional arguments of a rendering, at its top level."""
    out, depth, quote, start, i = [], 0, "", 0, 0
    while i < len(args):
        c = args[i]
        if quote:
            if c == "\\":
                i += 1
            elif c == quote:
                quote = ""
        elif c in "'\"":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and depth == 0:
            out.append(args[start:i].strip())
            start = i + 1
        i += 1
    last = args[start:].strip()
    return out + [last] if last else out


VALUE = re.compile(r"[-+]?[\d.]|[bf]?['\"]|bytearray\(|(None|True|False|inf|nan|-inf)\b|<int")
OBJECT = re.compile(r"[\w.]+\(…\)")


def shape(args, names):
    """How the first arguments look: @module:name, v for values, t for containers of objects, w for what getattr took,
    o for other objects."""
    out = []
    for a in split(args)[:LEAD]:
        if a in names:
            out.append("@" + names[a])
        elif a[:1] in ("(", "[", "{") or a.startswith(("set(", "frozenset(")):
            out.append("t" if OBJECT.search(a) else "v")
        elif a == "builtins.getattr(…)":
            out.append("w")
        elif OBJECT.match(a):
            out.append("o")
        elif VALUE.match(a):
            out.append("v")
        else:
            break
    return out


def uses(stream):
    """Each global of a stream with the uses made of it."""
    names = {g["module"] + "." + ".".join(g["path"]): g["module"] + ":" + ".".join(g["path"]) for g in stream["globals"] if g["resolved"]}
    out = {n: {"name"} for n in names.values()}
    for c in stream["calls"]:
        target, kind = c["target"], c["kind"]
        made = target.endswith("(…)")
        name = names.get(target[:-3] if made else target)
        if name is None:
            continue
        if made:
            out[name].add(kind if kind != "call" else "called")
        elif kind in ("call", "new"):
            n = c["nargs"]
            args = split(c["args"])
            if name == "builtins:getattr" and len(args) == 2:
                of = names.get(args[0].removesuffix("(…)"))
                if of is not None and not of.startswith("copyreg:"):
                    out.setdefault(of + "." + args[1].strip("'"), set()).add("walk")
                    continue
            out[name].add("%s/%s%s" % (kind, "?" if n is None else n, "".join("," + s for s in shape(c["args"], names))))
        else:
            out[name].add("on:" + kind)
    return out


def trace(linter, out):
    paths = sorted(os.path.join(d, f) for d, _, fs in os.walk(out) for f in fs)
    for i in range(0, len(paths), 500):
        r = subprocess.run([linter, "trace", "--format", "json"] + paths[i:i + 500], stdout=subprocess.PIPE, check=False)
        for line in r.stdout.splitlines():
            stream = json.loads(line)
            if not stream["carved"] and stream["error"] is None:
                yield stream


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("--linter", required=True)
    a = p.parse_args()
    w, versions = make(a.out)
    found, libraries = collections.defaultdict(set), collections.defaultdict(set)
    for s in trace(a.linter, a.out):
        parts = os.path.relpath(s["path"], a.out).split(os.sep)
        library = parts[0] if len(parts) > 1 else re.split(r"[-.]", parts[0])[0]
        for name, how in uses(s).items():
            if name.startswith(OWN):
                continue
            found[name] |= how
            libraries[name].add("stdlib" if library == "user" else library)
    print("# Globals that honest pickles need, and how they use them. Written by scripts/harvest/harvest.py; do not edit.")
    print("#")
    print("# Per line: module:name, the libraries whose objects need it, and the uses. A use is name (looked up), walk (taken by getattr),")
    print("# call/N or new/N with the first of N arguments (v a value, t a container of objects, w what getattr took, o an object, @ a")
    print("# global), on: what is done to an instance, or what is done to what the call returned.")
    print("#")
    for library, v in sorted(versions.items()):
        if library != "user":
            print("# %s %s" % (library, v))
    print()
    for name in sorted(found):
        how = sorted(found[name])
        print("%s %s %s" % (name, ",".join(sorted(libraries[name])), " ".join(how)))
    for f, n in sorted(w.failed.items()):
        print("not pickled: %s (%d)" % (f, n), file=sys.stderr)


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    main()
