//go:build cgo

package names

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const testCatalog = `python-sink pickle.load format=pickle danger=d # test
python-sink pickle.loads format=pickle danger=d # test
python-sink dill.loads format=pickle danger=d # test
python-sink yaml.load format=yaml safe-if=Loader@1:yaml.SafeLoader danger=d # test
python-alias cPickle for=pickle # test
python-alias six.moves.cPickle for=pickle # test
python-alias ring.a for=ring.b # test
python-alias ring.b for=ring.a # test
`

func build(t testing.TB, src string) (*Table, *syntax.Tree) {
	t.Helper()
	c, err := catalog.New().With("test.cat", strings.NewReader(testCatalog))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := syntax.Parse(context.Background(), []byte(src), 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return Build(tree, NewVocabulary(c)), tree
}

// probe resolves the argument of each call of probe, in order: the names it may
// stand for, "?" behind them if it may be something else.
func probe(t testing.TB, src string) string {
	t.Helper()
	table, tree := build(t, src)
	var out []string
	for i := range tree.Nodes {
		i := syntax.Index(i)
		if tree.Kind(i) != syntax.Call || string(tree.Text(tree.Child(i, syntax.Function))) != "probe" {
			continue
		}
		r := table.Expression(tree.First(tree.Child(i, syntax.Arguments)))
		var names []string
		for _, target := range r.Targets {
			names = append(names, target.Name)
		}
		text := strings.Join(names, "|")
		if !r.Complete {
			text += "?"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func TestResolve(t *testing.T) {
	for name, tt := range map[string]struct{ src, want string }{
		"import":             {"import pickle\nprobe(pickle.load)", "pickle.load"},
		"nothing":            {"probe(pickle.load)", "?"},
		"outside vocabulary": {"import os\nprobe(os.load)", "?"},
		"alias module":       {"import six.moves.cPickle\nprobe(six.moves.cPickle.loads)", "pickle.loads"},
		"from alias":         {"from six.moves import cPickle as c\nprobe(c.loads)", "pickle.loads"},
		"ring of aliases":    {"import ring.a\nprobe(ring.a)", "ring.a"},
		"relative":           {"from . import pickle\nprobe(pickle.load)", "?"},
		"future":             {"from __future__ import annotations\nprobe(annotations)", "?"},
		"two branches":       {"try:\n  import cPickle as p\nexcept ImportError:\n  import dill as p\nprobe(p.loads)", "dill.loads|pickle.loads"},
		"same after alias":   {"try:\n  import cPickle as p\nexcept ImportError:\n  import pickle as p\nprobe(p.loads)", "pickle.loads"},
		"or nothing":         {"try:\n  import pickle\nexcept ImportError:\n  pickle = None\nprobe(pickle.load)", "pickle.load?"},
		"rebound":            {"import pickle\npickle = x\nprobe(pickle.load)", "?"},
		"rebound in branch":  {"import pickle\nif a:\n  pickle = x\nprobe(pickle.load)", "pickle.load?"},
		"before binding":     {"probe(pickle.load)\nimport pickle", "?"},
		"called later":       {"def f():\n  probe(pickle.load)\nimport pickle", "pickle.load"},
		"rebound later":      {"import pickle\ndef f():\n  probe(pickle.load)\npickle = x", "pickle.load?"},
		"chain":              {"import pickle\na = pickle\nb = a.loads\nc = (b)\nprobe(c)", "pickle.loads"},
		"chain below":        {"def f():\n  probe(c)\nimport pickle\nc = pickle.load", "pickle.load"},
		"pairs":              {"import pickle\na, b = pickle.load, x\nprobe(a)\nprobe(b)", "pickle.load ?"},
		"starred pairs":      {"import pickle\na, *b = pickle.load, x\nprobe(a)\nprobe(b)", "pickle.load? ?"},
		"walrus":             {"import pickle\nif (p := pickle.load):\n  probe(p)", "pickle.load"},
		"walrus outside":     {"import pickle\n[p := pickle for x in y]\nprobe(p.load)", "pickle.load"},
		"class hides":        {"class C:\n  import pickle\n  probe(pickle.load)\n  def f(self):\n    probe(pickle.load)", "pickle.load ?"},
		"class sees global":  {"import pickle\nclass C:\n  probe(pickle.load)\n  pickle = x\n  probe(pickle.load)", "pickle.load ?"},
		"global":             {"def f():\n  global p\n  import pickle as p\ndef g():\n  probe(p.load)", "pickle.load"},
		"nonlocal":           {"def f():\n  p = x\n  def g():\n    nonlocal p\n    import pickle as p\n  probe(p.load)", "pickle.load?"},
		"parameter":          {"import pickle\ndef f(pickle):\n  probe(pickle.load)", "?"},
		"typed parameter":    {"import pickle\ndef f(pickle: int = pickle.load, *a, **k):\n  probe(pickle)", "pickle.load?"},
		"star parameter":     {"import pickle\ndef f(*pickle):\n  probe(pickle.load)", "?"},
		"default":            {"import pickle\ndef f(pickle=probe(pickle.load)): pass", "pickle.load"},
		"comprehension":      {"import pickle\n[probe(pickle.load) for pickle in probe(pickle.load)]", "? pickle.load"},
		"second clause":      {"import pickle\n[x for pickle in a for x in probe(pickle.load)]", "?"},
		"lambda":             {"import pickle\nlambda pickle: probe(pickle.load)\nlambda: probe(pickle.load)", "? pickle.load"},
		"for":                {"import pickle\nfor pickle in x:\n  probe(pickle.load)\nprobe(pickle.load)", "? pickle.load?"},
		"round":              {"import pickle as p\nfor x in y:\n  probe(p.load)\n  import dill as p", "pickle.load?"},
		"round loads":        {"import pickle as p\nwhile x:\n  probe(p.loads)\n  import dill as p", "pickle.loads|dill.loads"},
		"with":               {"import pickle\nwith x as pickle:\n  probe(pickle.load)", "?"},
		"except":             {"import pickle\ntry: pass\nexcept E as pickle:\n  probe(pickle.load)\nprobe(pickle.load)", "? pickle.load?"},
		"del":                {"import pickle\ndel pickle\nprobe(pickle.load)", "?"},
		"match":              {"import pickle\nmatch x:\n  case [pickle]:\n    probe(pickle.load)\n  case {'a': pickle}:\n    probe(pickle.load)\n  case C(a=pickle):\n    probe(pickle.load)\n  case _ as pickle:\n    probe(pickle.load)", "? ? ? ?"},
		"star":               {"from pickle import *\nprobe(loads)\nprobe(_loads)\nprobe(other)", "pickle.loads ? ?"},
		"star hides":         {"def loads(): pass\nfrom pickle import *\nprobe(loads)", "pickle.loads?"},
		"star hidden":        {"from pickle import *\ndef loads(): pass\nprobe(loads)", "?"},
		"subclass":           {"import yaml\nclass L(yaml.SafeLoader): pass\nclass M(Mixin, L): pass\nprobe(M)", "yaml.SafeLoader?"},
		"annotation only":    {"import pickle\ndef f():\n  pickle: int\n  probe(pickle.load)", "pickle.load"},
		"augmented":          {"import pickle\npickle += 1\nprobe(pickle.load)", "?"},
		"def":                {"import pickle\ndef pickle(): pass\nprobe(pickle.load)", "?"},
		"line continuation":  {"from six . moves \\\n  import cPickle as c\nprobe(c.load)", "pickle.load"},
	} {
		if got := probe(t, tt.src+"\n"); got != tt.want {
			t.Errorf("%s: %q, want %q\n%s", name, got, tt.want, tt.src)
		}
	}
}

func TestVia(t *testing.T) {
	table, tree := build(t, "import pickle\nclass A(pickle.load): pass\nclass B(A): pass\nB()\n")
	last := syntax.Index(0)
	for i := range tree.Nodes {
		if tree.Kind(syntax.Index(i)) == syntax.Identifier {
			last = syntax.Index(i)
		}
	}
	r := table.Identifier(last)
	if len(r.Targets) != 1 || string(tree.Text(r.Targets[0].Via)) != "A" {
		t.Fatalf("%+v", r)
	}
	var classes []string
	for _, c := range r.Targets[0].Classes {
		classes = append(classes, string(tree.Text(tree.Child(c, syntax.Name))))
	}
	if strings.Join(classes, " ") != "B A" {
		t.Errorf("classes %v", classes)
	}
}

func TestFunctionNameIsBounded(t *testing.T) {
	var src strings.Builder
	for i := range 40 {
		src.WriteString(strings.Repeat(" ", i) + "def long_function_name():\n")
	}
	src.WriteString(strings.Repeat(" ", 40) + "probe(1)\n")
	table, tree := build(t, src.String())
	if got := table.Function(syntax.Index(len(tree.Nodes) - 1)); len(got) > maxFunctionName+8 || !strings.HasPrefix(got, "…") {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}

// Whatever the parser makes of a source, looking at every node ends well.
func FuzzBuild(f *testing.F) {
	for _, s := range []string{
		"import pickle as p\np.load(x)\n", "from a import (b as c, *", "global x\nnonlocal y\n", "class A(A): pass\nA()\n",
		"def f(a, *b, c=d, **e): return [x for x in a if (y := x)]\n", "match x:\n case {'a': [b, *c], **d} | C(e=f) as g: pass\n",
		"a = b = c, d = e\ndel a, (b, c[d])\nfor a.b in c: pass\n", "with a as (b, c): pass\nexcept E as e: pass\n", "from . import *\nimport a.b.c\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		table, tree := build(t, src)
		for i := range tree.Nodes {
			i := syntax.Index(i)
			table.Function(i)
			if tree.Kind(i) == syntax.Identifier && table.IsUse(i) {
				table.Expression(i)
			}
		}
	})
}

// A string that is put together from itself, in a loop, is none, and one in which the
// last stands twice doubles with each line: both once took all day.
func TestConstantsOfThemselves(t *testing.T) {
	var src strings.Builder
	src.WriteString("import pickle\nc = ''\nfor k in ks:\n")
	src.WriteString(strings.Repeat("    if k:\n        c = f'{c} {c}'\n", 6))
	src.WriteString("    getattr(pickle, c)(b)\na0 = ''\n")
	for k := range 30 {
		fmt.Fprintf(&src, "if k:\n    a%d = f'{a%d}{a%d}'\n", k+1, k, k)
	}
	src.WriteString("getattr(pickle, a30)(b)\n")
	done := make(chan bool)
	go func() {
		table, tree := build(t, src.String())
		for i := range tree.Nodes {
			table.Expression(syntax.Index(i))
		}
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("does not end")
	}
}
