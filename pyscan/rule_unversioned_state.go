package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unversioned_state.md
var pageUnversionedState string

// UnversionedState is PKL222; its page says what and why.
var UnversionedState = lint.NewRule(lint.Rule{
	ID:        "PKL222",
	Name:      "unversioned-state",
	Severity:  lint.Note,
	Precision: "medium",
	Since:     "0.1.0",
}, pageUnversionedState)
