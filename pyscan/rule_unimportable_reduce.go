package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unimportable_reduce.md
var pageUnimportableReduce string

// UnimportableReduce is PKL227; its page says what and why.
var UnimportableReduce = lint.NewRule(lint.Rule{
	ID:        "PKL227",
	Name:      "unimportable-reduce",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageUnimportableReduce)
