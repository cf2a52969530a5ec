package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unknown_class.md
var pageUnknownClass string

// UnknownClass is PKL104; its page says what and why.
var UnknownClass = lint.NewRule(lint.Rule{
	ID:               "PKL104",
	Name:             "unknown-class",
	Severity:         lint.Note,
	CWE:              502,
	SecuritySeverity: 3.0,
	Precision:        "low",
	Since:            "0.1.0",
}, pageUnknownClass)
