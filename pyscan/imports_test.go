package pyscan

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// What may be import statements is found by the word import, wherever it stands, as by
// those places that a rough look notes.
func TestEachImport(t *testing.T) {
	for src, want := range map[string][]string{
		"import a, b\nimport c":                         {"import a b", "import c"},
		"from a import b":                               {"from a import b"},
		"from.a import(b,c)":                            {"from .a import b c"},
		"from a import b, \\\n    c, \\\r\n d\nx = 1\n": {"from a import b c d"},
		"from a \\\n import b":                          {"from a import b"},
		"if x: \\\n import a":                           {"import a"},
		"if x: import a; import b # import c":           {"import a", "import b"},
		">>> import a\n>>> lazy  from b import c":       {"import a", "from b import c"},
		"lazy import a":                                 {"import a"},
		"lazy \\\n import a":                            {"import a"},
		"f(a, \\\n  importances=b)\nimportant = 1":      nil,
		"from_a = important; x = reimport":              nil,
		"importlib.import_module('a')":                  nil,
		"# import a\\\nimport b":                        {"import b"},
		"# a \\\nfrom b \\\n import c # \\\nimport d":   {"from b import c", "import d"},
		"# import a, import b, import c":                nil,
		"import a\rimport b\\\rfrom c import d":         {"import a", "import b from c import d"},
	} {
		statements := func(src string, seen *glimpse) (out []string) {
			places := importPlaces([]byte(src))
			if seen != nil {
				places = seen.importPlaces()
			}
			eachImport([]byte(src), places, func(line []byte, open bool) bool {
				if open {
					t.Errorf("%q: %q is open", src, line)
				}
				out = append(out, strings.Join(importWords(string(line)), " "))
				return true
			})
			return out
		}
		if got := statements(src, nil); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
		seen, _ := gateFor(catalog.Builtin()).rough([]byte(src))
		if got := statements(src, &seen); !slices.Equal(got, want) {
			t.Errorf("%q, by a rough look: %q, want %q", src, got, want)
		}
	}
	long := "import a, " + strings.Repeat("b, ", maxLine/3) + "c"
	opened := false
	eachImport([]byte(long), importPlaces([]byte(long)), func(_ []byte, open bool) bool {
		opened = open
		return true
	})
	if !opened {
		t.Error("a statement that is too long is followed")
	}
}

// A file that spells what is given only as a part of its words does not use it.
func TestSpells(t *testing.T) {
	for src, want := range map[string]bool{"a.load(x)": true, "a.loads(x)": false, "reload": false, "load": true, "": false} {
		if got := spells([]byte(src), []string{"load"}); got != want {
			t.Errorf("%q: %v", src, got)
		}
	}
}

// BenchmarkEachImport reads the imports of a source of a megabyte with one in ten lines.
func BenchmarkEachImport(b *testing.B) {
	block := "from . import a, \\\n    b\n" + strings.Repeat("    value = self.attribute(argument)\n", 9)
	src := []byte(strings.Repeat(block, (1<<20)/len(block)))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		eachImport(src, importPlaces(src), func([]byte, bool) bool { return true })
	}
}

// BenchmarkImports notes what a source imports: half of it is in reach.
func BenchmarkImports(b *testing.B) {
	m := &Modules{Show: func(path string) string { return path }}
	m.Add("/top/mypkg/__init__.py", "/top/mypkg/one.py", "/top/mypkg/two.py")
	src := []byte(strings.Repeat("import os, sys\nfrom collections import OrderedDict\nfrom mypkg.one import alpha, beta, gamma\nfrom .two import Delta, Epsilon\n", 8))
	seen, _ := gateFor(catalog.Builtin()).rough(src)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		m.imports("/top/mypkg/one.py", src, seen.importPlaces())
	}
}
