#!/usr/bin/env python3
"""List the lines that spell a load, such as pickle.load(, and are no site.

    words.py --linter BIN DIR...

Comments and strings do not count. The search knows no imports, so what it lists
is to be looked at: a miss, or something else of that name.
"""

import argparse
import collections
import io
import json
import pathlib
import re
import subprocess
import tokenize

SPELLED = re.compile(
    r"\b(c?[pP]ickle|_pickle|dill|marshal|cloudpickle|shelve|joblib|torch|jsonpickle|yaml|pd|pandas)"
    r"\s*\.\s*(loads?|Unpickler|open|read_pickle|decode|unsafe_load|full_load|load_all)\s*\("
)


def sites(linter, root):
    run = subprocess.run([linter, "--no-cache", "--progress", "never", "--format", "json", "."], cwd=root, stdout=subprocess.PIPE, check=False)
    out = collections.defaultdict(list)
    for said in map(json.loads, run.stdout.splitlines()):
        if "site" in said:
            out[said["site"]["path"]].append((said["site"]["line"], said["site"]["end_line"]))
    return out


def code(text):
    """The lines of a source without its strings and comments, as far as tokens go."""
    lines = text.split("\n")
    try:
        for t in tokenize.generate_tokens(io.StringIO(text).readline):
            if t.type not in (tokenize.STRING, tokenize.COMMENT):
                continue
            for n in range(t.start[0], t.end[0] + 1):
                line = lines[n - 1]
                begin = t.start[1] if n == t.start[0] else 0
                end = t.end[1] if n == t.end[0] else len(line)
                lines[n - 1] = line[:begin] + " " * (end - begin) + line[end:]
    except (tokenize.TokenError, SyntaxError):
        pass
    return lines


def main():
    parser = argparse.ArgumentParser(description="list lines that spell a load and are no site")
    parser.add_argument("--linter", required=True)
    parser.add_argument("dirs", nargs="+")
    a = parser.parse_args()
    spelled = missing = 0
    for root in map(pathlib.Path, a.dirs):
        known = sites(str(pathlib.Path(a.linter).resolve()), root)
        for path in sorted(root.rglob("*.py")):
            text = path.read_bytes().decode("utf-8", "replace")
            if not SPELLED.search(text):
                continue
            name = path.relative_to(root).as_posix()
            for n, line in enumerate(code(text), 1):
                if SPELLED.search(line):
                    spelled += 1
                    if not any(begin <= n <= end for begin, end in known[name]):
                        missing += 1
                        print(f"{name}:{n}: {line.strip()}")
    print(f"{spelled} lines spell a load, {missing} of them are no site")


if __name__ == "__main__":
    main()
