//go:build cgo

package rebuild

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

func parse(t *testing.T, src string) *syntax.Tree {
	t.Helper()
	tree, err := syntax.Parse(context.Background(), []byte(src), syntax.Budget(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func read(t *testing.T, src string, own func(string) bool) (problems []Problem, tree *syntax.Tree, cut bool) {
	t.Helper()
	tree = parse(t, src)
	c := catalog.Builtin()
	problems, cut = Read(Source{
		Tree: tree, Text: []byte(src), Outline: classes.OutlineOf(tree), Catalog: c, Own: own,
		Names: names.BuildIn(tree, names.EverythingCalled(c), "m", false),
	})
	slices.SortStableFunc(problems, func(a, b Problem) int { return int(a.At - b.At) })
	return problems, tree, cut
}

func nobodys(string) bool { return false }

// in writes the problems of a source: the kind, a question mark for a weak one, the line,
// and what is called.
func in(t *testing.T, src string) string {
	t.Helper()
	problems, tree, cut := read(t, src, nobodys)
	var out []string
	for _, p := range problems {
		weak := ""
		if p.Weak {
			weak = "?"
		}
		line := 1 + bytes.Count([]byte(src)[:tree.Nodes[p.At].Start], []byte("\n"))
		out = append(out, fmt.Sprintf("%s%s:%d:%s", []string{"unsafe", "effect", "import", "register"}[p.Kind], weak, line, p.Callable))
		if p.Text == "" {
			t.Errorf("a problem without a text in %q", src)
		}
	}
	if cut {
		out = append(out, "cut")
	}
	return strings.Join(out, " ")
}

// class is one whose __reduce__ returns something.
func class(returns string) string {
	return "import os, functools, operator, copyreg\ndef make(x): return x\nclass C:\n    def __reduce__(self): return " + returns + "\n"
}

// What is handed out: by which name, through what, and when that is no danger.
func TestHandedOut(t *testing.T) {
	for returns, want := range map[string]string{
		"C, ()":                    "",
		"make, (1,)":               "",
		"self.__class__, ()":       "",
		"type(self), (self.x,)":    "",
		"copyreg.__newobj__, (C,)": "",
		"'name'":                   "import:4:", // no global of the module
		"eval, ('1',)":             "unsafe:4:builtins.eval",
		"os.system, ('id',)":       "unsafe:4:os.system",
		"(os.system if self.x else make), ('id',)": "unsafe:4:os.system",
		"(None or os.system), ('id',)":             "unsafe:4:os.system",
		"functools.partial(os.system, 'id'), ()":   "unsafe:4:os.system",
		"functools.partial, (os.system, 'id')":     "unsafe:4:os.system",
		"operator.methodcaller('x'), (os,)":        "unsafe:4:operator.methodcaller",
		"lambda: 1, ()":                            "unsafe:4:",
		"(lambda: 1), ()":                          "unsafe:4:",
		"getattr, (C, 'make')":                     "",
		"getattr, (os, 'system')":                  "unsafe:4:os.system",
		"getattr, (self.x, 'y')":                   "unsafe?:4:builtins.getattr",
		"make, (eval,)":                            "unsafe:4:builtins.eval",
		"make, ('import os; os.system(1)',)":       "unsafe:4:os.system",
	} {
		if got := in(t, class(returns)); got != want {
			t.Errorf("%s: %q, want %q", returns, got, want)
		}
	}
}

// All ways by which a pickler learns of a reducer. Of a function that is registered both its
// return statement and the registration are told.
func TestWays(t *testing.T) {
	const head = "import copyreg, os, pickle, types\nfrom multiprocessing.reduction import ForkingPickler\nclass C: pass\ndef bad(c): return os.system, ('id',)\n"
	for line, want := range map[string]string{
		"":                                       "",
		"copyreg.pickle(C, bad)":                 "unsafe:4:os.system unsafe:5:os.system",
		"copyreg.dispatch_table[C] = bad":        "unsafe:4:os.system unsafe:5:os.system",
		"ForkingPickler.register(C, bad)":        "unsafe:4:os.system unsafe:5:os.system",
		"C.__reduce__ = bad":                     "unsafe:4:os.system unsafe:5:os.system",
		"setattr(C, '__reduce__', bad)":          "unsafe:4:os.system unsafe:5:os.system",
		"C.reduce = bad":                         "",
		"K = type('K', (), {'__reduce__': bad})": "unsafe:4:os.system unsafe:5:os.system",
		"class P(pickle.Pickler):\n    dispatch_table = {C: bad}":                                                         "unsafe:4:os.system unsafe:6:os.system",
		"class P(pickle.Pickler):\n    def reducer_override(self, o): return os.system, ('id',)":                          "unsafe:6:os.system",
		"class P(pickle.Pickler):\n    def reducer_override(self, o): return NotImplemented":                              "",
		"class K:\n    __reduce__ = bad":                                                                                  "unsafe:4:os.system unsafe:6:os.system",
		"class K:\n    def __reduce_ex__(self, protocol):\n        return os.system, ('id',)":                             "unsafe:7:os.system",
		"class K:\n    def __reduce__(self):\n        if self.x:\n            return K, ()\n        return os.system, ()": "unsafe:9:os.system",
		"class K:\n    def reduce(self): return os.system, ()":                                                            "",
		"copyreg.constructor(os.system)":                                                                                  "unsafe:5:os.system",
	} {
		if got := in(t, head+line+"\n"); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// What runs besides while a pickle is loaded.
func TestLoading(t *testing.T) {
	for body, want := range map[string]string{
		"def __setstate__(self, s): self.__dict__.update(s)":                                       "",
		"def __setstate__(self, s): self.f = open(s['path'])":                                      "effect:3:builtins.open",
		"def __setstate__(self, s): os.system(s)":                                                  "effect:3:os.system",
		"def __setstate__(self, s): getattr(self, s['hook'])()":                                    "effect:3:",
		"def __setstate__(self, s): self.start()\n    def start(self): os.system('id')":            "effect:3:os.system",
		"def __setstate__(self, s): ALL.append(self)":                                              "effect:3:",
		"def __new__(cls): os.system('id')":                                                        "",
		"def __new__(cls): os.system('id')\n    def __getstate__(self): return 1":                  "effect:3:os.system",
		"def __init__(self): os.system('id')\n    def __getinitargs__(self): return ()":            "effect:3:os.system",
		"def __init__(self): os.system('id')\n    def __getstate__(self): return {}":               "",
		"def __setstate__(self, s):\n        def later(): os.system('id')\n        self.f = later": "",
	} {
		if got := in(t, "import os\nclass C:\n    "+body+"\nALL = []\n"); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// What a pickle cannot name, and registrations that nobody runs.
func TestImportable(t *testing.T) {
	for src, want := range map[string]string{
		"def f():\n    def inner(): pass\n    class C:\n        def __reduce__(self): return inner, ()\n    return C\n": "import:4:inner",
		"class C:\n    def __reduce__(self): return make, ()\ndef make(): pass\ndel make\n":                             "import:2:make",
		"class C:\n    def __reduce__(self): return make, ()\ndef make(): pass\n":                                       "",
		"import copyreg\nclass C: pass\ndef r(c): return C, ()\ndef later(): copyreg.pickle(C, r)\n":                    "register:4:",
		"import copyreg\nclass C: pass\ndef r(c): return C, ()\ndef later(): copyreg.pickle(C, r)\nlater()\n":           "",
		"import copyreg\nclass C: pass\ndef r(c): return C, ()\nif __name__ == '__main__':\n    copyreg.pickle(C, r)\n": "register:5:",
		"import copyreg\nclass C: pass\ndef r(c): return C, ()\ncopyreg.pickle(C, r)\n":                                 "",
	} {
		if got := in(t, src); got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

// A file is read only if it has something to tell; the cheap look is never narrower.
func TestAsks(t *testing.T) {
	for src, want := range map[string]bool{
		"class C: pass\n": false,
		"class C:\n    def __getstate__(self): return {}\n":                           false,
		"class C:\n    def __setstate__(self, s): self.__dict__.update(s)\n":          false,
		"class C:\n    def __setstate__(self, s): self.cache[1] = s\n":                false,
		"class C:\n    def __setstate__(self, s): CACHE[1] = s\n":                     true,
		"class C:\n    def __setstate__(self, s):\n        global n\n        n = s\n": true,
		"class C:\n    def __setstate__(self, s): start(s)\n":                         true,
		"class C:\n    def __init__(self, s): start(s)\n":                             false,
		"class C:\n    def __reduce__(self): return C, ()\n":                          true,
		"import copyreg\n":                 true,
		"setattr(C, '__reduce__', f)\n":    true,
		"C.__setstate__ = f\n":             false,
		"f = C.__new__\n":                  false,
		"x = super().__new__(C)\n":         false,
		"reducers = {'__setstate__': f}\n": false,
	} {
		tree := parse(t, src)
		if got := Asks(tree); got != want {
			t.Errorf("%q: %t, want %t", src, got, want)
		}
		if problems, _, _ := read(t, src, nobodys); len(problems) > 0 && !Asks(tree) {
			t.Errorf("%q: nobody asks, and there is %q to tell", src, problems[0].Text)
		}
	}
}

// What the catalogue says of a package is not said inside of it.
func TestOwn(t *testing.T) {
	const src = "import subprocess\nclass C:\n    def __reduce__(self): return subprocess.call, ()\n"
	for top, want := range map[string]int{"os": 1, "subprocess": 0} {
		if problems, _, _ := read(t, src, func(name string) bool { return name == top }); len(problems) != want {
			t.Errorf("inside %s: %d problems, want %d", top, len(problems), want)
		}
	}
}

// More than a file can have to tell is cut, and said to be.
func TestCut(t *testing.T) {
	var b strings.Builder
	for n := range maxProblems + 5 {
		fmt.Fprintf(&b, "class C%d:\n    def __reduce__(self): return eval, ()\n", n)
	}
	problems, _, cut := read(t, b.String(), nobodys)
	if len(problems) != maxProblems || !cut {
		t.Errorf("%d problems, cut: %t", len(problems), cut)
	}
}
