#!/usr/bin/env python3
"""Draw a sample of findings for a person to judge, and count the judgements.

    sample.py sheet --linter BIN DIR...    prints those not judged yet, with their source
    sample.py table --linter BIN DIR...    prints the table of docs/ecosystem.md

DIR is a tree that corpus.py made. The sample is the same for the same
findings, and nearly the same when a few come or go: the findings of each API
stand in an order by hash, and an API gives the first of them, three if it has
as many, and else in proportion to the square root of its findings. So rare
APIs are seen, and one that a library's tests call a thousand times does not
fill the sample.

judgements.tsv beside this script holds verdict, path, function, API, the text
of the line, which of several such lines, and why. Lines have no numbers, so
that judgements outlive other versions of linter and libraries. Verdicts:

    right      the call decodes such a format (or the setting turns it on), in no safe form
    wrong      it does not
    arguable   a person would have to know more than the file says
"""

import argparse
import collections
import hashlib
import json
import math
import pathlib
import subprocess
import sys

JUDGEMENTS = pathlib.Path(__file__).parent / "judgements.tsv"
SIZE, LEAST, SEED = 300, 3, "pickle-lint"
VERDICTS = ("right", "wrong", "arguable")

# The rules of which one has the finding about a load: PKL201, or one that says more of it.
LOADS = ("PKL201", "PKL203", "PKL204", "PKL205", "PKL206", "PKL207")


def report(linter, root):
    """The findings about loads and settings of sites, each once, with the function around it.

    All about loads count as PKL201: what is judged is whether that is a site."""
    run = subprocess.run([linter, "--no-cache", "--progress", "never", "--format", "json", "."], cwd=root, stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"{linter} ended with {run.returncode}")
    functions, found = {}, {}
    for line in run.stdout.splitlines():
        said = json.loads(line)
        if "site" in said:
            site = said["site"]
            functions[site["path"], site["offset"]] = site.get("function", "")
        if "finding" in said and said["finding"]["rule"] in (*LOADS, "PKL202"):
            f = said["finding"]
            if f["rule"] in LOADS:
                f["rule"] = LOADS[0]
            found[f["path"], f["offset"], f.get("callable", "")] = f
    found = {k: f for k, f in found.items() if k[:2] in functions}
    for f in found.values():
        f["function"] = functions.get((f["path"], f["offset"]), "")
    return sorted(found.values(), key=lambda f: (f["path"], f["offset"]))


def collect(linter, roots):
    """All findings of the trees, with a key and the lines of their source."""
    findings, seen = [], collections.Counter()
    for root in roots:
        texts = {}
        for f in report(linter, root):
            path = f["path"]
            if path not in texts:
                data = (pathlib.Path(root) / path).read_bytes() if (pathlib.Path(root) / path).is_file() else b""
                texts[path] = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
            f["lines"] = texts[path]
            text = " ".join(f["lines"][f["line"] - 1].split())[:100] if f["line"] <= len(f["lines"]) else ""
            key = (path, f["function"], f.get("callable", ""), text)
            seen[key] += 1
            f["key"] = (*key, str(seen[key]))
            findings.append(f)
    return findings


def draw(findings):
    """The sample, at most SIZE of the findings."""
    strata = collections.defaultdict(list)
    for f in findings:
        strata[f["rule"], f.get("callable", "")].append(f)
    order = []
    for stratum in strata.values():
        stratum.sort(key=lambda f: hashlib.sha256("\t".join((SEED, *f["key"])).encode()).digest())
        for rank, f in enumerate(stratum):
            order.append((rank >= LEAST, (rank + 1) / math.sqrt(len(stratum)), f["key"], f))
    order.sort(key=lambda o: o[:3])
    return sorted((o[3] for o in order[:SIZE]), key=lambda f: f["key"])


def judgements():
    read = {}
    if not JUDGEMENTS.exists():
        return read
    for number, line in enumerate(JUDGEMENTS.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        verdict, *key, why = line.split("\t")
        if verdict not in VERDICTS or len(key) != 5 or not why or tuple(key) in read:
            sys.exit(f"{JUDGEMENTS.name}:{number}: not a judgement, or the second of one site")
        read[tuple(key)] = verdict
    return read


def sheet(findings, judged):
    left = [f for f in draw(findings) if f["key"] not in judged]
    for f in left:
        print("?\t" + "\t".join(f["key"]) + "\t")
        print(f"    {f['rule']}, line {f['line']}: {f['message']}")
        for n in range(max(0, f["line"] - 13), min(len(f["lines"]), f["line"] + 6)):
            print(f"    {'>' if n == f['line'] - 1 else ' '} {f['lines'][n]}")
        print()
    print(f"{len(left)} of the sample are not judged", file=sys.stderr)


def in_tests(path):
    return any(part.startswith("test") or part in ("_test", "conftest.py") for part in pathlib.PurePosixPath(path.lower()).parts) or path.endswith("_test.py")


def group(f):
    return f["rule"], f.get("callable", "").split(".")[0].lstrip("_")


def row(name, findings, sample, judged):
    """One line of the table. The share of right ones is estimated API by API."""
    count = collections.Counter(judged[f["key"]] for f in sample)
    sizes = collections.Counter((f["rule"], f.get("callable")) for f in findings)
    drawn, wrong = collections.Counter(), collections.Counter()
    for f in sample:
        stratum = f["rule"], f.get("callable")
        drawn[stratum] += 1
        wrong[stratum] += judged[f["key"]] == "wrong"
    seen = sum(sizes[s] for s in drawn)
    estimate = 1 - sum(sizes[s] * wrong[s] / drawn[s] for s in drawn) / seen if seen else 0
    tests = sum(in_tests(f["path"]) for f in sample)
    print(f"| {name} | {len(findings)} | {len(sample)} | {tests} | {count['right']} | {count['arguable']} | {count['wrong']} | {estimate:.1%} |")


def table(findings, judged):
    sample = draw(findings)
    missing = sum(f["key"] not in judged for f in sample)
    if missing:
        sys.exit(f"{missing} of the sample are not judged: see `sample.py sheet`")
    groups = collections.Counter(map(group, findings))
    small = {g for g, n in groups.items() if n < 10}
    print("| API | findings | sample | of it in tests | right | arguable | wrong | not wrong, estimated |")
    print("|---|---|---|---|---|---|---|---|")
    for g, _ in groups.most_common():
        if g not in small:
            row(f"{g[0]} `{g[1]}`", [f for f in findings if group(f) == g], [f for f in sample if group(f) == g], judged)
    for rule in sorted({g[0] for g in small}):
        few = {g for g in small if g[0] == rule}
        row(f"{rule}, {len(few)} further packages", [f for f in findings if group(f) in few], [f for f in sample if group(f) in few], judged)
    row("**together**", findings, sample, judged)


def main():
    parser = argparse.ArgumentParser(description="sample findings, and count judgements")
    parser.add_argument("what", choices=("sheet", "table"))
    parser.add_argument("--linter", required=True)
    parser.add_argument("dirs", nargs="+")
    a = parser.parse_args()
    findings, judged = collect(str(pathlib.Path(a.linter).resolve()), a.dirs), judgements()
    {"sheet": sheet, "table": table}[a.what](findings, judged)


if __name__ == "__main__":
    main()
