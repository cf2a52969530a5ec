package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unsound_wrapper.md
var pageUnsoundWrapper string

// UnsoundWrapper is PKL207; its page says what and why.
var UnsoundWrapper = lint.NewRule(lint.Rule{
	ID:               "PKL207",
	Name:             "unsound-wrapper",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 8.1,
	Precision:        "high",
	Since:            "0.1.0",
}, pageUnsoundWrapper)
