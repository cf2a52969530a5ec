package inventory

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_unknown_owner.md
var pageUnknownOwner string

// UnknownOwner is PKL510; its page says what and why.
var UnknownOwner = lint.NewRule(lint.Rule{
	ID:        "PKL510",
	Name:      "unknown-owner",
	Severity:  lint.Warning,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageUnknownOwner)

func (j *judging) unknownOwners(at lint.Location) {
	if j.facts.Owners == nil {
		return
	}
	for _, owner := range j.Owners {
		if !j.facts.Owners.Has(owner) {
			j.tell(UnknownOwner, j.claimedBy(owner, at), "%s is owned by %s, and %s is not in %s", j.label(), owner, owner, j.facts.Owners.Path)
		}
	}
}

// claimedBy is the place that names an owner, or another one.
func (j *judging) claimedBy(owner string, otherwise lint.Location) lint.Location {
	for _, c := range j.consumers() {
		if c.Justification != nil && c.Justification.Owner == owner {
			return c.Site.Location
		}
	}
	return otherwise
}
