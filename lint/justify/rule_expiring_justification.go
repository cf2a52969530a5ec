package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_expiring_justification.md
var pageExpiringJustification string

// ExpiringJustification is PKL911; its page says what and why.
var ExpiringJustification = lint.NewRule(lint.Rule{
	ID:        "PKL911",
	Name:      "expiring-justification",
	Severity:  lint.Note,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageExpiringJustification)
