//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// said writes the rules and messages of a result that are about protocols.
func said(res *Result) string {
	var out []string
	for _, f := range res.Findings {
		if f.Rule >= "PKL210" && f.Rule <= "PKL213" {
			out = append(out, f.Rule+" "+f.Message)
		}
	}
	return strings.Join(out, "\n")
}

const dumpTo = "import pickle\nimport marshal\nimport sys\ndef save(x, f, path):\n    "

// What a protocol is worth hangs on the oldest Python that is declared.
func TestProtocolsAndPython(t *testing.T) {
	for _, tt := range []struct{ call, file, text, want string }{
		{"pickle.dump(x, f, 5)", "", "", ""},
		{"pickle.dump(x, f, 5)", "pyproject.toml", "[project]\nrequires-python = '>=3.8'", ""},
		{"pickle.dump(x, f, 5)", "pyproject.toml", "[project]\nrequires-python = '>=3.7'", "PKL213 pickle.dump writes protocol 5, which Python before 3.8 cannot read (Python>=3.7 is declared in pyproject.toml)"},
		{"pickle.dump(x, f, protocol=5)", "pyproject.toml", "[project]\nclassifiers = ['Programming Language :: Python :: 3.6']", "PKL213 pickle.dump writes protocol 5, which Python before 3.8 cannot read (Programming Language :: Python :: 3.6 is declared in pyproject.toml)"},
		{"pickle.dump(x, f, 5)", "setup.py", "setup(python_requires='>=3.6')", "PKL213"},
		{"pickle.dump(x, f, 5)", "setup.cfg", "[options]\npython_requires = >=3.5\n", "PKL213"},
		{"pickle.dump(x, f, 5)", "Pipfile", "[requires]\npython_version = '3.7'\n", "PKL213"},
		{"pickle.dump(x, f, 5)", "pyproject.toml", "[project]\nrequires-python = '<3.12'", ""},
		{"pickle.dump(x, f, 4)", "pyproject.toml", "[project]\nrequires-python = '>=3.3'", "PKL213 pickle.dump writes protocol 4, which Python before 3.4 cannot read"},
		{"pickle.dump(x, f, 3)", "pyproject.toml", "[project]\nrequires-python = '>=2.7'", "PKL213 pickle.dump writes protocol 3, which Python before 3.0 cannot read"},
		{"pickle.dump(x, f, 2)", "pyproject.toml", "[project]\nrequires-python = '>=2.7'", ""},
		{"pickle.dump(x, f, 2)", "pyproject.toml", "[project]\nrequires-python = '>=3.6'", "PKL211"},
		{"pickle.dump(x, f, 2)  # for Python 2", "pyproject.toml", "[project]\nrequires-python = '>=3.6'", ""},
		{"pickle.dump(x, f, 1)", "pyproject.toml", "[project]\nrequires-python = '>=2.7'", "PKL211"},
		{"marshal.dump(x, f, 5)", "pyproject.toml", "[project]\nrequires-python = '>=3.8'", "PKL213 marshal.dump writes version 5, which Python before 3.14 cannot read"},
		{"pickle.dump(x, f, 5 if sys.version_info >= (3, 8) else 4)", "pyproject.toml", "[project]\nrequires-python = '>=3.7'", ""},
		{"if sys.version_info >= (3, 8): pickle.dump(x, f, 5)", "pyproject.toml", "[project]\nrequires-python = '>=3.7'", ""},
		{"import pickle5 as p; p.dump(x, f, 5)", "pyproject.toml", "[project]\nrequires-python = '>=3.7'", ""},
		{"pickle.dump(x, f)", "pyproject.toml", "[project]\nrequires-python = '>=3.9'", ""},
		{"pickle.dump(x, f, pickle.DEFAULT_PROTOCOL)", "pyproject.toml", "[project]\nrequires-python = '>=3.9'", ""},
		{"pickle.dump(x, f, -1)", "pyproject.toml", "[project]\nrequires-python = '>=3.8'", ""},
		{"pickle.dump(x, f, -1)", "pyproject.toml", "[project]\nrequires-python = '>=3.6,<3.8'", ""},
		{"pickle.dump(x, f, -1)", "pyproject.toml", "[project]\nrequires-python = '>=3.7,<=3.8'", "PKL212"},
		{"pickle.dump(x, f)", "pyproject.toml", "[project]\nrequires-python = '>=3.6,<3.14'", ""},
		{"pickle.dump(x, f)", "pyproject.toml", "[project]\nrequires-python = '>=3.6,<=3.14'", "PKL210"},
		{"pickle.dump(x, f)", "pyproject.toml", "[project]\nrequires-python = '>=2.7,<3.9'", "PKL210 pickle.dump writes to `f` without a protocol: the default is 0, 3 from Python 3.0 on, 4 from Python 3.8 on; "},
		{"pickle.dump(x, f, 5)", "pyproject.toml", "[project]\nrequires-python = '>=3.9'", ""},
		{"pickle.dump(x, f)", "pyproject.toml", "[project]\nrequires-python = '>=3.6'", "the default is 3, 4 from Python 3.8 on, 5 from Python 3.14 on;"},
		{"pickle.dump(x, f)", "pyproject.toml", "[project]\nrequires-python = '>=3.14'", ""},
		{"pickle.dump(x, f, -1)", "pyproject.toml", "[project]\nrequires-python = '>=3.6'", "PKL212 pickle.dump writes to `f` with -1, the newest protocol of whichever Python runs: 4, 5 from Python 3.8 on; Python>=3.6 is declared in pyproject.toml"},
	} {
		var files []string
		if tt.file != "" {
			files = []string{tt.file, tt.text}
		}
		got := said(scanIn(dumpTo+tt.call+"\n", files...))
		if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s with %q: %q, want %q", tt.call, tt.text, got, tt.want)
		}
	}
}

// What a project has settled makes a finding of everything else.
func TestProtocolPolicy(t *testing.T) {
	number := func(n int) *int { return &n }
	pinned := ProtocolPolicy{Min: number(4), Max: number(4), Require: true}
	old := ProtocolPolicy{Max: number(2)}
	for _, tt := range []struct {
		policy     ProtocolPolicy
		call, want string
	}{
		{pinned, "pickle.dump(x, f, 4)", ""},
		{pinned, "pickle.dump(x, f, 3)", "PKL211 pickle.dump writes protocol 3, and the project has settled on 4 or newer"},
		{pinned, "pickle.dump(x, f, 5)", "PKL213 pickle.dump writes protocol 5, and the project has settled on 4 or older"},
		{pinned, "return pickle.dumps(x)", "PKL210"},
		{pinned, "return pickle.dumps(x, -1)", "PKL212"},
		{pinned, "return pickle.dumps(x, pickle.DEFAULT_PROTOCOL)", "PKL212"},
		{pinned, "return len(pickle.dumps(x))", ""},
		{pinned, "return len(pickle.dumps(x, -1))", ""},
		{pinned, "marshal.dump(x, f)", ""},
		{old, "pickle.dump(x, f, 2)", ""},
		{old, "pickle.dump(x, f, 0)", ""},
		{old, "pickle.dump(x, f, 4)", "PKL213"},
		{old, "return pickle.dumps(x)", ""},
		{old, "pickle.dump(x, f, 9)", "PKL213 pickle.dump writes protocol 9, which no Python has"},
		{ProtocolPolicy{Require: true}, "return pickle.dumps(x)", "PKL210"},
		{ProtocolPolicy{Require: true}, "return pickle.dumps(x, -1)", ""},
	} {
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Protocols: tt.policy}
		got := said(s.Scan(context.Background(), "x.py", []byte(dumpTo+tt.call+"\n")))
		if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.call, got, tt.want)
		}
	}
}

// A justification says who may have written what is decoded, which is no answer to what is
// said of a protocol; and other tools' suppressions there concern nobody.
func TestProtocolJustified(t *testing.T) {
	src := dumpTo + "# picklelint:trust boundary=host reason=\"the reader is a device that has protocol 0 only\"\n    pickle.dump(x, f, 0)\n"
	res := scan("x.py", src)
	if len(res.Findings) != 2 || res.Findings[0].Rule != "PKL908" || !strings.Contains(res.Findings[0].Message, "PKL211 obsolete-protocol asks something else") ||
		res.Findings[1].Suppressed || res.Findings[1].Justification != nil {
		t.Errorf("%+v", res.Findings)
	}
	// The claim of a load is that of the load alone.
	res = scan("x.py", "import shelve\ns = shelve.open('x', protocol=0)  # picklelint:trust boundary=host reason=\"written by this program only, mode 0600\"\n")
	if len(res.Findings) != 2 || res.Findings[0].Rule != UnjustifiedLoad.ID || !res.Findings[0].Suppressed || res.Findings[1].Rule != ObsoleteProtocol.ID || res.Findings[1].Suppressed {
		t.Errorf("%+v", res.Findings)
	}
	if res = scan("x.py", dumpTo+"pickle.dump(x, f, 0)  # nosec\n"); len(res.Findings) != 1 {
		t.Errorf("%+v", res.Findings)
	}
}

// What changes with the Python that runs is a warning where several are known to be in use.
func TestUnpinnedProtocolIsWeak(t *testing.T) {
	number := 4
	for _, tt := range []struct {
		name   string
		files  []string
		head   string
		policy ProtocolPolicy
		want   lint.Severity
	}{
		{name: "nothing is declared", want: lint.Note},
		{name: "old and new are declared", files: []string{"pyproject.toml", "[project]\nrequires-python = '>=3.6'"}, want: lint.Warning},
		{name: "the file speaks of Python 2", head: "# runs under Python 2.7, too\n", want: lint.Warning},
		{name: "the project has settled on one", policy: ProtocolPolicy{Max: &number}, want: lint.Warning},
	} {
		var res *Result
		src := tt.head + dumpTo + "pickle.dump(x, f, -1)\n"
		if tt.policy.Max != nil {
			res = (&Scanner{Policy: justify.DefaultPolicy(testDay), Protocols: tt.policy}).Scan(context.Background(), "x.py", []byte(src))
		} else {
			res = scanIn(src, tt.files...)
		}
		if len(res.Findings) != 1 || res.Findings[0].Rule != UnpinnedProtocol.ID || res.Findings[0].Severity != tt.want {
			t.Errorf("%s: %q", tt.name, said(res))
		}
	}
}

// What the file decides at another place is not asked for at the call.
func TestProtocolDecidedElsewhere(t *testing.T) {
	const to = "    with open('x', 'wb') as f: "
	for _, tt := range []struct{ src, want string }{
		{"import dill\ndef g(x):\n" + to + "dill.dump(x, f)\n", "PKL210"},
		{"import dill\ndill.settings['protocol'] = 4\ndef g(x):\n" + to + "dill.dump(x, f)\n", ""},
		{"import pickle, dill\ndill.settings['protocol'] = 4\ndef g(x):\n" + to + "pickle.dump(x, f)\n", "PKL210"},
		{"import pickle\npickle.HIGHEST_PROTOCOL = 4\ndef g(x):\n" + to + "pickle.dump(x, f, pickle.HIGHEST_PROTOCOL)\n", ""},
		{"import pickle\npickle.HIGHEST_PROTOCOL = 4\ndef g(x):\n" + to + "pickle.dump(x, f, -1)\n", "PKL212"},
		{"import pickle\npickle.DEFAULT_PROTOCOL = 4\ndef g(x):\n" + to + "pickle.dump(x, f, pickle.DEFAULT_PROTOCOL)\n", ""},
		{"import pickle\npickle.DEFAULT_PROTOCOL = 4\ndef g(x):\n" + to + "pickle.dump(x, f)\n", "PKL210"}, // the C half does not look
		{"import pickle\npickle.HIGHEST_PROTOCOL = 4\nimport pandas\ndef g(x): x.to_pickle('x')\n", ""},
		{"import pickle\nimport pandas\ndef g(x): x.to_pickle('x')\n", "PKL210"},
		{"import pickle, functools\npickle.dump = functools.partial(pickle.dump, protocol=4)\ndef g(x):\n" + to + "pickle.dump(x, f)\n", ""},
		{"import pickle, app\napp.dump = functools.partial(pickle.dump, protocol=4)\ndef g(x):\n" + to + "pickle.dump(x, f)\n", "PKL210"},
		// A function that makes bytes for whoever calls it, where the file has thought of protocols.
		{"import pickle\ndef serialize(x): return pickle.dumps(x)\n", ""},
		{"import pickle\ndef serialize(x): return pickle.dumps(x)\ndef g(x):\n" + to + "pickle.dump(x, f, 4)\n", "PKL210 pickle.dumps writes what leaves the process without a protocol, and line 4 names 4: the default is"},
		{"import pickle\ndef key(x): return pickle.dumps(x)\ndef g(x):\n" + to + "pickle.dump(x, f, 4)\n", ""},
	} {
		if got := said(scan("x.py", tt.src)); tt.want == "" && got != "" || !strings.HasPrefix(got, tt.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: %q, want %q", tt.src, got, tt.want)
		}
	}
}

// Tests are told by their names.
func TestProtocolsOfTests(t *testing.T) {
	const src = dumpTo + "pickle.dump(x, f, 0)\n"
	for path, want := range map[string]int{"test_x.py": 0, "a/x_test.py": 0, "conftest.py": 0, "tests.py": 0, "a/testing.py": 1, "tests/x.py": 1} {
		if res := scan(path, src); len(res.Findings) != want {
			t.Errorf("%s: %q", path, said(res))
		}
	}
}

// Every line of the catalogue is a test of itself.
func TestDumpsOfCatalogue(t *testing.T) {
	ran := 0
	for _, dump := range catalog.Builtin().PythonDumps() {
		module, function, head := "x", dump.Name[1:], ""
		if dot := strings.LastIndexByte(dump.Name, '.'); dot > 0 {
			module, function = dump.Name[:dot], dump.Name[dot+1:]
			head = "import " + module + "\nfrom " + module + " import " + function + " as other\n"
		}
		forms := []string{module + "." + function}
		if head != "" {
			forms = append(forms, "other")
		}
		for _, callee := range forms {
			for _, arg := range dump.Protocol {
				var args []string
				if arg.Name != "" {
					args = append(args, arg.Name+"=0")
				}
				if arg.Position >= 0 && keywordNeeded(dump) == nil {
					args = append(args, strings.Repeat("x, ", arg.Position)+"0")
				}
				for _, given := range args {
					ran++
					src := head + "def g(x):\n    y = " + callee + "(" + given + ")\n"
					got := said(scan("x.py", src))
					if !strings.HasPrefix(got, "PKL211 ") || strings.Contains(got, "\n") {
						t.Errorf("%s: %q", src, got)
					}
				}
			}
		}
	}
	if ran < 100 {
		t.Errorf("only %d calls", ran)
	}
}

// Each setting fires in each of its forms.
func TestDumpSettingsOfCatalogue(t *testing.T) {
	for _, s := range catalog.Builtin().DumpSettings() {
		for _, word := range s.Words {
			for _, form := range s.Forms {
				near := "x"
				if len(s.Near) > 0 {
					near = s.Near[0]
				}
				src := map[catalog.SettingForm]string{
					catalog.ByKeyword: "f(%s=0)", catalog.ByKey: "x = {'%s': 0}", catalog.ByName: "%s = 0", catalog.ByAttribute: "x.%s = 0",
					catalog.ByItem: near + ".settings['%s'] = 0",
				}[form]
				src = "import " + near + "\n" + fmt.Sprintf(src, word) + "\n"
				if got := said(scan("x.py", src)); !strings.HasPrefix(got, "PKL211 ") {
					t.Errorf("%s: %q", src, got)
				}
			}
		}
	}
}

// Much of anything ends in time, and what was not looked at is told.
func TestProtocolsHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, src := range map[string]string{
		"dumps":     "import pickle\n" + strings.Repeat("pickle.dump(x, f, 0)\n", 20_000),
		"names":     "import pickle\ndef g(x, f):\n" + strings.Repeat("    a = pickle.dumps(x); a = f(a)\n", 20_000),
		"depth":     "import pickle\n" + strings.Repeat("(", 50_000) + "pickle.dumps(x, 0)" + strings.Repeat(")", 50_000) + "\n",
		"chain":     "import pickle\na0 = 0\n" + chained(20_000) + "pickle.dump(x, f, a19999)\n",
		"nest":      nested(2_000),
		"attribute": "import pickle\nclass A:\n    p = pickle.HIGHEST_PROTOCOL\n    def g(self, f):\n" + strings.Repeat("        self.p = f(); pickle.dump(f, f, self.p)\n", 20_000),
	} {
		start := time.Now()
		res := scan("x.py", src)
		if spent := time.Since(start); spent > 30*time.Second {
			t.Errorf("%s: %v", name, spent)
		}
		if name == "dumps" && (len(res.Findings) != maxDumps || len(res.Skips) != 1) {
			t.Errorf("%s: %d findings, %d skips", name, len(res.Findings), len(res.Skips))
		}
	}
}

func chained(n int) string {
	var b strings.Builder
	for k := 1; k < n; k++ {
		fmt.Fprintf(&b, "a%d = a%d\n", k, k-1)
	}
	return b.String()
}

func nested(n int) string {
	var b strings.Builder
	b.WriteString("import pickle\n")
	for k := range n {
		fmt.Fprintf(&b, "%sdef g%d(f):\n", strings.Repeat(" ", k), k)
	}
	fmt.Fprintf(&b, "%spickle.dump(1, f, 0)\n", strings.Repeat(" ", n))
	return b.String()
}
