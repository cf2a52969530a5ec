package lock

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_new_global.md
var pageNewGlobal string

// NewGlobal is PKL522; its page says what and why.
var NewGlobal = lint.NewRule(lint.Rule{
	ID:               "PKL522",
	Name:             "new-global",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 7.5,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageNewGlobal)
