package unjustifieddecode

import (
	_ "embed"
	"fmt"
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed unjustifieddecode.md
var page string

// Rule is PKL301; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL301",
	Name:             "unjustified-decode",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL301. Its result holds the justified sites too, as
// suppressed findings, which are not reported.
var Analyzer = &analysis.Analyzer{
	Name:       "unjustifieddecode",
	Doc:        Rule.Page.Title + ": " + Rule.Page.Summary + "\n\n" + Rule.Page.Section("What it does").Text,
	URL:        lint.PageURL(Rule.ID, Rule.Name),
	Run:        run,
	Requires:   []*analysis.Analyzer{decodesite.Analyzer},
	ResultType: reflect.TypeFor[[]verdict.Finding](),
}

func run(pass *analysis.Pass) (any, error) {
	result, ok := pass.ResultOf[decodesite.Analyzer].(*decodesite.Result)
	if !ok {
		return nil, fmt.Errorf("analyzer %s gave no sites", decodesite.Analyzer.Name)
	}
	var keys lint.Fingerprints
	var out []verdict.Finding
	for _, site := range result.Sites {
		found := Rule.Finding(site.Location, "%s data is decoded here %s: %s", site.Format, site.Claim.Standing(), site.Sink.Danger)
		found.Callable = site.API
		found.Justification = site.Justification
		found.Suppressed = site.Claim.Suppresses
		found.Fingerprint = keys.Of(append([]string{Rule.ID}, site.Key...)...)
		out = append(out, verdict.Finding{Finding: found, Pos: site.Node.Pos(), End: site.Node.End()})
	}
	verdict.Report(pass, out)
	return out, nil
}
