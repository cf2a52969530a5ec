package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_foreign_suppression.md
var pageForeignSuppression string

// ForeignSuppression is PKL909; its page says what and why.
var ForeignSuppression = lint.NewRule(lint.Rule{
	ID:        "PKL909",
	Name:      "foreign-suppression",
	Severity:  lint.Note,
	Precision: "high",
	Since:     "0.1.0",
}, pageForeignSuppression)
