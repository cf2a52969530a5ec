package proof

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const (
	// maxCalls bounds how deep functions of the file are followed into.
	maxCalls = 5
	// maxFollowed bounds the calls that are followed for one question.
	maxFollowed = 400
)

// place is a node in a context.
type place struct {
	context int32
	node    syntax.Index
}

// contextOf returns the context of what is called at a node.
func (p *prover) contextOf(at place) int32 {
	if c, ok := p.contexts[at]; ok {
		return c
	}
	p.parents = append(p.parents, at.context)
	c := int32(len(p.parents))
	p.contexts[at] = c
	return c
}

// inContext reports whether a context lies within another.
func (p *prover) inContext(c, outer int32) bool {
	for c > 0 {
		if c == outer {
			return true
		}
		c = p.parents[c-1]
	}
	return false
}

// claimed follows a call of a function of which somebody says that it verifies.
func (r *run) claimed(i syntax.Index, tells bool, c *callee, a *arguments, st *state) (termID, *state, bool) {
	p := r.p
	data := slices.Clone(a.positional)
	for _, name := range sortedKeys(a.keywords) {
		data = append(data, a.keywords[name])
	}
	data = slices.DeleteFunc(data, func(id termID) bool { return p.is(id, constant) })
	call := p.excerpt(p.tree.Child(i, syntax.Function), 60)
	if !tells {
		n := r.note(check{Node: i, Context: r.context, Kind: Raising, Data: data, Call: call}, 0)
		return r.thing(i, c, a), p.learn(st, p.factsOfCheck(n)), true
	}
	id := p.term(term{kind: told, node: i, context: r.context, text: call, args: data})
	n := r.note(check{Node: i, Context: r.context, Kind: Telling, Data: data, Call: call}, id)
	// Whatever it returns is what it verified, if it is no answer.
	return id, p.learn(st, []learned{{id, fact{p.checks[n].Flaw, n}}}), true
}

// givesValue reports a function that returns something else than None.
func (p *prover) givesValue(def syntax.Index) bool {
	for i := def; i < p.tree.Nodes[def].After; i++ {
		if p.tree.Kind(i) == syntax.ReturnStatement && p.names.CodeAt(i) == def {
			if v := p.tree.First(i); v != syntax.None && p.tree.Kind(v) != syntax.NoneLiteral {
				return true
			}
		}
	}
	return false
}

// entered reports a call that makes the manager of a with statement.
func (p *prover) entered(call syntax.Index) bool {
	up := p.tree.Parent(call)
	if p.tree.Kind(up) == syntax.AsPattern {
		up = p.tree.Parent(up)
	}
	return p.tree.Kind(up) == syntax.WithItem
}

// instance makes an object of a class of the file.
func (r *run) instance(step int32, i, node syntax.Index, a *arguments, st *state) (termID, *state, bool) {
	p := r.p
	id := p.term(term{kind: object, node: i, context: r.context, text: ""})
	p.classes[id] = node
	p.made[id] = *a
	if p.initSkipped(node) {
		return id, st, true
	}
	init := p.method(node, "__init__")
	if init > 0 {
		c := callee{receiver: id}
		_, after, falls := r.inline(step, i, init, &c, a, st)
		if !falls {
			return id, after, false
		}
		st = after
	} else {
		for k, name := range p.fields(node) {
			if v := a.get(name, k); v != 0 {
				st = p.with(st, attributeSlot(id, name), v)
			}
		}
	}
	if enter := p.method(node, "__enter__"); enter > 0 && p.entered(i) {
		c := callee{receiver: id}
		value, after, falls := r.inline(step, i, enter, &c, &arguments{}, st)
		return id, p.with(after, attributeSlot(id, "#enter"), value), falls
	}
	return id, st, true
}

// fields are the names that the body of a class gives types, in order.
func (p *prover) fields(node syntax.Index) (out []string) {
	body := p.tree.Child(node, syntax.Body)
	if body == syntax.None {
		return nil
	}
	for s := p.tree.First(body); s != syntax.None; s = p.tree.Next(s) {
		if c := p.tree.First(s); p.tree.Kind(s) == syntax.ExpressionStatement && p.tree.Kind(c) == syntax.Assignment {
			if left := p.tree.Child(c, syntax.Left); p.tree.Kind(left) == syntax.Identifier && p.tree.Child(c, syntax.TypeField) != syntax.None {
				out = append(out, string(p.tree.Text(left)))
			}
		}
	}
	return out
}

// inline follows a call into a function of the file.
func (r *run) inline(step int32, i, def syntax.Index, c *callee, a *arguments, st *state) (termID, *state, bool) {
	p := r.p
	plain := func() (termID, *state, bool) { return r.thing(i, c, a), st, true }
	if r.outside || len(r.calling) >= maxCalls || slices.Contains(r.calling, def) || def == r.code() || p.followed >= maxFollowed || p.over {
		return plain()
	}
	g := p.graph(def)
	if !g.Trusted || !p.runs(i, def) || p.altered(def) || c.method != "" && p.emptied(c.receiver, c.method) {
		return plain()
	}
	p.followed++
	manager := p.decorated(def, "contextmanager", "asynccontextmanager")
	if !manager && hasYield(g) || manager && !p.entered(i) && !p.entering {
		return plain()
	}
	inner := &run{
		p: p, graph: g, context: p.contextOf(place{r.context, i}), at: r.at, looping: r.looping || r.inLoop(step), nest: r.nest,
		calling: append(slices.Clone(r.calling), def),
	}
	if r.code() != syntax.None && len(r.calling) == 0 {
		inner.calling = append(inner.calling, r.code())
	}
	inner.entry = r.bound(def, inner, c, a, st)
	sol := flow.Solve(g, inner)
	if !sol.Complete {
		p.over = true
		return plain()
	}
	op := flow.Return
	if manager {
		op = flow.Yield
	}
	value, after, falls := inner.gave(i, r, sol, op)
	return value, p.back(st, after), falls
}

// back is the state behind a call: the values of the calls of the caller are its own.
func (p *prover) back(before, after *state) *state {
	p.spend(len(before.slots) + len(after.slots))
	out := &state{slots: make(map[slot]termID, len(after.slots)), facts: after.facts}
	for s, v := range after.slots {
		if s.call == 0 {
			out.slots[s] = v
		}
	}
	for s, v := range before.slots {
		if s.call != 0 {
			out.slots[s] = v
		}
	}
	return out
}

func hasYield(g *flow.Graph) bool {
	return slices.ContainsFunc(g.Steps, func(s flow.Step) bool { return s.Op == flow.Yield })
}

// bound is the state in which a function begins.
func (r *run) bound(def syntax.Index, inner *run, c *callee, a *arguments, st *state) *state {
	p, t := r.p, r.p.tree
	entry := &state{slots: make(map[slot]termID), facts: st.facts}
	p.spend(len(st.slots))
	for s, v := range st.slots {
		// What it had when it was called before is gone.
		if s.call == 0 && (s.of != 0 || p.names.Code(s.variable) != def) {
			entry.slots[s] = v
		}
	}
	list := t.Child(def, syntax.ParametersField)
	if list == syntax.None {
		return entry
	}
	positional := slices.Clone(a.positional)
	if p.names.ClassAt(def) != syntax.None && !p.decorated(def, "staticmethod") && (c.receiver != 0 || p.decorated(def, "classmethod")) && !p.is(c.receiver, class) || p.is(c.receiver, class) && p.decorated(def, "classmethod") {
		positional = append([]termID{c.receiver}, positional...)
	}
	n, only := 0, false
	for param := t.First(list); param != syntax.None; param = t.Next(param) {
		id, value := param, syntax.None
		switch t.Kind(param) {
		case syntax.Identifier:
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			id, value = t.Child(param, syntax.Name), t.Child(param, syntax.Value)
		case syntax.TypedParameter:
			if id = t.First(param); t.Kind(id) != syntax.Identifier {
				only = true
				continue
			}
		case syntax.ListSplatPattern:
			only = true
			rest := positional[min(n, len(positional)):]
			if star := t.First(param); star != syntax.None && len(rest) > 0 {
				entry.slots[slot{variable: p.names.Variable(star)}] = p.term(term{kind: concat, args: slices.Clone(rest)})
			}
			continue
		default:
			only = only || t.Kind(param) == syntax.Other && string(t.Text(param)) == "*"
			continue
		}
		if id == syntax.None {
			continue
		}
		v := a.keywords[string(t.Text(id))]
		if v == 0 && !only && n < len(positional) {
			v = positional[n]
		}
		n++
		if v == 0 && value != syntax.None && !a.open {
			v = r.static(value)
		}
		if v == 0 {
			v = p.term(term{kind: opaque, node: id, context: inner.context, text: ""})
		}
		entry.slots[slot{variable: p.names.Variable(id)}] = v
	}
	return entry
}

// note notes a check, once for each place, and returns its number.
func (r *run) note(c check, id termID) int32 {
	p := r.p
	c.step = r.at
	if r.asserting && c.Flaw == Sound {
		c.Flaw = Assertion
	}
	n, ok := p.noted[place{c.Context, c.Node}]
	if !ok {
		n = int32(len(p.checks))
		p.noted[place{c.Context, c.Node}] = n
		p.checks = append(p.checks, c)
	} else {
		c.asked, c.step = p.checks[n].asked, p.checks[n].step
		p.checks[n] = c
	}
	if id != 0 {
		p.checkOf[id] = n
	}
	return n
}

// decorated reports a definition with a decorator of one of these names.
func (p *prover) decorated(def syntax.Index, names ...string) bool {
	for _, d := range p.decorators(def) {
		text := string(p.tree.Text(d))
		if at := strings.IndexByte(text, '('); at >= 0 {
			text = text[:at]
		}
		if slices.Contains(names, lastWord(strings.TrimSpace(text))) {
			return true
		}
	}
	return false
}

// decorators are the expressions behind the signs of a definition.
func (p *prover) decorators(def syntax.Index) (out []syntax.Index) {
	outer := p.tree.Parent(def)
	if p.tree.Kind(outer) != syntax.DecoratedDefinition {
		return nil
	}
	for c := p.tree.First(outer); c != syntax.None; c = p.tree.Next(c) {
		if p.tree.Kind(c) == syntax.Decorator && p.tree.First(c) != syntax.None {
			out = append(out, p.tree.First(c))
		}
	}
	return out
}
