package decodesite

import (
	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Way returns the way of some bytes as a finding tells it, which ends at a place.
func Way(pass *analysis.Pass, steps []flow.Step, at lint.Location, end string) []lint.Step {
	var out []lint.Step
	for _, s := range steps {
		out = append(out, lint.Step{Location: Locate(pass, s.Pos), Text: s.Text})
	}
	return append(out, lint.Step{Location: at, Text: end, Mark: true})
}

// Related returns the same for drivers of go/analysis.
func Related(steps []flow.Step) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	for _, s := range steps {
		if s.Pos.IsValid() {
			out = append(out, analysis.RelatedInformation{Pos: s.Pos, Message: s.Text})
		}
	}
	return out
}
