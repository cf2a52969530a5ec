package blob

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_extension_code.md
var pageExtensionCode string

// ExtensionCode is PKL114; its page says what and why.
var ExtensionCode = lint.NewRule(lint.Rule{
	ID:               "PKL114",
	Name:             "extension-code",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.0,
	Precision:        "high",
	Since:            "0.1.0",
}, pageExtensionCode)
