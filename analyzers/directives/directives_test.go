package directives

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// A package without a sink is looked at too: a claim outlives its site.
func TestDirectives(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "p") {
		for _, d := range result.Action.Diagnostics {
			if !strings.HasPrefix(d.Message, d.Category+" ") || !strings.Contains(d.URL, "/docs/rules/"+d.Category+"-") {
				t.Errorf("category %q, URL %q: %s", d.Category, d.URL, d.Message)
			}
		}
	}
}
