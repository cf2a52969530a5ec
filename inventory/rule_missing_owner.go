package inventory

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_missing_owner.md
var pageMissingOwner string

// MissingOwner is PKL509; its page says what and why.
var MissingOwner = lint.NewRule(lint.Rule{
	ID:        "PKL509",
	Name:      "missing-owner",
	Severity:  lint.Note,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageMissingOwner)

func (j *judging) owners() {
	at, ok := j.place()
	if !ok {
		return
	}
	if len(j.Owners) == 0 && j.named() && !j.tested() {
		j.tell(MissingOwner, at, "%s has no owner: add owner= to the justification of a load, or to the configuration", j.label())
	}
	j.unknownOwners(at)
}
