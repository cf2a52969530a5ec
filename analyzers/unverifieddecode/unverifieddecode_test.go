package unverifieddecode

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
)

// standing reports how the bytes of each site stand to checks, whatever else is known of
// them, so that a fixture says of every site what it is.
var standing = &analysis.Analyzer{
	Name:     "standing",
	Doc:      "reports how bytes stand to checks of them",
	Requires: []*analysis.Analyzer{evidence.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		for _, s := range pass.ResultOf[evidence.Analyzer].([]*evidence.Site) {
			switch s.Proof.Standing {
			case flow.Verified:
				pass.Reportf(s.Node.Pos(), "verified by %s", s.Shown.Verified)
			case flow.Failed:
				pass.Reportf(s.Node.Pos(), "fails: %s", s.Proof.Fault)
			default:
				pass.Reportf(s.Node.Pos(), "unchecked")
			}
		}
		return nil, nil
	},
}

func TestStanding(t *testing.T) {
	// One run for all: what they import is loaded once.
	analysistest.Run(t, analysistest.TestData(), standing, "control", "bytesof", "helpers", "trust", "evasions", "elsewhere")
}

func TestNamed(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "named")
}

// A site does not vanish with the rule that knows most about it: the next one reports it.
func TestInstead(t *testing.T) {
	if err := settings.Analyzer.Flags.Set(settings.RulesFlag, `{"PKL303": "off"}`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(settings.Reset)
	analysistest.Run(t, analysistest.TestData(), Analyzer, "instead")
}
