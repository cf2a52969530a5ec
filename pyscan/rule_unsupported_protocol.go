package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unsupported_protocol.md
var pageUnsupportedProtocol string

// UnsupportedProtocol is PKL213; its page says what and why.
var UnsupportedProtocol = lint.NewRule(lint.Rule{
	ID:        "PKL213",
	Name:      "unsupported-protocol",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageUnsupportedProtocol)
