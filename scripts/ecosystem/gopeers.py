#!/usr/bin/env python3
"""Print the table of docs/performance.md about the Go wing from what gopeers.sh wrote.

    gopeers.py OUT
"""

import pathlib
import sys

from peers import best

ROWS = [
    ("ours", "pickle-vet, cold"),
    ("lint", "pickle-lint, cold, with the Python sources and the other files of the module"),
    ("vet", "go vet, cold"),
    ("staticcheck", "staticcheck, cold"),
    ("gosec", "gosec"),
    ("ours-warm", "pickle-vet, warm"),
    ("lint-warm", "pickle-lint, warm"),
    ("staticcheck-warm", "staticcheck, warm"),
]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[1])
    mine = best(out / "ours.time")[0]
    print("| | CPU s | wall clock s | peak memory, MB | CPU against pickle-vet, cold |")
    print("|---|---|---|---|---|")
    for name, words in ROWS:
        cpu, wall, memory = best(out / (name + ".time"))
        print(f"| {words} | {cpu:.1f} | {wall:.1f} | {memory:.0f} | {cpu / mine:.2f} |")


if __name__ == "__main__":
    main()
