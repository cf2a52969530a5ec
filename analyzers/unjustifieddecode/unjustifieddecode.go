package unjustifieddecode

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
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

// General says what the rule does of sites that a more special one has a finding for.
var General = evidence.General{
	Rule: Rule, Verdict: evidence.Unjustified, Message: message,
	Of: func(s *evidence.Site) bool { return s.Within == "" && s.Sink.Untainted != "silent" },
}

// Analyzer reports rule PKL301. Its result holds the justified sites too, as
// suppressed findings, which are not reported.
var Analyzer = verdict.Judge(Rule, func(pass *analysis.Pass) ([]verdict.Finding, error) {
	return evidence.Report(pass, Rule, evidence.Unjustified, message)
}, evidence.Analyzer)

func message(s *evidence.Site) string {
	return fmt.Sprintf("%s data is decoded here %s: %s", s.Format, s.Claim.Standing(), s.Danger())
}
