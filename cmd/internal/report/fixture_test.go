package report

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const testPage = "# %s\n\n%s\n\n## What it does\n\nReports it.\nWherever it is.\n\n## Why is this bad\n\nIt runs code.\n\n" +
	"## Example\n\n```python\nload()\n```\n\n## Use instead\n\nNothing.\n"

func testRule(r lint.Rule, summary string) *lint.Rule {
	r.Since = "0.1.0"
	return lint.NewRule(r, fmt.Sprintf(testPage, r.Name, summary))
}

// Not sorted on purpose: the order of the rules array is the format's business.
var (
	loadRule = testRule(lint.Rule{
		ID: "PKL201", Name: "unjustified-load", Severity: lint.Warning, CWE: 502, SecuritySeverity: 5, Precision: "high",
	}, "Bytes become objects and nobody says whose bytes.")
	blobRule = testRule(lint.Rule{
		ID: "PKL101", Name: "dangerous-global", Severity: lint.Error, CWE: 502, SecuritySeverity: 9.8, Precision: "very-high",
	}, "A stored pickle calls a dangerous global.")
	classRule = testRule(lint.Rule{
		ID: "PKL103", Name: "unknown-class", Severity: lint.Note, CWE: 22, SecuritySeverity: 2.5, Precision: "low",
	}, "A stored pickle rebuilds a class nobody knows.")
	deadRule = testRule(lint.Rule{
		ID: "PKL907", Name: "dead-justification", Severity: lint.Warning, Precision: "very-high",
	}, "A justification excuses nothing.")
	testRules = []*lint.Rule{loadRule, deadRule, blobRule, classRule}
)

// testSources are the files that the fixture speaks of.
var testSources = map[string]string{
	"app/load.py": "import pickle\n\n\ndef read(fh):\n\tname = \"naïve 😀 模型\"; return pickle.load(fh)  # why\n",
	"app/cache.go": "package app\n\nfunc read() error {\n\treturn gob.NewDecoder(\n\t\topen(\n\t\t\tname,\n\t\t),\n\t).\n" +
		"\t\tDecode(&v)\n}\n",
	"app/old mac.py": "import pickle\rpickle.loads(data)\r# picklelint:trust boundary=host reason=\"x\"\r",
	"app/short.py":   "import pickle\n",
	"lab/n.ipynb":    "{\"cells\": [{}, {\"cell_type\": \"code\", \"source\": [\n\n  \"x = 1\\n\",\n  \"y = pickle.load(f)\"\n]}]}\n",
}

func testSource(path string) ([]byte, error) {
	if text, ok := testSources[path]; ok {
		return []byte(text), nil
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

func testFix(path, text string, edits ...lint.Edit) lint.Fix {
	return lint.Fix{Text: text, Kind: lint.SafeFix, Path: path, Sum: lint.Sum([]byte(testSources[path])), Edits: edits}
}

func at(path string, line, column, endLine, endColumn int) lint.Location {
	return lint.Location{Path: path, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

func blobAt(offset int64, path string, member ...string) lint.Location {
	return lint.Location{Path: path, Member: member, Offset: offset}
}

// fixture is one run with everything in it that a format has to cope with.
func fixture() []lint.Message {
	finding := func(r *lint.Rule, at lint.Location, fingerprint, message string, more func(*lint.Finding)) lint.Message {
		f := r.Finding(at, "%s", message)
		f.Fingerprint = lint.Fingerprint(fingerprint)
		if more != nil {
			more(f)
		}
		return lint.Message{Finding: f}
	}
	evil := blobAt(0x1a, "models/evil net.pt", "archive/data.pkl")
	op := func(offset int64, text string, mark bool) lint.Step {
		return lint.Step{Location: blobAt(offset, evil.Path, evil.Member...), Text: text, Mark: mark}
	}
	claim := &lint.Justification{Boundary: "internal", Reason: "spool written by this binary only, mode 0600", Owner: "storage", Line: 3}
	return []lint.Message{
		{Config: &lint.Config{Tool: "pickle-lint", Version: "v0.1.0", Root: "/src/project one", Args: []string{"./..."}, FailOn: lint.Warning}},
		{Progress: &lint.Progress{Message: "walking"}},
		{Site: &lint.Site{Location: at("app/load.py", 5, 39, 5, 54), Wing: "python", API: "pickle.load", Format: "pickle"}},
		finding(loadRule, at("app/cache.go", 4, 9, 9, 13), "aaaa", "gob.Decode without a justification", nil),
		finding(loadRule, at("app/load.py", 5, 39, 5, 54), "bbbb", "pickle.load without a justification", func(f *lint.Finding) {
			f.Callable = "pickle.load"
			f.Fixes = []lint.Fix{testFix("app/load.py", "call it so", lint.Edit{Offset: 81, End: 81, New: ", safe=True"})}
			f.Trace = []lint.Step{
				{Location: at("app/load.py", 4, 10, 4, 12), Text: "fh is a parameter"},
				{Location: at("app/short.py", 1, 1, 1, 7), Text: "opened here"},
				{Location: f.Location, Text: "decoded here", Mark: true},
			}
		}),
		finding(loadRule, at("app/load.py", 2, 0, 0, 0), "cccc", "covered by a claim", func(f *lint.Finding) {
			f.Justification, f.Suppressed = claim, true
		}),
		finding(deadRule, at("app/old mac.py", 3, 1, 3, 48), "dddd", "the directive excuses nothing", func(f *lint.Finding) {
			f.Fixes = []lint.Fix{
				testFix("app/old mac.py", "remove the directive", lint.Edit{Offset: 33, End: 77}),
				{Text: "of a file that has changed", Kind: lint.SafeFix, Path: "app/short.py", Sum: "0", Edits: []lint.Edit{{Offset: 0, End: 1}}},
			}
		}),
		finding(loadRule, at("app/gone.py", 7, 3, 7, 9), "eeee", "user bytes need a proof", func(f *lint.Finding) {
			f.Justification = &lint.Justification{Boundary: "user", Reason: "signed export", VerifiedBy: "ingest.verify", Expires: "2027-06-30", Line: 6}
		}),
		finding(loadRule, lint.Location{Path: "dist/tool.whl", Member: []string{"tool/io.py"}, Line: 9, Column: 2, EndLine: 9, EndColumn: 8},
			"ffff", "pickle.load in a wheel", nil),
		finding(loadRule, lint.Location{Path: "lab/n.ipynb", Offset: 61, Line: 4, Column: 8, EndLine: 4, EndColumn: 22, Cell: 2, CellLine: 2, CellColumn: 5},
			"abab", "pickle.load in a notebook", nil),
		finding(loadRule, lint.Location{Path: "lab/n.zip", Member: []string{"n.ipynb"}, Offset: 61, Line: 4, Column: 8, EndLine: 4, EndColumn: 22, Cell: 2, CellLine: 2, CellColumn: 5},
			"cdcd", "pickle.load in a notebook", nil),
		finding(blobRule, evil, "0123", "calls posix.system('id')", func(f *lint.Finding) {
			f.Callable = "posix.system"
			f.Trace = []lint.Step{
				op(0, "PROTO 4", false), op(2, "GLOBAL posix system", false), op(0x12, "SHORT_BINUNICODE 'id'", false),
				op(0x16, "TUPLE1", false), op(0x1a, "REDUCE", true),
			}
		}),
		finding(classRule, blobAt(0x3, "../outside/plain.pkl"), "4567", "rebuilds shop.Order", nil),
		{Skip: &lint.Skip{Location: lint.Location{Path: "app/broken.py", Line: 3}, Reason: "syntax error"}},
		{Skip: &lint.Skip{Location: lint.Location{Path: "private.pkl"}, Reason: "permission denied"}},
		{Skip: &lint.Skip{Location: lint.Location{Path: "node_modules"}, Reason: "installed dependencies", Excluded: true}},
		{Summary: &lint.Summary{
			Files: 9, Packages: 1, Python: 4, Blobs: 2, Sites: 1, Errors: 1, Warnings: 7, Notes: 1,
			Suppressed: 1, Skips: 2, Excluded: 1,
		}},
	}
}

func testOptions() Options {
	return Options{Rules: testRules, Version: "v0.1.0", Source: testSource}
}

// render runs messages through a format.
func render(t *testing.T, format string, opt Options, messages []lint.Message) []byte {
	t.Helper()
	var b bytes.Buffer
	h, err := New(format, &b, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range messages {
		if err := m.Dispatch(h); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale (go test -update rewrites it). Got:\n%s\nwant:\n%s", path, got, want)
	}
}
