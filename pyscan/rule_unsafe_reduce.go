package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unsafe_reduce.md
var pageUnsafeReduce string

// UnsafeReduce is PKL225; its page says what and why.
var UnsafeReduce = lint.NewRule(lint.Rule{
	ID:               "PKL225",
	Name:             "unsafe-reduce",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 8.8,
	Precision:        "high",
	Since:            "0.1.0",
}, pageUnsafeReduce)
