package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unlisted_call.md
var pageUnlistedCall string

// UnlistedCall is PKL102; its page says what and why.
var UnlistedCall = lint.NewRule(lint.Rule{
	ID:               "PKL102",
	Name:             "unlisted-call",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 9.0,
	Precision:        "high",
	Since:            "0.1.0",
}, pageUnlistedCall)
