//go:build cgo

package pyscan

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

func TestFixtures(t *testing.T) {
	names, err := filepath.Glob("testdata/*.py")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d fixtures, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			res := scan(filepath.Base(name), string(src))
			about(filepath.Base(name), res)
			compareWant(t, filepath.Base(name), string(src), res)
			for _, skip := range res.Skips {
				t.Errorf("skip: %s", skip.Reason)
			}
		})
	}
}

// families are rules by the names of the fixtures that are about them: what is written to
// show one of them breaks the others on many a line.
var families = map[string][]string{
	"protocol_": {"PKL210", "PKL211", "PKL212", "PKL213"},
	"state_":    {"PKL220", "PKL221", "PKL222", "PKL223", "PKL224"},
	"tainted_":  nil,
	"reduce_":   {"PKL225", "PKL226", "PKL227", "PKL228"},
}

// about leaves out what other families say of a fixture that is about one.
func about(name string, res *Result) {
	own := slices.IndexFunc(slices.Collect(maps.Keys(families)), func(prefix string) bool { return strings.HasPrefix(name, prefix) }) >= 0
	res.Findings = slices.DeleteFunc(res.Findings, func(f *lint.Finding) bool {
		for prefix, rules := range families {
			if own && !strings.HasPrefix(name, prefix) && slices.Contains(rules, f.Rule) {
				return true
			}
		}
		return false
	})
}
