package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_malformed_directive.md
var pageMalformedDirective string

// MalformedDirective is PKL901; its page says what and why.
var MalformedDirective = lint.NewRule(lint.Rule{
	ID:        "PKL901",
	Name:      "malformed-directive",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageMalformedDirective)
