//go:build cgo

package classes

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

func build(t *testing.T, src string) *Model {
	t.Helper()
	tree, err := syntax.Parse(context.Background(), []byte(src), syntax.Budget(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	return Build(tree, names.BuildModule(tree, names.Everything(catalog.Builtin()), "m", false), OutlineOf(tree))
}

// words writes a state in short.
func words(s *State) string {
	if s == nil {
		return "none"
	}
	var out []string
	add := func(yes bool, format string, args ...any) {
		if yes {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	out = append(out, []string{"unknown", "whole", "listed", "sequence", "nothing", "scalar"}[s.Layout])
	add(s.Live, "live")
	for _, key := range slices.Sorted(maps.Keys(s.Keys)) {
		mark := ""
		if s.Keys[key].Optional {
			mark = "?"
		}
		add(true, "+%s%s", key, mark)
	}
	for _, key := range slices.Sorted(maps.Keys(s.Dropped)) {
		add(true, "-%s", key)
	}
	add(s.Filtered != "", "-%s*", s.Filtered)
	add(s.Layout == Sequence, "%d", len(s.Items))
	add(s.False, "false")
	add(s.Open, "open")
	return strings.Join(out, " ")
}

func TestStates(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"return self.__dict__", "whole live"},
		{"return vars(self)", "whole live"},
		{"return self.__dict__.copy()", "whole"},
		{"return dict(self.__dict__)", "whole"},
		{"return copy.copy(self.__dict__)", "whole"},
		{"s = self.__dict__.copy(); del s['a']; return s", "whole -a"},
		{"s = self.__dict__.copy()\n  del s['a'], s['b']\n  return s", "whole -a -b"},
		{"s = dict(self.__dict__); s.pop('a', None); return s", "whole -a"},
		{"s = self.__dict__; del s['a']; return s", "whole live -a"},
		{"del self.__dict__['a']; return self.__dict__", "whole live -a"},
		{"self.a = None; return self.__dict__", "whole live +a"},
		{"s = self.__dict__.copy(); s['a'] = None; return s", "whole +a"},
		{"s = self.__dict__.copy()\n  for k in ('a', 'b'):\n    s.pop(k, None)\n  return s", "whole -a -b"},
		{"s = self.__dict__.copy()\n  for k in self.DROP:\n    del s[k]\n  return s", "whole -x -y"},
		{"s = self.__dict__.copy()\n  for k in whatever():\n    del s[k]\n  return s", "whole open"},
		{"return {k: v for k, v in self.__dict__.items() if k != 'a'}", "whole -a"},
		{"return {k: v for k, v in self.__dict__.items() if k not in ('a', 'b')}", "whole -a -b"},
		{"return {k: v for k, v in vars(self).items() if k not in self.DROP}", "whole -x -y"},
		{"return {k: v for k, v in self.__dict__.items() if not k.startswith('_')}", "whole -_*"},
		{"return {k: v for k, v in self.__dict__.items() if k in ('a', 'b')}", "listed +a? +b?"},
		{"return {k: v for k, v in self.__dict__.items() if good(k)}", "whole open"},
		{"return {k: getattr(self, k) for k in ('a', 'b')}", "listed +a +b"},
		{"return {'a': self.a, 'b': 1}", "listed +a +b"},
		{"return dict(a=self.a)", "listed +a"},
		{"return {**self.__dict__, 'a': None}", "whole +a"},
		{"return {'a': 1, **more()}", "listed +a open"},
		{"return self.__dict__ | {'a': None}", "whole +a"},
		{"s = {'a': 1}\n  if self.b:\n    s['b'] = 2\n  return s", "listed +a +b?"},
		{"s = {'a': 1}\n  s.update(b=2)\n  return s", "listed +a +b"},
		{"if x:\n    return {'a': 1}\n  return {'a': 1, 'b': 2}", "listed +a +b?"},
		{"return (self.a, self.b)", "sequence 2"},
		{"return self.a, self.b", "sequence 2"},
		{"return [self.a]", "sequence 1"},
		{"return None", "nothing"},
		{"pass", "nothing"},
		{"raise TypeError", "none"},
		{"return {}", "listed"},
		{"return 0", "scalar false"},
		{"return 'x'", "scalar"},
		{"s = super().__getstate__(); s['b'] = 1; return s", "whole +b -base"},
		{"return Base.__getstate__(self)", "whole -base"},
		{"return self.parts()", "listed +p"},
		{"s = self.__dict__.copy(); clean(s); return s", "whole open"},
		{"return make()", "unknown"},
		{"return {'a': 1} if x else {'b': 2}", "listed +a? +b?"},
		{"def inner():\n    return 1\n  return {'a': inner}", "listed +a"},
	} {
		src := "import copy\nclass Base:\n def __getstate__(self):\n  s = self.__dict__.copy()\n  s.pop('base')\n  return s\n" +
			"class C(Base):\n DROP = ('x', 'y')\n def parts(self):\n  return {'p': 1}\n def __getstate__(self):\n  " + tt.body + "\n"
		m := build(t, src)
		c := m.Classes[len(m.Classes)-1]
		if got := words(One(c.States(c.Methods["__getstate__"]))); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.body, got, tt.want)
		}
	}
}

func TestMethods(t *testing.T) {
	m := build(t, `
import threading
from functools import cached_property
from other import Far
class A(Far, object):
    __slots__ = ("a", "b")
    def __init__(self, x, y=1, *rest):
        self.lock = threading.Lock()
        self.a, self.b = x, y
        self.c: int = 3
        with open(x) as self.f:
            pass
        setattr(self, "d", 4)
        self.__dict__["e"] = 5
        self.__dict__.update(g=6)
        del self.a
        self.start()
    @cached_property
    def late(self): return self.b
    @staticmethod
    def free(q): q.z = 1
    def start(self):
        super().start()
        def run(): self.h = 1
        class Other:
            def __init__(self): self.no = 1
def f():
    class L(A):
        class In: pass
`)
	a := m.Classes[0]
	var sets []string
	for _, s := range a.Methods["__init__"].Sets {
		sets = append(sets, s.Attr)
	}
	if got := strings.Join(sets, " "); got != "lock a b c f d e g" {
		t.Errorf("sets %s", got)
	}
	init := a.Methods["__init__"]
	if len(init.Deletes) != 1 || len(init.Calls) != 1 || strings.Join(init.Params, " ") != "self x y" {
		t.Errorf("deletes %v, calls %v, parameters %v", init.Deletes, init.Calls, init.Params)
	}
	if !a.Methods["late"].Cached || !a.Methods["free"].Static || len(a.Methods["free"].Sets) != 0 {
		t.Error("decorators are not read")
	}
	if got := a.Methods["start"]; len(got.Sets) != 1 || got.Sets[0].Attr != "h" || len(got.Supers) != 1 {
		t.Errorf("start: %+v", got)
	}
	if !a.Slotted || len(a.Slots) != 2 || a.Bases[0].Name != "other.Far" {
		t.Errorf("%+v", a)
	}
	if name := m.Callee(init.Sets[0].Value); name != "threading.Lock" {
		t.Errorf("the lock is made by %q", name)
	}
	var named []string
	for _, c := range m.Classes {
		named = append(named, fmt.Sprintf("%s %v", c.Name, c.Local))
	}
	if got := strings.Join(named, ", "); got != "A false, A.start.Other true, f.L true, f.L.In true" {
		t.Errorf("classes: %s", got)
	}
	if l := m.Classes[2]; l.Bases[0].Class != a {
		t.Error("the base of a local class is not found")
	}
	if _, closed := a.Linear(); closed {
		t.Error("a base of another file is taken for one that is known")
	}
}

func TestRestores(t *testing.T) {
	m := build(t, `
class C:
    def __setstate__(self, state):
        self.a = state["a"]
        self.b = state.get("b", 1)
        self.c = state.pop("c")
        state.pop("v", None)
        if "d" in state:
            self.d = state["d"]
        self.__dict__.update(state)
class T:
    def __setstate__(self, s):
        self.a, self.b = s
class M:
    def __setstate__(self, state):
        state = migrate(state)
        self.a = state["a"]
`)
	r := m.Classes[0].Restores(m.Classes[0].Methods["__setstate__"])
	var reads []string
	for _, read := range r.Reads {
		reads = append(reads, fmt.Sprint(read.Key, read.Demands, read.Drops))
	}
	if got := strings.Join(reads, " "); got != "atrue false bfalse false ctrue false vfalse true dfalse false dtrue false" || !r.Whole || r.Opaque {
		t.Errorf("%s, %+v", got, r)
	}
	if r := m.Classes[1].Restores(m.Classes[1].Methods["__setstate__"]); len(r.Unpacks) != 1 || len(r.Unpacks[0].Targets) != 2 {
		t.Errorf("%+v", r)
	}
	if r := m.Classes[2].Restores(m.Classes[2].Methods["__setstate__"]); !r.Opaque {
		t.Errorf("%+v", r)
	}
}

// Nests and rings of methods end.
func TestHostileClasses(t *testing.T) {
	for _, src := range []string{
		"class A(A):\n def __getstate__(self): return self.__getstate__()\n",
		"class A(B): pass\nclass B(A):\n def __getstate__(self): return super().__getstate__()\n",
		strings.Repeat("class A:\n", 1) + nest("class A:\n", 90),
		"class A:\n def f(self):\n  return " + strings.Repeat("self.f(", 5000) + strings.Repeat(")", 5000) + "\n",
		"class A:\n def f(self):\n  return " + strings.Repeat("{**", 3000) + "{}" + strings.Repeat("}", 3000) + "\n",
	} {
		for _, c := range build(t, src).Classes {
			c.Linear()
			for _, f := range c.InOrder() {
				One(c.States(f))
				c.Restores(f)
			}
		}
	}
}

func nest(line string, n int) string {
	var b strings.Builder
	for k := 1; k <= n; k++ {
		b.WriteString(strings.Repeat(" ", k) + line)
	}
	return b.String() + strings.Repeat(" ", n+1) + "pass\n"
}

// An outline has the owner of each node, and the functions that stand in the body of a class
// itself, whatever decorates them or decides about them.
func TestOutline(t *testing.T) {
	const src = "class A:\n    def f(self): pass\n    @dec\n    def f(self): pass\n    if x:\n        def g(self):\n            def inner(): pass\n    class B:\n        def h(self): return lambda: y\ndef top(): pass\n"
	tree, err := syntax.Parse(context.Background(), []byte(src), syntax.Budget(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	o := OutlineOf(tree)
	name := func(i syntax.Index) string {
		if i == syntax.None {
			return "module"
		}
		if id := tree.Child(i, syntax.Name); id != syntax.None {
			return string(tree.Text(id))
		}
		return "lambda"
	}
	got := make(map[string]string)
	for i := range tree.Nodes {
		i := syntax.Index(i)
		if k := tree.Kind(i); Owns(k) {
			got[name(i)] = name(o.Owner[i])
		} else if k == syntax.Identifier && string(tree.Text(i)) == "y" {
			got["y"] = name(o.Owner[i])
		}
	}
	if want := map[string]string{"A": "module", "f": "A", "g": "A", "inner": "g", "B": "A", "h": "B", "lambda": "h", "y": "lambda", "top": "module"}; !maps.Equal(got, want) {
		t.Errorf("owners %v, want %v", got, want)
	}
	methods := make(map[string]string)
	for class, all := range o.Methods {
		methods[name(class)] = strings.Join(slices.Sorted(maps.Keys(all)), " ")
		for _, f := range all {
			if name(class) == "A" && name(f) == "f" && !bytes.Contains([]byte(src)[:tree.Nodes[f].Start], []byte("@dec")) {
				t.Error("the first of two definitions")
			}
		}
	}
	if want := map[string]string{"A": "f g", "B": "h"}; !maps.Equal(methods, want) {
		t.Errorf("methods %v, want %v", methods, want)
	}
}
