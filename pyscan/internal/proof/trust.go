package proof

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// rebound notes what else than a def a name of the file is bound to, and which functions
// of libraries the file puts another in the place of.
func (f *File) rebound(i syntax.Index) {
	left, right := f.tree.Child(i, syntax.Left), f.tree.Child(i, syntax.Right)
	if left == syntax.None || right == syntax.None {
		return
	}
	switch f.tree.Kind(left) {
	case syntax.Subscript:
		f.pokesBy(left)
	case syntax.Identifier:
		v := f.names.Variable(left)
		switch {
		case f.hollow(right):
			f.hollows[v] = true
		case !f.spells(right, v.Name):
			f.assigned[v] = true
		}
	case syntax.Attribute:
		of, id := f.tree.Child(left, syntax.Object), f.tree.Child(left, syntax.AttributeName)
		f.pokesOn(of, id)
		if of == syntax.None || id == syntax.None || !f.lasts[string(f.tree.Text(id))] {
			return
		}
		for _, target := range f.names.Expression(of).Targets {
			f.patch(target.Name + "." + string(f.tree.Text(id)))
		}
	}
}

// patching notes setattr(hmac, "compare_digest", …) and mock.patch("hmac.compare_digest").
func (f *File) patching(call syntax.Index) {
	called, list := f.tree.Child(call, syntax.Function), f.tree.Child(call, syntax.Arguments)
	if called == syntax.None || list == syntax.None {
		return
	}
	last := lastWord(string(f.tree.Text(called)))
	f.pokesIn(call, last)
	switch last {
	case "getattr":
		if first := f.tree.First(list); first != syntax.None {
			second := f.tree.Next(first)
			f.reflects = f.reflects || second != syntax.None && f.tree.Kind(second) != syntax.String
		}
		return
	case "setattr":
	case "patch", "object":
	default:
		return
	}
	first := f.tree.First(list)
	if first == syntax.None {
		return
	}
	if f.tree.Kind(first) == syntax.String {
		f.patch(unquoted(f.tree.Text(first)))
		return
	}
	second := f.tree.Next(first)
	if second == syntax.None || f.tree.Kind(second) != syntax.String {
		return
	}
	for _, target := range f.names.Expression(first).Targets {
		f.patch(target.Name + "." + unquoted(f.tree.Text(second)))
	}
}

func unquoted(text []byte) string { return string(bytes.Trim(text, `rRbBuU"'`)) }

func (f *File) patch(name string) {
	if _, ok := f.catalog.PythonVerifier(name); ok {
		f.patched[name] = true
	}
}

// spells reports a name in an expression, or in the beginning of a long one.
func (f *File) spells(i syntax.Index, name string) bool {
	for c := i; c < min(f.tree.Nodes[i].After, i+maxHollow); c++ {
		if f.tree.Kind(c) == syntax.Identifier && string(f.tree.Text(c)) == name {
			return true
		}
	}
	return false
}

// hollow reports a function that decides nothing, as one that stands in for another in
// tests and where a library is missing: it neither calls, nor raises, nor compares.
func (f *File) hollow(i syntax.Index) bool {
	if k := f.tree.Kind(i); k != syntax.Lambda && k != syntax.FunctionDefinition || f.tree.Nodes[i].After-i > maxHollow {
		return false
	}
	for c := i; c < f.tree.Nodes[i].After; c++ {
		switch f.tree.Kind(c) {
		case syntax.Call, syntax.RaiseStatement, syntax.ComparisonOperator, syntax.GlobalStatement, syntax.NonlocalStatement:
			return false
		}
	}
	return true
}

// unsure reports a variable that may be something else than what its def or import says.
func (f *File) unsure(v names.Variable) bool {
	return f.hollows[v] || f.assigned[v] && f.definitions[v] > 0 || f.isPoked(v)
}

// emptied reports a method that a class on top of the one of an object overrides by one
// that decides nothing: the object may be of that.
func (p *prover) emptied(object termID, name string) bool {
	class := p.classOf(object)
	if !p.selves[object] || class <= 0 || !p.spend(len(p.empties[name])) {
		return false
	}
	for _, other := range p.empties[name] {
		if other != class && p.descends(other, class) {
			return true
		}
	}
	return false
}

func (p *prover) descends(class, from syntax.Index) bool {
	queue := []syntax.Index{class}
	for n := 0; n < len(queue) && n < maxBases; n++ {
		for _, base := range p.basesOf(queue[n]) {
			if base == from {
				return true
			}
			queue = append(queue, base)
		}
	}
	return false
}

// runs reports a call that does what is in the function: the one of a coroutine function
// does nothing until somebody waits for it.
func (p *prover) runs(call, def syntax.Index) bool {
	return !p.waits(def) || p.tree.Kind(call) != syntax.Call || p.awaited(call)
}

// waits reports a coroutine function.
func (f *File) waits(def syntax.Index) bool {
	return f.tree.Kind(def) == syntax.FunctionDefinition && bytes.HasPrefix(f.tree.Text(def), []byte("async"))
}

// awaited reports a call of a coroutine function that somebody waits for.
func (p *prover) awaited(call syntax.Index) bool {
	waited := false
	at := call
	for range maxNest {
		up := p.tree.Parent(at)
		switch p.tree.Kind(up) {
		case syntax.Await:
			return true
		case syntax.ParenthesizedExpression, syntax.ArgumentList:
		case syntax.WithItem, syntax.AsPattern:
			return !waited
		case syntax.Call:
			called := p.tree.Child(up, syntax.Function)
			if called == at {
				return false
			}
			switch does := func(verb catalog.Verb) bool { return p.catalog.PythonVerb(lastWord(string(p.tree.Text(called))), verb) }; {
			case does(catalog.Runs):
				return true
			case does(catalog.Gathers):
				if bytes.Contains(p.tree.Text(p.tree.Child(up, syntax.Arguments)), []byte("return_exceptions")) {
					return false
				}
			case does(catalog.Waits):
			default:
				return false
			}
			waited = true
		default:
			return false
		}
		at = up
	}
	return false
}

// steady reports a property that gives the same each time: it calls nothing but what gives
// its argument in another form.
func (p *prover) steady(def syntax.Index) bool {
	for i := def; i < p.tree.Nodes[def].After; i++ {
		if p.tree.Kind(i) != syntax.Call {
			continue
		}
		called := p.tree.Child(i, syntax.Function)
		known := p.catalog.PythonVerb(lastWord(string(p.tree.Text(called))), catalog.Forms)
		for _, target := range p.names.Expression(called).Targets {
			fact := p.fact(target.Name)
			known = known || fact != nil && fact.Does == catalog.Carries
		}
		if !known {
			return false
		}
	}
	return true
}

// mute reports a name that says that no exception gets out.
func (f *File) mute(name string) bool {
	return f.catalog.PythonVerbIn(lastWord(name), catalog.Swallows)
}

// maxHollow bounds the nodes of what may decide nothing: such functions are short.
const maxHollow = 200

// altered reports a function of which a decorator may do something else than call it: one
// that catches what it raises or never calls it, and one that says so by name.
func (f *File) altered(def syntax.Index) bool {
	is, known := f.alterations[def]
	if !known {
		f.alterations[def] = false // whoever asks again is asked
		is = f.isAltered(def)
		f.alterations[def] = is
	}
	return is
}

func (f *File) isAltered(def syntax.Index) bool {
	for _, d := range (&prover{File: f}).decorators(def) {
		called, made := d, f.tree.Kind(d) == syntax.Call
		if made {
			if called = f.tree.Child(d, syntax.Function); called == syntax.None {
				continue
			}
		}
		if f.mute(string(f.tree.Text(called))) {
			return true
		}
		by := syntax.None
		if f.tree.Kind(called) == syntax.Identifier {
			by = f.definitions[f.names.Variable(called)]
		}
		switch {
		case by > 0:
			if f.alters(by) || made && f.swallowedBy(by, maxManagers) || f.unlikeDecorator(by) {
				return true
			}
		case f.swallowsFar(called, true), !made && f.swallows(called):
			return true
		}
	}
	return false
}

// unlikeDecorator reports a class of the file of which no object can be called for what it
// stands on, as far as is known.
func (f *File) unlikeDecorator(by syntax.Index) bool {
	return f.tree.Kind(by) == syntax.ClassDefinition && f.tree.Child(by, syntax.Superclasses) == syntax.None && f.method(by, "__call__") <= 0
}

// alters reports a decorator of the file that catches what is raised below it, or never
// calls that.
func (f *File) alters(by syntax.Index) bool {
	if f.tree.Kind(by) != syntax.FunctionDefinition {
		return false
	}
	if (&prover{File: f}).decorated(by, "contextmanager", "asynccontextmanager") {
		return f.swallowedBy(by, maxManagers)
	}
	return f.catches(by) || !f.callsOn(by)
}

// catches reports a function with a clause that catches an exception and raises none.
func (f *File) catches(def syntax.Index) bool {
	for i := def; i < f.tree.Nodes[def].After; i++ {
		if k := f.tree.Kind(i); (k == syntax.ExceptClause || k == syntax.ExceptGroupClause) && !f.has(i, syntax.RaiseStatement) {
			return true
		}
	}
	return false
}

// callsOn reports a decorator that calls a parameter of its own, or gives it back.
func (f *File) callsOn(def syntax.Index) bool {
	parameters := make(map[string]bool)
	for i := def; i < f.tree.Nodes[def].After; i++ {
		switch f.tree.Kind(i) {
		case syntax.FunctionDefinition:
			list := f.tree.Child(i, syntax.ParametersField)
			if list == syntax.None {
				continue
			}
			for c := f.tree.First(list); c != syntax.None; c = f.tree.Next(c) {
				id := c
				switch f.tree.Kind(c) {
				case syntax.DefaultParameter, syntax.TypedDefaultParameter:
					id = f.tree.Child(c, syntax.Name)
				case syntax.TypedParameter:
					id = f.tree.First(c)
				}
				if id != syntax.None && f.tree.Kind(id) == syntax.Identifier {
					parameters[string(f.tree.Text(id))] = true
				}
			}
		case syntax.Call:
			if called := f.tree.Child(i, syntax.Function); called != syntax.None && parameters[string(f.tree.Text(called))] {
				return true
			}
		case syntax.ReturnStatement:
			if v := f.tree.First(i); v != syntax.None && parameters[string(f.tree.Text(v))] {
				return true
			}
		}
	}
	return false
}
