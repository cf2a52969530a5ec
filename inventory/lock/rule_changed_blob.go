package lock

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_changed_blob.md
var pageChangedBlob string

// ChangedBlob is PKL521; its page says what and why.
var ChangedBlob = lint.NewRule(lint.Rule{
	ID:               "PKL521",
	Name:             "changed-blob",
	Severity:         lint.Error,
	CWE:              494,
	SecuritySeverity: 7.0,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageChangedBlob)
