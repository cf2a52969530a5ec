package tainteddecode

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/unboundeddecode"
	"github.com/pickle-lint/pickle-lint/analyzers/unjustifieddecode"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed tainteddecode.md
var page string

// Rule is PKL302; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL302",
	Name:             "tainted-decode",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 7.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// General says what the rule does of sites that a more special one has a finding for.
var General = evidence.General{
	Rule: Rule, Verdict: evidence.Tainted, Message: message,
	Of: func(s *evidence.Site) bool { return s.Taint.Origin == flow.Tainted },
}

// Analyzer reports rule PKL302. Its result holds the justified sites too, as
// suppressed findings, which are not reported.
var Analyzer = verdict.Judge(Rule, func(pass *analysis.Pass) ([]verdict.Finding, error) {
	return evidence.Report(pass, Rule, evidence.Tainted, message, unboundeddecode.General, unjustifieddecode.General)
}, evidence.Analyzer)

func message(s *evidence.Site) string {
	if s.Within != "" {
		return fmt.Sprintf("%s decodes %s data, which is justified there with boundary=%s, but these bytes come from %s: %s",
			s.Callee.Name(), s.Format, s.Within, s.Taint.Source, s.Danger())
	}
	text := fmt.Sprintf("%s data from %s is decoded here %s: %s", s.Format, s.Taint.Source, s.Claim.Standing(), s.Danger())
	if s.Unlimited() {
		text += "; and nothing limits how much is read"
	}
	return text
}
