#!/usr/bin/python3
"""Ask torch which checkpoints it loads with weights_only=True, to be compared with `pickle-lint blob --policy weights-only`.

    weights_only.py LINTER FILE...

A line is a file about which the two disagree; the last says how many there are. Run it with harmless files only: torch loads them.
"""

import collections
import json
import subprocess
import sys
import warnings

import torch

RULE = "PKL116"


def refusal(path):
    try:
        torch.load(path, weights_only=True, map_location="cpu")
    except Exception as e:  # whatever it is, the file was not loaded
        return "%s: %s" % (type(e).__name__, str(e).split("\n")[0][:200])
    return None


def main(linter, files):
    warnings.simplefilter("ignore")
    run = subprocess.run([linter, "blob", "--no-cache", "--policy", "weights-only", "-f", "json", "--", *files], stdout=subprocess.PIPE, check=False)
    ours = set()
    for line in run.stdout.splitlines():
        finding = json.loads(line).get("finding")
        if finding and finding["rule"] == RULE:
            ours.add(finding["path"])
    count = collections.Counter()
    for path in files:
        why = refusal(path)
        count[why is not None, path in ours] += 1
        if (why is not None) != (path in ours):
            print(path, "torch:", why or "loads", "pickle-lint:", RULE if path in ours else "nothing")
    print("torch %s: both refuse %d, both load %d, only torch refuses %d, only pickle-lint refuses %d" % (
        torch.__version__, count[True, True], count[False, False], count[True, False], count[False, True]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
