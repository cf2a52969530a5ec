package templatetext

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

func TestTemplates(t *testing.T) {
	for _, r := range analysistest.Run(t, analysistest.TestData(), Analyzer, "templates") {
		for _, f := range r.Action.Result.([]verdict.Finding) {
			if len(f.Trace) < 2 || len(f.Related) == 0 {
				t.Errorf("line %d: no way: %v", f.Line, f.Trace)
			}
		}
	}
}

type quiet struct{}

func (quiet) Errorf(string, ...any) {}

// A program that knows the rule says nothing unless it is asked.
func TestOffByDefault(t *testing.T) {
	settings.Know([]*lint.Rule{Rule})
	defer settings.Forget()
	for _, r := range analysistest.Run(quiet{}, analysistest.TestData(), Analyzer, "templates") {
		if found := r.Action.Result.([]verdict.Finding); len(found) > 0 {
			t.Errorf("%d findings", len(found))
		}
	}
}
