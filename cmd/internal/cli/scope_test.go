package cli

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/pickle-lint/pickle-lint/pyscan"
)

// What may import a file that changed is looked at again, and so is what those import, for
// what they get from there.
func TestImportGraph(t *testing.T) {
	sources := map[string]string{
		"/r/pkg/__init__.py":     "from .inner import (\n    load,\n)\n",
		"/r/pkg/inner.py":        "from ..other import x\nfrom . import beside\n",
		"/r/pkg/beside.py":       "",
		"/r/pkg/lazy.py":         "",
		"/r/other.py":            "import os, json\n",
		"/r/app.py":              "import pkg.lazy as p\n",
		"/r/uses.py":             "from pkg import load\n",
		"/r/alone.py":            "import sys\n",
		"/r/tests/test_alone.py": "import alone\n",
	}
	g := newImportGraph(slices.Sorted(maps.Keys(sources)))
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		g.add(name, pyscan.Imports([]byte(sources[name])))
	}
	for _, tt := range []struct {
		changed string
		want    []string
	}{
		{"/r/alone.py", []string{"/r/alone.py", "/r/tests/test_alone.py"}},
		{"/r/uses.py", []string{"/r/uses.py"}},
		{"/r/other.py", []string{"/r/app.py", "/r/other.py", "/r/pkg/__init__.py", "/r/pkg/inner.py", "/r/uses.py"}},
		{"/r/pkg/beside.py", []string{"/r/app.py", "/r/pkg/__init__.py", "/r/pkg/beside.py", "/r/pkg/inner.py", "/r/uses.py"}},
		{"/r/pkg/lazy.py", []string{"/r/app.py", "/r/pkg/lazy.py"}},
	} {
		got := slices.Sorted(maps.Keys(closure([]string{tt.changed}, g.importers)))
		// More is no mistake, less is.
		for _, want := range tt.want {
			if !slices.Contains(got, want) {
				t.Errorf("%s reaches %q, want %s too", tt.changed, got, want)
			}
		}
		if slices.Contains(got, "/r/alone.py") && !slices.Contains(tt.want, "/r/alone.py") {
			t.Errorf("%s reaches %q", tt.changed, got)
		}
	}
	if got := closure([]string{"/r/uses.py"}, g.imports); !got["/r/pkg/beside.py"] || got["/r/alone.py"] {
		t.Errorf("uses.py gets something from %v", got)
	}
}

func TestMentions(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"a.pkl", "\x80\x04\x8c\x03pkg\x94\x8c\x01C\x94\x93.", true},
		{"b.pkl", "\x80\x04\x8c\x05other\x94\x8c\x01C\x94\x93.", false},
		{"zero.pkl", "cpkg\nC\n.", true},
		{"prose.txt", "the package pkg\n", false},
		{"c.npz", "PK\x03\x04deflated", true},
		{"x.go", "package pkg\n", false},
		{"x.py", "import pkg\n", false},
	} {
		path := filepath.Join(dir, tt.name)
		if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := mentions(&file{path: path, show: tt.name}, []string{"pkg"}); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// A package that is too large to be searched in one state may be small enough in the other.
func TestNearby(t *testing.T) {
	var all []string
	for k := range pyscan.MaxNear {
		all = append(all, fmt.Sprintf("/r/pkg/m%d.py", k))
	}
	all = append(all, "/r/pkg/sub/changed.py", "/r/pkg/sub/beside.pyi", "/r/else/where.py")
	changed := func(f string) bool { return f == "/r/pkg/sub/changed.py" }
	near := nearby(map[string]bool{"/r/pkg/sub/changed.py": true}, all, changed)
	if len(near) != len(all)-1 || near["/r/else/where.py"] {
		t.Errorf("%d of %d files are near: %v", len(near), len(all), near)
	}
	near = nearby(map[string]bool{"/r/pkg/sub/changed.py": true}, append(all, "/r/pkg/more.py"), changed)
	if len(near) != 2 || !near["/r/pkg/sub/beside.pyi"] {
		t.Errorf("in a large package: %v", near)
	}
}
