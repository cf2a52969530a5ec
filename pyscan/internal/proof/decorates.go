package proof

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// handing is a call of the function on which a decorator stands.
type handing struct {
	st   *state
	args arguments
}

// decorates says which parameters of a function are checked where a decorator of the file
// calls it: the function stands in another module.
func (f *File) decorates(def syntax.Index, q *Question) *Summary {
	if f.tree.Kind(def) != syntax.FunctionDefinition {
		return nil
	}
	h := f.handed()
	p := h.prover
	p.handings = make(map[place]handing)
	outside := &run{p: p, graph: p.graph(0)}
	st := &state{}
	if q.IsMade {
		a := h.arguments(def, false, q.Args)
		c := callee{target: p.term(term{kind: function, node: def})}
		made, after, falls := outside.inline(0, def, def, &c, &a, st)
		if !falls || !p.is(made, function) {
			return nil
		}
		def, st = p.terms[made].node, after
	}
	p.bareTerm = p.term(term{kind: opaque, text: "#bare", node: def})
	c := callee{target: p.term(term{kind: function, node: def})}
	a := arguments{positional: []termID{p.bareTerm}}
	wrapper, after, falls := outside.inline(0, def, def, &c, &a, st)
	if !falls || !p.is(wrapper, function) {
		return nil
	}
	g := p.graph(p.terms[wrapper].node)
	exposed, stored := f.exposes(def)
	if !g.Trusted || stored || len(p.handings) > 0 {
		return nil // it is called, or kept, where nothing is checked
	}
	p.follow(p.terms[wrapper].node, g, &state{slots: after.slots, facts: after.facts})
	s := &Summary{About: syntax.None, exposed: exposed}
	for k, name := range q.Decorated {
		lead := fact{check: -1}
		holds := len(p.handings) > 0
		for _, c := range p.handings {
			id := p.parameterOf(&c.args, k, name)
			got, ok := p.holds(c.st, id, 0)
			holds = holds && id != 0 && ok && got.check >= 0 && got.flaw == Sound
			lead = got
		}
		if holds && lead.check >= 0 {
			s.handed = append(s.handed, k)
		}
	}
	return h.told(s, len(s.handed) > 0)
}

// parameterOf is what a call hands to a parameter, or 0.
func (p *prover) parameterOf(a *arguments, k int, name string) termID {
	if id := a.keywords[name]; id != 0 {
		return id
	}
	for n, id := range a.positional {
		t := &p.terms[id]
		if a.open && t.kind == item && t.text == "*" && len(t.args) > 0 {
			if k >= n {
				return p.itemOf(t.args[0], p.constantTerm(decimal(k-n)))
			}
			return 0
		}
		if n == k {
			return id
		}
	}
	return 0
}

// exposes lists the attributes by which a decorator makes the function known that it
// stands on; stored reports one that it keeps in some other way.
func (f *File) exposes(def syntax.Index) (attributes []string, stored bool) {
	param := f.firstParameter(def)
	if param == syntax.None {
		return nil, true
	}
	v := f.names.Variable(param)
	for _, i := range f.uses[string(f.tree.Text(param))] {
		if i == param || !f.tree.Contains(def, i) || f.names.Variable(i) != v {
			continue
		}
		up := f.tree.Parent(i)
		switch f.tree.Kind(up) {
		case syntax.Assignment:
			left := f.tree.Child(up, syntax.Left)
			if f.tree.Nodes[i].Field == syntax.Left {
				continue
			}
			id := f.tree.Child(left, syntax.AttributeName)
			if f.tree.Kind(left) != syntax.Attribute || id == syntax.None {
				stored = true
				continue
			}
			attributes = append(attributes, string(f.tree.Text(id)))
		case syntax.ArgumentList:
			name, keeps := f.keepsArgument(up)
			if name != "" {
				attributes = append(attributes, name)
			}
			stored = stored || keeps
		case syntax.Tuple, syntax.List, syntax.ExpressionList, syntax.Dictionary, syntax.Pair, syntax.KeywordArgument:
			stored = true
		}
	}
	return attributes, stored
}

// lookers are functions that ask something of a function, or copy what it is called.
var lookers = []string{
	"callable", "debug", "getattr", "getdoc", "getfullargspec", "getsource", "hasattr", "id", "info", "isasyncgenfunction", "isawaitable", "iscoroutinefunction", "isfunction", "isgeneratorfunction",
	"ismethod", "partial", "print", "repr", "signature", "str", "type", "update_wrapper", "wraps",
}

// keepsArgument reports a call that may keep a function that it is given: one that is not
// seen, and none of the file that calls it. The name is that of an attribute which it sets.
func (f *File) keepsArgument(list syntax.Index) (attribute string, keeps bool) {
	function := f.tree.Child(f.tree.Parent(list), syntax.Function)
	if function == syntax.None {
		return "", false
	}
	called := lastWord(string(f.tree.Text(function)))
	if called == "setattr" {
		if name := f.tree.Next(f.tree.First(list)); name != syntax.None && f.tree.Kind(name) == syntax.String {
			return unquoted(f.tree.Text(name)), false
		}
		return "", true
	}
	if slices.Contains(lookers, called) {
		return "", false
	}
	if f.tree.Kind(function) == syntax.Identifier {
		if by := f.definitions[f.names.Variable(function)]; by > 0 && f.tree.Kind(by) == syntax.FunctionDefinition {
			return "", !f.callsOn(by)
		}
		return "", f.catalog.PythonVerb(called, catalog.Registers)
	}
	if f.tree.Kind(function) == syntax.Attribute {
		return "", f.catalog.PythonVerb(called, catalog.Registers) || f.catalog.PythonVerb(called, catalog.Grows) || called == "add" || called == "setdefault" || called == "submit"
	}
	return "", false
}

func (f *File) firstParameter(def syntax.Index) syntax.Index {
	list := f.tree.Child(def, syntax.ParametersField)
	if list == syntax.None {
		return syntax.None
	}
	switch first := f.tree.First(list); f.tree.Kind(first) {
	case syntax.Identifier:
		return first
	case syntax.TypedParameter:
		if id := f.tree.First(first); f.tree.Kind(id) == syntax.Identifier {
			return id
		}
	}
	return syntax.None
}

// bared reports that the file reads one of the attributes by which a decorator makes the
// bare function known.
func (f *File) bared(attributes []string) bool {
	for _, name := range attributes {
		if f.strings[name] {
			return true // getattr, perhaps
		}
		for _, i := range f.uses[name] {
			up := f.tree.Parent(i)
			if f.tree.Kind(up) == syntax.Attribute && f.tree.Nodes[i].Field == syntax.AttributeName && f.tree.Nodes[up].Field != syntax.Left {
				return true
			}
		}
	}
	return false
}

// baredBy reports that the file reads, outside of a class that is a decorator, the
// attribute in which its objects keep the bare function.
func (f *File) baredBy(class syntax.Index) bool {
	init := f.method(class, "__init__")
	if init <= 0 {
		return false
	}
	for i := init; i < f.tree.Nodes[init].After; i++ {
		left := f.tree.Child(i, syntax.Left)
		if f.tree.Kind(i) != syntax.Assignment || f.tree.Kind(left) != syntax.Attribute {
			continue
		}
		id := f.tree.Child(left, syntax.AttributeName)
		if id == syntax.None || f.tree.Kind(f.tree.Child(i, syntax.Right)) != syntax.Identifier {
			continue
		}
		for _, use := range f.uses[string(f.tree.Text(id))] {
			if up := f.tree.Parent(use); !f.tree.Contains(class, use) && f.tree.Kind(up) == syntax.Attribute && f.tree.Nodes[use].Field == syntax.AttributeName && f.calls(up) {
				return true
			}
		}
	}
	return false
}

// calls reports an expression that is called where it stands.
func (f *File) calls(i syntax.Index) bool {
	return f.tree.Nodes[i].Field == syntax.Function && f.tree.Kind(f.tree.Parent(i)) == syntax.Call
}

// fromFarDecorator proves a call in a function by what a decorator of another module does
// before it calls that.
func (f *File) fromFarDecorator(d, root, call, bytes syntax.Index, named string) (Answer, bool) {
	if f.Elsewhere == nil {
		return Answer{}, false
	}
	p := f.prover(call, bytes, named)
	q := &Question{IsDecorator: true, IsMade: f.tree.Kind(d) == syntax.Call}
	if called := d; q.IsMade {
		a := (&run{p: p, graph: p.graph(0), outside: true}).arguments(d, &state{})
		if a.open {
			return Answer{}, false
		}
		q.Args, _ = p.list(&a)
		q.Name = f.imported(f.tree.Child(called, syntax.Function))
	} else {
		q.Name = f.imported(d)
	}
	params := (&handed{prover: p}).parameters(root)
	if q.Name == "" || len(params) == 0 {
		return Answer{}, false
	}
	for _, param := range params {
		q.Decorated = append(q.Decorated, string(f.tree.Text(param)))
	}
	s := p.farAsk(q)
	g := f.graph(root)
	if s == nil || len(s.handed) == 0 || f.bared(s.exposed) || !g.Trusted {
		return Answer{}, false
	}
	n := (&run{p: p, graph: g}).note(check{Node: d, Kind: Raising, Call: p.excerpt(d, 60), Far: true}, 0)
	st := &state{slots: make(map[slot]termID)}
	for k, param := range params {
		if !slices.Contains(s.handed, k) {
			continue
		}
		v := f.names.Variable(param)
		id := p.term(term{kind: parameter, text: v.Name, context: v.Scope})
		p.seenAt[id] = param
		st.slots[slot{variable: v}] = id
		st = p.learn(st, []learned{{id, fact{check: n}}})
	}
	p.follow(root, g, st)
	f.spent += p.work + len(p.terms)
	a, ok := p.verified()
	return a, ok && !p.over
}
