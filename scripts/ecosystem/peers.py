#!/usr/bin/env python3
"""Print the tables of docs/ecosystem.md from what peers.sh wrote.

    peers.py OUT TREE

A site of a peer and one of ours are the same when the peer's line is among
the lines of our call. Findings about imports (B403, S403) are counted apart:
we report what decodes, not what is imported for it.
"""

import collections
import json
import pathlib
import sys

IMPORTS = {"B403", "S403"}


def lines(path):
    for line in path.read_text(errors="replace").splitlines():
        if line.startswith("{"):
            yield json.loads(line)


def ours(path):
    """The sites by file: first line, last line, API, and why it is safe, if it is."""
    sites = collections.defaultdict(list)
    for said in lines(path):
        if "site" in said:
            s = said["site"]
            sites[s["path"]].append((s["line"], s["end_line"], s["api"], s.get("safe", "")))
    return sites


def ruff(path):
    found = [(d["path"], d["line"], d["rule"]) for d in lines(path) if "rule" in d]
    return found, sum("broken" in d for d in lines(path))


def bandit(path):
    report = json.loads(path.read_text())
    return [(r["filename"].removeprefix("./"), r["line_number"], r["test_id"]) for r in report["results"]], len(report["errors"])


def size(root):
    paths = [p for p in pathlib.Path(root).rglob("*") if p.is_file() and not p.is_symlink()]
    return len(paths), sum(p.stat().st_size for p in paths) / 1e6


def best(path):
    """CPU seconds, seconds of wall clock, and MB of memory: the better of the runs."""
    runs = []
    for line in path.read_text().splitlines():
        fields = line.split()
        if len(fields) == 4:
            user, system, wall, memory = map(float, fields)
            runs.append((user + system, wall, memory / 1024))
    return min(runs)


def speed(out, title, root, names):
    files, mb = size(root)
    print(f"\n{title}: {files} files, {mb:.0f} MB\n")
    print("| | CPU s | wall clock s | MB/s of CPU | peak memory, MB | CPU against ours on one core |")
    print("|---|---|---|---|---|---|")
    mine = best(out / (names[0][0] + ".time"))[0]
    for name, words in names:
        cpu, wall, memory = best(out / (name + ".time"))
        print(f"| {words} | {cpu:.2f} | {wall:.2f} | {mb / cpu:.1f} | {memory:.0f} | {cpu / mine:.2f} |")


def compare(out, title, mine, theirs, broken):
    decode = sorted({t for t in theirs if t[2] not in IMPORTS})
    total = sum(map(len, mine.values()))
    unsafe = sum(not s[3] for sites in mine.values() for s in sites)
    met, only, settled = set(), [], []
    for path, line, rule in decode:
        hits = [(path, *s) for s in mine.get(path, ()) if s[0] <= line <= s[1]]
        met.update(hits)
        if not hits:
            only.append((path, line, rule))
        elif all(h[4] for h in hits):
            settled.append((path, line, rule, hits[0][4]))
    print(f"\n{title}: it reports {len(decode)} lines that decode and {len(theirs) - len(decode)} about imports, and cannot read {broken} files;")
    print(f"of the lines {len(decode) - len(only)} are ours, too ({len(settled)} of them in a form that we take as safe), and {len(only)} are not.")
    print(f"We have {total} sites, {unsafe} of them not in a safe form; {total - len(met)} it does not have:\n")
    alone = collections.Counter(s[2].split(".")[0] for path, sites in mine.items() for s in sites if (path, *s) not in met)
    print("| library | sites only we have |")
    print("|---|---|")
    for library, n in alone.most_common():
        print(f"| `{library}` | {n} |")
    name = title.split()[0]
    with open(out / f"only-{name}.txt", "w") as w:
        for row in only:
            print(*row, file=w)
        for row in settled:
            print(*row, "(a site of ours)", file=w)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    out, tree = pathlib.Path(sys.argv[1]), sys.argv[2]
    speed(out, "The whole tree", tree, [("ours-one", "pickle-lint, one core"), ("ours-all", "pickle-lint, all cores"), ("grep", "`grep -rlE`"), ("ruff", "ruff")])
    speed(out, "A part of it", out / "part", [("part-ours-one", "pickle-lint, one core"), ("part-grep", "`grep -rlE`"), ("part-ruff", "ruff"), ("part-bandit", "bandit")])
    compare(out, "ruff on the whole tree", ours(out / "ours-one"), *ruff(out / "ruff"))
    compare(out, "bandit on the part", ours(out / "part-ours-one"), *bandit(out / "part-bandit"))


if __name__ == "__main__":
    main()
