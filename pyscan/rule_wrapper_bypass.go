package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_wrapper_bypass.md
var pageWrapperBypass string

// WrapperBypass is PKL206; its page says what and why.
var WrapperBypass = lint.NewRule(lint.Rule{
	ID:               "PKL206",
	Name:             "wrapper-bypass",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 7.5,
	Precision:        "high",
	Since:            "0.1.0",
}, pageWrapperBypass)
