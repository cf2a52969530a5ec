package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_setstate_side_effect.md
var pageSetstateSideEffect string

// SetstateSideEffect is PKL226; its page says what and why.
var SetstateSideEffect = lint.NewRule(lint.Rule{
	ID:               "PKL226",
	Name:             "setstate-side-effect",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.0,
	Precision:        "medium",
	Since:            "0.1.0",
}, pageSetstateSideEffect)
