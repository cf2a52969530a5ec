package proof

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// callee is what a call calls.
type callee struct {
	// receiver and method are those of a method call.
	receiver termID
	method   string
	// target is what is called.
	target termID
	// name is its dotted name, or "".
	name string
	fact *catalog.PythonVerifier
	// made are the arguments of the call that made the receiver, where that stands out
	// of sight.
	made *arguments
}

// call follows a call.
func (r *run) call(step int32, s *flow.Step, st *state) (*state, bool) {
	p := r.p
	if r.inLoop(step) || r.looping {
		child := p.contexts[place{r.context, s.Node}]
		st = p.without(st, s.Node, r.context, func(t *term, _ termID) bool {
			switch t.kind {
			case object, opaque, opened, told, result:
				return t.node == s.Node && t.context == r.context || child != 0 && p.inContext(t.context, child)
			case joined, each, compared:
				return child != 0 && p.inContext(t.context, child)
			}
			return false // of variables the context is their scope
		})
	}
	if s.Node == p.site {
		p.hits[place{r.context, step}] = hit{st, r.eval(p.bytes, st)}
	}
	value, after, falls := r.perform(step, s, st)
	return p.with(after, slot{call: s.Node}, value), falls
}

// made is the value of a call that is looked at by itself, without its effects.
func (r *run) made(i syntax.Index, st *state) termID {
	c, a := r.callee(i, st), r.arguments(i, st)
	if c.fact != nil && c.fact.Does == catalog.Carries {
		if data := r.dataOf(c.fact, &c, &a); data != 0 {
			return r.p.term(term{kind: carried, text: c.name, args: []termID{data}})
		}
	}
	if v := r.carriedBy(&c, &a); v != 0 {
		return v
	}
	id := r.thing(i, &c, &a)
	if t := r.p.terms[c.target]; t.kind == class && r.outside {
		r.ofClass(id, t.node, &a)
	}
	return id
}

// ofClass notes the class of an object that stands out of sight, unless it is given
// something that stands in the source: that may be its key.
func (r *run) ofClass(id termID, class syntax.Index, a *arguments) {
	for _, arg := range a.positional {
		if r.literalKey(arg, false, 0) != Sound {
			return
		}
	}
	for _, arg := range a.keywords {
		if r.literalKey(arg, false, 0) != Sound {
			return
		}
	}
	if !a.open {
		r.p.classes[id] = class
	}
}

// thing is what a call gives of which no more is known.
func (r *run) thing(i syntax.Index, c *callee, a *arguments) termID {
	p := r.p
	text := c.name
	if text == "" {
		text = c.method
	}
	if text == "" {
		text = p.excerpt(p.tree.Child(i, syntax.Function), 40)
	}
	var args []termID
	if c.method != "" && !p.is(c.receiver, symbol) {
		args = append(args, c.receiver)
		if c.method == "read" && len(a.positional) == 0 && c.name == "" {
			text = wholeRead
		}
	}
	args = append(args, a.positional...)
	for _, name := range sortedKeys(a.keywords) {
		args = append(args, a.keywords[name])
	}
	id := p.term(term{kind: opaque, text: text, node: i, context: r.context, args: args})
	p.made[id] = *a
	return id
}

func sortedKeys(m map[string]termID) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// callee tells what a call calls.
func (r *run) callee(i syntax.Index, st *state) callee {
	p, t := r.p, r.p.tree
	c := callee{}
	f := t.Child(i, syntax.Function)
	for t.Kind(f) == syntax.ParenthesizedExpression {
		f = t.First(f)
	}
	if f == syntax.None {
		return c
	}
	if t.Kind(f) == syntax.Attribute {
		if of, id := t.Child(f, syntax.Object), t.Child(f, syntax.AttributeName); of != syntax.None && id != syntax.None {
			c.receiver, c.method = r.eval(of, st), string(t.Text(id))
		}
	}
	c.target = r.eval(f, st)
	if def := p.method(p.objectClass(c.target), "__call__"); def > 0 {
		return callee{receiver: c.target, target: p.term(term{kind: function, node: def})}
	}
	if p.is(c.receiver, opaque) && p.terms[c.receiver].text == "builtins.super" {
		if def, self := p.superMethod(i, c.method); def > 0 {
			c.receiver, c.target = st.slots[slot{variable: self}], p.term(term{kind: function, node: def})
			return c
		}
	}
	if c.method != "" {
		if def := p.method(p.classOf(c.receiver), c.method); def > 0 {
			c.target = p.term(term{kind: function, node: def})
			return c
		}
	}
	if k := p.terms[c.target].kind; k == function || k == class {
		return c
	}
	if name := p.nameOf(c.target); name != "" {
		if c.fact = p.fact(name); c.fact != nil || !strings.Contains(name, "()") {
			c.name = name
			return c
		}
	}
	if t.Kind(f) == syntax.Identifier && p.unsure(p.names.Variable(f)) {
		return c
	}
	for _, target := range p.names.Expression(f).Targets {
		if fact := p.fact(target.Name); fact != nil {
			c.name, c.fact = target.Name, fact
			if target.Made > 0 && target.Made != i && t.Kind(target.Made) == syntax.Call && !p.evaluating[target.Made] {
				p.evaluating[target.Made] = true
				a := (&run{p: p, nest: r.nest, outside: true}).arguments(target.Made, &state{})
				delete(p.evaluating, target.Made)
				c.made = &a
			}
			return c
		}
	}
	if c.method != "" {
		if fact := p.starred(c.method); fact != nil && (fact.Does != catalog.Raises || p.alone(i)) && !p.is(c.receiver, symbol) && p.classOf(c.receiver) <= 0 {
			c.name, c.fact = fact.Name, fact
		}
	}
	return c
}

// alone reports a call whose value nobody looks at: what raises gives none, so what is
// asked for an answer is something else.
func (p *prover) alone(i syntax.Index) bool {
	up := p.tree.Parent(i)
	for p.tree.Kind(up) == syntax.Await || p.tree.Kind(up) == syntax.ParenthesizedExpression {
		up = p.tree.Parent(up)
	}
	return p.tree.Kind(up) == syntax.ExpressionStatement || p.tree.Kind(up) == syntax.ReturnStatement
}

// objectClass returns the class of the file of which a term is an object.
func (p *prover) objectClass(id termID) syntax.Index {
	if p.is(id, class) {
		return syntax.None
	}
	return p.classOf(id)
}

// superMethod returns the method that super() leads to from a node, and the variable of the
// object.
func (p *prover) superMethod(i syntax.Index, name string) (def syntax.Index, self names.Variable) {
	code := p.names.CodeAt(i)
	in := p.names.ClassAt(code)
	list := p.tree.Child(code, syntax.ParametersField)
	if in == syntax.None || list == syntax.None || p.tree.Kind(p.tree.First(list)) != syntax.Identifier {
		return syntax.None, self
	}
	self = p.names.Variable(p.tree.First(list))
	for _, base := range p.basesOf(in) {
		if def := p.method(base, name); def > 0 {
			return def, self
		}
	}
	return syntax.None, self
}

// perform follows what a call does.
func (r *run) perform(step int32, s *flow.Step, st *state) (termID, *state, bool) {
	p, i := r.p, s.Node
	c, a := r.callee(i, st), r.arguments(i, st)
	if p.bareTerm != 0 && c.target == p.bareTerm {
		p.handings[place{r.context, i}] = handing{st, a}
	}
	switch t := p.terms[c.target]; t.kind {
	case function:
		if p.verifiers[t.node] {
			return r.claimed(i, p.givesValue(t.node), &c, &a, st)
		}
		return r.inline(step, i, t.node, &c, &a, st)
	case class:
		return r.instance(step, i, t.node, &a, st)
	case variable, attribute, symbol:
		if v, after, ok := r.elsewhere(i, &c, &a, st); ok {
			return v, after, true
		}
		if p.isNamed(i) {
			return r.claimed(i, p.tree.Kind(p.tree.Parent(i)) != syntax.ExpressionStatement, &c, &a, st)
		}
	}
	if fed := st.slots[fedSlot(c.receiver)]; c.method != "" && fed != 0 {
		if v, after, ok := r.digesting(step, i, &c, &a, st, fed); ok {
			return v, after, true
		}
	}
	if c.fact != nil {
		return r.apply(i, &c, &a, st)
	}
	if c.method == beginsWith && len(a.positional) == 1 && r.digestOf(c.receiver, st) != 0 {
		id := p.term(term{kind: compared, text: beginsWith, node: i, context: r.context, args: []termID{c.receiver, a.positional[0]}})
		r.equality(beginsWith, c.receiver, a.positional[0], id, st)
		return id, st, true
	}
	if c.method != "" && p.holder(c.receiver) && p.catalog.PythonVerb(c.method, catalog.Grows) {
		st = r.keeps(i, c.receiver, &a, st)
	}
	if c.method != "" {
		switch {
		case p.catalog.PythonVerb(c.method, catalog.Fills):
			for _, arg := range a.positional {
				st = r.changed(i, arg, st)
			}
		case p.catalog.PythonVerb(c.method, catalog.Grows):
			st = r.changed(i, c.receiver, st)
		case p.catalog.PythonVerb(c.method, catalog.Moves) && !p.byKey(&a):
			// What is left has other places; of a whole that holds all do.
			if _, ok := p.holds(st, c.receiver, 0); !ok {
				st = r.changed(i, c.receiver, st)
			}
		}
	}
	if v := r.carriedBy(&c, &a); v != 0 {
		return v, st, true
	}
	return r.thing(i, &c, &a), st, true
}

// carriedBy is the value of a method that gives what its object is, in another form.
func (r *run) carriedBy(c *callee, a *arguments) termID {
	p := r.p
	switch {
	case c.name == "builtins.any" || c.name == "builtins.bool":
		if len(a.positional) == 1 {
			of := a.positional[0]
			if t := &p.terms[of]; c.name == "builtins.any" {
				if t.kind != concat || t.text != "each" {
					return 0
				}
				of = t.args[0]
			}
			return p.term(term{kind: carried, text: lastWord(c.name), args: []termID{of}})
		}
	case c.name == "builtins.all" && len(a.positional) == 1:
		t := p.terms[a.positional[0]]
		if t.kind != concat || t.text != "" || len(t.args) == 0 {
			return 0
		}
		id := t.args[0]
		for _, more := range t.args[1:] {
			id = p.term(term{kind: both, args: []termID{id, more}})
		}
		return p.term(term{kind: carried, text: "bool", args: []termID{id}})
	case c.method == "join" && len(a.positional) == 1:
		return p.term(term{kind: concat, text: "+", args: append([]termID{c.receiver}, p.itemsOf(a.positional[0])...)})
	case c.method == "format":
		return p.term(term{kind: concat, text: "+", args: append([]termID{c.receiver}, a.positional...)})
	case p.catalog.PythonVerb(c.method, catalog.Forms) && c.receiver != 0 && !p.is(c.receiver, symbol):
		return p.term(term{kind: carried, text: c.method, args: append([]termID{c.receiver}, a.positional...)})
	}
	return 0
}

// itemsOf are the items of a display, or the value itself.
func (p *prover) itemsOf(id termID) []termID {
	if t := &p.terms[id]; t.kind == concat {
		return t.args
	}
	return []termID{id}
}
