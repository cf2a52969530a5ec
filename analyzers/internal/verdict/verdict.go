// Package verdict is how the analyzers hand on what they found: as findings
// with positions, which are the result of each judging analyzer, and as the
// diagnostics that a person sees who runs them with any go/analysis driver.
package verdict

import (
	"cmp"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Finding is a finding with its extent in the file set of the pass.
type Finding struct {
	*lint.Finding
	Pos, End token.Pos
}

// Report reports the findings that are not suppressed. Category and URL are set
// here, because a driver would derive neither from the analyzer's name: one
// analyzer may report several rules.
func Report(pass *analysis.Pass, findings []Finding) {
	for _, f := range findings {
		if f.Suppressed {
			continue
		}
		pass.Report(analysis.Diagnostic{
			Pos:      f.Pos,
			End:      f.End,
			Category: f.Rule,
			Message:  f.Rule + " " + f.Name + ": " + f.Message,
			URL:      lint.PageURL(f.Rule, f.Name),
		})
	}
}

// Sort orders findings by place, rule and message.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), lint.CompareFindings(a.Finding, b.Finding))
	})
}
