package inventory

import (
	_ "embed"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_sensitive_channel.md
var pageSensitiveChannel string

// SensitiveChannel is PKL508; its page says what and why.
var SensitiveChannel = lint.NewRule(lint.Rule{
	ID:               "PKL508",
	Name:             "sensitive-channel",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 5.0,
	Precision:        "medium",
	Since:            "0.1.0",
}, pageSensitiveChannel)

// protected are the sensitivities that ask for protection.
var protected = []string{"confidential", "pii", "secret"}

func (j *judging) sensitive() {
	if !slices.Contains(protected, j.Sensitivity) {
		return
	}
	for _, c := range j.consumers() {
		if c.Verification != Unverified || c.Justification != nil && slices.Contains(alone, c.Justification.Boundary) {
			continue
		}
		j.tell(SensitiveChannel, c.Site.Location, "%s carries %s objects, and nothing checks what is loaded from it here", j.label(), j.Sensitivity)
	}
}
