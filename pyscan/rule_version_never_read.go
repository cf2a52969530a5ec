package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_version_never_read.md
var pageVersionNeverRead string

// VersionNeverRead is PKL223; its page says what and why.
var VersionNeverRead = lint.NewRule(lint.Rule{
	ID:        "PKL223",
	Name:      "version-never-read",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageVersionNeverRead)
