package pyscan

import (
	"bytes"
	"regexp"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// throughWrapper returns the finding of an unsafe load that has to do with a wrapper, or
// nil: it is in the wrapper and is not sound, or goes past it. general is what is to be
// said otherwise, and failing says that this is about a check that does not hold.
func (f *file) throughWrapper(site *lint.Site, s found, claim justify.Claim, general *lint.Finding, failing bool) *lint.Finding {
	if !f.wrapping.any() || !f.gate.plain.loads[s.sink.Name] {
		return nil
	}
	if f.wrapping.holds(site.Function) {
		if !failing {
			return f.unsoundLoad(site, s, claim)
		}
		nearer := UnsoundWrapper.Finding(site.Location, "the wrapper %s is not sound: %s", f.wrapping.own[0].name, general.Message)
		nearer.Trace, nearer.Callable, nearer.Justification, nearer.Suppressed = general.Trace, general.Callable, general.Justification, general.Suppressed
		return nearer
	}
	w := f.wrapping.past
	if w == nil || failing {
		return nil // that a check is there is more than that it should be elsewhere
	}
	if s.node != syntax.None && site.Function != "" && f.checksBefore(s.node) {
		return nil // what checks by itself has to be asked whether that holds
	}
	return withClaim(WrapperBypass.Finding(site.Location, "%s past the wrapper %s, %s: %s", use(site, s), w.name, claim.Standing(), danger(site, s)), site.API, claim)
}

// wrapped looks at what a file does about its wrapper besides loading.
func (f *file) wrapped(j *judging) {
	if !f.wrapping.any() {
		return
	}
	if len(f.wrapping.own) > 0 {
		f.soundness(j)
	}
	w := f.wrapping.past
	if w != nil && w.ours {
		f.unnamed(j, w)
	}
	if w == nil || !w.used || !w.signs || !w.dumps || f.isTestFile() {
		return
	}
	signed := make(map[syntax.Index]bool)
	f.eachDump(func(call syntax.Index, api string) {
		if f.wrapping.holds(f.names.Function(call)) || f.staysHere(call) {
			return
		}
		// What signs by itself is no bypass, but another wrapper, perhaps.
		def := f.functionAround(call)
		by, known := signed[def]
		for n := def; !known && !by && n < f.tree.Nodes[def].After; n++ {
			by = f.tree.Kind(n) == syntax.Call && (signs.MatchString(f.calledName(n)) || bytes.HasPrefix(f.tree.Text(n), []byte("hmac.")))
		}
		if signed[def] = by; by {
			return
		}
		does := ", which signs what it writes"
		if w.unseen {
			does = ""
		}
		f.tell(j, WrapperBypass, call, api, "%s writes past the wrapper %s%s", api, w.name, does)
		if told := j.res.Findings[len(j.res.Findings)-1]; f.mender != nil && !told.Suppressed {
			told.Fixes = f.mender.wrap(call, api)
		}
	})
}

// isTestFile reports that the file is one of tests.
func (f *file) isTestFile() bool {
	if f.modules != nil {
		f.modules.shared.mu.Lock()
		file := f.modules.index().shown[f.path]
		f.modules.shared.mu.Unlock()
		if file != "" {
			return f.modules.isSideline(file)
		}
	}
	return lint.IsTest(f.path)
}

// tell adds a finding of a rule at a node that is no site.
func (f *file) tell(j *judging, rule *lint.Rule, node syntax.Index, api, format string, args ...any) {
	n := &f.tree.Nodes[node]
	at := f.location(n.Start, n.End)
	statement := f.statementOf(node)
	finding := rule.Finding(at, format, args...)
	if rule == WrapperBypass {
		withClaim(finding, api, f.claim(j, statement, true))
	} else {
		f.unclaimed(j, finding, api, statement)
	}
	finding.Fingerprint = j.keys.Of(f.key(node, api, statement).Of(rule.ID, finding.Message))
	j.res.Findings = append(j.res.Findings, finding)
}

// signs are calls that sign or encrypt what they are given.
var signs = regexp.MustCompile(`(?i)^(?:sign|encrypt|seal|(?:_|__)?(?:sign|mac|hmac|seal)_?\w*)$`)

// staysHere reports a dump that is an argument of what loads it again, or only takes its
// digest or its length.
func (f *file) staysHere(call syntax.Index) bool {
	list := f.tree.Parent(call)
	if f.tree.Kind(list) != syntax.ArgumentList {
		return false
	}
	outer := f.calledName(f.tree.Parent(list))
	ch, ok := f.gate.catalog.Channel(outer)
	return ok && ch.Is(catalog.Stays) || outer == "update" // that of a digest; a set of dumps is of no use
}
