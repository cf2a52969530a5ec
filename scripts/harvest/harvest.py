#!/usr/bin/python3
# /// script
# requires-python = ">=3.9"
# ///
"""Make honest pickles of the libraries that are installed, and list the globals that they need. See README.md.

    harvest.py --out DIR                       makes the pickles, which stay in DIR
    harvest.py --made DIR --linter BIN         lists the globals of what was made, here or elsewhere
    harvest.py --out DIR --linter BIN          does both

Nothing here judges: the globals are read by `pickle-lint trace`.
"""

import argparse
import bz2
import collections
import datetime
import gzip
import importlib
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

import tolerant

# How much of a stream's arguments matters: see pickle.LeadArgs.
LEAD = 3
DISTRIBUTIONS = {"sklearn": "scikit-learn", "dateutil": "python-dateutil", "PIL": "Pillow", "bs4": "beautifulsoup4", "yaml": "PyYAML"}
VERSIONS = "versions.json"
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
    """Writes the pickles of one generator of samples of a library."""

    def __init__(self, out, library, source):
        self.folder = os.path.join(out, library)
        self.source, self.count, self.failed = source, 0, collections.Counter()
        os.makedirs(self.folder, exist_ok=True)

    def path(self, label, name):
        self.count += 1
        return os.path.join(self.folder, "%s-%05d-%s.%s" % (self.source, self.count, re.sub(r"\W", "_", label), name))

    def write(self, label, name, data):
        with open(self.path(label, name), "wb") as f:
            f.write(data)

    def fail(self, what, error):
        self.failed["%s: %s" % (what, str(error).split("\n")[0][:80])] += 1

    def pickles(self, label, obj):
        """All protocols, with the C pickler, and the Python one where it writes something else."""
        done, why = False, None
        for p in range(6):
            try:
                c = pickle.dumps(obj, p)
            except Exception as e:
                why = e
                continue
            done = True
            self.write(label, "p%d" % p, c)
            try:
                py = python_dumps(obj, p)
            except Exception:
                continue
            if len(py) != len(c):
                self.write(label, "py%d" % p, py)
        if not done:
            self.fail(label, why)

    def call(self, label, name, save):
        """What save writes into a file that is open, if it does."""
        f = io.BytesIO()
        try:
            save(f)
        except Exception as e:
            self.fail("%s as %s" % (label, name), e)
            return
        self.write(label, name, f.getvalue())


def joblib_files(w, made):
    import joblib
    for label, o in made:
        for c in (0, 3):
            # No protocol: what the library writes by itself is what is to be known.
            w.call(label, "joblib%d" % c, lambda f: joblib.dump(o, f, compress=c))


def numpy_files(w, made):
    import joblib
    import numpy as np
    arrays = [o for _, o in made if isinstance(o, np.ndarray)][:40]
    for a in arrays:
        w.call("save", "npy", lambda f: np.save(f, a))
        w.call("savez", "npz", lambda f: np.savez(f, a=a))
        w.call("savezc", "npz", lambda f: np.savez_compressed(f, a=a))
    joblib_files(w, made)
    for c in ("zlib", "gzip", "bz2", "xz", "lzma", "lz4"):
        try:
            # No protocol: what the library writes by itself is what is to be known.
            joblib.dump(arrays, w.path("joblib", c), compress=(c, 3))
        except Exception as e:
            w.fail("joblib " + c, e)


def pandas_files(w, made):
    import pandas as pd
    joblib_files(w, made)
    for o in [o for _, o in made if isinstance(o, (pd.DataFrame, pd.Series))][:5]:
        for c in ("gzip", "bz2", "xz", "zip", "tar", "zstd", None):
            try:
                # No protocol: what the library writes by itself is what is to be known.
                o.to_pickle(w.path("to_pickle", str(c)), compression=c)
            except Exception as e:
                w.fail("to_pickle " + str(c), e)


def torch_files(w, made):
    import torch
    for label, o in made:
        for name, new in (("pt", True), ("legacy", False)):
            w.call(label, name, lambda f: torch.save(o, f, _use_new_zipfile_serialization=new))


def compressed_files(w, made):
    data = pickle.dumps([o for label, o in made if label in ("datetime", "uuid")])
    for name, f in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zz", zlib.compress)):
        w.write("compressed", name, f(data))


def code_files(w, made):
    """Plain data and classes by name, written by the picklers that can write code."""
    import samples_user
    library = importlib.import_module(os.path.basename(w.folder))
    own = [samples_user.Plain(1), {"a": samples_user.Order(1, datetime.datetime(2026, 1, 1))}, samples_user.Colour.RED, samples_user.function]
    for o in [o for _, o in made] + own:
        for p in range(2, 6):
            w.call("data", "p%d" % p, lambda f: library.dump(o, f, p))


# The writers of libraries that make files around pickles.
FILES = {"numpy": numpy_files, "pandas": pandas_files, "stdlib": compressed_files}
FILES.update((n, joblib_files) for n in ("sklearn", "imblearn", "xgboost", "lightgbm"))
FILES.update((n, torch_files) for n in ("torch", "torchvision", "torchaudio", "transformers"))
FILES.update((n, code_files) for n in ("dill", "cloudpickle"))

MODULES = ("samples_stdlib", "samples_user", "samples_numeric", "samples_models", "samples_torch", "samples_web", "samples_science")


def run(out, library, generator):
    """Makes the pickles of one generator, and says what was not made."""
    if library not in ("stdlib", "user"):
        try:
            importlib.import_module(library)
        except Exception as e:
            print("not installed: %s: %s" % (library, e), file=sys.stderr)
            return None
    w, made = Writer(out, library, generator.__name__), []
    try:
        for label, obj in generator():
            many = type(obj) is list and len(obj) > 1 and label != "recursion"
            for part in obj if many else [obj]:
                made.append((label, part))
                w.pickles(label, part)
    except Exception as e:
        tolerant.skip("%s.%s, which breaks off" % (generator.__module__, generator.__name__), e)
    if library in FILES:
        FILES[library](w, made)
    for place, error in tolerant.SKIPPED:
        print("not made: %s %s: %s" % (library, place, error), file=sys.stderr)
    for f, n in sorted(w.failed.items()):
        print("not pickled: %s %s (%d)" % (library, f, n), file=sys.stderr)
    return {"version": version(library), "files": w.count, "not made": len(tolerant.SKIPPED), "not pickled": sum(w.failed.values())}


def apart(out, library, generator):
    """Runs it in a process of its own: some libraries end theirs when they are asked to pickle something."""
    r, w = os.pipe()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(r)
            with os.fdopen(w, "w") as f:
                json.dump(run(out, library, generator), f)
            sys.stderr.flush()
        finally:
            os._exit(0)
    os.close(w)
    with os.fdopen(r) as f:
        said = f.read()
    _, status = os.waitpid(pid, 0)
    if status != 0 or not said:
        print("died: %s.%s with status %d; what it had written is kept" % (generator.__module__, generator.__name__, status), file=sys.stderr)
        return {"version": "?", "files": 0, "not made": 0, "not pickled": 0}
    return json.loads(said)


def make(out, only):
    versions, sums, known = {}, collections.Counter(), set()
    os.makedirs(out, exist_ok=True)
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    for name in MODULES:
        # The classes of samples_user are pickled by name.
        m = importlib.import_module(name) if name == "samples_user" else tolerant.load(name)
        known.update(m.SAMPLES)
        for library, generators in m.SAMPLES.items():
            for g in generators:
                said = apart(out, library, g) if not only or library in only else None
                if said:
                    if versions.get(library, "?") == "?":
                        versions[library] = said["version"]
                    sums.update({k: n for k, n in said.items() if k != "version"})
    for library in sorted(set(only or ()) - known):
        sys.exit("no samples of %s; there are some of %s" % (library, ", ".join(sorted(known))))
    if not versions:
        sys.exit("nothing was made")
    with open(os.path.join(out, VERSIONS), "w") as f:
        json.dump(versions, f, indent=1, sort_keys=True)
    print("%d libraries: %s" % (len(versions), ", ".join("%d %s" % (n, k) for k, n in sums.items())), file=sys.stderr)


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
    paths = sorted(os.path.join(d, f) for d, _, fs in os.walk(out) for f in fs if f != VERSIONS)
    for i in range(0, len(paths), 500):
        r = subprocess.run([linter, "trace", "--format", "json"] + paths[i:i + 500], stdout=subprocess.PIPE, check=False)
        for line in r.stdout.splitlines():
            stream = json.loads(line)
            # Behind an array of objects joblib has a pickle with a memo of its own. Read as one stream, as plain loaders do,
            # the names in it come out wrong; the pickle itself is a stream of its own here.
            if any(a["pickled"] for a in stream["arrays"]):
                continue
            if not stream["carved"] and stream["error"] is None:
                yield stream


def read(linter, out):
    found, libraries = collections.defaultdict(set), collections.defaultdict(set)
    for s in trace(linter, out):
        parts = os.path.relpath(s["path"], out).split(os.sep)
        library = parts[0]
        for name, how in uses(s).items():
            if name.startswith(OWN):
                continue
            found[name] |= how
            libraries[name].add("stdlib" if library == "user" else library)
    with open(os.path.join(out, VERSIONS)) as f:
        versions = json.load(f)
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


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", help="make pickles in this directory")
    p.add_argument("--only", action="append", help="of this library only; can be given again")
    p.add_argument("--made", help="list the globals of the pickles in this directory")
    p.add_argument("--linter", help="the pickle-lint that reads them")
    a = p.parse_args()
    if not a.out and not (a.made and a.linter):
        p.error("--out DIR, or --made DIR --linter BIN")
    if a.made and not os.path.exists(os.path.join(a.made, VERSIONS)):
        p.error("--made %s: there is no %s, which --out writes" % (a.made, VERSIONS))
    if a.out:
        make(a.out, a.only)
    if a.linter:
        read(a.linter, a.made or a.out)


if __name__ == "__main__":
    main()
