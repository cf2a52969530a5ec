package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// constructs says what is known where an object of a class of the file was made, and
// entered if a with statement does that.
func (f *File) constructs(class syntax.Index, q *Question) *Summary {
	if q.IsMade {
		return nil
	}
	h := f.handed()
	p := h.prover
	outside := &run{p: p, graph: p.graph(0)}
	init := p.method(class, "__init__")
	if init <= 0 {
		init = class
	}
	a := h.arguments(init, init != class, q.Args)
	id, st, falls := outside.instance(0, class, class, &a, &state{})
	s := &Summary{answers: q.Enters, About: syntax.None}
	value := id
	if enter := p.method(class, "__enter__"); falls && q.Enters && enter > 0 {
		c := callee{receiver: id, method: "__enter__"}
		value, st, falls = outside.inline(0, enter, enter, &c, &arguments{}, st)
	}
	if falls {
		h.read(outside, s, value, st)
		if value == id {
			s.gives, s.value = false, nil // nobody loads the object itself
		}
	}
	return h.told(s, falls && s.proves())
}

// byMade says what a method does of an object that a call at the top of the file has made.
func (f *File) byMade(path string, q *Question) *Summary {
	name, method, ok := strings.Cut(path, ".")
	if !ok || q.IsMade || q.IsDecorator || q.Enters || strings.Contains(method, ".") {
		return nil
	}
	at := f.onlyMade(name)
	if at == syntax.None || f.matters(f.tampered(f.names.VariableAt(name, 0))) || f.poked.names[method] {
		return nil
	}
	h := f.handed()
	p := h.prover
	outside := &run{p: p, graph: p.graph(0), outside: true}
	object := outside.eval(at, &state{})
	p.made[object] = outside.arguments(at, &state{})
	follow := &run{p: p, graph: p.graph(0)}
	c := callee{receiver: object, method: method}
	s := &Summary{About: syntax.None}
	before := len(p.checks)
	if def := p.method(p.classOf(object), method); def > 0 {
		g := p.graph(def)
		if !g.Trusted || hasYield(g) {
			return nil
		}
		if f.verifiers[def] {
			return &Summary{verifier: true, answers: p.givesValue(def), coroutine: f.waits(def)}
		}
		s.coroutine = f.waits(def)
		s.answers = p.givesValue(def)
		a := h.arguments(def, !p.decorated(def, "staticmethod"), q.Args)
		value, after, falls := follow.inline(0, def, def, &c, &a, &state{})
		if falls {
			h.read(follow, s, value, after)
		}
		if falls && !s.proves() && len(p.checks) > before {
			h.diagnose(s, def, g, &c, &a, &state{})
		}
		return h.told(s, falls)
	}
	c.target = p.term(term{kind: attribute, text: method, args: []termID{object}})
	c.name = p.nameOf(c.target)
	if c.fact = p.fact(c.name); c.fact == nil {
		return nil
	}
	s.answers = true
	a := h.arguments(at, false, q.Args)
	value, after, falls := follow.apply(at, &c, &a, &state{})
	if falls {
		h.read(follow, s, value, after)
	}
	return h.told(s, falls)
}

// onlyMade is the call that alone gives a name at the top of the file its value, or None.
func (f *File) onlyMade(name string) syntax.Index {
	for _, i := range f.uses[name] {
		if up := f.tree.Parent(i); f.names.CodeAt(i) == 0 && f.tree.Kind(up) == syntax.Assignment && f.tree.Nodes[i].Field == syntax.Left {
			if v := f.tree.Child(up, syntax.Value); v != syntax.None && f.tree.Kind(v) == syntax.Call {
				return v
			}
			if v := f.tree.Child(up, syntax.Right); v != syntax.None && f.tree.Kind(v) == syntax.Call {
				return v
			}
			return syntax.None
		}
	}
	return syntax.None
}
