package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unregistered_copyreg.md
var pageUnregisteredCopyreg string

// UnregisteredCopyreg is PKL228; its page says what and why.
var UnregisteredCopyreg = lint.NewRule(lint.Rule{
	ID:        "PKL228",
	Name:      "unregistered-copyreg",
	Severity:  lint.Note,
	Precision: "medium",
	Since:     "0.1.0",
}, pageUnregisteredCopyreg)
