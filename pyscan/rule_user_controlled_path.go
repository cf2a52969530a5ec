package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

//go:embed rule_user_controlled_path.md
var pageUserControlledPath string

// UserControlledPath is PKL204; its page says what and why. It speaks where
// unjustified-load would, so it can be no alarm where that is none.
var UserControlledPath = lint.NewRule(lint.Rule{
	ID:               "PKL204",
	Name:             "user-controlled-path",
	Severity:         lint.Warning,
	CWE:              73,
	SecuritySeverity: 8.1,
	Precision:        "high",
	Since:            "0.1.0",
}, pageUserControlledPath)

// controlled returns the finding of a site that opens a path which comes from outside.
func (f *file) controlled(site *lint.Site, s found, claim justify.Claim, o *taint.Origin) *lint.Finding {
	from := "the path of what is loaded comes from " + o.Source.Called
	if o.Narrowed != "" {
		from += ", and " + o.Narrowed + " leaves open which file of its directory it is"
	}
	finding := UserControlledPath.Finding(site.Location, "%s %s: %s (%s): %s", use(site, s), claim.Standing(), from, f.hop(o), danger(site, s))
	f.complete(finding, site, s, claim, o)
	return finding
}
