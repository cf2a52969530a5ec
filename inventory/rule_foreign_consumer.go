package inventory

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_foreign_consumer.md
var pageForeignConsumer string

// ForeignConsumer is PKL503; its page says what and why.
var ForeignConsumer = lint.NewRule(lint.Rule{
	ID:        "PKL503",
	Name:      "foreign-consumer",
	Severity:  lint.Note,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageForeignConsumer)

func (j *judging) foreign() {
	for _, c := range j.consumers() {
		if c.Wing == "go" && c.Format == "pickle" {
			j.tell(ForeignConsumer, c.Site.Location, "Go reads a pickle here, by %s: data for two languages belongs in a format without objects", c.API)
		}
	}
}
