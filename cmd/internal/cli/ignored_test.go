package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
)

// gitTree is makeTree in a work tree, with the text of some files.
func gitTree(t *testing.T, texts map[string]string, names ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git: ", err)
	}
	root := makeTree(t, names...)
	runGit(t, root, "init", "-q")
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func runGit(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v: %s", args, err, out)
	}
}

func ignoringPlan(t *testing.T, root, dir string) *plan {
	t.Helper()
	set := &settings{root: root, config: new(config.Config), gitignore: true}
	p := makePlan(t.Context(), set, []target{{arg: dir, path: filepath.Join(root, dir), isDir: true}}, func(int) {})
	t.Cleanup(p.close)
	return p
}

func TestIgnoredByGit(t *testing.T) {
	root := gitTree(t, map[string]string{
		".gitignore": "*.log\n/build/\ndata/*\n!data/kept.pkl\n", "src/.gitignore": "made.py\n!*.log\n", "sub/.gitignore": "*.tmp\n",
	}, "a.py", "a.log", "build/x.py", "build/forced.py", "data/kept.pkl", "data/lost.pkl", "src/made.py", "src/b.log", "src/deep/made.py", "sub/build/y.py", "sub/z.tmp", "sub/z.log")
	runGit(t, root, "add", "-f", "build/forced.py")
	runGit(t, filepath.Join(root, "sub"), "init", "-q")

	p := ignoringPlan(t, root, ".")
	want := []string{".gitignore", "a.py", "build/forced.py", "data/kept.pkl", "src/.gitignore", "src/b.log", "sub/.gitignore", "sub/build/y.py", "sub/z.log"}
	if got := p.shown(); !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
	var notices []string
	for _, s := range p.skips {
		if strings.Contains(s.Reason, "that git ignores") {
			notices = append(notices, s.Path+": "+s.Reason)
			if !s.Excluded {
				t.Error("the notice turns the exit code")
			}
		}
	}
	if want := ".: 6 files that git ignores, the first is a.log; --no-gitignore looks at them"; !slices.Equal(notices, []string{want}) {
		t.Errorf("notices %q, want %q", notices, want)
	}

	// Without the switch nothing is left out, and nothing told.
	if all := planOf(t, root, nil, "."); len(all.files) != len(want)+6 {
		t.Errorf("%d files without the switch, want %d", len(all.files), len(want)+6)
	}
}

func TestIgnoredDirectoryIsNamed(t *testing.T) {
	root := gitTree(t, map[string]string{".gitignore": "build/\n"}, "build/x.py", "src/a.py")
	if got := ignoringPlan(t, root, "build").shown(); !slices.Equal(got, []string{"build/x.py"}) {
		t.Errorf("files %q", got)
	}
	if got := ignoringPlan(t, root, ".").shown(); !slices.Equal(got, []string{".gitignore", "src/a.py"}) {
		t.Errorf("files %q", got)
	}
}

func TestNothingButIgnored(t *testing.T) {
	root := gitTree(t, nil, "a.log")
	if err := os.WriteFile(filepath.Join(root, ".git", "info", "exclude"), []byte("*.log\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := ignoringPlan(t, root, ".")
	if !slices.ContainsFunc(p.skips, func(s *lint.Skip) bool { return !s.Excluded && strings.Contains(s.Reason, "git ignores all files") }) {
		t.Errorf("skips %+v", p.skips)
	}
}

// An index that cannot be read must not hide a tracked file.
func TestIgnoredWithoutIndex(t *testing.T) {
	root := gitTree(t, map[string]string{".gitignore": "*.log\n", ".git/index": "DIRC nonsense"}, "a.log", "b.log")
	p := ignoringPlan(t, root, ".")
	if got := p.shown(); !slices.Equal(got, []string{".gitignore", "a.log", "b.log"}) {
		t.Errorf("files %q", got)
	}
	if !slices.ContainsFunc(p.skips, func(s *lint.Skip) bool { return strings.Contains(s.Reason, "index of git is damaged") }) {
		t.Errorf("skips %+v", p.skips)
	}
}
