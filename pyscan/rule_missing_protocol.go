package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_missing_protocol.md
var pageMissingProtocol string

// MissingProtocol is PKL210; its page says what and why.
var MissingProtocol = lint.NewRule(lint.Rule{
	ID:        "PKL210",
	Name:      "missing-protocol",
	Severity:  lint.Note,
	Precision: "high",
	Since:     "0.1.0",
}, pageMissingProtocol)
