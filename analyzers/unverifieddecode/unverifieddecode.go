package unverifieddecode

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/evidence"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/analyzers/tainteddecode"
	"github.com/pickle-lint/pickle-lint/analyzers/unboundeddecode"
	"github.com/pickle-lint/pickle-lint/analyzers/unjustifieddecode"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed unverifieddecode.md
var page string

// Rule is PKL303; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL303",
	Name:             "unverified-decode",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 7.5,
	Precision:        "high",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL303. Its result holds the justified sites too, as
// suppressed findings, which are not reported.
var Analyzer = verdict.Judge(Rule, func(pass *analysis.Pass) ([]verdict.Finding, error) {
	return evidence.Report(pass, Rule, evidence.Unverified, func(s *evidence.Site) string {
		if s.Proof.Fault == "" { // only the claim names a check
			return fmt.Sprintf("%s data is decoded here, and %q, by which the justification says that it is verified, is not called on every way to here", s.Format, s.Claim.Justification.VerifiedBy)
		}
		return fmt.Sprintf("%s data is decoded here behind a check that does not hold: %s", s.Format, s.Proof.Fault)
	}, tainteddecode.General, unboundeddecode.General, unjustifieddecode.General)
}, evidence.Analyzer)
