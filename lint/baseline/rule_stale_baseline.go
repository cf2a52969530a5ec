package baseline

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed rule_stale_baseline.md
var pageStaleBaseline string

// StaleBaseline is PKL912; its page says what and why.
var StaleBaseline = lint.NewRule(lint.Rule{
	ID:        "PKL912",
	Name:      "stale-baseline",
	Severity:  lint.Warning,
	Precision: "very-high",
	Since:     "0.1.0",
}, pageStaleBaseline)

// Rules are the rules of the package.
var Rules = []*lint.Rule{StaleBaseline}

// Finding says that an entry of the file at a path accepts nothing any more.
func (e *Entry) Finding(file string, keys *lint.Fingerprints) *lint.Finding {
	found := StaleBaseline.Finding(lint.Location{Path: file, Line: e.Line, Column: 1, EndLine: e.Line, EndColumn: 1},
		"%s of %s is accepted here, and is not found any more: run \"pickle-lint baseline\"", e.Rule, lint.Printable(e.Path))
	found.Fingerprint = keys.Of(lint.Key{Rule: StaleBaseline.ID, Place: file, API: string(e.Print)})
	return found
}
