package evidence

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/draft"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/lint"
)

// General is a more general rule, for sites of which the more special one is off.
type General struct {
	Rule *lint.Rule
	// Verdict is what the rule reports, and Asked says that it is off unless asked for.
	Verdict Verdict
	Asked   bool
	Of      func(*Site) bool
	Message func(*Site) string
}

// Report reports the sites of one verdict by their rule, and returns the findings,
// with the suppressed ones, which are not reported. The analyzer of the pass requires
// [Analyzer].
func Report(pass *analysis.Pass, rule *lint.Rule, of Verdict, message func(*Site) string, general ...General) ([]verdict.Finding, error) {
	sites, ok := pass.ResultOf[Analyzer].([]*Site)
	if !ok {
		return nil, fmt.Errorf("analyzer %s gave no evidence", Analyzer.Name)
	}
	var keys lint.Fingerprints
	var out []verdict.Finding
	drafter := draft.New(pass)
	set := settings.Current()
	for _, site := range sites {
		if site.Verdict != of {
			continue
		}
		found := rule.Finding(site.Location, "%s", message(site))
		found.Severity = site.severity(of, found.Severity)
		complete := func(found *lint.Finding) {
			found.Callable = site.API
			found.Justification = site.Justification
			found.Suppressed = site.Suppressed
			found.Fingerprint = keys.Of(site.Key.Of(found.Rule))
		}
		complete(found)
		found.Trace = trace(pass, site, of)
		last := found
		for _, g := range general {
			if g.Of(site) && (!g.Asked || set.Rules.Asks(g.Rule.ID, g.Rule.Name)) {
				last.Otherwise = g.Rule.Finding(site.Location, "%s", g.Message(site))
				last = last.Otherwise
				last.Severity = site.severity(g.Verdict, last.Severity)
				complete(last)
				last.Trace = trace(pass, site, g.Verdict)
			}
		}
		var fixes []analysis.SuggestedFix
		if of != Unbounded {
			fixes = drafter.Fixes(site.Site) // a limit is mended by a limit
		}
		out = append(out, verdict.Finding{
			Finding: found, Pos: site.Node.Pos(), End: site.Node.End(),
			Fixes: fixes, Kind: lint.JustifyFix, Related: decodesite.Related(append(checked(site), site.Taint.Trace...)),
		})
	}
	verdict.Report(pass, out)
	return out, nil
}

// Danger says what the bytes can do, as a clause.
func (e *Site) Danger() string {
	if e.Format == "gob" && e.Open {
		return e.Sink.Danger + "; the destination holds an interface, so the bytes choose among the registered types, whose methods decode them"
	}
	return e.Sink.Danger
}

// severity is what the catalogue says of the sink, if it is less than what the rule of a
// verdict says.
func (e *Site) severity(as Verdict, of lint.Severity) lint.Severity {
	switch {
	case as == Unbounded:
	case as == Tainted && e.Sink.Tainted == "warning":
		return min(of, lint.Warning)
	case as != Tainted && e.Sink.Untainted == "note":
		return min(of, lint.Note)
	}
	return of
}

// trace is what a verdict shows: the way of the bytes, or the check that does not hold; it
// ends at the site.
func trace(pass *analysis.Pass, site *Site, of Verdict) []lint.Step {
	if of == Unverified && site.Proof.Pos.IsValid() {
		return decodesite.Way(pass, checked(site), site.Location, "it is decoded by "+site.API)
	}
	if of != Tainted && of != Unbounded || len(site.Taint.Trace) == 0 {
		return nil
	}
	return decodesite.Way(pass, site.Taint.Trace, site.Location, "it is decoded by "+site.API)
}

// checked are the places that a check which does not hold has to do with.
func checked(site *Site) []flow.Step {
	if site.Verdict != Unverified || !site.Proof.Pos.IsValid() {
		return nil
	}
	out := []flow.Step{{Pos: site.Proof.Pos, Text: "the check: " + site.Proof.By}}
	if site.Proof.Around.IsValid() {
		out = append(out, flow.Step{Pos: site.Proof.Around, Text: "what leads around it: " + site.Proof.Way})
	}
	return out
}
