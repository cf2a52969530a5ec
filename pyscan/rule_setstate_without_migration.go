package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_setstate_without_migration.md
var pageSetstateWithoutMigration string

// SetstateWithoutMigration is PKL224; its page says what and why.
var SetstateWithoutMigration = lint.NewRule(lint.Rule{
	ID:        "PKL224",
	Name:      "setstate-without-migration",
	Severity:  lint.Warning,
	Precision: "high",
	Since:     "0.1.0",
}, pageSetstateWithoutMigration)
