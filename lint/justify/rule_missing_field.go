package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_missing_field.md
var pageMissingField string

// MissingField is PKL902; its page says what and why.
var MissingField = lint.NewRule(lint.Rule{
	ID:        "PKL902",
	Name:      "missing-field",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageMissingField)
