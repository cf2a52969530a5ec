package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
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
	sink      *catalog.PythonSink
	safe      string
	argument  string
}

// judging is what judging the sites of one file needs.
type judging struct {
	res        *Result
	directives *justify.File
	keys       lint.Fingerprints
	// Sites of one statement share its claim; asking again for each would
	// take a list of a hundred thousand of them all day.
	claims map[uint32]justify.Claim
}

// sites finds the sites of the file and judges each.
func (f *file) sites(res *Result, policy justify.Policy) {
	j := &judging{res: res, directives: f.directives(policy), claims: make(map[uint32]justify.Claim)}
	all := f.find()
	known := make(map[uint32]bool)
	for _, s := range all {
		n := &f.tree.Nodes[s.node]
		known[n.Start], known[f.tree.Nodes[s.reference].Start] = true, true
		f.judge(j, s, &lint.Site{
			Location: f.location(n.Start, n.End),
			Function: lint.Printable(f.names.Function(s.node)),
		}, f.statementOf(s.node))
	}
	for _, s := range f.tokenSites(res, known) {
		f.judge(j, s.found, &lint.Site{Location: f.location(s.start, s.end), Note: byTokens}, f.lineStatement(s.start))
	}
	slices.SortStableFunc(res.Sites, lint.CompareSites)
	res.Findings = append(res.Findings, j.directives.Findings()...)
	slices.SortStableFunc(res.Findings, lint.CompareFindings)
}

// judge completes a site, and adds it and what is to be said of it.
func (f *file) judge(j *judging, s found, site *lint.Site, statement span) {
	site.Wing, site.API, site.Format, site.Generated = wing, s.sink.Name, s.sink.Format, f.generated
	site.Argument, site.Safe = lint.Printable(s.argument), lint.Printable(s.safe)
	j.res.Sites = append(j.res.Sites, site)
	if s.safe != "" {
		// A claim at a form that is safe in itself excuses nothing.
		return
	}
	claim, asked := j.claims[statement.start]
	if !asked {
		at := f.location(statement.start, statement.end)
		claim = j.directives.Cover(justify.Statement{
			ID: int64(statement.start), First: at.Line, Last: f.line(statement.end),
			Leads: f.leads(statement.start), Column: at.Column,
		})
		j.claims[statement.start] = claim
	}
	site.Justification = claim.Justification
	finding := unjustified(site, s, claim)
	finding.Fingerprint = j.keys.Of(finding.Rule, site.API, site.Path, site.Function, statement.key)
	j.res.Findings = append(j.res.Findings, finding)
}

// find returns the sites in order. A reference that was bound to a name or
// subclassed is left out where the name or the class is used in turn: the use
// is the site.
func (f *file) find() []found {
	var all []found
	followed := make(map[syntax.Index]bool)
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) != syntax.Identifier || !f.names.IsUse(i) {
			continue
		}
		if s, vias, ok := f.siteAt(i); ok {
			all = append(all, s)
			for _, via := range vias {
				followed[via] = true
			}
		}
	}
	all = slices.DeleteFunc(all, func(s found) bool { return !s.called && followed[s.reference] })
	slices.SortStableFunc(all, func(a, b found) int { return int(f.tree.Nodes[a.node].Start) - int(f.tree.Nodes[b.node].Start) })
	return all
}

// siteAt looks at the chain of attributes that begins with the identifier at
// node i. vias are the expressions through which it got its meaning.
func (f *file) siteAt(i syntax.Index) (s found, vias []syntax.Index, ok bool) {
	r := f.names.Identifier(i)
	var at syntax.Index
	var sinks []names.Target
	attribute := ""
	for node := i; len(r.Targets) > 0; {
		if got := f.sinkTargets(r); len(got) > 0 {
			at, sinks, attribute = node, got, ""
		}
		parent := f.tree.Parent(node)
		if f.tree.Kind(parent) == syntax.ParenthesizedExpression || f.isSplatObject(parent) {
			node = parent
			continue
		}
		if f.tree.Kind(parent) != syntax.Attribute || f.tree.Nodes[node].Field != syntax.Object {
			break
		}
		name := f.tree.Child(parent, syntax.AttributeName)
		if name == syntax.None {
			break
		}
		attribute = string(f.tree.Text(name))
		r = f.names.Attribute(r, attribute)
		node = parent
	}
	if len(sinks) == 0 || attribute != "" && !decodingAttribute(sinks[0], attribute) {
		return found{}, nil, false
	}
	for _, target := range sinks {
		vias = append(vias, target.Via)
	}
	s, ok = f.classify(at, sinks)
	return s, vias, ok
}

// isSplatObject reports a starred expression that the grammar took for a part of
// what follows: it reads "1, *a.b(c)" as a call of "(*a).b".
func (f *file) isSplatObject(i syntax.Index) bool {
	field := f.tree.Nodes[i].Field
	return f.tree.Kind(i) == syntax.ListSplat && (field == syntax.Object || field == syntax.Function)
}

func (f *file) sinkTargets(r names.Result) []names.Target {
	var out []names.Target
	for _, target := range r.Targets {
		if _, ok := f.gate.catalog.PythonSink(target.Name); ok {
			out = append(out, target)
		}
	}
	return out
}

// metadata are attributes that say something about a function without calling
// it.
var metadata = map[string]bool{
	"__name__": true, "__doc__": true, "__module__": true, "__qualname__": true, "__annotations__": true,
	"__defaults__": true, "__kwdefaults__": true, "__signature__": true, "__dict__": true, "__code__": true,
}

// decodes are attributes of an unpickler class that make one or run it.
var decodes = map[string]bool{"load": true, "__init__": true, "__new__": true, "__call__": true}

// decodingAttribute reports whether an attribute of a sink still decodes.
func decodingAttribute(target names.Target, attribute string) bool {
	if isUnpickler(target.Name) || len(target.Classes) > 0 {
		return decodes[attribute]
	}
	return !metadata[attribute]
}

func isUnpickler(name string) bool {
	return strings.Contains(name[strings.LastIndexByte(name, '.')+1:], "Unpickler")
}

// partialName binds arguments ahead of the call.
const partialName = "functools.partial"

// classify tells how the reference at a node is used, and judges the form.
func (f *file) classify(at syntax.Index, sinks []names.Target) (found, bool) {
	top := at
	for p := f.tree.Parent(top); f.tree.Kind(p) == syntax.ParenthesizedExpression || f.isSplatObject(p); p = f.tree.Parent(top) {
		top = p
	}
	if !f.names.IsUse(at) || !f.names.IsUse(top) {
		return found{}, false
	}
	parent := f.tree.Parent(top)
	s := found{node: at, reference: at}
	args := arguments{starred: -1}
	switch {
	case f.isFunction(top):
		s.node, s.called = parent, true
		args = f.arguments(parent, 0)
	case f.isPartial(top):
		s.node, s.called = f.tree.Parent(parent), true
		args = f.arguments(s.node, 1)
	case f.onlyTested(top):
		return found{}, false
	}
	for k, target := range sinks {
		sink, _ := f.gate.catalog.PythonSink(target.Name)
		safe := f.restricted(target)
		if safe == "" {
			safe = f.safeForm(sink, &args)
		}
		if k == 0 || safe == "" {
			s.sink, s.safe = sink, safe
		}
		if safe == "" {
			break
		}
	}
	if value, _ := args.find(s.sink.Arg); value != syntax.None {
		s.argument = f.excerpt(value, maxArgument)
	}
	return s, true
}

func (f *file) isFunction(i syntax.Index) bool {
	return f.tree.Kind(f.tree.Parent(i)) == syntax.Call && f.tree.Nodes[i].Field == syntax.Function
}

// isPartial reports the first argument of functools.partial.
func (f *file) isPartial(i syntax.Index) bool {
	list := f.tree.Parent(i)
	if f.tree.Kind(list) != syntax.ArgumentList || f.tree.First(list) != i || f.tree.Kind(f.tree.Parent(list)) != syntax.Call {
		return false
	}
	r := f.names.Expression(f.tree.Child(f.tree.Parent(list), syntax.Function))
	return slices.ContainsFunc(r.Targets, func(t names.Target) bool { return t.Name == partialName })
}

// onlyTested reports a reference that is compared with the class of something,
// in isinstance, issubclass or an except clause.
func (f *file) onlyTested(i syntax.Index) bool {
	p := f.tree.Parent(i)
	// One tuple, or one name behind "as", may stand between.
	if f.tree.Kind(p) == syntax.AsPattern || f.tree.Kind(p) == syntax.Tuple {
		p = f.tree.Parent(p)
	}
	if f.tree.Kind(p) == syntax.AsPattern {
		p = f.tree.Parent(p)
	}
	switch f.tree.Kind(p) {
	case syntax.ExceptClause, syntax.ExceptGroupClause:
		return true
	case syntax.ArgumentList:
		call := f.tree.Parent(p)
		if f.tree.Kind(call) != syntax.Call {
			return false
		}
		function := f.tree.Child(call, syntax.Function)
		if function == syntax.None {
			return false
		}
		name := string(f.tree.Text(function))
		return name == "isinstance" || name == "issubclass"
	}
	return false
}
