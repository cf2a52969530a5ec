package proof

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// diagnose tells why the checks that are there do not hold.
func (p *prover) diagnose(g *flow.Graph) Answer {
	none := Answer{Check: syntax.None, At: syntax.None}
	sites := g.CallSteps(p.site)
	if len(sites) == 0 || len(p.checks) == 0 {
		return none
	}
	// A fact about the bytes that has a flaw says it best.
	worst := fact{check: -1}
	everywhere := true
	var values []termID
	for _, site := range sites {
		h, reached := p.hits[place{0, site}]
		if !reached {
			continue
		}
		values = append(values, h.value)
		f, ok := p.holds(h.st, h.value, 0)
		everywhere = everywhere && ok && f.check >= 0
		if ok && f.check >= 0 && f.flaw > worst.flaw {
			worst = f
		}
	}
	if len(values) == 0 {
		return none
	}
	if everywhere && worst.flaw != Sound && worst.check >= 0 {
		return p.answer(worst.flaw, worst.check, syntax.None)
	}
	best, at := none, -1
	for n := range p.checks {
		closeness := p.closeness(int32(n), values)
		if closeness == 0 || closeness <= at {
			continue
		}
		if a, ok := p.why(g, int32(n), sites, values, closeness); ok {
			best, at = a, closeness
		}
	}
	return best
}

func (p *prover) answer(flaw Flaw, n int32, at syntax.Index) Answer {
	c := &p.checks[n]
	a := Answer{Flaw: flaw, Check: c.Node, Call: c.Call, At: at, Far: c.Far}
	if flaw == c.Flaw {
		a.Elsewhere = c.Elsewhere
	}
	for _, d := range c.Data {
		if text := p.written(d); text != "" {
			a.Checked = text
			break
		}
	}
	if c.Key != 0 {
		a.Key = p.written(c.Key)
	}
	return a
}

// written is how the source writes a term, or "".
func (p *prover) written(id termID) string {
	for range maxNest {
		t := &p.terms[id]
		switch t.kind {
		case parameter, variable, constant:
			return t.text
		case symbol:
			return t.text
		case attribute:
			if of := p.written(t.args[0]); of != "" {
				return of + "." + t.text
			}
			return ""
		case opaque, object, opened, each:
			if t.text == madeAnew {
				return p.terms[t.args[0]].text
			}
			if t.node > 0 {
				return p.excerpt(t.node, 60)
			}
			return ""
		case slice:
			if of := p.written(t.args[0]); of != "" {
				return of + "[" + strings.TrimSuffix(t.text, ",") + "]"
			}
			return ""
		case carried, item, stream:
			id = t.args[0]
		case joined:
			if len(t.args) > 0 && p.is(t.args[0], variable) {
				return p.terms[t.args[0]].text
			}
			return ""
		case concat:
			for _, a := range t.args {
				if !p.is(a, constant) {
					id = a
					break
				}
			}
			if p.is(id, concat) {
				return ""
			}
		default:
			return ""
		}
		if id == 0 {
			return ""
		}
	}
	return ""
}

// closeness tells how near to the bytes the data of a check is: 3 if it is these bytes, 2
// if it is a part of the same thing or names the same file, 1 if both come from outside,
// and 0 if the check is about something else.
func (p *prover) closeness(n int32, values []termID) (best int) {
	c := &p.checks[n]
	st := &state{facts: make(map[termID]fact)}
	for _, d := range c.Data {
		p.add(st, d, fact{Sound, n}, 0)
	}
	for _, v := range values {
		if f, ok := p.holds(st, v, 0); ok && f.check >= 0 {
			return 3
		}
		mine, files := p.roots(v), p.filesOf(v)
		for _, d := range c.Data {
			theirs := p.roots(d)
			for id := range theirs {
				if mine[id] {
					best = max(best, 2)
				}
				if p.is(id, parameter) {
					for m := range mine {
						if p.is(m, parameter) {
							best = max(best, 1)
						}
					}
				}
			}
			for f := range p.filesOf(d) {
				if files[f] {
					best = max(best, 2)
				}
			}
			if name := p.written(v); name != "" && name == p.written(d) {
				best = max(best, 2)
			}
		}
	}
	return best
}

// filesOf are the paths of the files that a term was read from, and the term itself where
// it may be a path.
func (p *prover) filesOf(id termID) map[termID]bool {
	out := make(map[termID]bool)
	p.within(id, func(at termID) bool {
		t := &p.terms[at]
		switch {
		case t.kind == opaque && p.catalog.PythonVerb(lastWord(t.text), catalog.OpensPath) && len(t.args) > 0:
			out[p.pathOf(t.args[0])] = true
		case at == id && (t.kind == parameter || t.kind == constant || t.kind == attribute || t.kind == variable):
			out[p.pathOf(at)] = true
		}
		return true
	})
	return out
}

// pathOf takes Path() and str() off a path.
func (p *prover) pathOf(id termID) termID {
	for range maxNest {
		t := &p.terms[id]
		switch {
		case t.kind == carried:
			id = t.args[0]
		case t.kind == opaque && len(t.args) > 0 && (lastWord(t.text) == "Path" || lastWord(t.text) == "fspath" || lastWord(t.text) == "join" || p.catalog.PythonVerb(lastWord(t.text), catalog.OpensPath)):
			id = t.args[0]
		default:
			return id
		}
	}
	return id
}

// why tells what is wrong with one check.
func (p *prover) why(g *flow.Graph, n int32, sites []int32, values []termID, closeness int) (Answer, bool) {
	c := &p.checks[n]
	check := c.step
	site := sites[len(sites)-1]
	if check == site || c.step < 0 {
		return Answer{}, false
	}
	before := reaches(g, check, site)
	if !before {
		if slices.ContainsFunc(sites, func(s int32) bool { return reaches(g, s, check) }) {
			return p.answer(After, n, syntax.None), true
		}
		if closeness < 2 {
			return Answer{}, false
		}
		return p.leftOut(g, n, check, site), true
	}
	asked, asks := p.asks[n]
	if c.Kind == Comparing || c.Kind == Telling {
		if !asks && !c.asked {
			return p.answer(Unused, n, syntax.None), closeness >= 1
		}
	}
	if closeness < 3 {
		return p.other(n, values, closeness)
	}
	if c.Flaw != Sound {
		return p.answer(c.Flaw, n, syntax.None), true
	}
	if reaches(g, 0, site, check) {
		return p.leftOut(g, n, check, site), true
	}
	if c.Kind == Raising || c.Kind == Opening {
		if x := g.Steps[check].Except; x != flow.None && (x == site || reaches(g, x, site, check)) {
			return p.answer(Swallowed, n, g.Steps[x].Node), true
		}
		return p.answer(Continues, n, syntax.None), true
	}
	if asks {
		s := &g.Steps[asked.step]
		pass, fail := s.Next, s.Else
		if !asked.taken {
			pass, fail = fail, pass
		}
		gets := func(from int32) bool {
			return from != flow.None && (from == site || reaches(g, from, site, asked.step))
		}
		switch {
		case gets(fail) && !gets(pass):
			return p.answer(Polarity, n, s.Node), true
		case gets(fail):
			if x := g.Steps[check].Except; x != flow.None && !gets(pass) {
				return p.answer(Swallowed, n, g.Steps[x].Node), true
			}
			return p.answer(Continues, n, s.Node), true
		}
		if reaches(g, 0, site, asked.step) {
			return p.leftOut(g, n, asked.step, site), true
		}
	}
	if x := g.Steps[check].Except; x != flow.None && (x == site || reaches(g, x, site, check)) {
		return p.answer(Swallowed, n, g.Steps[x].Node), true
	}
	return p.answer(Continues, n, syntax.None), true
}

// other tells that something else than the bytes was checked.
func (p *prover) other(n int32, values []termID, closeness int) (Answer, bool) {
	c := &p.checks[n]
	for _, v := range values {
		files := p.filesOf(v)
		for _, d := range c.Data {
			for f := range p.filesOf(d) {
				if files[f] {
					return p.answer(Race, n, syntax.None), true
				}
			}
		}
	}
	if p.rebound(n, values) {
		return p.answer(Rebound, n, syntax.None), true
	}
	if c.Flaw != Sound && c.Flaw != OtherBytes && closeness >= 2 && c.Flaw >= LiteralKey {
		return p.answer(c.Flaw, n, syntax.None), true
	}
	if p.filters(c.Node) {
		return Answer{}, false // what is left may well be what was checked
	}
	// What was opened and used is what the check is for; the bytes are another matter.
	return p.answer(OtherBytes, n, syntax.None), c.Kind != Opening || p.alone(c.Node)
}

// nameOnly: the bytes are a name.
func (p *prover) nameOnly() bool { return p.tree.Kind(p.bytes) == syntax.Identifier }

// rebound reports that the name of the bytes was checked, and meant something else there.
func (p *prover) rebound(n int32, values []termID) bool {
	if !p.nameOnly() {
		return false
	}
	name := string(p.tree.Text(p.bytes))
	for _, d := range p.checks[n].Data {
		if p.written(p.bare(d)) == name && !slices.Contains(values, d) {
			return true
		}
	}
	return false
}

// leftOut tells on what it hangs that a check is not made.
func (p *prover) leftOut(g *flow.Graph, n, check, site int32) Answer {
	found := syntax.None
	flaw := Branch
	asked, asks := p.asks[n]
	for k := range g.Steps {
		s := &g.Steps[k]
		if s.Op != flow.Test && s.Op != flow.Match && s.Op != flow.Iterate && s.Op != flow.Catch || int32(k) == check || asks && int32(k) == asked.step {
			continue
		}
		to, past := false, false
		for _, out := range []int32{s.Next, s.Else} {
			if out == flow.None {
				continue
			}
			checks := out == check || reaches(g, out, check, int32(k))
			gets := out == site || reaches(g, out, site, check)
			to = to || checks
			past = past || gets && !checks
		}
		if past && (to || s.Op == flow.Catch) {
			found = s.Node
			switch s.Op {
			case flow.Test:
				flaw = Optional
			case flow.Catch:
				flaw = Swallowed
			default:
				flaw = Branch
			}
		}
	}
	return p.answer(flaw, n, found)
}

// filters reports a check in the condition of a comprehension that the load is not in.
func (p *prover) filters(i syntax.Index) bool {
	for range maxNest {
		if i = p.tree.Parent(i); i == syntax.None {
			return false
		}
		switch p.tree.Kind(i) {
		case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
			return !p.tree.Contains(i, p.site)
		case syntax.Block:
			return false
		}
	}
	return false
}
