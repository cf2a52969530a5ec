//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// What functions of other modules pass to one that loads it is told at the load, with the
// way through both.
func TestTaintFromCallers(t *testing.T) {
	m, paths := among(t, "testdata/tainted_in")
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}
	sources, results := make(map[string][]byte), make(map[string]*Result)
	for _, name := range paths {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources[name], results[name] = src, s.Scan(context.Background(), name, src)
	}
	// Files with justifications wait for the others.
	again := s.Again()
	for _, name := range again.Paths() {
		results[name] = again.Scan(context.Background(), name, sources[name])
	}
	for name, res := range results {
		src := sources[name]
		compareWant(t, name, string(src), res)
		if !strings.HasSuffix(name, "/store.py") {
			continue
		}
		for line, want := range map[int][]string{
			6: {
				"handlers.py:11 the bytes come from an HTTP request", "handlers.py:11 passed to `store.load(request.data)`",
				"store.py:5 a parameter of `load`", "store.py:6 pickle.loads decodes `data`",
			},
			19: {
				"handlers.py:24 the bytes come from an HTTP request", "handlers.py:24 passed to `service.get(request.data)`",
				"service.py:5 a parameter of `get`", "service.py:6 passed to `load_two(blob)`",
				"store.py:18 a parameter of `load_two`", "store.py:19 pickle.loads decodes `blob`",
			},
		} {
			var got []string
			for _, f := range res.Findings {
				if f.Line != line {
					continue
				}
				for _, step := range f.Trace {
					got = append(got, fmt.Sprintf("%s:%d %s", step.Location.Path[strings.LastIndexByte(step.Location.Path, '/')+1:], step.Location.Line, step.Text))
				}
			}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("line %d: got\n%s\nwant\n%s", line, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

// Only what may import a module is parsed for the calls of its functions.
func TestMayImport(t *testing.T) {
	m, paths := among(t, "testdata/tainted_in")
	show := paths[slices.IndexFunc(paths, func(p string) bool { return strings.HasSuffix(p, "/web/handlers.py") })]
	for src, want := range map[string]bool{
		"from app.store import load\nload(1)\n":            true,
		"from ..store import load\nload(1)\n":              true,
		"from app import (\n    service,\n    store,\n)\n": true,
		"from .. import store\nstore.load(1)\n":            true,
		"import app.store as s\ns.load(1)\n":               true,
		"def f():\n    if x: import app.store\n":           true,
		"import store\nstore.load(1)\n":                    false,
		"from app.service import load\nstore.load(1)\n":    false,
		"from .store import load\nload(1)\n":               false,
		"# import app.store\nstore.load(1)\n":              false,
	} {
		if got := m.mayImport(show, []byte(src), "app.store"); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
}
