package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_mutated_global.md
var pageMutatedGlobal string

// MutatedGlobal is PKL112; its page says what and why.
var MutatedGlobal = lint.NewRule(lint.Rule{
	ID:               "PKL112",
	Name:             "mutated-global",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 9.0,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageMutatedGlobal)
