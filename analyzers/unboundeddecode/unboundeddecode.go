package unboundeddecode

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed unboundeddecode.md
var page string

// Rule is PKL304; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               decodesite.BoundID,
	Name:             decodesite.BoundName,
	Severity:         lint.Warning,
	CWE:              770,
	SecuritySeverity: 5.3,
	Off:              true,
	Precision:        "medium",
	Since:            "0.1.0",
}, page)

// General says what the rule does of sites that a more special one has a finding for.
var General = evidence.General{Rule: Rule, Verdict: evidence.Unbounded, Asked: true, Of: (*evidence.Site).Unlimited, Message: message}

// Analyzer reports rule PKL304. Its result holds the justified sites too, as
// suppressed findings, which are not reported.
var Analyzer = verdict.Judge(Rule, func(pass *analysis.Pass) ([]verdict.Finding, error) {
	return evidence.Report(pass, Rule, evidence.Unbounded, message)
}, evidence.Analyzer)

func message(s *evidence.Site) string {
	return fmt.Sprintf("%s data from %s is decoded here %s, and nothing limits how much is read", s.Format, s.Taint.Source, s.Claim.Standing())
}
