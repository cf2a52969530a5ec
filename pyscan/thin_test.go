//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// What is left out of a source before it is parsed changes nothing that is said of
// it: all fixtures, padded so that they are worth it, and the sources below the
// directory that the environment names (PYSCAN_ORACLE).
func TestThin(t *testing.T) {
	files, err := filepath.Glob("testdata/*.py")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	thinned := 0
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		thinned += sameThin(t, name, string(raw)+padding)
		thinned += sameThin(t, name, inMethods(string(raw))+padding)
	}
	if root := os.Getenv("PYSCAN_ORACLE"); root != "" {
		err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() || filepath.Ext(name) != ".py" {
				return err
			}
			raw, err := os.ReadFile(name)
			thinned += sameThin(t, name, string(raw))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d sources were thinned", thinned)
}

// padding is what a source is made large with: functions that have no part in a site.
var padding = strings.Repeat("\n\ndef padding(rows):\n    for row in rows:\n        if row['size'] > 10:\n            yield row['name'].strip()\n", 50)

// inMethods puts a source into a method, in which it does the same as far as scopes allow.
func inMethods(src string) string {
	return "class Service:\n    def run(self):\n        " + strings.ReplaceAll(src, "\n", "\n        ") + "\n"
}

// sameThin compares, and returns 1 if something was left out.
func sameThin(t *testing.T, path, src string) int {
	t.Helper()
	s := &Scanner{Policy: justify.DefaultPolicy(testDay)}
	whole := &Scanner{Policy: s.Policy, whole: true}
	got := s.Scan(context.Background(), path, []byte(src))
	want := whole.Scan(context.Background(), path, []byte(src))
	a, b := saysOf(got), saysOf(want)
	for _, line := range a {
		if !slices.Contains(b, line) {
			t.Errorf("%s: only if thinned: %s", path, line)
		}
	}
	for _, line := range b {
		if !slices.Contains(a, line) {
			t.Errorf("%s: not if thinned: %s", path, line)
		}
	}
	if len(want.Sites) > 0 && got.thin {
		return 1
	}
	return 0
}

// saysOf is what a result says. Syntax errors in what was left out are not told.
func saysOf(res *Result) (out []string) {
	for _, s := range res.Sites {
		out = append(out, fmt.Sprintf("%d:%d %s %s %s %s %s", s.Line, s.Column, s.API, s.Argument, s.Safe, s.Note, s.Function))
	}
	for _, f := range res.Findings {
		out = append(out, fmt.Sprintf("%d:%d %s %v", f.Line, f.Column, f.Message, f.Suppressed))
	}
	return out
}

// This is what is left out, where it is long enough for that to be worth it.
func TestThinCuts(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"functions, with their decorators", "@cached\ndef f(a):\n    return LONG\n@app.get\ndef g(b):\n    x = LONG\n    return pickle.loads(b)\n", "pass\n@app.get\ndef g(b):\n    x = LONG\n    return pickle.loads(b)\n"},
		{"a function that is called keeps its header", "def f(a):\n    return LONG\ndef g(b):\n    return pickle.loads(f(b))\n", "def f(a):\n    pass\ndef g(b):\n    return pickle.loads(f(b))\n"},
		{"methods", "class A:\n    def f(self):\n        return LONG\n    def g(self, b):\n        return pickle.loads(b)\n", "class A:\n    pass\n    def g(self, b):\n        return pickle.loads(b)\n"},
		{"classes", "class A:\n    x = LONG\npickle.loads(b)\n", "pass\npickle.loads(b)\n"},
		{"statements outside of functions", "TABLE = LONG\nDATA = LONG\nif LONG:\n    x = 1\nelse:\n    x = LONG\ndef g():\n    return pickle.loads(DATA)\n", "pass\nDATA = LONG\npass\ndef g():\n    return pickle.loads(DATA)\n"},
		{"all clauses, or none", "try:\n    data = read()\nexcept LONG:\n    x = LONG\nfinally:\n    y = LONG\npickle.loads(data)\n", "try:\n    data = read()\nexcept LONG:\n    pass\nfinally:\n    pass\npickle.loads(data)\n"},
		{"imports that nobody needs", "from os import (LONG)\nfrom gzip import (open, LONG)\npickle.load(open(n))\n", "pass\nfrom gzip import (open, LONG)\npickle.load(open(n))\n"},
		{"local names are warm in their function", "def f():\n    load = LONG\n    return load(1)\ndef g(b):\n    load = pickle.loads\n    return load(b)\n", "pass\ndef g(b):\n    load = pickle.loads\n    return load(b)\n"},
		{"attributes everywhere", "def f(x):\n    return x.load(LONG)\ndef g(a):\n    a.load = pickle.loads\n", "def f(x):\n    return x.load(LONG)\ndef g(a):\n    a.load = pickle.loads\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			long := func(s string) string {
				return strings.ReplaceAll(s, "LONG", "a_name_that_is_longer_than_the_least_of_what_is_worth_to_be_cut_out")
			}
			src := []byte("import pickle\n" + long(tt.src) + padding)
			c := catalog.Builtin()
			seen := exact{gate: gateFor(c)}
			normal := prelex.Normalise(src, seen.visit)
			seen.verdict(normal.Text)
			plain, cuts, cold := seen.thinned(normal, seen.gate.read(normal.Text, "", false), false, 0, false)
			if cold {
				t.Fatal("cold")
			}
			var rest []byte
			at := uint32(0)
			for _, cut := range append(cuts, syntax.Cut{Start: uint32(len(plain))}) {
				rest = append(rest, plain[at:cut.Start]...)
				at = cut.End
			}
			got := string(rest)
			if want := "import pickle\n" + long(tt.want); !strings.HasPrefix(got, want) {
				t.Errorf("got:\n%s\nwant:\n%s", got[:min(len(got), len(want)+40)], want)
			}
		})
	}
}

// What bytes may come through on their way to a sink is kept, and what the pickling of
// a class hangs on.
func TestThinWidened(t *testing.T) {
	for _, tt := range []struct{ name, src, keeps, drops string }{
		{"what a function with a site calls", "def check(b):\n    KEEP(b)\ndef other(b):\n    DROP(b)\ndef f(b):\n    check(b)\n    return pickle.loads(b)\n", "KEEP", "DROP"},
		{"what calls it", "def f(b):\n    return pickle.loads(b)\ndef g(r):\n    return f(KEEP(r))\ndef h(r):\n    return DROP(r)\n", "KEEP", "DROP"},
		{"what calls it outside of functions", "def f(b):\n    return pickle.loads(b)\ndef h(r):\n    return DROP(r)\nregister(f, KEEP)\n", "KEEP", "DROP"},
		{"what sets its attributes", "class C:\n    def __enter__(self):\n        self.raw = KEEP\n    def other(self):\n        self.row = DROP\n    def f(self):\n        return pickle.loads(self.raw)\n", "KEEP", "DROP"},
		{"what a decorator does", "def signed(f):\n    return KEEP(f)\ndef plain(f):\n    return DROP(f)\n@signed\ndef get(b):\n    return pickle.loads(b)\n", "KEEP", "DROP"},
		{"what makes the objects of a class with hooks", "class C:\n    a = KEEP\n    def __init__(self):\n        self.lock = KEEP()\n    def show(self):\n        print(DROP)\n    def __setstate__(self, state):\n        self.a = state\n", "KEEP", "DROP"},
		{"the global of which __reduce__ gives the name", "class C:\n    def __reduce__(self):\n        return 'EMPTY'\nEMPTY = C(KEEP)\nFULL = D(DROP)\n", "KEEP", "DROP"},
		{"its bases", "class B:\n    def open(self):\n        self.f = KEEP\nclass D:\n    def open(self):\n        self.f = DROP\nclass C(B):\n    def __getstate__(self):\n        return self.__dict__\n", "KEEP", "DROP"},
		{"nobody who sets what a reducer does not read", "class C:\n    def open(self):\n        self.f = KEEP(self.h)\n    def draw(self):\n        self.g = DROP\n    def lift(self):\n        self.h = KEEP\n    def __reduce__(self):\n        return C, (self.f,)\n", "KEEP", "DROP"},
		{"who sets what a reducer hands out", "class C:\n    def open(self):\n        self.f = KEEP\n    def __reduce__(self):\n        return C, (), self.__dict__\nclass D:\n    def open(self):\n        self.f = KEEP\n    def __reduce__(self):\n        return D, ()\n    def __setstate__(self, state):\n        self.f = state\nclass E:\n    def open(self):\n        self.f = DROP\n", "KEEP", "DROP"},
		{"nobody who asks for a hook, or calls it", "class C:\n    def __reduce__(self):\n        return C, (KEEP,)\ndef f(x):\n    return hasattr(x, '__getstate__') and DROP\ndef g(x):\n    return x.__reduce__(), DROP\ndef h(x):\n    setattr(x, '__reduce__', KEEP)\n", "KEEP", "DROP"},
		{"what reads what is left out of the state", "class C:\n    def __init__(self, doc):\n        self.doc = doc\n        self.n = 1\n    def help(self):\n        return KEEP(self.doc)\n    def more(self):\n        return DROP(self.n)\n    def __getstate__(self):\n        return {'n': self.n}\n", "KEEP", "DROP"},
		{"what reads what is taken out of the state", "class C:\n    def __init__(self, doc):\n        self.doc = doc\n        self.n = 1\n    def help(self):\n        return KEEP(self.doc)\n    def more(self):\n        return DROP(self.n)\n    def __getstate__(self):\n        state = self.__dict__.copy()\n        del state['doc']\n        return state\n", "KEEP", "DROP"},
		{"nobody who sets attributes of other objects", "class C:\n    def __reduce__(self):\n        return C, (KEEP, self.n)\ndef of(c):\n    c.n = DROP\n", "KEEP", "DROP"},
		{"nobody who calls a hook", "class C:\n    def __reduce__(self):\n        return make, (KEEP,)\ndef make(n):\n    return C()\ndef other(n):\n    return make(DROP)\n", "KEEP", "DROP"},
		{"words of what else pickles objects", "class C:\n    pass\ndef save(c):\n    return pickle.dumps(KEEP)\ndef other(pool):\n    return pool.map(DROP)\n", "KEEP", "DROP"},
		{"nobody who calls what loads its own bytes", "def f(x):\n    s = pickle.dumps(KEEP(x))\n    return pickle.loads(s)\ndef g(r):\n    return f(DROP(r))\ndef h(x):\n    return pickle.loads(pickle.dumps(KEEP(x)))\ndef i(r):\n    return h(DROP(r))\n", "KEEP", "DROP"},
		{"who calls what loads bytes that others see", "def f(s):\n    s = pickle.dumps(s)\n    return pickle.loads(s)\ndef g(r):\n    return f(KEEP(r))\n", "KEEP", "DROP"},
		{"what the bytes come from", "def fetch(n):\n    return KEEP(n)\ndef show(n):\n    return DROP(n)\ndef f(n):\n    s = fetch(n)\n    x = pickle.loads(s)\n    show(x)\n    return x\n", "KEEP", "DROP"},
		{"what is given for a parameter", "def f(s, n):\n    return pickle.loads(s)\ndef c():\n    return KEEP()\ndef d():\n    return DROP()\ndef g(r):\n    m = d()\n    f(c(), n=m)\n", "KEEP", "DROP"},
		{"what fills a buffer", "def sock():\n    return KEEP()\ndef other():\n    return DROP()\ndef f(n):\n    buf = bytearray(n)\n    sock().recv_into(buf)\n    print(other())\n    return pickle.loads(buf)\n", "KEEP", "DROP"},
		{"who makes the object", "class C:\n    raw: bytes\n    def f(self):\n        return pickle.loads(self.raw)\ndef g(r):\n    return C(KEEP(r))\ndef h(r):\n    return D(DROP(r))\n", "KEEP", "DROP"},
		{"who calls what pickles a parameter", "class A:\n    lock = KEEP\nclass B:\n    other = DROP\ndef f(x):\n    return marshal(pickle.dumps(x))\ndef g():\n    return f(A())\ndef h():\n    return k(B())\n", "KEEP", "DROP"},
		{"what a generator gives to a pickle, and no other function", "class A:\n    pass\ndef rows(n):\n    yield KEEP(n)\ndef row(n):\n    return DROP(n)\ndef f(x):\n    return pickle.dumps((rows(1), row(2)))\n", "KEEP", "DROP"},
		{"no sibling of a class with hooks", "class A:\n    a = KEEP\nclass B(A):\n    b = KEEP\n    def __reduce__(self):\n        return B, ()\nclass C(A):\n    c = DROP\nclass D(B):\n    d = KEEP\n", "KEEP", "DROP"},
		{"no method that passes arguments by their names", "class C:\n    def show(self):\n        return self.draw(size=DROP)\n    def __init__(self):\n        self.a = KEEP\n    def __setstate__(self, state):\n        self.a = state\n", "KEEP", "DROP"},
		{"no bytes on their way to a setting", "def fetch(n):\n    return DROP(n)\ndef f(s, n):\n    s.SESSION_SERIALIZER = KEEP + 'django.contrib.sessions.serializers.PickleSerializer' + fetch(n)\ndef g(s):\n    return f(s, DROP)\ndef h(b):\n    return pickle.loads(b)\n", "KEEP", "DROP"},
		{"what is registered", "def r(c):\n    return KEEP\ndef s(c):\n    return DROP\nimport copyreg\ncopyreg.pickle(C, r)\n", "KEEP", "DROP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			long := strings.NewReplacer("KEEP", "this_is_needed_and_longer_than_the_least_of_what_is_worth_to_be_cut_out", "DROP", "this_is_no_part_of_it_and_longer_than_the_least_of_what_is_worth_to_be_cut_out")
			src := []byte("import pickle\n" + long.Replace(tt.src) + padding)
			seen := exact{gate: gateFor(catalog.Builtin())}
			normal := prelex.Normalise(src, seen.visit)
			seen.verdict(normal.Text)
			plain, _, cold := seen.thinned(normal, seen.gate.read(normal.Text, "", false), true, seen.gate.asked("test_m.py", &seen)&^wraps, false)
			if got, want := strings.Count(string(plain), long.Replace("KEEP")), strings.Count(tt.src, "KEEP"); cold || got != want {
				t.Errorf("cold %v, %d of %d kept:\n%s", cold, got, want, plain[:len(tt.src)+500])
			}
			if strings.Contains(string(plain), long.Replace("DROP")) {
				t.Errorf("too much kept:\n%s", plain[:len(tt.src)+500])
			}
		})
	}
}

// What is said of these is the same, too.
func TestThinSources(t *testing.T) {
	all, err := os.ReadFile("testdata/thinned.txt")
	sources := strings.Split(string(all), "\n-- ")[1:]
	if err != nil || len(sources) < 100 {
		t.Fatalf("%v, %d sources", err, len(sources))
	}
	const filler = "filler = [row for row in range(1000) if row % 7 == 3 and row > 12 and row < 999]"
	thinned := 0
	for _, source := range sources {
		name, src, _ := strings.Cut(source, " --\n")
		thinned += sameThin(t, name, strings.ReplaceAll(src, "FILLER", filler)+"\n"+padding)
	}
	if thinned < len(sources)/2 {
		t.Errorf("only %d of %d sources were thinned", thinned, len(sources))
	}
}

// Each of these binds a sink in one function and calls it in another: the functions
// between them are left out, and neither of the two is.
func TestThinFlows(t *testing.T) {
	for _, tt := range []struct{ name, src string }{
		{"attribute", "class A:\n    def setup(self):\n        self.load = pickle.loads\n    def use(self, b):\n        return self.load(b)\n"},
		{"default", "class A:\n    def __init__(self, load=pickle.loads):\n        self.restore = load\n    def use(self, b):\n        return self.restore(b)\n"},
		{"global", "def setup():\n    global load\n    load = pickle.loads\ndef use(b):\n    return load(b)\n"},
		{"global import", "def setup():\n    global marshal\n    import marshal\ndef use(b):\n    return marshal.loads(b)\n"},
		{"table", "TABLE = {}\ndef setup():\n    TABLE['pickle'] = pickle.loads\ndef use(b):\n    return TABLE['pickle'](b)\n"},
		{"module in an attribute", "class A:\n    def setup(self):\n        self.codec = pickle\n    def use(self, b):\n        return self.codec.loads(b)\n"},
		{"a name in an attribute", "import importlib\nclass A:\n    def setup(self):\n        self.name = 'marshal'\n        self.codec = importlib.import_module(self.name)\n    def use(self, b):\n        return self.codec.loads(b)\n"},
		{"getattr", "class A:\n    def setup(self):\n        self.load = getattr(pickle, 'loads')\n    def use(self, b):\n        return self.load(b)\n"},
		{"setattr", "class A:\n    pass\ndef setup():\n    setattr(A, 'load', pickle.loads)\ndef use(b):\n    return A.load(b)\n"},
		{"a subclass", "class Own(pickle.Unpickler):\n    @classmethod\n    def of(cls, f):\n        return cls(f)\n    def other(self):\n        return type(self)(self.f)\n"},
		{"an object of an object", "import zmq\nclass A:\n    def setup(self):\n        self.context = zmq.Context()\n    def open(self):\n        self.sock = self.context.socket(1)\n    def use(self):\n        return self.sock.recv_pyobj()\n"},
		{"behind a semicolon", "def use(b):\n    import marshal; return marshal.loads(b)\ndef other():\n    x = 1; y = 2\n"},
		{"one line", "def use(b): x = 1; return pickle.loads(b)\nclass A: x = 1; load = pickle.load\ndef f(b):\n    return A.load(b)\n"},
		{"walrus", "def setup():\n    global load\n    if (load := pickle.loads):\n        pass\ndef use(b):\n    return load(b)\n"},
		{"shadowed", "def setup():\n    global pickle\n    pickle = None\ndef use(b):\n    return pickle.loads(b)\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if sameThin(t, tt.name+".py", "import pickle\n"+tt.src+padding) == 0 {
				t.Error("nothing was left out, or there is no site")
			}
		})
	}
}
