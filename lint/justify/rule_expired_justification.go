package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_expired_justification.md
var pageExpiredJustification string

// ExpiredJustification is PKL906; its page says what and why.
var ExpiredJustification = lint.NewRule(lint.Rule{
	ID:        "PKL906",
	Name:      "expired-justification",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageExpiredJustification)
