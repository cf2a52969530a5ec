package proof

import (
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// swallows reports a context manager that may suppress exceptions.
func (f *File) swallows(manager syntax.Index) bool {
	if f.tree.Kind(manager) == syntax.Identifier {
		if manager = f.names.OnlyValue(manager); manager == syntax.None {
			return false
		}
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
		return f.swallowsFar(called)
	}
	return f.swallowedBy(def)
}

// swallowsFar asks another module about a context manager of its own.
func (f *File) swallowsFar(called syntax.Index) bool {
	name := ""
	if f.Elsewhere != nil && called != syntax.None {
		name = f.imported(called)
	}
	if name == "" {
		return false
	}
	q := &Question{Name: name, Swallows: true}
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

// swallowedBy reports a context manager of the file that may suppress exceptions.
func (f *File) swallowedBy(def syntax.Index) bool {
	if f.tree.Kind(def) == syntax.ClassDefinition {
		exit := f.method(def, "__exit__")
		return exit > 0 && (&prover{File: f}).givesTrue(exit)
	}
	return f.catches(def)
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
