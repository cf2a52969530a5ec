package since

import (
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// repository is a repository in a temporary directory.
type repository struct {
	t   *testing.T
	dir string
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	for name, value := range map[string]string{
		"HOME": t.TempDir(), "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@example.com",
		"GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "n@example.com", "TMPDIR": t.TempDir(),
	} {
		t.Setenv(name, value)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &repository{t, dir}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r *repository) git(args ...string) {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// state reads an overlay: by name, the text of the file, or "-" if it is away.
func (r *repository) state(o Overlay) map[string]string {
	r.t.Helper()
	out := make(map[string]string)
	for path, at := range o {
		text := []byte("-")
		if at != "" {
			var err error
			if text, err = os.ReadFile(at); err != nil {
				r.t.Fatal(err)
			}
		}
		rel, err := filepath.Rel(r.dir, path)
		if err != nil {
			r.t.Fatal(err)
		}
		out[filepath.ToSlash(rel)] = string(text)
	}
	return out
}

func (r *repository) want(what string, o Overlay, want map[string]string) {
	r.t.Helper()
	if got := r.state(o); !maps.Equal(got, want) {
		r.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// leaves fails if something is left of a comparison.
func leaves(t *testing.T, c *Comparison) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestSince(t *testing.T) {
	r := newRepository(t)
	long := strings.Repeat("the same line\n", 50)
	for name, text := range map[string]string{"same": "1", "changed": "1", "gone": "1", "sub/old name": long, "sub/ünïcode\n": "1", ".gitignore": "ignored\n"} {
		r.write(name, text)
	}
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one")
	r.write("changed", "2")
	r.write("new", "2")
	r.write("ignored", "2")
	r.write("sub/ünïcode\n", "2")
	r.git("mv", "sub/old name", "sub/new name")
	r.git("rm", "-q", "gone")
	for _, dir := range []string{"", "sub"} {
		c, err := Since(t.Context(), filepath.Join(r.dir, dir), "main", Options{})
		if err != nil {
			t.Fatal(err)
		}
		r.want("before", c.Before, map[string]string{"changed": "1", "new": "-", "gone": "1", "sub/old name": long, "sub/new name": "-", "sub/ünïcode\n": "1"})
		r.want("after", c.After, map[string]string{})
		if len(c.Changed) != 6 || !slices.IsSorted(c.Changed) {
			t.Errorf("changed: %q", c.Changed)
		}
		if got := c.Renamed[filepath.Join(r.dir, "sub", "old name")]; got != filepath.Join(r.dir, "sub", "new name") {
			t.Errorf("renamed to %q", got)
		}
		if !strings.HasPrefix(c.Base, "main (") || len(c.Tree) < 40 {
			t.Errorf("base %q, tree %q", c.Base, c.Tree)
		}
		leaves(t, c)
	}
	c, err := Since(t.Context(), r.dir, "main", Options{Ignored: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(c.Changed, filepath.Join(r.dir, "ignored")) {
		t.Errorf("what is ignored is not among %q", c.Changed)
	}
	leaves(t, c)
}

// Neither what is not staged nor what is not tracked is a part of what is committed.
func TestStaged(t *testing.T) {
	r := newRepository(t)
	for _, name := range []string{"same", "staged", "dirty", "both", "deleted", "uncached"} {
		r.write(name, "1")
	}
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one")
	r.write("staged", "2")
	r.write("both", "2")
	r.write("new", "2")
	r.git("add", "staged", "both", "new")
	r.git("rm", "-q", "--cached", "uncached")
	r.write("both", "3")
	r.write("dirty", "3")
	r.write("untracked", "3")
	if err := os.Remove(filepath.Join(r.dir, "deleted")); err != nil {
		t.Fatal(err)
	}
	c, err := Staged(t.Context(), r.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.want("before", c.Before, map[string]string{"staged": "1", "both": "1", "new": "-", "dirty": "1", "deleted": "1", "untracked": "-", "uncached": "1"})
	r.want("after", c.After, map[string]string{"both": "2", "dirty": "1", "deleted": "1", "untracked": "-", "uncached": "-"})
	var changed []string
	for _, path := range c.Changed {
		changed = append(changed, filepath.Base(path))
	}
	if want := []string{"both", "new", "staged", "uncached"}; !slices.Equal(changed, want) {
		t.Errorf("changed: %q, want %q", changed, want)
	}
	leaves(t, c)
}

// A link is no file, and what stood in its place is.
func TestLinks(t *testing.T) {
	r := newRepository(t)
	r.write("was", "1")
	if err := os.Symlink("was", filepath.Join(r.dir, "becomes")); err != nil {
		t.Skip(err)
	}
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one")
	for _, name := range []string{"was", "becomes"} {
		if err := os.Remove(filepath.Join(r.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	r.write("becomes", "2")
	if err := os.Symlink("becomes", filepath.Join(r.dir, "was")); err != nil {
		t.Fatal(err)
	}
	c, err := Since(t.Context(), r.dir, "HEAD", Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.want("before", c.Before, map[string]string{"was": "1", "becomes": "-"})
	leaves(t, c)
}

// Whatever ends a comparison early, nothing is left of it.
func TestInterrupted(t *testing.T) {
	r := newRepository(t)
	r.write("a", "1")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one")
	r.write("a", "2")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Since(ctx, r.dir, "main", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	// An object that is missing, as in a partial clone.
	r.write("a", "1")
	object, err := git{dir: r.dir}.line(t.Context(), "rev-parse", "HEAD:a")
	if err != nil {
		t.Fatal(err)
	}
	r.write("a", "2")
	if err := os.Remove(filepath.Join(r.dir, ".git", "objects", object[:2], object[2:])); err != nil {
		t.Fatal(err)
	}
	if _, err := Since(t.Context(), r.dir, "main", Options{}); err == nil {
		t.Error("what is missing was compared")
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// What git says may be done about a directory of somebody else is passed on: in a container
// with a tree mounted into it that is the first thing that happens.
func TestRemedy(t *testing.T) {
	text := "fatal: detected dubious ownership in repository at '/src'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /src"
	if got, want := remedy(text), `: if it is to be trusted, run "git config --global --add safe.directory /src"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := remedy("fatal: not a git repository"); got != "" {
		t.Errorf("%s", got)
	}
}

// Nothing that a repository configures is run. A repository that came as an archive
// brings its configuration and its hooks along.
func TestHostileConfiguration(t *testing.T) {
	r := newRepository(t)
	ran := filepath.Join(t.TempDir(), "ran")
	run := "touch " + filepath.ToSlash(ran)
	r.write(".gitattributes", "*.a filter=a diff=a\n*.b filter=b\n")
	for _, name := range []string{"x.a", "x.b", "same.a", "same"} {
		r.write(name, "1")
	}
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one")
	for key, value := range map[string]string{
		"core.fsmonitor": run + "; false", "filter.a.clean": run + "; cat", "filter.a.required": "true", "filter.b.process": run,
		"diff.a.textconv": run, "diff.a.command": run, "diff.external": run,
	} {
		r.git("config", key, value)
	}
	hooks := filepath.Join(".git", "hooks")
	for _, name := range []string{"post-index-change", "fsmonitor-watchman"} {
		r.write(filepath.Join(hooks, name), "#!/bin/sh\n"+run+"\n")
		if err := os.Chmod(filepath.Join(r.dir, hooks, name), 0o700); err != nil { //nolint:gosec // a hook is run
			t.Fatal(err)
		}
	}
	r.write("x.a", "2")
	r.write("x.b", "2")
	touched := time.Now().Add(-time.Hour)
	for _, name := range []string{"same.a", "same"} {
		if err := os.Chtimes(filepath.Join(r.dir, name), touched, touched); err != nil {
			t.Fatal(err)
		}
	}
	for _, begin := range []func() (*Comparison, error){
		func() (*Comparison, error) { return Since(t.Context(), r.dir, "main", Options{}) },
		func() (*Comparison, error) { return Staged(t.Context(), r.dir, Options{}) },
	} {
		c, err := begin()
		if err != nil {
			t.Fatal(err)
		}
		r.want("before", c.Before, map[string]string{"x.a": "1", "x.b": "1"})
		leaves(t, c)
		if _, err := os.Lstat(ran); err == nil {
			t.Fatal("something that the repository names was run")
		}
	}
	r.git("config", "filter.=x.clean", run)
	if _, err := Since(t.Context(), r.dir, "main", Options{}); err == nil || !strings.Contains(err.Error(), "cannot be switched off") {
		t.Errorf("%v", err)
	}
}

// What the user configures is run: git-lfs is a filter.
func TestFilters(t *testing.T) {
	r := newRepository(t)
	r.git("config", "--global", "filter.a.clean", "tr 2 1")
	r.write(".gitattributes", "*.a filter=a\n")
	r.write("x.a", "2")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "one")
	r.write("x.a", "12")
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "two")
	r.write("x.a", "21")
	c, err := Since(t.Context(), r.dir, "main", Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.want("before", c.Before, map[string]string{})
	leaves(t, c)
}
