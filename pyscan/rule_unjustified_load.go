package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

//go:embed rule_unjustified_load.md
var pageUnjustifiedLoad string

// UnjustifiedLoad is PKL201; its page says what and why.
var UnjustifiedLoad = lint.NewRule(lint.Rule{
	ID:               "PKL201",
	Name:             "unjustified-load",
	Severity:         lint.Warning,
	CWE:              502,
	SecuritySeverity: 8.1,
	Precision:        "high",
	Since:            "0.1.0",
}, pageUnjustifiedLoad)

// unjustified returns the finding of an unsafe site, suppressed if a claim
// covers it.
func unjustified(site *lint.Site, s found, claim justify.Claim) *lint.Finding {
	finding := UnjustifiedLoad.Finding(site.Location, "%s %s: %s", use(site, s), claim.Standing(), danger(site, s))
	if site.Loads != "" {
		finding.Message += "; " + Loading(site)
	}
	return withClaim(finding, site.API, claim)
}

// danger says what such a load can do.
func danger(site *lint.Site, s found) string {
	if site.Note != "" {
		return s.sink.Danger + " (" + site.Note + ")"
	}
	return s.sink.Danger
}

func use(site *lint.Site, s found) string {
	switch {
	case site.Argument != "" && s.sink.Receiver:
		return site.API + " decodes what `" + s.argument + "` gives"
	case site.Argument != "":
		return site.API + " decodes `" + s.argument + "`"
	case s.called || s.opens:
		return site.API + " is called"
	}
	return site.API + " is handed on"
}
