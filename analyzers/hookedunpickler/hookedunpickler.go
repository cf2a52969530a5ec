package hookedunpickler

import (
	_ "embed"
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed hookedunpickler.md
var page string

// Rule is PKL305; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL305",
	Name:             "hooked-unpickler",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL305. Its result holds the justified places too.
var Analyzer = &analysis.Analyzer{
	Name:       "hookedunpickler",
	Doc:        Rule.Page.Title + ": " + Rule.Page.Summary + "\n\n" + Rule.Page.Section("What it does").Text,
	URL:        lint.PageURL(Rule.ID, Rule.Name),
	Run:        run,
	Requires:   []*analysis.Analyzer{settings.Analyzer, decodesite.Analyzer},
	ResultType: reflect.TypeFor[[]verdict.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	set, ok := pass.ResultOf[settings.Analyzer].(*settings.Settings)
	sites, ok2 := pass.ResultOf[decodesite.Analyzer].(*decodesite.Result)
	if !ok || !ok2 {
		return nil, fmt.Errorf("analyzer %s misses a result", pass.Analyzer.Name)
	}
	var keys lint.Fingerprints
	var out []verdict.Finding
	for _, h := range find(pass, set.Catalog) {
		if nothing(pass, h.value) || listed(pass, sites.Flow, h.value) {
			continue
		}
		place, err := sites.Place(h.node.Pos(), h.node.End(), h.fact.Name, false)
		if err != nil {
			return nil, err
		}
		found := Rule.Finding(place.Location, "%s is set here %s, and the function does not refuse what it does not list: the bytes choose %s",
			h.field, place.Claim.Standing(), h.fact.Asked)
		found.Callable = h.fact.Name
		found.Justification = place.Claim.Justification
		found.Suppressed = place.Claim.Suppresses
		found.Fingerprint = keys.Of(append([]string{Rule.ID}, place.Key...)...)
		out = append(out, verdict.Finding{Finding: found, Pos: h.node.Pos(), End: h.node.End()})
	}
	verdict.Report(pass, out)
	return out, nil
}
