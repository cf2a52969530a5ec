package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_ambiguous_archive.md
var pageAmbiguousArchive string

// AmbiguousArchive is PKL115; its page says what and why.
var AmbiguousArchive = lint.NewRule(lint.Rule{
	ID:               "PKL115",
	Name:             "ambiguous-archive",
	Severity:         lint.Error,
	CWE:              436,
	SecuritySeverity: 7.0,
	Precision:        "high",
	Since:            "0.1.0",
}, pageAmbiguousArchive)
