package proof

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// What a decorator has checked is what the function gets if each decorator between the two
// hands on what it gets, and makes the function known to nobody else.

// handsOn reports decorators below another all of which are known to do so.
func (p *prover) handsOn(below []syntax.Index) bool {
	for _, d := range below {
		called, made := d, p.tree.Kind(d) == syntax.Call
		if made {
			if called = p.tree.Child(d, syntax.Function); called == syntax.None {
				return false
			}
		}
		last := lastWord(string(p.tree.Text(called)))
		if p.catalog.PythonVerb(last, catalog.Registers) {
			return false
		}
		def := syntax.None
		if p.tree.Kind(called) == syntax.Identifier {
			def = p.definitions[p.names.Variable(called)]
		}
		switch {
		case def > 0:
			if !p.passesOn(def, made) {
				return false
			}
		case p.passesFar(called, made):
		case !p.catalog.PythonVerb(last, catalog.HandsOn):
			return false
		}
	}
	return true
}

// passesFar asks another module about a decorator of its own.
func (p *prover) passesFar(called syntax.Index, made bool) bool {
	if p.Elsewhere == nil {
		return false
	}
	q := &Question{Name: p.imported(called), IsDecorator: true, IsMade: made, Passes: true}
	if q.Name == "" {
		return false
	}
	s := p.farAsk(q)
	return s != nil && s.passes && !p.bared(s.exposed)
}

// passesOn reports a decorator of the file that gives the function back on which it stands,
// or one that does nothing but call it with all that it is called with.
func (f *File) passesOn(def syntax.Index, made bool) bool {
	if made {
		if def = f.innerDefinition(def); def == syntax.None {
			return false
		}
	}
	if f.tree.Kind(def) != syntax.FunctionDefinition {
		return false
	}
	exposed, stored := f.exposes(def)
	if stored || f.bared(exposed) {
		return false
	}
	param := f.firstParameter(def)
	v, passes := f.names.Variable(param), false
	for _, i := range f.uses[string(f.tree.Text(param))] {
		if i == param || !f.tree.Contains(def, i) || f.names.Variable(i) != v {
			continue
		}
		switch up := f.tree.Parent(i); {
		case f.tree.Kind(up) == syntax.ReturnStatement:
		case f.calls(i):
			code := f.names.CodeAt(i)
			if code == def || f.tree.Kind(code) == syntax.Lambda || !f.sameArguments(code, up) {
				return false
			}
		default:
			continue
		}
		passes = true
	}
	return passes
}

// innerDefinition is the one function that stands in another and is returned by it, or None.
func (f *File) innerDefinition(def syntax.Index) (inner syntax.Index) {
	inner = syntax.None
	for i := def + 1; i < f.tree.Nodes[def].After; i++ {
		if f.tree.Kind(i) != syntax.FunctionDefinition || f.names.CodeAt(i) != def {
			continue
		}
		if inner != syntax.None {
			return syntax.None
		}
		inner = i
	}
	return inner
}

// sameArguments reports a call in a function that hands on all of its parameters, as they
// are and in their places.
func (f *File) sameArguments(code, call syntax.Index) bool {
	params, args := f.tree.Child(code, syntax.ParametersField), f.tree.Child(call, syntax.Arguments)
	if params == syntax.None || args == syntax.None {
		return false
	}
	p, a := f.tree.First(params), f.tree.First(args)
	for ; p != syntax.None && a != syntax.None; p, a = f.tree.Next(p), f.tree.Next(a) {
		id, given := p, a
		switch f.tree.Kind(p) {
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			id = f.tree.Child(p, syntax.Name)
		case syntax.TypedParameter:
			id = f.tree.First(p)
		}
		if f.tree.Kind(a) == syntax.KeywordArgument {
			if given = f.tree.Child(a, syntax.Value); !bytes.Equal(f.tree.Text(f.tree.Child(a, syntax.Name)), f.tree.Text(id)) {
				return false
			}
		}
		if !bytes.Equal(f.tree.Text(id), f.tree.Text(given)) || f.changes(code, id) {
			return false
		}
	}
	return p == syntax.None && a == syntax.None
}

// changes reports a function that does something else to a parameter than read it.
func (f *File) changes(code, param syntax.Index) bool {
	if f.tree.Kind(param) != syntax.Identifier {
		if param = f.tree.First(param); param == syntax.None {
			return true
		}
	}
	for _, i := range f.uses[string(f.tree.Text(param))] {
		if i == param || !f.tree.Contains(code, i) {
			continue
		}
		at := i
		for f.tree.Kind(f.tree.Parent(at)) == syntax.Subscript && f.tree.Nodes[at].Field != syntax.Left && at != code {
			at = f.tree.Parent(at)
		}
		up := f.tree.Parent(at)
		if f.tree.Nodes[at].Field == syntax.Left || f.tree.Kind(up) == syntax.PatternList || f.tree.Kind(up) == syntax.NamedExpression && f.tree.Nodes[at].Field == syntax.Name {
			return true
		}
		if f.tree.Kind(up) == syntax.Attribute && f.calls(up) && f.catalog.PythonVerb(lastWord(string(f.tree.Text(up))), catalog.Grows) {
			return true
		}
	}
	return false
}
