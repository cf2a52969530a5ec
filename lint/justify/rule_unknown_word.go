package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unknown_word.md
var pageUnknownWord string

// UnknownWord is PKL904; its page says what and why.
var UnknownWord = lint.NewRule(lint.Rule{
	ID:        "PKL904",
	Name:      "unknown-word",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageUnknownWord)
