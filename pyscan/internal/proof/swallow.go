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
	if f.tree.Kind(called) != syntax.Identifier {
		return false
	}
	def := f.definitions[f.names.Variable(called)]
	if def <= 0 {
		return false
	}
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
