package pyscan

import (
	_ "embed"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/taint"
)

//go:embed rule_tainted_load.md
var pageTaintedLoad string

// TaintedLoad is PKL203; its page says what and why. It speaks where unjustified-load
// would, so it can be no alarm where that is none.
var TaintedLoad = lint.NewRule(lint.Rule{
	ID:               "PKL203",
	Name:             "tainted-load",
	Severity:         lint.Error,
	CWE:              502,
	SecuritySeverity: 9.8,
	Precision:        "high",
	Since:            "0.1.0",
}, pageTaintedLoad)

// tainted returns the finding of a site whose bytes come from outside, suppressed if a
// claim covers it that they do not contradict.
func (f *file) tainted(site *lint.Site, s found, claim justify.Claim, o *taint.Origin) *lint.Finding {
	from := "the bytes come from " + o.Source.Called
	standing := claim.Standing()
	contradicted := f.contradicted(claim, o)
	if contradicted {
		standing, from = "against its justification", "the claim says boundary="+claim.Justification.Boundary+", but "+from
	}
	finding := TaintedLoad.Finding(site.Location, "%s %s: %s (%s): %s", use(site, s), standing, from, f.hop(o), danger(site, s))
	f.complete(finding, site, s, claim, o)
	finding.Suppressed = finding.Suppressed && !contradicted
	return finding
}

// hop is the source text of where something comes from.
func (f *file) hop(o *taint.Origin) string {
	if way, far := o.Far.(*farWay); far {
		return way.text
	}
	return "`" + lint.Printable(f.excerpt(o.Node, maxHop)) + "`"
}

// complete sets what the findings about the way of bytes have in common.
func (f *file) complete(finding *lint.Finding, site *lint.Site, s found, claim justify.Claim, o *taint.Origin) {
	if site.Loads != "" {
		finding.Message += "; " + Loading(site)
	}
	withClaim(finding, site.API, claim)
	finding.Trace = f.trace(site, s, o)
}
