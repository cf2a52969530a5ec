"""Load a module of samples so that what a library does not have is left out and told, and the rest is made.

Samples are plain code, written against no release in particular. Each statement of a generator, each element of a list that
is yielded or looped over, and each imported name stands for itself here: if it fails, it is noted in SKIPPED, and the next
one follows.
"""

import ast
import os
import sys
import types
import warnings

# What was not made, and why: (place, error).
SKIPPED = []


def skip(place, error):
    SKIPPED.append((place, "%s: %s" % (type(error).__name__, str(error).split("\n")[0][:100])))


def each(place, makers):
    """The results of those makers that have one."""
    out = []
    for i, make in enumerate(makers):
        try:
            out.append(make())
        except Exception as e:
            skip("%s[%d]" % (place, i), e)
    return out


class Guard(ast.NodeTransformer):
    """Puts a try around each statement of a generator, and makes lists element by element."""

    def __init__(self, name):
        self.name = name

    def place(self, node):
        return ast.Constant("%s:%d" % (self.name, node.lineno))

    def guarded(self, node):
        call = ast.Expr(ast.Call(ast.Name("__skip", ast.Load()), [self.place(node), ast.Name("__e", ast.Load())], []))
        handler = ast.ExceptHandler(ast.Name("Exception", ast.Load()), "__e", [call])
        return ast.copy_location(ast.Try([node], [handler], [], []), node)

    def listed(self, node):
        if not isinstance(node, (ast.List, ast.Tuple)) or len(node.elts) < 2:
            return node
        if any(isinstance(e, ast.Starred) for e in node.elts) or all(isinstance(e, ast.Constant) for e in node.elts):
            return node
        none = ast.arguments(posonlyargs=[], args=[], vararg=None, kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[])
        makers = [ast.copy_location(ast.Lambda(none, e), e) for e in node.elts]
        return ast.copy_location(ast.Call(ast.Name("__each", ast.Load()), [self.place(node), ast.List(makers, ast.Load())], []), node)

    def body(self, statements):
        out = []
        for s in statements:
            if isinstance(s, ast.For):
                s.iter, s.body = self.listed(s.iter), self.body(s.body)
                out.append(self.guarded(s))
            elif isinstance(s, (ast.Import, ast.ImportFrom)):
                for alias in s.names:
                    one = ast.Import([alias]) if isinstance(s, ast.Import) else ast.ImportFrom(s.module, [alias], s.level)
                    out.append(self.guarded(ast.copy_location(one, s)))
            elif isinstance(s, ast.Expr) and isinstance(s.value, ast.Yield):
                pair = s.value.value
                if isinstance(pair, ast.Tuple) and isinstance(pair.elts[1], ast.List):
                    pair.elts[1] = self.listed(pair.elts[1])
                out.append(self.guarded(s))
            elif isinstance(s, (ast.Assign, ast.AugAssign, ast.Expr)):
                out.append(self.guarded(s))
            elif isinstance(s, ast.If):
                s.body, s.orelse = self.body(s.body), self.body(s.orelse)
                out.append(s)
            else:
                out.append(s)
        return out

    def visit_FunctionDef(self, node):
        if any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in ast.walk(node)):
            node.body = self.body(node.body)
        return node


def load(name):
    """The module of samples of that name, next to this file."""
    warnings.simplefilter("ignore")
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".py")
    with open(path, encoding="utf-8") as f:
        tree = ast.parse(f.read(), path)
    guard = Guard(name)
    imports = (ast.Import, ast.ImportFrom)
    tree.body = [g for s in tree.body for g in (guard.body([s]) if isinstance(s, imports) else [guard.visit(s)])]
    module = types.ModuleType(name)
    module.__file__ = path
    module.__dict__.update(__skip=skip, __each=each)
    sys.modules[name] = module
    exec(compile(ast.fix_missing_locations(tree), path, "exec"), module.__dict__)
    return module
