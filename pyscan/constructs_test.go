//go:build cgo

package pyscan

import (
	"strings"
	"testing"
)

// construct is a piece of Python that some release reads. Each "L(" in it stands
// for a call of pickle.loads that must be found, before and behind the construct
// stands one more.
type construct struct {
	name, src string
	// broken: no release reads it, or none that the grammar knows; a skip says so.
	broken bool
}

// Python 2.7 and 3.0 to 3.15.
var constructs = []construct{
	{name: "py2 print", src: "print L(a), L(b)\nprint >>f, L(c)\nprint L(d),\nprint\nprint('%s' % L(e))"},
	{name: "py2 exec statement", src: "exec L(a)\nexec L(b) in c, d\nexec 'x' in L(e)\nif a: exec L(f)"},
	{name: "py2 backticks", src: "x = `L(a)` + `L(b)`\nprint `L(c)`"},
	{name: "py2 operators", src: "if a <> L(b): x = 0777L + 0xFFL + ur'x'"},
	{name: "py2 except", src: "try:\n    L(a)\nexcept E, e:\n    L(b)\nexcept (E, F), e:\n    L(c)"},
	{name: "py2 raise", src: "raise E, L(a)\nraise E, L(b), t"},
	{name: "py2 tuple parameters", src: "def f(a, (b, c)=L(d)):\n    return L(a)\ng = lambda (a, b): L(c)"},
	{name: "py2 comprehension", src: "x = [L(a) for a in 1, 2]\nif d.has_key(L(b)): pass"},
	{name: "py2 tabs", src: "if a:\n        L(b)\n\tL(c)"},
	{name: "py2 nested print", src: "if a: print L(b); print L(c)\nelse: print L(d)"},
	{name: "print function", src: "print(L(a), file=L(b))\nexec(L(c), d)"},
	{name: "nonlocal", src: "def f():\n    x = 1\n    def g():\n        nonlocal x\n        global y\n        x = L(a)"},
	{name: "annotations", src: "def f(a: 'b' = L(c), *d, e=L(g), **h) -> i:\n    x: int = L(a)"},
	{name: "starred assignment", src: "a, *b = L(c)\n*a, = L(d)"},
	{name: "class keywords", src: "class A(B, metaclass=L(c), **L(d)): x = L(e)"},
	{name: "yield", src: "def f():\n    x = yield L(a)\n    yield from L(b)\n    yield L(c), L(d)\n    raise E(L(e)) from L(g)"},
	{name: "matrix product", src: "a @ L(b)\na @= L(c)"},
	{name: "async", src: "async def f():\n    async with L(a) as b, L(c): pass\n    async for x in L(d): await L(e)\n    return [L(x) async for x in y if await z]"},
	{name: "async as a name", src: "async = L(a)\nawait = L(b)"},
	{name: "unpacking", src: "f(*L(a), **L(b))\nx = [*L(c), *d]\ny = {**L(e), 'k': L(g)}"},
	{name: "set and dict comprehensions", src: "{L(a) for a in L(b)}\n{L(a): L(b) for a, b in c if L(d)}\n(L(a) for a in b for c in L(d))"},
	{name: "decorators", src: "@L(a)\n@b[L(c)].d\n@(lambda f: L(f))\ndef g(): pass\n@L(h)\nclass I: pass"},
	{name: "f-strings", src: "f'{L(a)}' f\"{L(b)!r:>{L(c)}}\" rf'\\{L(d)}' F'''{\n L(e)\n}''' f'{{}} {L(g)=}'"},
	{name: "nested f-strings", src: "f'{f\"{L(a)}\"}'\nf'{L(d['k'])}'\nf'{f'{f'{L(b)}'}'}'\nf'{L(\"\\n\")}'"},
	{name: "f-string lines", src: "f'{\n    L(a)  # why\n}'\nf'''{\nL(b) # }}\n}'''\nf'{(lambda x: L(x))(1)}'\nf'{x:{'{'}}{L(c)}'"},
	{name: "numbers", src: "1_000 + 0x1_f + 1e5 + L(a) if 1else L(b)"},
	{name: "walrus", src: "if (x := L(a)) and (y := L(b)): pass\nz[(i := L(c))]\n[w := L(d), e]"},
	{name: "positional only", src: "def f(a, /, b=L(c), *, d=L(e)): pass"},
	{name: "return and yield of stars", src: "def f():\n    return 1, *L(a)\n    yield 1, *L(b)\nx = 1, *L(c)\nfor y in *L(d), 1: pass\n[1, *L(e)]"},
	{name: "parenthesised with", src: "with (L(a) as b, L(c) as d,): pass\nwith (L(e)): pass\nwith (L(g), L(h)): pass"},
	{name: "match", src: "match L(a):\n    case [b, *c] if L(d): L(e)\n    case {'k': v, **r}: L(f)\n    case A(x=1) | B(): L(g)\n    case _: L(h)"},
	{name: "match of a tuple", src: "match L(a), L(b):\n    case (1, 2): L(c)\n    case -1 | 'x' | None: L(d)"},
	{name: "soft keywords", src: "match = L(a)\nmatch(L(b))\ncase = L(c)\ntype = L(d)\ntype(L(e))\nprint = L(f)\nlazy = L(g)\nlazy(L(h))\nexec = L(i)\n_ = type(L(j)).x"},
	{name: "except star", src: "try: L(a)\nexcept* E as e: L(b)\nexcept *F: L(c)\nelse: L(d)\nfinally: L(e)"},
	{name: "star in subscript", src: "x[*L(a)]\nx[L(b):L(c), *d]\ndef f(*args: *L(e)): pass"},
	{name: "type parameters", src: "def f[T: L(a), *U, **V](x=L(b)): return L(c)\nclass A[T](B[L(d)]): pass\ntype X[T] = list[T]"},
	{name: "type parameter defaults", src: "def f[T = int, *U = V](x=L(b)): return L(c)\nclass A[T: int = bool](B[L(d)]): pass\ntype X[T = int] = list[T]\nL(e)"},
	{name: "template strings", src: "t'{L(a)}' rt\"{L(b)!r:{L(c)}}\" Tr'{L(d)}'\nt'''{t'{L(e)}'}'''"},
	{name: "except without brackets", src: "try: L(a)\nexcept A, B: L(b)\nexcept C, D, E: L(c)\ntry: L(d)\nexcept* A, B: L(e)"},
	{name: "lazy imports", src: "lazy import pickle as p\nlazy from pickle import loads as l\np.loads(1); l(2)"},
	{name: "unpacking in comprehensions", src: "[*L(a) for a in b]\n{*L(a) for a in b}\n{**L(a) for a in b}\n(*L(a) for a in b)\nf(*L(a) for a in b)"},
	{name: "assignment to type(...)", src: "type(self).x = L(a)\ntype(self)[L(b)] = L(c)\nif a: type(b).c = L(d)\ntype (x) . y = L(e)"},
	{name: "finally", src: "def f():\n    try: return L(a)\n    finally: return L(b)\nfor x in L(c): pass\nelse: L(d)\nwhile L(e): pass\nelse: L(g)"},
	{name: "line continuations", src: "x = \\\n  L(a)\nx = pickle \\\n . loads(b)\nfrom pickle \\\n import loads \\\n as l\nl(c)\nif a and \\\n   L(d): pass"},
	{name: "continued indentation", src: "if a:\n    \\\n  L(b)\n    L(c)\n\\\nL(d)"},
	{name: "continuation with CRLF", src: "x = \\\r\n  L(a)\r\nif b:\r\n    f(\r\nL(c))\r\n    L(d)"},
	{name: "form feeds", src: "\f\nL(a)\nif b:\n    \fL(c)\n\f\ndef f(): L(d)"},
	{name: "tabs", src: "if a:\n\tL(b)\n\tif c:\n\t\tL(d)"},
	{name: "no line end", src: "L(a) # L(b)"},
	{name: "semicolons", src: "L(a); L(b);\nif c: L(d); L(e)"},
	{name: "identifiers", src: "é = L(a)\nｐｉｃｋｌｅ.lᵒads(b)\nимя.поле = L(c)\n名 = '😀'; L(d)"},
	{name: "string prefixes", src: "b'x', Rb'y' rB'z', u'z', bR'w', L(a)\n'a' \"b\" f'{L(b)}'\n'\\\n' + L(c)\nr'\\\\' + '' + L(d)"},
	{name: "triple quotes", src: "'''it's \"\"\" L(x)''' + L(a)\n\"\"\"\\\"\"\" # (\"\"\" + L(b)"},
	{name: "ellipsis", src: "def f(): ...\nx[..., L(a)]\nx: L = ..."},
	{name: "lambda defaults", src: "lambda *a, b=L(c), **d: L(e)\nf(lambda: (yield L(g)))"},
	{name: "conditions", src: "x = L(a) if L(b) else L(c)\nassert L(d), L(e)\nL(f) < L(g) <= h\nnot L(i)"},
	{name: "deletion", src: "del x[L(a)], (y, z)\nglobal_ = 1"},
	{name: "unusual dots", src: "pickle . loads ( a )\n(pickle).loads(b)\n(\n pickle\n .loads\n (c))\n(pickle.loads)(d)"},
	{name: "deep brackets", src: strings.Repeat("(", 200) + "L(a)" + strings.Repeat(")", 200)},
	{name: "deep indentation", src: deepIndentation(90)},
	{name: "wide indentation", src: "if a:\n" + strings.Repeat(" ", 300) + "L(b)\n" + strings.Repeat(" ", 300) + "L(c)"},
	{name: "CR only", src: "L(a)\rif b:\r    L(c) # d\r    L(e)\r"},
	{name: "SUB", src: "L(a)\x1a\nL(b)"},
	{name: "other line separators", src: "x = '\u2028\u0085\v' # \u2028 \f\nL(a)"},
	{name: "docstring only", src: "def f():\n    'L(x)'\n    return L(a)"},

	{name: "IPython magic", src: "%matplotlib inline\n!ls\nL(a)\n%time L(b)", broken: true},
	{name: "merge conflict", src: "def f():\n<<<<<<< HEAD\n    L(a)\n=======\n    L(b)\n>>>>>>> other\n    L(c)", broken: true},
	{name: "template", src: "{% if x %}\nL(a)\n{% endif %}\ny = {{ cookie.name }}\n{{ x|y }}(L(b))"},
	{name: "unclosed bracket", src: "x = f(\nL(a)\ndef g():\n    L(b)", broken: true},
	{name: "unclosed triple quotes", src: "L(a)\nx = '''\nL(b)", broken: true},
	{name: "unclosed formatted triple quotes", src: "L(a)\nx = f'''{\nL(c)}\nL(b)", broken: true},
	{name: "apostrophe", src: "don't\nL(a)\nit's L(b)", broken: true},
	{name: "doctest", src: ">>> import pickle as q\n>>> q.loads(a)\n... q.loads(b)", broken: true},
	{name: "print without brackets and comma", src: "print L(a) L(b)", broken: true},
	{name: "half a function", src: "def f(a, b\n    L(a)\n    return L(b)", broken: true},
	{name: "NUL", src: "L(a)\x00\n'\x00' + L(b)", broken: true},
}

func deepIndentation(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "if L(a):\n")
	}
	return b.String() + strings.Repeat(" ", n) + "L(b)"
}

// callsIn counts what stands for a call in code, and writes it out.
func callsIn(src string) (text string, calls int) {
	text = strings.ReplaceAll(src, "L(", "pickle.loads(")
	for _, call := range []string{"L(", "l(2)", "p.loads(", "l(c)", "q.loads(", "lᵒads(", ". loads(b)", ". loads ( a )", "(pickle).loads(", " (c))", "(pickle.loads)("} {
		calls += strings.Count(src, call)
	}
	for _, not := range []string{"# L(", "''' L(x", "\"\"\" L(x)", "'L(x)"} {
		calls -= strings.Count(src, not)
	}
	return text, calls
}

func TestConstructs(t *testing.T) {
	for _, c := range constructs {
		t.Run(c.name, func(t *testing.T) {
			text, calls := callsIn(c.src)
			src := "import pickle\npickle.loads(first)\n" + text + "\npickle.loads(last)\n"
			calls += 2
			res := scan("c.py", src)
			if len(res.Sites) != calls {
				t.Errorf("%d sites, want %d", len(res.Sites), calls)
				for _, s := range res.Sites {
					t.Logf("line %d column %d: %s %s", s.Line, s.Column, s.Argument, s.Note)
				}
			}
			if broken := len(res.Skips) > 0; broken != c.broken {
				t.Errorf("skips %+v, want any: %v", res.Skips, c.broken)
				for _, s := range res.Skips {
					t.Logf("line %d: %s", s.Line, s.Reason)
				}
			}
		})
	}
}

// A line inside brackets may be indented less than its block. The grammar guesses
// from what may follow whether it is inside brackets.
func TestContinuationsAreNoDedents(t *testing.T) {
	for _, inner := range []string{
		"(a +\nL(b))", "(a\n+ L(b))", "(a.\nb, L(c))", "f(a=\nL(b))", "{a:\nL(b)}", "(not\nL(a))", "(a in\nL(b))", "(a if\nb else\nL(c))", "[a,\nL(b)]",
		"(a and\nL(b))", "(lambda:\nL(a))", "f(*\nL(a))", "f(**\nL(a))", "(yield\nL(a))", "(await\nL(a))", "x[\n1:\nL(a)]", "(a\n.b(L(c)))", "(L(a)\n)", "(a,\n# why\nL(b))",
		"f'''{\na + L(b)}'''", "f(\n\n\nL(a))", "((\na)(\nL(b)))", "{**\nL(a)}", "(a if b\nelse L(c))", "(x :=\nL(a))", "(a <\nL(b))", "(-\nL(a))", "(a @\nL(b))",
	} {
		text, calls := callsIn(inner)
		src := "import pickle\nclass C:\n    async def f(self):\n        if x:\n            y = " + text + "\n            pickle.loads(same_block)\n        pickle.loads(behind)\n"
		res := scan("d.py", src)
		if len(res.Sites) != calls+2 || len(res.Skips) != 0 {
			t.Errorf("%q: %d sites, want %d; skips %+v", inner, len(res.Sites), calls+2, res.Skips)
		}
		for _, s := range res.Sites {
			if s.Function != "C.f" {
				t.Errorf("%q: a site of function %q", inner, s.Function)
			}
		}
	}
}
