package worktree

import (
	"os"
	"path/filepath"
	"testing"
)

// The nearest one counts, also where .git is the file of a submodule.
func TestTop(t *testing.T) {
	top := t.TempDir()
	inner := filepath.Join(top, "a", "sub")
	if err := os.MkdirAll(filepath.Join(inner, "b"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(top, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(inner, ".git"), []byte("gitdir: elsewhere\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		top: top, filepath.Join(top, "a"): top, filepath.Join(top, "no", "such"): top, inner: inner, filepath.Join(inner, "b"): inner, filepath.VolumeName(top) + string(filepath.Separator): "",
	} {
		if got := Top(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	if Is(filepath.Join(top, "a")) || !Is(inner) {
		t.Error("what is a top")
	}
}
