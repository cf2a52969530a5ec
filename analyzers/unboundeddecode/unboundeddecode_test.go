package unboundeddecode_test

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/tainteddecode"
	"github.com/pickle-lint/pickle-lint/analyzers/unboundeddecode"
)

func ask(t *testing.T, words string) {
	t.Helper()
	if err := settings.Analyzer.Flags.Set(settings.RulesFlag, words); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(settings.Reset)
}

func TestBounds(t *testing.T) {
	ask(t, `{"PKL304": "on"}`)
	for _, r := range analysistest.Run(t, analysistest.TestData(), unboundeddecode.Analyzer, "bounds", "handlers") {
		for _, f := range r.Action.Result.([]verdict.Finding) {
			if len(f.Trace) < 2 || len(f.Fixes) > 0 {
				t.Errorf("line %d: way %v, fixes %v", f.Line, f.Trace, f.Fixes)
			}
		}
	}
}

// Where the more special rule is off, this one takes its place, as far as a limit helps, and
// else the most general one.
func TestInstead(t *testing.T) {
	ask(t, `{"unbounded-decode": "warning", "PKL302": "off"}`)
	everything := &analysis.Analyzer{
		Name: "everything", Doc: "reports both",
		Requires: []*analysis.Analyzer{tainteddecode.Analyzer},
		Run: func(pass *analysis.Pass) (any, error) {
			verdict.Report(pass, pass.ResultOf[tainteddecode.Analyzer].([]verdict.Finding))
			return nil, nil
		},
	}
	analysistest.Run(t, analysistest.TestData(), everything, "instead")
}

// A limit that would help is spoken of, and no other.
func TestSaid(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), tainteddecode.Analyzer, "said")
}

type quiet struct{}

func (quiet) Errorf(string, ...any) {}

// The rule says nothing unless it is asked.
func TestOffByDefault(t *testing.T) {
	for _, r := range analysistest.Run(quiet{}, analysistest.TestData(), unboundeddecode.Analyzer, "bounds") {
		if found := r.Action.Result.([]verdict.Finding); len(found) > 0 {
			t.Errorf("%d findings", len(found))
		}
	}
}
