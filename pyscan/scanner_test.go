//go:build cgo

package pyscan

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

func TestSiteFields(t *testing.T) {
	src := "import pickle\n\nclass C:\n    def m(self, fh):\n        return pickle.load(\n            fh . name,\n        )\n"
	res := scan("dir/load.py", src)
	if len(res.Sites) != 1 || len(res.Findings) != 1 {
		t.Fatalf("%d sites, %d findings", len(res.Sites), len(res.Findings))
	}
	want := lint.Site{
		Location: lint.Location{Path: "dir/load.py", Offset: int64(strings.Index(src, "pickle.load(")), Line: 5, Column: 16, EndLine: 7, EndColumn: 10},
		Wing:     "python", API: "pickle.load", Format: "pickle", Function: "C.m", Argument: "fh . name",
	}
	got := *res.Sites[0]
	want.Fingerprint = got.Fingerprint // is made of all the rest
	if got.Fingerprint == "" || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("site\n got %+v\nwant %+v", got, want)
	}
	f := res.Findings[0]
	if f.Location.Compare(want.Location) != 0 || f.Callable != "pickle.load" || f.CWE != 502 || f.Severity != lint.Warning || f.Fingerprint == "" {
		t.Errorf("finding %+v", f)
	}
}

func TestFunctionNames(t *testing.T) {
	res := scan("f.py", `import pickle
top = pickle.loads(a)
class Outer:
    attribute = pickle.loads(b)
    class Inner:
        def method(self):
            def local():
                return pickle.loads(c)
            return [pickle.loads(d) for d in self]
    async def other(self):
        return lambda e: pickle.loads(e)
def f(default=pickle.loads(g)): pass
`)
	var got []string
	for _, s := range res.Sites {
		got = append(got, s.Argument+":"+s.Function)
	}
	if want := "[a: b: c:Outer.Inner.method.local d:Outer.Inner.method e:Outer.other g:]"; fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestSuppression(t *testing.T) {
	res := scan("s.py", "import pickle\n# picklelint:trust boundary=host reason=\"written by this program only\"\nx = pickle.loads(b)\n")
	if len(res.Findings) != 1 || !res.Findings[0].Suppressed || res.Findings[0].Justification == nil || res.Sites[0].Justification == nil {
		t.Fatalf("%+v", res.Findings)
	}
	if got := res.Findings[0].Justification; got.Boundary != "host" || got.Line != 2 {
		t.Errorf("justification %+v", got)
	}
	// The same fingerprint, justified or not, reformatted or moved.
	for _, src := range []string{
		"import pickle\nx = pickle.loads(b)\n",
		"import pickle\n\n\nx  =  pickle.loads(b)  # a note\n",
	} {
		if got := scan("s.py", src).Findings[0].Fingerprint; got != res.Findings[0].Fingerprint {
			t.Errorf("%q: another fingerprint", src)
		}
	}
	bare := scan("s.py", "import pickle\nx = pickle.loads(\n    b)\n").Findings[0].Fingerprint
	claimed := scan("s.py", "import pickle\nx = pickle.loads(\n    # picklelint:trust boundary=host reason=\"written by this program only\"\n    b)\n")
	if !claimed.Findings[0].Suppressed || claimed.Findings[0].Fingerprint != bare {
		t.Error("a justification inside a statement changes its fingerprint")
	}
	two := scan("s.py", "import pickle\nx = pickle.loads(b)\nx = pickle.loads(b)\n").Findings
	if len(two) != 2 || two[0].Fingerprint == two[1].Fingerprint {
		t.Error("two equal findings share a fingerprint")
	}
}

// What covers a simple statement inside an ERROR is that call alone.
func TestBrokenFileIsNotOneStatement(t *testing.T) {
	src := "import pickle\n# picklelint:trust boundary=host reason=\"written by this program only\"\nx = = (\npickle.loads(a)\n\npickle.loads(b)\n"
	for _, f := range scan("b.py", src).Findings {
		if f.Rule == "PKL201" && f.Suppressed {
			t.Errorf("line %d is excused by a claim at another statement", f.Line)
		}
	}
}

func TestSyntaxErrors(t *testing.T) {
	for src, line := range map[string]int{
		"import pickle\npickle.loads(a)\nx = = 1\npickle.loads(b)\n":                3,
		"import pickle\npickle.loads(a)\n<<<<<<< HEAD\nx\n=======\npickle.loads(b)": 3,
		"import pickle\npickle.loads(a)\npickle.loads(b)\ns = 'open\n":              4,
		"import pickle\npickle.loads(a)\npickle.loads(b\n":                          0, // wherever the parser lost its way
	} {
		res := scan("e.py", src)
		if len(res.Skips) != 1 || !strings.HasPrefix(res.Skips[0].Reason, "syntax error: ") || line != 0 && res.Skips[0].Line != line {
			t.Errorf("%q: skips %+v, want a syntax error at line %d", src, res.Skips, line)
		}
		if len(res.Sites) != 2 {
			t.Errorf("%q: %d sites, want 2", src, len(res.Sites))
		}
	}
	// An error in a file whose words hold no site is no matter.
	for _, src := range []string{"x = = 1\n", "def f(:\n    pass\n", "class C\n    pass\n", "s = 'open\n"} {
		if res := scan("e.py", src); len(res.Skips) != 0 {
			t.Errorf("%q: skips %+v", src, res.Skips)
		}
	}
	if res := scan("e.py", "def f():\n    return 1\n"); len(res.Skips) != 0 {
		t.Errorf("a sound file: %+v", res.Skips[0])
	}
}

// A module that was renamed twice is followed both times, by the gate too.
func TestAliasOfAnAlias(t *testing.T) {
	c, err := catalog.Builtin().With("overlay.cat", strings.NewReader("python-alias oldest for=cPickle # renamed before\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := &Scanner{Catalog: c, Policy: justify.DefaultPolicy(time.Now())}
	res := s.Scan(context.Background(), "a.py", []byte("import oldest\noldest.load(f)\n"))
	if len(res.Sites) != 1 || res.Sites[0].API != "pickle.load" {
		t.Errorf("sites %+v", res.Sites)
	}
}

func TestHostile(t *testing.T) {
	const deep = 100_000
	call := "pickle.loads(b)"
	for name, src := range map[string]string{
		"empty":          "",
		"parentheses":    strings.Repeat("(", deep) + call + strings.Repeat(")", deep),
		"unclosed":       strings.Repeat("(", deep) + call,
		"brackets":       strings.Repeat("[", deep) + call + strings.Repeat("]", deep),
		"attributes":     "pickle" + strings.Repeat(".loads", deep) + "(b)",
		"calls":          call + strings.Repeat("(b)", deep),
		"arguments":      "f(" + strings.Repeat(call+", ", 20_000) + ")",
		"nested calls":   strings.Repeat("pickle.loads(", deep/10) + "b" + strings.Repeat(")", deep/10),
		"lambdas":        strings.Repeat("lambda: pickle, ", deep/10) + call,
		"lambda nest":    strings.Repeat("lambda: (pickle.loads, ", deep/10) + "1" + strings.Repeat(")", deep/10),
		"comprehensions": strings.Repeat("[pickle.loads(", 5_000) + "b" + strings.Repeat(") for x in y]", 5_000),
		"rebound":        strings.Repeat("pickle = pickle\n"+call+"\n", 5_000),
		"chained":        strings.Repeat("a = ", deep/10) + "pickle.loads\na(b)",
		"growing":        "x = pickle\n" + strings.Repeat("x = x.loads\n", 10_000) + "x(b)",
		"unterminated":   "s = '''" + call,
		"binary":         "\x7fELF\x00\x01pickle\x00loads\xff\xfe" + call,
		"elifs":          "if a: pass\n" + strings.Repeat("elif "+call+": pass\n", 5_000),
		"classes":        "class A(pickle.Unpickler): pass\n" + strings.Repeat("class A(A): pass\n", 5_000) + "A(b)\n",
		"aliases in if":  strings.Repeat("if a: pickle = pickle.loads\n", 5_000) + call,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			res := scan("h.py", "import pickle\n"+src+"\n")
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if name != "empty" && len(res.Sites) == 0 && len(res.Skips) == 0 {
				t.Error("neither a site nor a skip")
			}
			for _, skip := range res.Skips {
				if strings.Contains(skip.Reason, "crashed") {
					t.Error(skip.Reason)
				}
			}
		})
	}
}

func TestLimitsAreSkips(t *testing.T) {
	src := "import pickle\npickle.loads(b)\n"
	res := scan("big.py", src+strings.Repeat("#\n", 2<<20))
	if len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "not parsed") {
		t.Errorf("too large: %+v", res.Skips)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := &Scanner{Policy: justify.DefaultPolicy(testDay)}
	if res := s.Scan(ctx, "c.py", []byte(strings.Repeat(src, 1000))); len(res.Skips) != 1 {
		t.Errorf("cancelled: %+v", res.Skips)
	}
}

// A crash in one file is a skip of that file.
func TestCrashIsASkip(t *testing.T) {
	s := &Scanner{Catalog: &catalog.Catalog{}, Policy: justify.DefaultPolicy(testDay)}
	res := &Result{}
	s.scan(nil, "x.py", []byte("# picklelint:trust\nx\n"), res) //nolint:staticcheck // the nil context is the crash
	if len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "crashed") {
		t.Errorf("skips %+v", res.Skips)
	}
}

// A call that is not closed is none of the tree, and handed on to nobody.
func TestUnclosedCall(t *testing.T) {
	for src, want := range map[string]string{
		"import pickle\npickle.load(f\n":                         "pickle.load is called",
		"import pickle\ndef f(a):\n    x = pickle.load (a\n":     "pickle.load is called",
		"import pickle\nf(pickle.load)\n":                        "pickle.load is handed on",
		"from joblib import Memory\nm = Memory('a', verbose=0\n": "joblib.Memory is used",
	} {
		res := scan("x.py", src)
		if len(res.Findings) != 1 || !strings.HasPrefix(res.Findings[0].Message, want) {
			t.Errorf("%q: %+v, want %q", src, res.Findings, want)
		}
	}
}

func TestOverlayAddsASink(t *testing.T) {
	c, err := catalog.Builtin().With("user.cat", strings.NewReader(`python-sink acme.spool.read format=pickle arg=name@0 danger="it unpickles" # ours
python-alias legacy.spool for=acme.spool # moved
`))
	if err != nil {
		t.Fatal(err)
	}
	s := &Scanner{Catalog: c, Policy: justify.DefaultPolicy(testDay)}
	res := s.Scan(context.Background(), "o.py", []byte("from legacy import spool\nspool.read('x')\nimport pickle\npickle.load(f)\n"))
	if len(res.Sites) != 2 || res.Sites[0].API != "acme.spool.read" {
		t.Errorf("sites %+v", res.Sites)
	}
}

func TestGenerated(t *testing.T) {
	src := "import pickle\npickle.loads(b)\n"
	if scan("g.py", src).Sites[0].Generated || !scan("g.py", "# Code generated by protoc. DO NOT EDIT.\n"+src).Sites[0].Generated {
		t.Error("the mark of generated code is misread")
	}
}

func TestDeterministic(t *testing.T) {
	src := []byte("try:\n    import dill as p\nexcept ImportError:\n    import pickle as p\np.loads(b)\nmap(p.load, x)\n# picklelint:trust\n")
	var first string
	for range 20 {
		s := &Scanner{Policy: justify.DefaultPolicy(testDay)}
		var out bytes.Buffer
		res := s.Scan(context.Background(), "d.py", src)
		for _, site := range res.Sites {
			fmt.Fprintln(&out, *site)
		}
		for _, f := range res.Findings {
			fmt.Fprintln(&out, *f)
		}
		if first == "" {
			first = out.String()
		}
		if out.String() != first {
			t.Fatalf("two runs differ:\n%s\n%s", first, out.String())
		}
	}
}

// Nothing in a stub runs: a class in one stands on an unpickler, and is none.
func TestStub(t *testing.T) {
	const src = "import pickle\nclass Reader(pickle.Unpickler): ...\nload = pickle.load\n"
	if res := scan("reader.pyi", src); len(res.Findings) != 0 {
		t.Errorf("findings in a stub: %+v", res.Findings[0])
	}
	if res := scan("reader.py", src); len(res.Findings) != 2 {
		t.Errorf("%d findings in a module, want 2", len(res.Findings))
	}
}
