package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unpinned_protocol.md
var pageUnpinnedProtocol string

// UnpinnedProtocol is PKL212; its page says what and why.
var UnpinnedProtocol = lint.NewRule(lint.Rule{
	ID:        "PKL212",
	Name:      "unpinned-protocol",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageUnpinnedProtocol)
