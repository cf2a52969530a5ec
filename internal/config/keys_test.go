package config

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Every key that the Go types have is in the table, and the other way round.
func TestKeysAreThoseOfTheTypes(t *testing.T) {
	var paths []string
	var walk func(s *Shape)
	walk = func(s *Shape) {
		for _, f := range s.Fields {
			paths = append(paths, f.Path)
			walk(f.Shape)
			if f.Elem != nil {
				walk(f.Elem)
			}
		}
	}
	walk(Shapes())
	for _, path := range paths {
		k := KeyAt(path)
		if k == nil {
			t.Errorf("nothing is said of %s", path)
			continue
		}
		if k.About == "" || k.Example == "" || !strings.HasSuffix(k.About, ".") && !strings.HasSuffix(k.About, ")") && k.Path != "boundaries.*.description" {
			t.Errorf("%s: %+v", path, k)
		}
		if table := slices.Contains([]string{"go", "python", "protocol", "proof", "lock"}, path); k.Default == "" && k.Otherwise == "" && !k.Required && !table {
			t.Errorf("%s: what holds without it?", path)
		}
	}
	for _, k := range keys {
		if !slices.Contains(paths, k.Path) {
			t.Errorf("%s is no key", k.Path)
		}
	}
}

// The words of others are said here once more, for a schema that imports none of them.
func TestOutside(t *testing.T) {
	in := 0
	for name, b := range justify.BuiltinBoundaries() {
		if outside(name, b) != slices.Contains([]string{"partner", "user", "public", "caller"}, name) {
			t.Errorf("%s", name)
		}
		in++
	}
	if in < 8 {
		t.Errorf("%d boundaries", in)
	}
}

func TestSettings(t *testing.T) {
	c, err := Parse([]byte("exclude:\n  - a\ngo: &g {tests: false}\nboundaries:\n  lab:\n    description: x\npython: {version: 3.10}\nprotocol:\n  <<: {min: 2}\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]Setting)
	for _, s := range c.Settings() {
		got[s.Path] = s
	}
	for path, want := range map[string]struct {
		value any
		line  int
	}{
		"go.tests": {false, 3}, "go.generated": {true, 0}, "boundaries.lab.description": {"x", 6}, "boundaries.lab.proof": {false, 0},
		"python.version": {"3.10", 7}, "protocol.min": {2, 9}, "fail-on": {"warning", 0}, "wrapper": {nil, 0},
	} {
		if s := got[path]; s.Value != want.value || s.Line != want.line {
			t.Errorf("%s: %+v", path, s)
		}
	}
	if s := got["exclude"]; s.Line != 1 || len(s.Value.([]any)) != 1 {
		t.Errorf("%+v", s)
	}
	if len(got) != len(new(Config).Settings())+2 { // lab has three, in the place of one
		t.Errorf("%d keys", len(got))
	}
}
