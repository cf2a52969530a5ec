package lock

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unlocked_blob.md
var pageUnlockedBlob string

// UnlockedBlob is PKL520; its page says what and why.
var UnlockedBlob = lint.NewRule(lint.Rule{
	ID:               "PKL520",
	Name:             "unlocked-blob",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.0,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageUnlockedBlob)
