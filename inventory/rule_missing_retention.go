package inventory

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_missing_retention.md
var pageMissingRetention string

// MissingRetention is PKL506; its page says what and why.
var MissingRetention = lint.NewRule(lint.Rule{
	ID:        "PKL506",
	Name:      "missing-retention",
	Severity:  lint.Note,
	Precision: "high",
	Since:     "0.1.0",
}, pageMissingRetention)

func (j *judging) retention() {
	at, ok := j.place()
	if !ok || !j.named() || !j.durable() || j.Retention != "" || len(j.Producers) == 0 && len(j.Blobs) == 0 || j.tested() {
		return
	}
	j.tell(MissingRetention, at, "nothing says how long %s keeps what it holds: add retention= to the justification of a load, or to the configuration", j.label())
}
