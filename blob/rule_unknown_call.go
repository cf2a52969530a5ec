package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unknown_call.md
var pageUnknownCall string

// UnknownCall is PKL103; its page says what and why.
var UnknownCall = lint.NewRule(lint.Rule{
	ID:               "PKL103",
	Name:             "unknown-call",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.5,
	Precision:        "low",
	Since:            "0.1.0",
}, pageUnknownCall)
