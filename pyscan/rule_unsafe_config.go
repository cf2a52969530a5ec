package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

//go:embed rule_unsafe_config.md
var pageUnsafeConfig string

// UnsafeConfig is PKL202; its page says what and why.
var UnsafeConfig = lint.NewRule(lint.Rule{
	ID:               "PKL202",
	Name:             "unsafe-config",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 7.5,
	Precision:        "high",
	Since:            "0.1.0",
}, pageUnsafeConfig)

// unsafeConfig returns the finding of an unsafe setting, suppressed if a claim covers
// it.
func unsafeConfig(site *lint.Site, s found, claim justify.Claim) *lint.Finding {
	how := "is handed on"
	switch {
	case s.set:
		how = "is set to `" + s.argument + "`"
	case s.called || s.opens:
		how = "is used"
	}
	finding := UnsafeConfig.Finding(site.Location, "%s %s %s: %s", site.API, how, claim.Standing(), danger(site, s))
	return withClaim(finding, site.API, claim)
}
