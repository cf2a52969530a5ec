package pyscan

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// chosenAt looks at the expression that takes an attribute or an item of what is
// chosen among others, and node i is one of them: (pickle if fast else json).loads,
// (json, pickle)[fast].loads.
func (f *file) chosenAt(i syntax.Index) (at syntax.Index, sinks []names.Target) {
	choice := f.choice(i)
	if choice == syntax.None {
		return syntax.None, nil
	}
	chain := f.names.Start(choice)
	for chain.Step() {
		if got := f.sinkTargets(&chain); len(got) > 0 && chain.Node == f.unwrap(chain.Node) {
			at, sinks = chain.Node, got
		}
	}
	return at, sinks
}

// choice returns the condition or display around node i of which something is taken,
// or None.
func (f *file) choice(i syntax.Index) syntax.Index {
	choice := syntax.None
	for range maxChoices {
		p := f.tree.Parent(i)
		switch f.tree.Kind(p) {
		case syntax.ParenthesizedExpression:
		case syntax.BooleanOperator, syntax.Tuple, syntax.List, syntax.Dictionary:
			choice = p
		case syntax.Pair:
			if f.tree.Next(f.tree.First(p)) != i {
				return syntax.None
			}
		case syntax.ConditionalExpression:
			if f.tree.Next(f.tree.First(p)) == i {
				return syntax.None
			}
			choice = p
		case syntax.Attribute:
			if f.tree.Nodes[i].Field == syntax.Object {
				return choice
			}
			return syntax.None
		case syntax.Subscript:
			if f.tree.First(p) == i {
				return choice
			}
			return syntax.None
		default:
			return syntax.None
		}
		i = p
	}
	return syntax.None
}
