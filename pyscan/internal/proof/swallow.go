package proof

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// swallows reports a context manager that may suppress exceptions.
func (f *File) swallows(manager syntax.Index) bool {
	return f.swallowsNested(manager, maxManagers)
}

// maxManagers bounds the managers that are looked at because another gives or enters them.
const maxManagers = 4

func (f *File) swallowsNested(manager syntax.Index, depth int) bool {
	if depth == 0 || manager == syntax.None {
		return false
	}
	switch f.tree.Kind(manager) {
	case syntax.Identifier:
		value := f.names.OnlyValue(manager)
		if value == syntax.None {
			given, _ := f.names.Given(manager)
			return f.swallowsFar(manager, false) || slices.ContainsFunc(given, func(value syntax.Index) bool { return f.swallowsNested(value, depth-1) })
		}
		manager = value
	case syntax.ParenthesizedExpression:
		return f.swallowsNested(f.tree.First(manager), depth-1)
	case syntax.ConditionalExpression, syntax.BooleanOperator:
		for c := f.tree.First(manager); c != syntax.None; c = f.tree.Next(c) {
			if f.swallowsNested(c, depth-1) {
				return true
			}
		}
		return false
	case syntax.Attribute:
		if given, _ := f.names.Given(manager); len(given) > 0 {
			return slices.ContainsFunc(given, func(value syntax.Index) bool { return f.swallowsNested(value, depth-1) })
		}
		return f.swallowsFar(manager, false)
	}
	if f.tree.Kind(manager) != syntax.Call {
		return false
	}
	called := f.tree.Child(manager, syntax.Function)
	switch last := lastWord(string(f.tree.Text(called))); {
	case f.catalog.PythonVerb(last, catalog.Swallows), f.mute(last):
		return true
	case last == "ExitStack" || last == "AsyncExitStack":
		for word := range f.words { // what may be entered into it
			if f.mute(word) {
				return true
			}
		}
	}
	def := syntax.None
	if f.tree.Kind(called) == syntax.Identifier {
		def = f.definitions[f.names.Variable(called)]
	}
	if def <= 0 {
		return f.swallowsFar(called, false)
	}
	return f.swallowedBy(def, depth-1)
}

// swallowsFar asks another module about a context manager of its own, or a decorator.
func (f *File) swallowsFar(called syntax.Index, decorator bool) bool {
	name := ""
	if f.Elsewhere != nil && called != syntax.None {
		name = f.imported(called)
	}
	if name == "" {
		return false
	}
	q := &Question{Name: name, Swallows: true, IsDecorator: decorator}
	s, known := f.asked[q.Key()]
	if !known {
		if f.asked == nil {
			f.asked = make(map[string]*Summary)
		}
		s = f.Elsewhere(q)
		f.asked[q.Key()] = s
	}
	return s != nil && s.swallows
}

// swallowsAs reports a name at the top of the file of a manager, of what makes one, or of a
// decorator, with which exceptions may not come out.
func (f *File) swallowsAs(path string, def syntax.Index, decorator bool) bool {
	switch {
	case def <= 0:
		for _, i := range f.uses[path] { // one of several of its name
			if at := f.tree.Parent(i); f.tree.Nodes[i].Field == syntax.Name && f.definitions[f.names.Variable(i)] == syntax.None && f.names.CodeAt(at) == 0 {
				if k := f.tree.Kind(at); (k == syntax.FunctionDefinition || k == syntax.ClassDefinition) && f.swallowsAs(path, at, decorator) {
					return true
				}
			}
		}
		made := f.onlyMade(path)
		return made != syntax.None && f.swallowsNested(made, maxManagers)
	case decorator && f.alters(def):
		return true
	}
	return f.swallowedBy(def, maxManagers)
}

// swallowedBy reports a context manager of the file that may suppress exceptions.
func (f *File) swallowedBy(def syntax.Index, depth int) bool {
	if f.tree.Kind(def) == syntax.ClassDefinition {
		return f.exits(def, depth)
	}
	if f.catches(def) {
		return true
	}
	for i := def; i < f.tree.Nodes[def].After; i++ {
		switch f.tree.Kind(i) {
		case syntax.WithItem:
			manager := f.tree.First(i)
			if f.tree.Kind(manager) == syntax.AsPattern {
				manager = f.tree.First(manager)
			}
			if f.swallowsNested(manager, depth) {
				return true
			}
		case syntax.ReturnStatement:
			if value := f.tree.First(i); value != syntax.None && f.tree.Kind(value) == syntax.Call && f.swallowsNested(value, depth) {
				return true
			}
		}
	}
	return false
}

// exits reports a class of which the __exit__ may suppress exceptions, or that has it from
// one that does.
func (f *File) exits(class syntax.Index, depth int) bool {
	for _, name := range []string{"__exit__", "__aexit__"} {
		switch exit := f.method(class, name); {
		case exit > 0:
			if (&prover{File: f}).givesTrue(exit) {
				return true
			}
		case f.puts(name, class):
			return true
		}
	}
	bases := f.tree.Child(class, syntax.Superclasses)
	if bases == syntax.None || f.method(class, "__exit__") > 0 {
		return false
	}
	for c := f.tree.First(bases); c != syntax.None; c = f.tree.Next(c) {
		last := lastWord(string(f.tree.Text(c)))
		if f.catalog.PythonVerb(last, catalog.Swallows) || f.mute(last) || depth > 0 && f.tree.Kind(c) != syntax.KeywordArgument && f.swallowsFar(c, false) {
			return true
		}
	}
	return false
}

// givesTrue reports a method that may return something true.
func (p *prover) givesTrue(def syntax.Index) bool {
	for i := def; i < p.tree.Nodes[def].After; i++ {
		if p.tree.Kind(i) == syntax.ReturnStatement {
			switch p.tree.Kind(p.tree.First(i)) {
			case syntax.Other, syntax.False, syntax.NoneLiteral:
			default:
				return true
			}
		}
	}
	return false
}
