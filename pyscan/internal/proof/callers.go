package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxCallers bounds the callers of a function that are looked at.
const maxCallers = 8

// fromCallers proves a call in a function that nobody but the functions of the file calls:
// each of them has checked what it hands over. A decorator calls what it stands on.
func (f *File) fromCallers(root, call, bytes syntax.Index, named string) (Answer, bool) {
	if f.tree.Kind(root) != syntax.FunctionDefinition {
		return Answer{}, false
	}
	if a, ok := f.fromDecorator(root, call, bytes, named); ok {
		return a, true
	}
	id := f.tree.Child(root, syntax.Name)
	if id == syntax.None {
		return Answer{}, false
	}
	name := string(f.tree.Text(id))
	inside := f.names.CodeAt(root) != 0 && f.names.ClassAt(root) == syntax.None
	if !inside && (!strings.HasPrefix(name, "_") || strings.HasPrefix(name, "__")) {
		return Answer{}, false
	}
	callers, ok := f.callersOf(root, name)
	if !ok || len(callers) == 0 {
		return Answer{}, false
	}
	var answer Answer
	for k, caller := range callers {
		g := f.graph(caller)
		if !g.Trusted {
			return Answer{}, false
		}
		p := f.prover(call, bytes, named)
		p.follow(caller, g, &state{})
		f.spent += p.work + len(p.terms)
		a, ok := p.verified()
		if p.over || !ok {
			return Answer{}, false
		}
		if k == 0 {
			answer = a
		}
	}
	return answer, true
}

// callersOf lists the functions that call another. ok is false if it may be called by
// others, too.
func (f *File) callersOf(root syntax.Index, name string) (out []syntax.Index, ok bool) {
	method := f.names.ClassAt(root) != syntax.None
	if f.byName(name, method) {
		return nil, false
	}
	seen := make(map[syntax.Index]bool)
	for _, i := range f.uses[name] {
		parent := f.tree.Parent(i)
		if f.tree.Nodes[i].Field == syntax.Name && parent == root {
			continue
		}
		at := i
		if f.tree.Kind(parent) == syntax.Attribute && f.tree.Nodes[i].Field == syntax.AttributeName {
			if !method {
				continue
			}
			at = parent
		} else if method || f.definitions[f.names.Variable(i)] != root {
			continue
		}
		if f.tree.Nodes[at].Field != syntax.Function || f.tree.Kind(f.tree.Parent(at)) != syntax.Call {
			return nil, false
		}
		caller := f.names.CodeAt(i)
		if caller == root {
			return nil, false
		}
		if !seen[caller] {
			seen[caller] = true
			out = append(out, caller)
		}
		if len(out) > maxCallers {
			return nil, false
		}
	}
	return out, true
}

// byName reports a function that may be reached by its name as a string, or a method by
// one that is put together.
func (f *File) byName(name string, method bool) bool {
	return f.strings[name] || method && f.reflects
}

// fromDecorator proves a call in a function by what a decorator of the file does before
// it calls that.
func (f *File) fromDecorator(root, call, bytes syntax.Index, named string) (Answer, bool) {
	p := f.prover(call, bytes, named)
	if f.words["__wrapped__"] {
		return Answer{}, false
	}
	all := p.decorators(root)
	for k, d := range all {
		if !p.handsOn(all[k+1:]) {
			continue
		}
		outside := &run{p: p, graph: p.graph(0), calling: nil}
		called := d
		if f.tree.Kind(d) == syntax.Call {
			called = f.tree.Child(d, syntax.Function)
		}
		def := p.terms[outside.eval(called, &state{})].node
		if def <= 0 {
			if a, ok := f.fromFarDecorator(d, root, call, bytes, named); ok {
				return a, true
			}
			continue
		}
		st := &state{}
		if f.tree.Kind(def) == syntax.ClassDefinition {
			if a, ok := p.byObject(outside, root, def); ok && f.tree.Kind(d) != syntax.Call && !f.baredBy(def) {
				return a, true
			}
			continue
		}
		if f.tree.Kind(def) != syntax.FunctionDefinition {
			continue
		}
		decorator := p.term(term{kind: function, node: def})
		if f.tree.Kind(d) == syntax.Call {
			a := outside.arguments(d, st)
			c := callee{target: decorator}
			decorator, st, _ = outside.inline(0, d, def, &c, &a, st)
		}
		if !p.is(decorator, function) {
			continue
		}
		if exposed, stored := f.exposes(p.terms[decorator].node); stored || f.bared(exposed) {
			continue
		}
		c := callee{target: decorator}
		a := arguments{positional: []termID{p.term(term{kind: function, node: root})}}
		wrapper, after, falls := outside.inline(0, root, p.terms[decorator].node, &c, &a, st)
		if !falls || !p.is(wrapper, function) || p.terms[wrapper].node == root {
			continue
		}
		inner := p.terms[wrapper].node
		g := p.graph(inner)
		if !g.Trusted {
			continue
		}
		clear(p.hits)
		p.follow(inner, g, &state{slots: after.slots, facts: after.facts})
		if a, ok := p.verified(); ok && !p.over {
			return a, true
		}
	}
	return Answer{}, false
}

// byObject proves a call in a function that a class of the file stands on as a decorator:
// what is called is its object.
func (p *prover) byObject(outside *run, root, def syntax.Index) (Answer, bool) {
	method := p.method(def, "__call__")
	if method <= 0 {
		return Answer{}, false
	}
	a := arguments{positional: []termID{p.term(term{kind: function, node: root})}}
	object, st, falls := outside.instance(0, root, def, &a, &state{})
	list := p.tree.Child(method, syntax.ParametersField)
	if !falls || list == syntax.None || p.tree.Kind(p.tree.First(list)) != syntax.Identifier {
		return Answer{}, false
	}
	g := p.graph(method)
	if !g.Trusted {
		return Answer{}, false
	}
	clear(p.hits)
	p.follow(method, g, p.with(st, slot{variable: p.names.Variable(p.tree.First(list))}, object))
	answer, ok := p.verified()
	return answer, ok && !p.over
}
