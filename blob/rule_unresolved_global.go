package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unresolved_global.md
var pageUnresolvedGlobal string

// UnresolvedGlobal is PKL111; its page says what and why.
var UnresolvedGlobal = lint.NewRule(lint.Rule{
	ID:               "PKL111",
	Name:             "unresolved-global",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 9.0,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageUnresolvedGlobal)
