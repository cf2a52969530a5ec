package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_empty_reason.md
var pageEmptyReason string

// EmptyReason is PKL903; its page says what and why.
var EmptyReason = lint.NewRule(lint.Rule{
	ID:        "PKL903",
	Name:      "empty-reason",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageEmptyReason)
