#!/usr/bin/python3
"""Count the alarms about honest pickles, by library, and list what they are about.

    alarms.py --linter BIN DIR...

DIR is what harvest.py made. Per line: how many files, the severity and rule, the callable, and one of the files.
"""

import argparse
import collections
import json
import os
import subprocess


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--linter", required=True)
    p.add_argument("--notes", action="store_true", help="list the notes, too")
    p.add_argument("dirs", nargs="+")
    a = p.parse_args()
    for d in a.dirs:
        paths = sorted(os.path.join(f, n) for f, _, names in os.walk(d) for n in names if n != "versions.json")
        worst, about, sample = {}, collections.defaultdict(set), {}
        skipped = set()
        for i in range(0, len(paths), 1000):
            r = subprocess.run([a.linter, "blob", "--format", "json"] + paths[i:i + 1000], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
            for line in r.stdout.splitlines():
                said = json.loads(line)
                if "skip" in said:
                    skipped.add(said["skip"]["path"])
                if "finding" not in said:
                    continue
                f = said["finding"]
                path, level = f["path"], f["severity"]
                if {"error": 2, "warning": 1}.get(level, 0) > {"error": 2, "warning": 1}.get(worst.get(path), 0):
                    worst[path] = level
                if level != "note" or a.notes:
                    key = (level, f["name"], f.get("callable") or f["message"][:60])
                    about[key].add(path)
                    sample.setdefault(key, (path, f["message"]))
        n = collections.Counter(worst.values())
        print("%s: %d files; %d with errors, %d with warnings only, %d not fully read" % (d, len(paths), n["error"], n["warning"], len(skipped)))
        by = collections.defaultdict(collections.Counter)
        for path in paths:
            by[os.path.relpath(path, d).split(os.sep)[0]][worst.get(path, "silent")] += 1
        for library, c in sorted(by.items()):
            if c["error"] or c["warning"]:
                print("%s: %d files; %d with errors, %d with warnings only" % (library, sum(c.values()), c["error"], c["warning"]))
        for key, files in sorted(about.items(), key=lambda x: (x[0][0], -len(x[1]), x[0])):
            path, message = sample[key]
            libs = sorted({os.path.relpath(f, d).split(os.sep)[0] for f in files})
            print("%5d %s %s %s  [%s] %s: %s" % ((len(files),) + key + (",".join(libs), os.path.relpath(path, d), message[:300])))


if __name__ == "__main__":
    main()
