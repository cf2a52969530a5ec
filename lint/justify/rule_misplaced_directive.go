package justify

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_misplaced_directive.md
var pageMisplacedDirective string

// MisplacedDirective is PKL910; its page says what and why.
var MisplacedDirective = lint.NewRule(lint.Rule{
	ID:        "PKL910",
	Name:      "misplaced-directive",
	Severity:  lint.Error,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageMisplacedDirective)
