package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/proof"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// wing is what sites of this package call themselves.
const wing = "python"

// maxArgument bounds the source text of what is decoded, in bytes.
const maxArgument = 80

// found is a site before it is judged.
type found struct {
	// node is the call, or the reference where there is none.
	node syntax.Index
	// reference is the name or attribute that stands for the sink.
	reference syntax.Index
	called    bool
	// opens: the call is not closed, and the tree has none.
	opens bool
	// binds: the site only binds arguments ahead of a call.
	binds bool
	// set: a setting gets a value, which is the reference.
	set bool
	// weak says why an overridden find_class is no restriction, or what else is
	// to be noted.
	weak     string
	sink     *catalog.PythonSink
	safe     string
	argument string
	// value is the expression of what is decoded; 0 or None if it is not known.
	value syntax.Index
}

// judging is what judging the sites of one file needs.
type judging struct {
	res        *Result
	directives *justify.File
	keys       lint.Fingerprints
	// Sites of one statement share its claim; asking again for each would
	// take a list of a hundred thousand of them all day.
	claims map[uint32]justify.Claim
	// loads are the expressions that are decoded.
	loads []syntax.Index
	// inline are the literals that were looked at.
	inline map[syntax.Index]bool
}

// sites finds the sites of the file and judges each.
func (f *file) sites(res *Result, policy justify.Policy) {
	j := &judging{res: res, directives: f.directives(policy), claims: make(map[uint32]justify.Claim)}
	if f.bare {
		f.rebuilding(j)
		f.sorted(j)
		return
	}
	all := f.withSettings(res, f.find())
	known := make(map[uint32]bool)
	for _, s := range all {
		n := &f.tree.Nodes[s.node]
		known[n.Start], known[f.tree.Nodes[s.reference].Start] = true, true
		if s.value != 0 && s.value != syntax.None && !s.sink.Setting {
			j.loads = append(j.loads, s.value)
		}
		f.judge(j, s, &lint.Site{
			Location: f.location(n.Start, n.End),
			Function: lint.Printable(f.names.Function(s.node)),
			Note:     lint.Printable(s.weak),
		}, f.statementOf(s.node))
	}
	for _, s := range f.tokenSites(res, known) {
		f.judge(j, s.found, &lint.Site{Location: f.location(s.start, s.end), Note: joined(byTokens, lint.Printable(s.weak))}, f.lineStatement(s.start))
	}
	if f.headerErr != nil {
		res.skip(lint.Location{Path: f.path}, "the header of the script (PEP 723) is not understood: %v", f.headerErr)
	}
	for _, s := range f.tokenSettings(res, known) {
		f.judge(j, s.found, &lint.Site{Location: f.location(s.start, s.end), Note: byTokens}, f.lineStatement(s.start))
	}
	f.wrapped(j)
	if f.asides&dumps != 0 {
		f.protocols(j, f.protocolPolicy)
	}
	if f.asides&customs != 0 {
		f.rebuilding(j)
	}
	f.sorted(j)
}

// sorted puts everything in order, with what is to be said of the directives.
func (f *file) sorted(j *judging) {
	slices.SortStableFunc(j.res.Sites, lint.CompareSites)
	j.res.Findings = append(j.res.Findings, f.mender.directives(j.directives)...)
	slices.SortStableFunc(j.res.Findings, lint.CompareFindings)
}

// judge completes a site, and adds it and what is to be said of it.
func (f *file) judge(j *judging, s found, site *lint.Site, statement span) {
	site.Wing, site.API, site.Format, site.Generated = wing, s.sink.API(), s.sink.Format, f.generated
	site.Argument, site.Safe = lint.Printable(s.argument), lint.Printable(s.safe)
	site.Fingerprint = j.keys.Of(siteKey(site, statement))
	f.ways.site(&s, site)
	data := f.loaded(j, &s, site)
	j.res.Sites = append(j.res.Sites, site)
	if s.safe != "" {
		j.directives.Pointless(f.claimed(statement), site.API+" is safe in itself there ("+site.Safe+")")
		return
	}
	claim := f.claim(j, statement, false)
	site.Justification = claim.Justification
	var known evidence
	if !s.sink.Setting && !f.shallow {
		known = f.evidenceOf(&s, claim)
		site.Note = joined(site.Note, known.note)
		site.Verified = lint.Printable(known.verified)
	}
	if known.verified == "" {
		finding := f.verdict(site, s, claim, &known)
		for told := finding; told != nil; told = told.Otherwise {
			told.Fingerprint = j.keys.Of(siteKey(site, statement).Of(told.Rule))
		}
		f.mender.site(&s, statement, claim, &known, finding)
		j.res.Findings = append(j.res.Findings, finding)
	}
	if data != nil {
		f.inline(j, data, site, claim, statement)
	}
}

// verdict returns the finding of the rule that says most of a site that is not safe.
func (f *file) verdict(site *lint.Site, s found, claim justify.Claim, known *evidence) *lint.Finding {
	if s.sink.Setting {
		return unsafeConfig(site, s, claim)
	}
	// Each rule that says more stands behind the one that says less.
	finding := f.unsafeLoad(site, s, claim, known)
	nearer := func(more *lint.Finding) {
		if more != nil {
			more.Otherwise = finding
			finding = more
		}
	}
	nearer(f.fromOutside(site, s, claim, known))
	if known.unverified != nil {
		nearer(f.unverifiedLoad(site, s, claim, known.unverified))
	}
	if !known.outside() || f.wrapping.holds(site.Function) {
		failing := known.unverified
		if failing != nil && failing.Far && failing.Flaw == proof.OtherBytes && !f.wrapping.holds(site.Function) {
			failing = nil // the check is that of a wrapper, or of something else for which it is called
		}
		nearer(f.throughWrapper(site, s, claim, finding, failing != nil))
	}
	return finding
}

// claim returns what is claimed of a statement. harmless: it decodes nothing.
func (f *file) claim(j *judging, statement span, harmless bool) justify.Claim {
	claim, asked := j.claims[statement.start]
	if !asked {
		covered := f.claimed(statement)
		covered.Harmless = harmless
		claim = j.directives.Cover(covered)
		j.claims[statement.start] = claim
	}
	return claim
}

// withClaim completes a finding with what a claim says about it.
func withClaim(finding *lint.Finding, api string, claim justify.Claim) *lint.Finding {
	finding.Callable = api
	finding.Justification = claim.Justification
	finding.Suppressed = claim.Suppresses
	return finding
}

// unclaimed completes a finding that no claim answers: a claim says who may have written what is
// decoded, and this is about something else.
func (f *file) unclaimed(j *judging, finding *lint.Finding, api string, statement span) {
	finding.Callable = api
	j.directives.Pointless(f.claimed(statement), "it says who may have written what is decoded, and "+finding.Rule+" "+finding.Name+" asks something else (a baseline or the configuration accepts that)")
}

// find returns the sites in order. A reference that was bound to a name, put into a
// display or subclassed is left out where that is used in turn: the use is the site.
func (f *file) find() []found {
	var all []found
	followed := make(map[syntax.Index]bool)
	seen := make(map[syntax.Index]bool)
	runs := f.mayRun()
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if runs && f.tree.Kind(i) == syntax.String {
			if s, ok := f.spawnedAt(i); ok {
				all = append(all, s)
			}
		}
		if f.tree.Kind(i) != syntax.Identifier {
			continue
		}
		if !f.names.IsUse(i) {
			if s, ok := f.executedAt(i); runs && ok {
				all = append(all, s)
			}
			continue
		}
		s, vias, ok := f.siteAt(i)
		if !ok && runs {
			s, ok = f.ranAt(i)
		}
		if !ok {
			continue
		}
		for _, via := range vias {
			followed[via] = true
		}
		// One call may be that of several names: (a if b else c)(x).
		if !s.called || !seen[s.node] {
			all = append(all, s)
		}
		seen[s.node] = seen[s.node] || s.called
	}
	all = append(all, f.methodSites(all)...)
	all = slices.DeleteFunc(all, func(s found) bool {
		return (!s.called || s.binds) && followed[s.reference] && !f.isDefault(s.reference)
	})
	slices.SortStableFunc(all, func(a, b found) int { return int(f.tree.Nodes[a.node].Start) - int(f.tree.Nodes[b.node].Start) })
	return all
}

// siteAt looks at the expression that begins with the identifier at node i. vias
// are the expressions through which it got its meaning.
func (f *file) siteAt(i syntax.Index) (s found, vias []syntax.Index, ok bool) {
	at := syntax.None
	var sinks []names.Target
	chain := f.names.Start(i)
	for more := true; more; more = chain.Step() {
		if got := f.sinkTargets(&chain); len(got) > 0 && chain.Node == f.unwrap(chain.Node) && f.tree.Kind(chain.Node) != syntax.NamedExpression {
			at, sinks = chain.Node, got
		}
	}
	if len(sinks) == 0 && len(chain.Result.Targets) > 0 {
		at, sinks = f.chosenAt(chain.Node)
	}
	if len(sinks) == 0 {
		return found{}, nil, false
	}
	if attribute := f.attributeOf(at); attribute != "" && !decodingAttribute(sinks[0], attribute) {
		return found{}, nil, false
	}
	for _, target := range sinks {
		vias = append(vias, target.Via)
	}
	s, ok = f.classify(at, sinks)
	return s, vias, ok
}

// attributeOf returns the attribute that is taken of a sink, or "": the first, or one
// behind it that only says something about it.
func (f *file) attributeOf(at syntax.Index) (first string) {
	for range maxAttributes {
		p := f.tree.Parent(at)
		switch {
		case f.tree.Kind(p) == syntax.ParenthesizedExpression || f.isSplatObject(p):
		case f.tree.Kind(p) == syntax.Attribute && f.tree.Nodes[at].Field == syntax.Object:
			name := f.tree.Child(p, syntax.AttributeName)
			if name == syntax.None {
				return first
			}
			text := string(f.tree.Text(name))
			if metadata[text] {
				return text
			}
			if first == "" {
				first = text
			}
		default:
			return first
		}
		at = p
	}
	return first
}

// maxAttributes bounds the attributes of a sink that are looked at.
const maxAttributes = 8

// isSplatObject reports a starred expression that the grammar took for a part of
// what follows: it reads "1, *a.b(c)" as a call of "(*a).b".
func (f *file) isSplatObject(i syntax.Index) bool {
	if i == syntax.None {
		return false
	}
	field := f.tree.Nodes[i].Field
	return f.tree.Kind(i) == syntax.ListSplat && (field == syntax.Object || field == syntax.Function)
}

func (f *file) sinkTargets(chain *names.Chain) []names.Target {
	var out []names.Target
	for _, target := range chain.Result.Targets {
		sink, ok := f.gate.catalog.PythonSink(target.Name)
		switch {
		case !ok:
		case strings.HasSuffix(sink.Name, "()"):
			// The call is the site, and nothing that its result is bound to.
			if target.Made == chain.Node {
				out = append(out, target)
			}
		case sink.Receiver && f.isSink(target.By), sink.NotNear != "" && target.Annotated && f.spells(sink.NotNear):
			// Whatever it is an object of was reported where it was made, or comes
			// from this process.
		default:
			out = append(out, target)
		}
	}
	return out
}

func (f *file) isSink(name string) bool {
	sink, ok := f.gate.catalog.PythonSink(name)
	return ok && !sink.Setting
}

// metadata are attributes that say something about a function without calling
// it.
var metadata = map[string]bool{
	"__name__": true, "__doc__": true, "__module__": true, "__qualname__": true, "__annotations__": true,
	"__defaults__": true, "__kwdefaults__": true, "__signature__": true, "__dict__": true, "__code__": true,
}

// decodes are attributes of an unpickler class that make one or run it.
var decodes = map[string]bool{"load": true, "__init__": true, "__new__": true, "__call__": true}
