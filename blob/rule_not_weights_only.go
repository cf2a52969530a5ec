package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_not_weights_only.md
var pageNotWeightsOnly string

// NotWeightsOnly is PKL116; its page says what and why.
var NotWeightsOnly = lint.NewRule(lint.Rule{
	ID:               "PKL116",
	Name:             "not-weights-only",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 5.0,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageNotWeightsOnly)
