package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_suspicious_global.md
var pageSuspiciousGlobal string

// SuspiciousGlobal is PKL105; its page says what and why.
var SuspiciousGlobal = lint.NewRule(lint.Rule{
	ID:               "PKL105",
	Name:             "suspicious-global",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.0,
	Precision:        "medium",
	Since:            "0.1.0",
}, pageSuspiciousGlobal)
