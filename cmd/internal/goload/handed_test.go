package goload

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// What others judge better arrives whole, once for a package and its tests, with paths
// relative to the root.
func TestHandedOn(t *testing.T) {
	const thaws = "cposix\nsystem\n(S'id'\ntR."
	dir := module(t, map[string]string{
		"a/a.go": `package a

import (
	_ "embed"
	"os/exec"
)

//go:embed data.bin
var data []byte

func run() {
	exec.Command("python3", "-c", script)
	exec.Command("python3", "-m", "pickle", "x.pkl")
}
`,
		"a/script.go":   "package a\n\nconst script = `\nimport pickle\npickle.load(f)\n`\n",
		"a/a_test.go":   "package a\n",
		"a/data.bin":    thaws,
		"calm/data.bin": "calm",
	})
	cfg := Config{Dir: filepath.Join(dir, "a"), Root: dir}
	r := load(t, cfg)
	check(t, r, "1 packages", "finding a/a.go:13 PKL307")
	if len(r.Scripts) != 1 || len(r.Scripts[0].Words) != 1 || len(r.Embedded) != 1 {
		t.Fatalf("%d scripts, %d embedded", len(r.Scripts), len(r.Embedded))
	}
	s := r.Scripts[0]
	at := strings.Index(string(s.Text), "pickle.load(")
	place, ok := s.Spelled(at, at+len("pickle.load"))
	if got := shown(place); !ok || s.Call.Path != "a/a.go" || s.Call.Line != 12 || got != "a/script.go:5:1-5:12" {
		t.Errorf("called at %s, the load is at %s", shown(s.Call.Location), got)
	}
	// It is reported where a claim covers it, which is the statement that runs it.
	if place, ok := s.Place(at, at+len("pickle.load")); ok || shown(place) != shown(s.Call.Location) {
		t.Errorf("the load is reported at %s", shown(place))
	}
	found := s.Words[0]
	if got := shown(found.Location); got != shown(s.Call.Location) || len(found.Trace) != 2 || shown(found.Trace[0].Location) != "a/script.go:5:1-5:12" {
		t.Errorf("by its words the load is at %s, by %+v", got, found.Trace)
	}
	if place, ok := s.Place(len(s.Text)+5, len(s.Text)+9); ok || place.Path != "a/a.go" {
		t.Errorf("what is outside of the script is at %s", shown(place))
	}
	e := r.Embedded[0]
	if e.File != "a/data.bin" || e.Rule != "PKL101" || e.Finding.Rule != "PKL309" || e.Finding.Severity != lint.Error ||
		shown(e.Finding.Location) != "a/a.go:8:12-8:20" || len(e.Finding.Trace) == 0 || e.Finding.Trace[0].Path != "a/data.bin" {
		t.Errorf("embedded %+v, finding %+v", e, e.Finding)
	}

	// What a cached result holds hangs on what is embedded.
	if err := os.WriteFile(filepath.Join(dir, "a", "data.bin"), []byte("calm"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := load(t, cfg); len(r.Embedded) != 0 || len(r.Scripts) != 1 {
		t.Errorf("after a change there are %d embedded, %d scripts", len(r.Embedded), len(r.Scripts))
	}
}

func shown(at lint.Location) string {
	return fmt.Sprintf("%s:%d:%d-%d:%d", at.Path, at.Line, at.Column, at.EndLine, at.EndColumn)
}
