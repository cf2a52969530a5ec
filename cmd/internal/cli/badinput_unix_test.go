//go:build unix && cgo

package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/lint"
)

// sourcesIn is a job that looks at Python sources and stored bytes.
func sourcesIn(root string) *fileJob {
	j := jobIn(root)
	j.wings = allWings
	j.loads = newLoads(j.set, nil)
	return j
}

// Python sources that are no longer what was listed are a skip each, and the others
// are looked at.
func TestSourcesThatChange(t *testing.T) {
	root := makeTree(t, "tree/gone.py", "tree/link.py", "tree/pipe.py", "tree/dir.py", "tree/loop.py", "tree/z.py", "outside.py")
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	const site = "import pickle\npickle.load(f)\n"
	for _, name := range []string{"outside.py", "tree/z.py"} {
		if err := os.WriteFile(at(name), []byte(site), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := planOf(t, root, nil, "tree")
	for _, err := range []error{
		os.Remove(at("tree/gone.py")),
		os.Remove(at("tree/link.py")), os.Symlink(at("outside.py"), at("tree/link.py")),
		os.Remove(at("tree/pipe.py")), syscall.Mkfifo(at("tree/pipe.py"), 0o600),
		os.Remove(at("tree/dir.py")), os.Mkdir(at("tree/dir.py"), 0o700),
		os.Remove(at("tree/loop.py")), os.Symlink("loop.py", at("tree/loop.py")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	j := sourcesIn(root)
	defer j.loads.close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	j.all(ctx, p.files)
	told := reasons(j.results.skips)
	for _, want := range []string{"tree/gone.py: no such file", "tree/link.py: path escapes", "tree/pipe.py: not a regular file: named pipe", "tree/dir.py: not a regular file", "tree/loop.py: "} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in\n%s", want, told)
		}
	}
	if len(j.results.skips) != 5 || len(j.results.sites) != 1 || j.results.sites[0].Path != "tree/z.py" {
		t.Errorf("sites %v, skips\n%s", j.results.sites, told)
	}
}

// A file that grows while it is scanned is told; both of its parts were not seen.
func TestSourceThatGrows(t *testing.T) {
	root := makeTree(t, "x.py")
	path := filepath.Join(root, "x.py")
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	f := file{path: path, show: "x.py"}
	r, info, err := f.open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if err := os.WriteFile(path, []byte("import pickle\npickle.load(f)\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := newReader().source(r, info.Size())
	if err != nil || !strings.Contains(string(src), "pickle.load") {
		t.Errorf("%q, %v", src, err)
	}
	if err := unchanged(r, info); err == nil {
		t.Error("that it grew is not told")
	}
}

// A crash at one file is a skip of that one, in every command that reads files.
func TestCrashEndsNoRun(t *testing.T) {
	root := makeTree(t, "a.pkl", "b.py")
	for name, text := range map[string]string{"a.pkl": "cos\nsystem\n(S'id'\ntR.", "b.py": "import pickle\npickle.load(f)\n"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := planOf(t, root, nil, ".")
	j := sourcesIn(root)
	defer j.loads.close()
	j.set.verdicts = (*blob.Settings)(nil) // nobody can judge a blob without
	j.all(t.Context(), p.files)
	if told := reasons(j.results.skips); !strings.Contains(told, "a.pkl: the scanner crashed: ") || len(j.results.sites) != 1 {
		t.Errorf("sites %v, skips\n%s", j.results.sites, told)
	}
	for _, s := range j.results.skips {
		if s.Excluded {
			t.Errorf("%s does not count", s.Reason)
		}
	}
	if err := verdict(&results{skips: []*lint.Skip{{Reason: "the scanner crashed"}}}, j.set, nil); exitCode(err) != ExitSkipped {
		t.Errorf("exit code %d", exitCode(err))
	}
}
