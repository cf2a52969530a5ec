package rpcgob

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rpcgob.md
var page string

// Rule is PKL306; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL306",
	Name:             "rpc-gob",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL306. Its result holds the justified sites too, as
// suppressed findings, which are not reported.
var Analyzer = verdict.Judge(Rule, func(pass *analysis.Pass) ([]verdict.Finding, error) {
	return evidence.Report(pass, Rule, evidence.Serves, func(s *evidence.Site) string {
		return fmt.Sprintf("%s data is decoded here %s: %s", s.Format, s.Claim.Standing(), s.Danger())
	})
}, evidence.Analyzer)
