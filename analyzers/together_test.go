package analyzers_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
)

// One package in which every analyzer has something to say: under the race detector it
// shows what they share.
func TestTogether(t *testing.T) {
	configure(t, analyzers.Options{Rules: map[string]string{"PKL311": "on"}})
	analysistest.Run(t, together(t), everything, "together")
}

// together is a new directory with that package and what it imports.
func together(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for from, to := range map[string]string{"stubs": "src", filepath.Join("src", "together"): filepath.Join("src", "together")} {
		if err := os.CopyFS(filepath.Join(dir, to), os.DirFS(filepath.Join("testdata", from))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// What decodesite gives remembers what it was asked, and a directive covers the statement
// that asks first. Drivers run analyzers at the same time, unless one requires the other.
func TestWhoeverAsksDecodesiteDoesSoInTurn(t *testing.T) {
	var askers []*analysis.Analyzer
	for _, a := range analyzers.Suite {
		if slices.Contains(a.Requires, decodesite.Analyzer) {
			askers = append(askers, a)
		}
	}
	if len(askers) < 8 {
		t.Fatalf("only %d analyzers ask", len(askers))
	}
	for i, a := range askers {
		for _, b := range askers[i+1:] {
			if !needs(a, b) && !needs(b, a) {
				t.Errorf("%s and %s may run at the same time", a.Name, b.Name)
			}
		}
	}
}

// needs reports whether a runs only after b.
func needs(a, b *analysis.Analyzer) bool {
	return slices.ContainsFunc(a.Requires, func(r *analysis.Analyzer) bool { return r == b || needs(r, b) })
}
