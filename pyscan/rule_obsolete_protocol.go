package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_obsolete_protocol.md
var pageObsoleteProtocol string

// ObsoleteProtocol is PKL211; its page says what and why.
var ObsoleteProtocol = lint.NewRule(lint.Rule{
	ID:        "PKL211",
	Name:      "obsolete-protocol",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageObsoleteProtocol)
