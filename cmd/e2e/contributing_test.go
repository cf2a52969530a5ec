package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestContributingDiffs performs the one-line diffs that CONTRIBUTING.md
// shows, in a copy of the repository, and checks that each makes the difference
// it promises.
func TestContributingDiffs(t *testing.T) {
	root := repoRoot(t)
	work := t.TempDir()
	copyRepo(t, root, work)
	diffs := oneLineDiffs(t, filepath.Join(root, "CONTRIBUTING.md"))
	if len(diffs) != 12 {
		t.Fatalf("CONTRIBUTING.md shows %d one-line diffs, want 12", len(diffs))
	}
	for _, d := range diffs {
		insertSorted(t, filepath.Join(work, filepath.FromSlash(d.file)), d.line)
	}
	extended := filepath.Join(t.TempDir(), "pickle-lint")
	build := exec.Command("go", "build", "-o", extended, "./cmd/pickle-lint")
	build.Dir = work
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building with the lines: %v\n%s", err, out)
	}

	example := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(example, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("use.py", "from examplepkg import thaw\n\nvalue = thaw(open('x', 'rb'))\n")
	write("old/requirements.txt", "examplepkg>=1.9\n")
	write("old/use.py", "from examplepkg import thaw_all\n\nvalue = thaw_all(open('x', 'rb'))\n")
	write("box.py", "import examplepkg\n\nexamplepkg.Box(1).thaw()\n")
	write("set.py", "import examplepkg\n\nexamplepkg.conf.freezer = 'pickle'\n")
	write("state.py", "import examplepkg\n\n\nclass Box:\n    def __init__(self):\n        self.freezer = examplepkg.Freezer()\n\n    def __setstate__(self, state):\n        self.__dict__.update(state)\n")
	write("client.py", "import examplepkg\n\n\nclass Box:\n    def __setstate__(self, state):\n        self.client = examplepkg.Client()\n        self.client.connect(state)\n")
	write("sealed.py", "import pickle\n\nimport examplepkg\n\n\ndef load(blob):\n    examplepkg.check(blob, b'key')\n    return pickle.loads(blob)\n")
	write("queue.py", "import pickle\n\nimport examplepkg\n\nvalue = pickle.loads(examplepkg.fetch('jobs'))\n")
	write("go.mod", "module example.com/examplepkg\n\ngo 1.26.0\n")
	write("examplepkg.go", "// Package examplepkg is an example.\npackage examplepkg\n\n// Thaw decodes.\nfunc Thaw(b []byte) any { return b }\n\n// Fetch gets.\nfunc Fetch() []byte { return nil }\n\n// Check checks.\nfunc Check(b, key []byte) bool { return len(b) == len(key) }\n")
	write("use/use.go", "// Package use is an example.\npackage use\n\nimport \"example.com/examplepkg\"\n\nvar value = examplepkg.Thaw(nil)\n")
	decode := "\treturn gob.NewDecoder(bytes.NewReader(b)).Decode(v)\n}\n"
	write("fetched/fetched.go", "// Package fetched is an example.\npackage fetched\n\nimport (\n\t\"bytes\"\n\t\"encoding/gob\"\n\n\t\"example.com/examplepkg\"\n)\n\nfunc get(v any) error {\n\tb := examplepkg.Fetch()\n"+decode)
	write("sealed/sealed.go", "// Package sealed is an example.\npackage sealed\n\nimport (\n\t\"bytes\"\n\t\"encoding/gob\"\n\n\t\"example.com/examplepkg\"\n)\n\nfunc get(b, key []byte, v any) error {\n\texamplepkg.Check(b, key)\n"+decode)
	write("x.pkl", "\x80\x04cexamplepkg\nthaw\n.")

	for _, tt := range []struct{ rule, path string }{{"PKL201", "use.py"}, {"PKL201", "old/use.py"}, {"PKL201", "box.py"}, {"PKL202", "set.py"}, {"PKL220", "state.py"}, {"PKL226", "client.py"}, {"PKL205", "sealed.py"}, {"PKL301", "use/use.go"}, {"PKL302", "fetched/fetched.go"}, {"PKL303", "sealed/sealed.go"}, {"PKL101", "x.pkl"}} {
		for _, run := range []struct {
			binary string
			want   bool
		}{{binary("pickle-lint"), false}, {extended, true}} {
			cmd := exec.Command(run.binary, "--format", "json", "./...")
			cmd.Dir = example
			out, err := cmd.Output()
			if !isVerdict(err) {
				t.Fatalf("%v: %v", cmd, err)
			}
			found := slices.ContainsFunc(splitLines(string(out)), func(line string) bool {
				return strings.HasPrefix(line, `{"finding":`) && strings.Contains(line, tt.rule) && strings.Contains(line, tt.path)
			})
			if found != run.want {
				t.Errorf("%s on %s: found = %v, want %v\n%s", tt.rule, tt.path, found, run.want, out)
			}
		}
	}
	if joins(t, binary("pickle-lint"), example, "queue:jobs") || !joins(t, extended, example, "queue:jobs") {
		t.Error("the line of channels.cat makes no difference")
	}
}

// joins runs the inventory of a directory, and reports whether it has a channel.
func joins(t *testing.T, binary, dir, id string) bool {
	t.Helper()
	cmd := exec.Command(binary, "inventory", "--fail-on", "never", "--format", "csv", "queue.py")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", cmd, err)
	}
	return strings.Contains(string(out), "\n"+id+",")
}

type oneLineDiff struct{ file, line string }

// oneLineDiffs returns the diff blocks of a Markdown file.
func oneLineDiffs(t *testing.T, name string) []oneLineDiff {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var diffs []oneLineDiff
	inside := false
	for line := range strings.SplitSeq(string(text), "\n") {
		switch {
		case line == "```diff":
			inside = true
			diffs = append(diffs, oneLineDiff{})
		case strings.HasPrefix(line, "```"):
			inside = false
		case inside && strings.HasPrefix(line, "## "):
			t.Fatalf("%q stands in a diff that does not end", line)
		case inside && strings.HasPrefix(line, "+++ b/"):
			diffs[len(diffs)-1].file = strings.TrimPrefix(line, "+++ b/")
		case inside && strings.HasPrefix(line, "+"):
			last := &diffs[len(diffs)-1]
			if last.line != "" {
				t.Errorf("the diff of %s adds more than one line", last.file)
			}
			last.line = line[1:]
		}
	}
	return diffs
}

// insertSorted puts a fact where a person would: in its sorted place among the
// facts. Comments stay with the fact below them.
func insertSorted(t *testing.T, name, line string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	at := len(lines)
	for i := len(lines) - 1; i >= 0; i-- {
		isFact := lines[i] != "" && !strings.HasPrefix(lines[i], "#")
		if isFact && factKey(lines[i]) < factKey(line) {
			break
		}
		at = i
	}
	lines = slices.Insert(lines, at, line)
	if err := os.WriteFile(name, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// factKey is what facts are sorted by: keyword and subject.
func factKey(line string) string {
	fields := strings.Fields(line)
	return strings.Join(fields[:min(2, len(fields))], " ")
}

// copyRepo copies what git tracks or would track.
func copyRepo(t *testing.T, from, to string) {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = from
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("listing the repository: %v", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
		source, target := filepath.Join(from, name), filepath.Join(to, name)
		text, err := os.ReadFile(source)
		if os.IsNotExist(err) {
			continue // deleted, not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
