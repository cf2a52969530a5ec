package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_duplicate_justification.md
var pageDuplicateJustification string

// DuplicateJustification is PKL905; its page says what and why.
var DuplicateJustification = lint.NewRule(lint.Rule{
	ID:        "PKL905",
	Name:      "duplicate-justification",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageDuplicateJustification)
