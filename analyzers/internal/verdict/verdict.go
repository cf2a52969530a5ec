// Package verdict is how the analyzers hand on what they found: as findings
// with positions, which are the result of each judging analyzer, and as the
// diagnostics that a person sees who runs them with any go/analysis driver.
package verdict

import (
	"cmp"
	"go/token"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Finding is a finding with its extent in the file set of the pass.
type Finding struct {
	*lint.Finding
	Pos, End token.Pos
	// Fixes are what may be done about it, each on its own, and Kind is their kind.
	Fixes []analysis.SuggestedFix
	Kind  lint.FixKind
	// Related are further places that the finding is about, in their order.
	Related []analysis.RelatedInformation
}

// alone: findings are reported without their related places.
var alone atomic.Bool

// ReportAlone makes [Report] leave out related places, for a driver that makes findings
// of their own of them, as golangci-lint does.
func ReportAlone() { alone.Store(true) }

// Judge returns the analyzer of a rule: the findings that run gives are its result, and
// its name is that of the rule without dashes.
func Judge(rule *lint.Rule, run func(*analysis.Pass) ([]Finding, error), requires ...*analysis.Analyzer) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:       strings.ReplaceAll(rule.Name, "-", ""),
		Doc:        Doc(rule),
		URL:        lint.PageURL(rule.ID, rule.Name),
		Run:        func(pass *analysis.Pass) (any, error) { return run(pass) },
		Requires:   requires,
		ResultType: reflect.TypeFor[[]Finding](),
	}
}

// Doc is what an analyzer says of its rule.
func Doc(rule *lint.Rule) string {
	return rule.Page.Title + ": " + rule.Page.Summary + "\n\n" + rule.Page.Section("What it does").Text
}

// Report reports the findings that are not suppressed, as far as the settings do not
// leave them out. Where a rule is off, what the more general one says is reported.
// Category and URL are set here, because a driver would derive neither from the
// analyzer's name: one analyzer may report several rules.
func Report(pass *analysis.Pass, findings []Finding) {
	if len(findings) == 0 {
		return
	}
	set := settings.Current()
	for _, f := range findings {
		told := f.Finding
		for told != nil && !told.Suppressed && set.Rules.Off(told) {
			told = told.Otherwise
		}
		if told == nil || told.Suppressed || set.LeavesOut(pass, f.Pos) != "" {
			continue
		}
		related := f.Related
		if alone.Load() {
			related = nil
		}
		pass.Report(analysis.Diagnostic{
			Pos:            f.Pos,
			End:            f.End,
			Category:       told.Rule,
			Message:        told.Rule + " " + told.Name + ": " + told.Message,
			URL:            lint.PageURL(told.Rule, told.Name),
			SuggestedFixes: f.Fixes,
			Related:        related,
		})
	}
}

// Sort orders findings by place, rule and message.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), lint.CompareFindings(a.Finding, b.Finding))
	})
}
