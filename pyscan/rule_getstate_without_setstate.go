package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_getstate_without_setstate.md
var pageGetstateWithoutSetstate string

// GetstateWithoutSetstate is PKL221; its page says what and why.
var GetstateWithoutSetstate = lint.NewRule(lint.Rule{
	ID:        "PKL221",
	Name:      "getstate-without-setstate",
	Severity:  lint.Warning,
	CWE:       1066,
	Precision: "medium",
	Since:     "0.1.0",
}, pageGetstateWithoutSetstate)
