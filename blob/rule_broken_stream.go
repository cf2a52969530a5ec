package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_broken_stream.md
var pageBrokenStream string

// BrokenStream is PKL110; its page says what and why.
var BrokenStream = lint.NewRule(lint.Rule{
	ID:               "PKL110",
	Name:             "broken-stream",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 4.0,
	Precision:        "medium",
	Since:            "0.1.0",
}, pageBrokenStream)
