#!/usr/bin/env python3
"""Hold inventories against "pickle-lint sites", and against CPython's own parser.

    inventory.py --linter BIN DIR...

Each site of "pickle-lint sites" has to be a consumer exactly once, and no consumer
may be anything else. Each call that spells a dump or a load, with the imports of its
file resolved in the plainest way, has to be a producer or a consumer exactly once;
what is not is listed, and is to be looked at. Producers that the search does not know
(settings, methods of picklers, other libraries) are only counted, and held to be there
once.
"""

import argparse
import ast
import collections
import json
import pathlib
import subprocess
import warnings

PICKLES = ("pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "torch", "marshal", "pandas", "numpy")
DUMPS = {f"{m}.{f}" for m in ("pickle", "cPickle", "_pickle", "dill", "cloudpickle") for f in ("dump", "dumps")}
DUMPS |= {"joblib.dump", "torch.save", "pandas.to_pickle", "shelve.open"}
LOADS = {f"{m}.{f}" for m in ("pickle", "cPickle", "_pickle", "dill", "cloudpickle") for f in ("load", "loads")}
LOADS |= {"joblib.load", "torch.load", "pandas.read_pickle", "shelve.open", "marshal.load", "marshal.loads"}


def run(linter, root, *words):
    done = subprocess.run([linter, *words, "--no-gitignore", "--progress", "never", "."], cwd=root, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{words[0]}: exit code {done.returncode}")
    return done.stdout


def prefix(root):
    """What stands before the paths of an inventory: they begin at the top of the checkout."""
    done = subprocess.run(["git", "rev-parse", "--show-prefix"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode().strip()


def key(place):
    return place["path"], place["line"], place["column"], place["api"]


def calls(text):
    """The calls of a source: (name, line, column in bytes), the name with its import resolved."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    known = {}
    for n in ast.walk(tree):
        if isinstance(n, ast.Import):
            for a in n.names:
                known[a.asname or a.name.split(".")[0]] = a.name if a.asname else a.name.split(".")[0]
        elif isinstance(n, ast.ImportFrom) and not n.level:
            for a in n.names:
                known[a.asname or a.name] = f"{n.module}.{a.name}"
    for n in ast.walk(tree):
        if not isinstance(n, ast.Call):
            continue
        parts, f = [], n.func
        while isinstance(f, ast.Attribute):
            parts.insert(0, f.attr)
            f = f.value
        if parts and parts[-1] == "to_pickle":
            yield "pandas.to_pickle", n
        elif isinstance(f, ast.Name) and f.id in known:
            yield ".".join([known[f.id], *parts]), n


def covers(ends, n):
    """The ends that stand where a call does."""
    return [e for e in ends if (e["line"], e["column"] - 1) == (n.lineno, n.col_offset)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--linter", required=True)
    parser.add_argument("dirs", nargs="+")
    a = parser.parse_args()
    linter = str(pathlib.Path(a.linter).resolve())
    for root in map(pathlib.Path, a.dirs):
        lines = map(json.loads, run(linter, root, "sites", "--format", "json").splitlines())
        sites = collections.Counter(key(m["site"]) for m in lines if "site" in m)
        record = json.loads(run(linter, root, "inventory", "--format", "json", "--fail-on", "never"))
        ends = {w: [e for c in record["channels"] for e in c[w] if not e.get("external")] for w in ("producers", "consumers")}
        begin = prefix(root)
        for e in (*ends["producers"], *ends["consumers"]):
            e["path"] = e["path"].removeprefix(begin)
        consumers, producers = (collections.Counter(map(key, ends[w])) for w in ("consumers", "producers"))
        wrong = sum((sites - consumers).values()) + sum((consumers - sites).values())
        twice = sum(n - 1 for n in producers.values())
        spelled, missing, unread = collections.Counter(), collections.Counter(), 0
        at = {w: collections.defaultdict(list) for w in ends}
        for w, all_ends in ends.items():
            for e in all_ends:
                at[w][e["path"]].append(e)
        for path in sorted(root.rglob("*.py")):
            name, text = path.relative_to(root).as_posix(), path.read_bytes()
            if not any(m.encode() in text for m in PICKLES):
                continue
            try:
                found = list(calls(text))
            except (SyntaxError, ValueError, RecursionError):
                unread += 1
                continue
            for api, n in found:
                for w, apis in (("producers", DUMPS), ("consumers", LOADS)):
                    if api not in apis:
                        continue
                    spelled[w] += 1
                    if len(covers(at[w][name], n)) != 1:
                        missing[w] += 1
                        print(f"{name}:{n.lineno}: {len(covers(at[w][name], n))} {w} at {api}")
        print(
            f"{root}: {sum(sites.values())} sites, {wrong} not a consumer once; {sum(producers.values())} producers, {twice} twice; "
            f"by the parser {spelled['consumers']} loads, {missing['consumers']} not there once, "
            f"{spelled['producers']} dumps, {missing['producers']} not there once; {unread} sources that it cannot read"
        )


if __name__ == "__main__":
    main()
