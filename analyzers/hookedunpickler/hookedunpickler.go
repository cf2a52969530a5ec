package hookedunpickler

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
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
//
// Whoever asks for claims before is required; see decodesite.Result.Place.
var Analyzer = verdict.Judge(Rule, run, settings.Analyzer, decodesite.Analyzer, evidence.Analyzer)

func run(pass *analysis.Pass) ([]verdict.Finding, error) {
	set, sites, err := decodesite.Asked(pass)
	if err != nil {
		return nil, err
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
		found := place.Finding(Rule, &keys, h.fact.Name, "%s is set here %s, and the function does not refuse what it does not list: the bytes choose %s",
			h.field, place.Claim.Standing(), h.fact.Asked)
		out = append(out, verdict.Finding{Finding: found, Pos: h.node.Pos(), End: h.node.End()})
	}
	verdict.Report(pass, out)
	return out, nil
}
