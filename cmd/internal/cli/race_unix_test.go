//go:build unix

package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
)

func jobIn(root string) *fileJob {
	set := &settings{root: root, config: new(config.Config), catalog: catalog.Builtin(), jobs: 2, verdicts: &blob.Settings{Catalog: catalog.Builtin()}}
	return &fileJob{set: set, wings: blobWing, results: new(results), meter: progress.NewMeter()}
}

func reasons(skips []*lint.Skip) string {
	var all []string
	for _, s := range skips {
		all = append(all, s.Path+": "+s.Reason)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// Between listing and reading, whoever may write to a tree puts something else in
// the place of its files and directories. Nothing outside of the tree is read,
// nothing waits, and all of it is told.
func TestTreesThatChange(t *testing.T) {
	root := makeTree(t, "tree/dir/a.pkl", "tree/b.pkl", "tree/c.pkl", "tree/d.pkl", "tree/e.pkl", "outside/a.pkl")
	evil := heavy(t, 1, callSystem)
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	if err := os.WriteFile(at("outside/a.pkl"), evil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := planOf(t, root, nil, "tree")
	for _, err := range []error{
		os.RemoveAll(at("tree/dir")), os.Symlink(at("outside"), at("tree/dir")),
		os.Remove(at("tree/b.pkl")), os.Symlink(at("outside/a.pkl"), at("tree/b.pkl")),
		os.Remove(at("tree/c.pkl")), syscall.Mkfifo(at("tree/c.pkl"), 0o600),
		os.Remove(at("tree/d.pkl")), os.Mkdir(at("tree/d.pkl"), 0o700),
		os.Remove(at("tree/e.pkl")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	j := jobIn(root)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	j.all(ctx, p.files)
	if ctx.Err() != nil || len(j.results.findings) > 0 || len(j.results.skips) != 5 {
		t.Errorf("findings %v, skips\n%s", j.results.findings, reasons(j.results.skips))
	}
	for _, want := range []string{
		"tree/b.pkl: path escapes", "tree/c.pkl: not a regular file: named pipe", "tree/d.pkl: not a regular file", "tree/dir/a.pkl: path escapes", "tree/e.pkl: no such file",
	} {
		if !strings.Contains(reasons(j.results.skips), want) {
			t.Errorf("no %q in\n%s", want, reasons(j.results.skips))
		}
	}
}

// A directory that becomes a link out of the tree while the tree is walked.
func TestDirectoryReplacedDuringTheWalk(t *testing.T) {
	root := makeTree(t, "tree/a/x.pkl", "tree/b/x.pkl", "outside/y.pkl")
	set := &settings{root: root, config: new(config.Config)}
	done := false
	replace := func(int) {
		if done {
			return
		}
		done = true // a directory of the tree was listed, its directories not yet
		for _, name := range []string{"a", "b"} {
			path := filepath.Join(root, "tree", name)
			if err := os.RemoveAll(path); err != nil {
				t.Error(err)
			}
			if err := os.Symlink(filepath.Join(root, "outside"), path); err != nil {
				t.Error(err)
			}
		}
	}
	p := makePlan(t.Context(), set, []target{{arg: "tree", path: filepath.Join(root, "tree"), isDir: true}}, replace)
	defer p.close()
	if len(p.files) > 0 || len(p.skips) != 2 || p.skips[0].Excluded {
		t.Errorf("files %q, skips\n%s", p.shown(), reasons(p.skips))
	}
}

// A file that is cut short, or written to, while it is read: the command lives, and
// says so.
func TestFilesThatChange(t *testing.T) {
	dir := t.TempDir()
	plain := heavy(t, 200_000, "NONE\nSTOP\n")
	for name, change := range map[string]func(path string) error{
		"shorter": func(path string) error { return os.Truncate(path, 100_000) },
		"empty":   func(path string) error { return os.Truncate(path, 0) },
		"longer": func(path string) error {
			return os.WriteFile(path, append(bytes.Clone(plain), plain...), 0o600)
		},
	} {
		path := filepath.Join(dir, name+".pkl")
		if err := os.WriteFile(path, plain, 0o600); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
		j := jobIn(dir)
		f := file{path: path, show: name + ".pkl", named: true}
		r, info, err := f.open()
		if err != nil {
			t.Fatal(err)
		}
		// The first of several readings has been done when the file changes.
		j.blob(t.Context(), f.show, &changing{r, change, path, t}, info.Size(), true)
		err = unchanged(r, info)
		if err == nil || !strings.Contains(err.Error(), "written to") {
			t.Errorf("%s: %v", name, err)
		}
		told := len(j.results.skips) + len(j.results.findings)
		if name != "longer" && told == 0 {
			t.Errorf("%s: nothing is told of what is missing", name)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// changing changes a file behind its first reading.
type changing struct {
	*os.File
	change func(path string) error
	path   string
	t      *testing.T
}

func (c *changing) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.File.ReadAt(p, off)
	if c.change != nil {
		if err := c.change(c.path); err != nil {
			c.t.Error(err)
		}
		c.change = nil
	}
	return n, err
}
