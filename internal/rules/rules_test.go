package rules

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Every page beside a rule belongs to a rule that is listed: a rule that fires
// and is not listed would be unknown to explain and to SARIF.
func TestEveryRuleIsListed(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"blob/rule_*.md", "pyscan/rule_*.md", "lint/*/rule_*.md", "analyzers/*/*.md", "inventory/rule_*.md", "inventory/*/rule_*.md"} {
		found, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("no page matches %s", pattern)
		}
		pages = append(pages, found...)
	}
	for _, name := range pages {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
		if !slices.ContainsFunc(All(), func(r *lint.Rule) bool { return r.Name == title }) {
			t.Errorf("%s: no rule named %q is listed: add it to Rules of its package", name, title)
		}
	}
	if len(pages) != len(All()) {
		t.Errorf("%d pages and %d rules", len(pages), len(All()))
	}
}
