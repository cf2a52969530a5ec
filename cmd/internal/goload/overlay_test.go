package goload

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A change reaches the package, those that import it and those whose tests do, and no
// other. A file in the place of another is told by the path of that one, whoever comes
// first: the go command remembers what the vet tool said, for both.
func TestOverlayAndChanged(t *testing.T) {
	const decode = `
import (
	"encoding/gob"
	"io"
)

func Read(r io.Reader, v any) error { return gob.NewDecoder(r).Decode(v) }
`
	dir := module(t, map[string]string{
		"leaf/leaf.go":        "package leaf\n" + decode,
		"user/user.go":        "package user\n\nimport _ \"example.com/m/leaf\"\n" + decode,
		"tested/tested.go":    "package tested\n" + decode,
		"tested/some_test.go": "package tested\n\nimport _ \"example.com/m/user\"\n",
		"alone/alone.go":      "package alone\n" + decode,
	})
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	leaf := filepath.Join(dir, "leaf", "leaf.go")
	older := filepath.Join(t.TempDir(), "leaf.go")
	if err := os.WriteFile(older, []byte("package leaf\n\n// Older is longer.\n"+decode), 0o600); err != nil {
		t.Fatal(err)
	}
	lines := func(cfg Config) string {
		t.Helper()
		r := load(t, cfg)
		var out []string
		for _, s := range r.Sites {
			out = append(out, strings.TrimSuffix(s.Path, ".go")+":"+string(rune('0'+s.Line%10)))
		}
		if len(r.Skips) > 0 {
			t.Errorf("skipped: %+v", *r.Skips[0])
		}
		return strings.Join(out, " ")
	}
	overlay := map[string]string{leaf: older}
	for _, tt := range []struct {
		name string
		cfg  Config
		want string
	}{
		{"overlaid", Config{Dir: dir, Overlay: overlay, Changed: []string{leaf}}, "leaf/leaf:0 tested/tested:8 user/user:0"},
		{"on disk", Config{Dir: dir, Changed: []string{leaf}}, "leaf/leaf:8 tested/tested:8 user/user:0"},
		{"everything", Config{Dir: dir}, "alone/alone:8 leaf/leaf:8 tested/tested:8 user/user:0"},
		{"overlaid again", Config{Dir: dir, Overlay: overlay}, "alone/alone:8 leaf/leaf:0 tested/tested:8 user/user:0"},
		{"not listed", Config{Dir: dir, Patterns: []string{"./user", "./alone"}, Changed: []string{leaf}}, "user/user:0"},
		{"one away", Config{Dir: dir, Overlay: map[string]string{filepath.Join(dir, "alone", "alone.go"): ""}, Changed: []string{filepath.Join(dir, "alone", "alone.go")}}, ""},
		{"nothing", Config{Dir: dir, Changed: []string{}}, ""},
		{"the module", Config{Dir: dir, Changed: []string{filepath.Join(dir, "go.mod")}}, "alone/alone:8 leaf/leaf:8 tested/tested:8 user/user:0"},
	} {
		if got := lines(tt.cfg); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "pickle-lint-overlay-*"))
	for _, name := range left {
		text, _ := os.ReadFile(name) // another test may have removed its own
		if strings.Contains(string(text), filepath.Base(filepath.Dir(older))) {
			t.Errorf("%s is left, %v", name, err)
		}
	}
}
