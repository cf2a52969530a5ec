package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_dangerous_global.md
var pageDangerousGlobal string

// DangerousGlobal is PKL101; its page says what and why.
var DangerousGlobal = lint.NewRule(lint.Rule{
	ID:               "PKL101",
	Name:             "dangerous-global",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 9.8,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageDangerousGlobal)
