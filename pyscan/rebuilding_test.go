//go:build cgo

package pyscan

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// rules lists the rules about rebuilding that fire in a source.
func rebuildingIn(src string) (out []string) {
	for _, f := range scan("mod.py", src).Findings {
		if f.Rule >= "PKL225" && f.Rule <= "PKL228" {
			out = append(out, f.Rule)
		}
	}
	return out
}

// picklesProgram pickles obj of each module with each protocol, loads that in another
// process, and prints the names of the modules of which all went well.
const picklesProgram = `
import importlib, json, pickle, subprocess, sys
data = {}
for name in sys.argv[1:]:
    obj = importlib.import_module(name).obj
    try:
        data[name] = [pickle.dumps(obj, protocol).hex() for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    except Exception as e:
        pass
loader = """
import json, pickle, sys
for name, all in json.load(sys.stdin).items():
    try:
        for data in all:
            pickle.loads(bytes.fromhex(data))
    except Exception:
        continue
    print(name)
"""
sys.exit(subprocess.run([sys.executable, "-c", loader], input=json.dumps(data), text=True).returncode)
`

// What CPython cannot pickle is unimportable, and nothing else.
func TestUnimportableOracle(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	const made = "\n\nobj = C()\n"
	sources := map[string]string{
		"the class":                "class C:\n    def __reduce__(self):\n        return C, ()" + made,
		"own class":                "class C:\n    def __reduce__(self):\n        return type(self), ()" + made,
		"function":                 "def f():\n    return 1\n\nclass C:\n    def __reduce__(self):\n        return f, ()" + made,
		"local function":           "class C:\n    def __reduce__(self):\n        def f():\n            return 1\n        return f, ()" + made,
		"local class":              "def g():\n    class D:\n        def __reduce__(self):\n            return D, ()\n    return D\n\nobj = g()()\n",
		"global class":             "def g():\n    global D\n    class D:\n        def __reduce__(self):\n            return D, ()\n    return D\n\nobj = g()()\n",
		"lambda behind a name":     "f = lambda: 1\n\nclass C:\n    def __reduce__(self):\n        return f, ()" + made,
		"method of the object":     "class C:\n    def f(self):\n        return 1\n    def __reduce__(self):\n        return self.f, ()" + made,
		"class method":             "class C:\n    @classmethod\n    def f(cls):\n        return 1\n    def __reduce__(self):\n        return self.f, ()" + made,
		"static method":            "class C:\n    @staticmethod\n    def f():\n        return 1\n    def __reduce__(self):\n        return C.f, ()" + made,
		"private class method":     "class C:\n    @classmethod\n    def __f(cls):\n        return 1\n    def __reduce__(self):\n        return self.__f, ()" + made,
		"private static method":    "class C:\n    @staticmethod\n    def __f():\n        return 1\n    def __reduce__(self):\n        return C.__f, ()" + made,
		"nestedDefs class":         "class A:\n    class C:\n        def __reduce__(self):\n            return A.C, ()\n\nobj = A.C()\n",
		"private nestedDefs class": "class A:\n    class __D:\n        pass\n    def __reduce__(self):\n        return A.__D, ()\n\nobj = A()\n",
		"decorated":                "def d(f):\n    def w():\n        return f()\n    return w\n\n@d\ndef f():\n    return 1\n\nclass C:\n    def __reduce__(self):\n        return f, ()" + made,
		"wrapped":                  "import functools\n\ndef d(f):\n    @functools.wraps(f)\n    def w():\n        return f()\n    return w\n\n@d\ndef f():\n    return 1\n\nclass C:\n    def __reduce__(self):\n        return f, ()" + made,
		"cached":                   "import functools\n\n@functools.lru_cache\ndef f():\n    return 1\n\nclass C:\n    def __reduce__(self):\n        return f, ()" + made,
		"deleted":                  "def f():\n    return 1\n\nclass C:\n    def __reduce__(self):\n        return f, ()" + made + "del f\n",
		"replaced by an object":    "class C:\n    def __reduce__(self):\n        return C, ()\n\nobj = C = C()\n",
		"replaced by nothing":      "class C:\n    def __reduce__(self):\n        return type(self), ()" + made + "C = None\n",
		"replaced by a like":       "class C:\n    def __reduce__(self):\n        return C, ()\n\nclass C:\n    def __reduce__(self):\n        return C, ()" + made,
		"text":                     "class C:\n    def __reduce__(self):\n        return 'obj'" + made,
		"text of an attribute":     "class C:\n    def __reduce__(self):\n        return 'C.only'\n\nobj = C.only = C()\n",
		"text of nothing":          "class C:\n    def __reduce__(self):\n        return 'other'" + made,
		"__qualname__":             "class C:\n    __qualname__ = 'Other'\n    def __reduce__(self):\n        return C, ()" + made,
		"__qualname__ behind":      "def f():\n    return 1\n\nf.__qualname__ = 'g'\n\nclass C:\n    def __reduce__(self):\n        return f, ()" + made,
		"partial":                  "import functools\n\ndef f(x):\n    return x\n\nclass C:\n    def __reduce__(self):\n        return functools.partial(f, 1), ()" + made,
		"copyreg":                  "import copyreg\n\nclass C:\n    pass\n\ncopyreg.pickle(C, lambda c: (C, ()))" + made,
		"copyreg, local":           "import copyreg\n\nclass C:\n    pass\n\ndef reduce(c):\n    def f():\n        return 1\n    return f, ()\n\ncopyreg.pickle(C, reduce)" + made,
	}
	dir := t.TempDir()
	args := []string{"-c", picklesProgram}
	modules := make(map[string]string)
	for name, src := range sources {
		module := fmt.Sprintf("m%d", len(modules))
		modules[name] = module
		args = append(args, module)
		if err := os.WriteFile(filepath.Join(dir, module+".py"), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	//picklelint:trust boundary=process reason="what the script loads it has pickled itself, from the sources of this test"
	cmd := exec.Command(python, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	load := strings.Fields(string(out))
	for name, src := range sources {
		t.Run(name, func(t *testing.T) {
			loads := slices.Contains(load, modules[name])
			if got := rebuildingIn(src); (len(got) == 0) != loads {
				t.Errorf("CPython loads it: %v; found %v in\n%s", loads, got, src)
			}
		})
	}
}

// The catalogue says what is dangerous, and a user's wins.
func TestRebuildingOverlay(t *testing.T) {
	const src = "import ours\n\nclass C:\n    def __reduce__(self):\n        return ours.thaw, (1,)\n\n    def __setstate__(self, state):\n        ours.open(state)\n"
	if got := rebuildingIn(src); len(got) > 0 {
		t.Errorf("without: %v", got)
	}
	c, err := catalog.Builtin().With("my.cat", strings.NewReader("dangerous ours:thaw # runs what it is given\npython-effect ours.open kind=file # opens a file\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := &Scanner{Catalog: c, Policy: justify.DefaultPolicy(testDay)}
	var got []string
	for _, f := range s.Scan(t.Context(), "mod.py", []byte(src)).Findings {
		got = append(got, f.Rule)
	}
	if want := []string{"PKL225", "PKL226"}; !slices.Equal(got, want) {
		t.Errorf("with: %v, want %v", got, want)
	}
}

// What the catalogue says of a library is not said of its own files.
func TestRebuildingOwnPackage(t *testing.T) {
	const src = "from celery.local import thaw\n\nclass C:\n    def __reduce__(self):\n        return thaw, ()\n"
	for path, want := range map[string]int{"job.py": 1, "celery/app/job.py": 0} {
		if got := scan(path, src).Findings; len(got) != want {
			t.Errorf("%s: %d findings, want %d", path, len(got), want)
		}
	}
}

// A claim is about who wrote what is decoded: it answers for a load that a reducer hands out,
// and for nothing else.
func TestRebuildingJustified(t *testing.T) {
	reducing := func(returned string) []*lint.Finding {
		return scan("mod.py", "import pickle\nclass C:\n    def __reduce__(self):\n        # picklelint:trust boundary=process reason=\"pickled and loaded by the same test, to show the attack\"\n        return "+returned+"\n").Findings
	}
	if got := reducing("eval, ('1',)"); len(got) != 2 || got[0].Rule != "PKL908" || !strings.Contains(got[0].Message, "PKL225 unsafe-reduce asks something else") ||
		got[1].Suppressed || got[1].Justification != nil || got[1].Rule != UnsafeReduce.ID {
		t.Errorf("%+v", got)
	}
	if got := reducing("pickle.loads, (self.state,)"); len(got) != 1 || !got[0].Suppressed || got[0].Justification == nil || got[0].Rule != UnsafeReduce.ID || !got[0].Otherwise.Suppressed {
		t.Errorf("%+v", got)
	}
	weak := scan("mod.py", "class C:\n    def __init__(self, f):\n        self.f = f\n\n    def __reduce__(self):\n        return self.f, ()\n")
	if len(weak.Findings) != 1 || weak.Findings[0].Severity != lint.Note {
		t.Errorf("%+v", weak.Findings)
	}
}

// What is left out of a source before it is parsed changes nothing that is said of how
// objects are rebuilt.
func TestRebuildingThin(t *testing.T) {
	files, err := filepath.Glob("testdata/reduce_*.py")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	if root := os.Getenv("PYSCAN_ORACLE"); root != "" {
		err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && filepath.Ext(name) == ".py" {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	thinned := 0
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src := []byte(string(raw) + padding)
		s := &Scanner{Policy: justify.DefaultPolicy(testDay)}
		whole := &Scanner{Policy: s.Policy, whole: true}
		got, want := s.Scan(t.Context(), name, src), whole.Scan(t.Context(), name, src)
		if got.thin {
			thinned++
		}
		a, b := rebuildingSays(got), rebuildingSays(want)
		for _, line := range a {
			if !slices.Contains(b, line) {
				t.Errorf("%s: only if thinned: %s", name, line)
			}
		}
		for _, line := range b {
			if !slices.Contains(a, line) {
				t.Errorf("%s: not if thinned: %s", name, line)
			}
		}
	}
	if thinned < 4 {
		t.Errorf("only %d sources were thinned", thinned)
	}
}

func rebuildingSays(res *Result) (out []string) {
	for _, f := range res.Findings {
		if f.Rule >= "PKL225" && f.Rule <= "PKL228" {
			out = append(out, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Message))
		}
	}
	return out
}

// Words in strings ask as well.
func TestRebuildingByName(t *testing.T) {
	if got := rebuildingIn("import os\n\nclass C:\n    pass\n\nsetattr(C, '__reduce__', lambda self: (os.system, ('id',)))\n"); !slices.Equal(got, []string{"PKL225"}) {
		t.Error(got)
	}
}

// Sources that would keep it busy all day are cut, which is told.
func TestRebuildingHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, strings.ReplaceAll(format, "#", "%[1]d"), i)
		}
		return b.String()
	}
	args := "args = (" + strings.Repeat("eval2, ", 20_000) + ")\n"
	for name, src := range map[string]string{
		"many classes":         repeat(8_000, "class C#:\n    def __reduce__(self):\n        return eval, ('1',)\n"),
		"one long tuple":       args + repeat(8_000, "class C#:\n    def __reduce__(self):\n        return list, args\n"),
		"many returns":         "class C:\n    def __reduce__(self):\n" + repeat(20_000, "        if #: return f#, (self.x,)\n"),
		"one long class":       "class C:\n" + repeat(8_000, "    def __reduce__(self): return self.x#, ()\n    def f#(self): self.y# = 1\n"),
		"calls in a ring":      repeat(3_000, "def f#(x): f#(x); g(x)\n") + "def g(x): f1(x); exec(x)\nclass C:\n    def __reduce__(self): return f1, ()\n",
		"nestedDefs functions": nestedDefs(900, "def f#():\n") + "class C:\n" + strings.Repeat(" ", 901) + "def __reduce__(self): return C, ()\n",
		"registrations":        "import copyreg\n" + repeat(8_000, "def r#(): copyreg.pickle(C#, r#)\n"),
		"assignments":          repeat(8_000, "class C#:\n    def __reduce__(self): return C#, ()\nC# = C#\n"),
		"one name":             "class C:\n    def __reduce__(self): return C, ()\n" + strings.Repeat("C = f\n", 20_000),
		"states":               "class C:\n    def __setstate__(self, s):\n" + repeat(10_000, "        a# = s; a#(); open(a#)\n"),
		"aliases":              "a0 = eval\n" + repeat(5_000, "a = a\n") + "class C:\n    def __reduce__(self): return a, ()\n",
		"dispatch tables":      "dispatch_table = {" + strings.Repeat("A: lambda a: (eval, ()), ", 10_000) + "}\n",
		"tables in a ring":     "dispatch_table = a\na = {1: {2: a}}\n",
		"sums":                 "class C:\n    def __reduce__(self): return (eval,)" + strings.Repeat(" + (1,)", 20_000) + "\n",
		"conditions":           "class C:\n    def __reduce__(self): return " + strings.Repeat("(eval, ()) if a else ", 5_000) + "b\n",
		"parameters":           "def f(" + repeat(20_000, "a#, ") + "): exec(a)\nclass C:\n    def __reduce__(self): return f, ()\n",
		"globals":              "class C:\n    def __setstate__(self, s):\n" + repeat(10_000, "        global g#\n        g# = self\n"),
		"text with brackets":   "class C:\n    def __reduce__(self): return f, ('" + strings.Repeat("a(", 200_000) + "',)\n",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			res := scan("mod.py", src)
			took := time.Since(start)
			for _, skip := range res.Skips {
				if strings.Contains(skip.Reason, "crashed") {
					t.Error(skip.Reason)
				}
			}
			if took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			t.Logf("%d KB, %d findings, %d skips, %v", len(src)>>10, len(res.Findings), len(res.Skips), took)
		})
	}
}

// nestedDefs repeats a line, each one deeper.
func nestedDefs(n int, line string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i))
		b.WriteString(strings.ReplaceAll(line, "#", strconv.Itoa(i)))
	}
	b.WriteString(strings.Repeat(" ", n))
	return b.String()
}

// Classes with hooks of the same names cost what each of them costs, and not what all
// pairs of them would.
func TestManyHooks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	least := func(n int) time.Duration {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "class C%[1]d:\n def __reduce__(self): return C%[1]d, ()\n", i)
		}
		out := time.Hour
		for range 3 {
			start := time.Now()
			scan("mod.py", b.String())
			out = min(out, time.Since(start))
		}
		return out
	}
	few, many := least(1_000), least(16_000)
	t.Logf("%v for 1000 classes, %v for 16000", few, many)
	if many > 64*few {
		t.Errorf("sixteen times the classes took %.0f times as long", float64(many)/float64(few))
	}
}
