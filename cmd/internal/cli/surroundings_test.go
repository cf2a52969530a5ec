package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// editorIn opens a project of packages whose modules import each other.
func editorIn(t testing.TB, packages, modules int) (e *editor, dir string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for p := range packages {
		pkg := filepath.Join(dir, fmt.Sprintf("pkg%d", p))
		if err := os.Mkdir(pkg, 0o755); err != nil {
			t.Fatal(err)
		}
		files := map[string]string{"__init__.py": "", "compat.py": "from pickle import loads as decode\n"}
		for m := range modules {
			files[fmt.Sprintf("mod%d.py", m)] = fmt.Sprintf("from pkg%d import mod%d\nfrom .compat import decode\n\n\ndef read(b):\n    return decode(b)\n", (p+1)%packages, m)
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(pkg, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Chdir(dir)
	flags := new(lintFlags)
	flags.register(new(cobra.Command))
	e = &editor{flags: flags}
	if err := e.Open(""); err != nil {
		t.Fatal(err)
	}
	return e, dir
}

// A workspace is walked now and then, not for each key, and its modules count.
func TestSurroundings(t *testing.T) {
	e, dir := editorIn(t, 3, 3)
	path := filepath.Join(dir, "pkg0", "mod0.py")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	look := func(text string) int {
		t.Helper()
		return len(e.Python(t.Context(), path, []byte(text)).Findings)
	}
	if n := look(string(text)); n != 1 && cgoEnabled(e, t) {
		t.Errorf("%d findings", n)
	}
	walked := e.around.at
	look(string(text) + "\n")
	if e.around.at != walked {
		t.Error("walked again at once")
	}
	e.around.at = time.Now().Add(-time.Hour)
	look(string(text))
	if time.Since(e.around.at) > time.Minute {
		t.Error("never walked again")
	}
	if err := e.Open(""); err != nil {
		t.Fatal(err)
	}
	if around := e.around.around(t.Context(), e.current()); around == nil || around.set != e.current() {
		t.Error("not walked for another configuration")
	}
}

// cgoEnabled reports that Python is looked at at all.
func cgoEnabled(e *editor, t *testing.T) bool {
	return len(e.Python(t.Context(), "untitled.py", []byte("import pickle\npickle.loads(b)\n")).Findings) == 1
}

// A home directory is no workspace: what is too large is left alone, and known to be.
func TestSurroundingsBounds(t *testing.T) {
	e, dir := editorIn(t, 2, 4)
	set := e.current()
	if _, files, ok := set.pythonFiles(t.Context(), 12); !ok || len(files) != 12 {
		t.Errorf("%d files, %v", len(files), ok)
	}
	if _, _, ok := set.pythonFiles(t.Context(), 5); ok {
		t.Error("more files than there may be")
	}
	s := &surroundings{set: set, at: time.Now()} // as after a walk that was too long
	if s.around(t.Context(), set) != nil {
		t.Error("walked again at once")
	}

	// The nearest modules are read first.
	var met []string
	e.around.around(t.Context(), set).imported(t.Context(), dir+"/pkg0/mod1.py", []byte("from . import mod0\nfrom .compat import decode\n"), func(path string, _ []byte) {
		met = append(met, filepath.ToSlash(path)[len(dir)+1:])
	})
	if want := []string{"pkg0/__init__.py", "pkg0/compat.py", "pkg0/mod0.py", "pkg1/__init__.py"}; len(met) < 5 || !slices.Equal(met[:4], want) {
		t.Errorf("met %q", met)
	}
}

// BenchmarkEditor is what a key costs in a project of 2,000 modules, a hundred of which a file
// imports.
func BenchmarkEditor(b *testing.B) {
	e, dir := editorIn(b, 100, 20)
	path := filepath.Join(dir, "pkg0", "mod0.py")
	text, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	e.Python(b.Context(), path, text)
	for b.Loop() {
		if len(e.Python(b.Context(), path, text).Findings) != 1 {
			b.Fatal("no finding")
		}
	}
}
