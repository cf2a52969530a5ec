package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_frame_mismatch.md
var pageFrameMismatch string

// FrameMismatch is PKL113; its page says what and why.
var FrameMismatch = lint.NewRule(lint.Rule{
	ID:               "PKL113",
	Name:             "frame-mismatch",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 8.0,
	Precision:        "very-high",
	Since:            "0.1.0",
}, pageFrameMismatch)
