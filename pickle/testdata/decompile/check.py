"""Reads lines of JSON, {"hex": …, "text": …}, and prints a line for each text that
Python does not read, or whose result is not what pickle.loads makes of the bytes.
Without "hex" a text is parsed and not executed."""

import ast
import contextlib
import io
import json
import pickle
import re
import sys

with open("testdata/objects.py") as f, contextlib.redirect_stdout(io.StringIO()):
    exec(f.read())  # the classes of its pickles are looked up in __main__

sys.setrecursionlimit(10000)


def build(inst, state):
    """What BUILD does; the text writes its first branch."""
    setstate = getattr(inst, "__setstate__", None)
    if setstate is not None:
        return setstate(state)
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state:
        inst.__dict__.update(state)
    for k, v in (slots or {}).items():
        setattr(inst, k, v)


class Builds(ast.NodeTransformer):
    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "__setstate__":
            node.args.insert(0, node.func.value)
            node.func = ast.Name("build", ast.Load())
        return ast.fix_missing_locations(node)


def shape(obj):
    """Writes obj so that what is one object in it is told from what is equal."""
    seen, out, stack = {}, [], [obj]
    while stack:
        o = stack.pop()
        t = type(o)
        if t is str and o[:1] == "\0":
            out.append(o)
        elif t in (list, dict, set, bytearray) or t not in (tuple, frozenset) and hasattr(o, "__dict__") and t is not type and not callable(o):
            if id(o) in seen:
                out.append("<%d>" % seen[id(o)])
                continue
            seen[id(o)] = len(seen)
        if t in (list, tuple):
            out.append("%s%d" % (t.__name__, len(o)))
            stack.extend(o)
        elif t is dict:
            out.append("dict%d" % len(o))
            for k, v in o.items():
                stack += [k, v]
        elif t in (set, frozenset):
            out.append(t.__name__ + ",".join(sorted(map(repr, o))))
        elif hasattr(o, "__dict__") and t is not type and not callable(o):
            out.append(t.__name__)
            stack += [vars(o)]
            if isinstance(o, (list, set)):
                stack += [list(o)]
            elif isinstance(o, dict):
                stack += [dict(o)]
        else:
            out.append(re.sub(r"0x[0-9a-f]{6,}", "0x", repr(o)))
    return out


for n, line in enumerate(sys.stdin):
    case = json.loads(line)
    try:
        tree = ast.parse(case["text"])
    except Exception as e:
        print(n, "is not read: %r" % e)
        continue
    if "hex" not in case:
        continue
    want = pickle.loads(bytes.fromhex(case["hex"]))
    space = {"build": build, "encoding": "ascii"}
    try:
        exec(compile(Builds().visit(tree), "text", "exec"), space)
    except Exception as e:
        print(n, "is not executed: %r" % e)
        continue
    a, b = shape(want), shape(space["result"])
    if a != b:
        at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        print(n, "differs: want %s, got %s" % (a[at:at + 3], b[at:at + 3]))
print("done")
