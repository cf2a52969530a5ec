package lock

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_stale_lock.md
var pageStaleLock string

// StaleLock is PKL523; its page says what and why.
var StaleLock = lint.NewRule(lint.Rule{
	ID:        "PKL523",
	Name:      "stale-lock",
	Severity:  lint.Warning,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageStaleLock)
