package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unpicklable_state.md
var pageUnpicklableState string

// UnpicklableState is PKL220; its page says what and why.
var UnpicklableState = lint.NewRule(lint.Rule{
	ID:        "PKL220",
	Name:      "unpicklable-state",
	Severity:  lint.Warning,
	CWE:       1070,
	Precision: "high",
	Since:     "0.1.0",
}, pageUnpicklableState)
