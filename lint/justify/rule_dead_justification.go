package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_dead_justification.md
var pageDeadJustification string

// DeadJustification is PKL908; its page says what and why.
var DeadJustification = lint.NewRule(lint.Rule{
	ID:        "PKL908",
	Name:      "dead-justification",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageDeadJustification)
