package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// preCommitVariable asks for the hooks that pre-commit builds, too: that is every package of the
// module, which takes minutes.
const preCommitVariable = "PICKLE_PRECOMMIT"

// hookRepository is a repository of git with this one's files as they are now.
func hookRepository(t *testing.T, everything bool) (url, rev string) {
	t.Helper()
	dir := t.TempDir()
	files := []string{".pre-commit-hooks.yaml"}
	if everything {
		out, err := exec.Command("git", "-C", repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
		if err != nil {
			t.Fatal(err)
		}
		files = strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	}
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(name)))
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted, and not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, text, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	r := &hooked{dir: dir, env: os.Environ()}
	r.git(t, "init", "-q")
	r.git(t, "add", "-A", "-f")
	r.git(t, "commit", "-q", "-m", "hooks")
	return "file://" + filepath.ToSlash(dir), strings.TrimSpace(r.git(t, "rev-parse", "HEAD"))
}

// hooked is the repository of somebody who has a hook.
type hooked struct {
	dir string
	env []string
}

func (r *hooked) run(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = r.dir, r.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

func (r *hooked) git(t *testing.T, args ...string) string {
	t.Helper()
	out, err := r.run("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return out
}

// commit stages everything and commits it, and tells what the hook said.
func (r *hooked) commit(t *testing.T, want bool) string {
	t.Helper()
	r.git(t, "add", "-A")
	out, err := r.run("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-m", "x")
	if (err == nil) != want {
		t.Errorf("committed is %v, want %v:\n%s", err == nil, want, out)
	}
	return out
}

func (r *hooked) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A pickle is told once, whatever its name; sources by the hook for everything alone; and a
// commit that only deletes is looked at.
func TestPreCommit(t *testing.T) {
	for _, program := range []string{"git", "pre-commit"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("needs " + program)
		}
	}
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	goPaths, err := goEnv("GOMODCACHE", "GOCACHE")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		hook    string
		sources int
	}{
		{"pickle-lint-system", 1},
		{"pickle-lint-blobs-system", 0},
		{"pickle-lint", 1},
	} {
		t.Run(test.hook, func(t *testing.T) {
			system := strings.HasSuffix(test.hook, "-system")
			if !system && os.Getenv(preCommitVariable) == "" {
				t.Skip("pre-commit builds the module for minutes; make integration does it")
			}
			r := &hooked{dir: t.TempDir()}
			r.env = append(os.Environ(), goPaths...)
			r.env = append(r.env, "PRE_COMMIT_HOME="+t.TempDir(), "PICKLE_LINT_CACHE="+t.TempDir(), "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local", "GOFLAGS=-buildvcs=false")
			if system {
				r.env = append(r.env, "PATH="+binDir+string(os.PathListSeparator)+os.Getenv("PATH"))
			}
			url, rev := hookRepository(t, !system)
			r.git(t, "init", "-q", "-b", "main")
			r.write(t, ".pre-commit-config.yaml", fmt.Sprintf("repos:\n- repo: %s\n  rev: %s\n  hooks:\n  - id: %s\n", url, rev, test.hook))
			r.write(t, "old.py", "import pickle\npickle.load(f)\n")
			r.git(t, "add", "-A")
			r.git(t, "commit", "-q", "-m", "before")
			if out, err := r.run("pre-commit", "install", "--install-hooks"); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}

			r.write(t, "new.py", "import pickle\npickle.loads(f)\n")
			r.write(t, "model", "cos\nsystem\n(S'id'\ntR.")
			out := r.commit(t, false)
			for text, want := range map[string]int{"[PKL101": 1, "new.py:2:1": test.sources, "old.py": 0} {
				if n := strings.Count(out, text); n != want {
					t.Errorf("%d times %q, want %d:\n%s", n, text, want, out)
				}
			}
			r.write(t, "new.py", "x = 1\n")
			r.write(t, "model", "firmware")
			r.commit(t, true)

			if err := os.Remove(filepath.Join(r.dir, "old.py")); err != nil {
				t.Fatal(err)
			}
			if out := r.commit(t, true); !strings.Contains(out, "Passed") || strings.Contains(out, "Skipped") {
				t.Errorf("a deletion is not looked at:\n%s", out)
			}
		})
	}
}
