package flow

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// assignment adds a = b = value, or a += value: the value first, then the targets from
// the left.
func (b *builder) assignment(i syntax.Index) {
	t := b.tree
	if t.Kind(i) == syntax.AugmentedAssignment {
		left, right := t.Child(i, syntax.Left), t.Child(i, syntax.Right)
		b.maybe(right)
		if left != syntax.None {
			b.target(left, right, 0, Augmented)
		}
		return
	}
	var lefts []syntax.Index
	value := i
	for value != syntax.None && t.Kind(value) == syntax.Assignment {
		if left := t.Child(value, syntax.Left); left != syntax.None {
			lefts = append(lefts, left)
		}
		value = t.Child(value, syntax.Right)
	}
	if value == syntax.None {
		return // only a type is given
	}
	b.expression(value)
	for _, left := range lefts {
		b.target(left, value, 0, Assigned)
	}
}

// target binds the names, attributes and items of a target, from the left. part is what
// of the value it is.
func (b *builder) target(left, value syntax.Index, part int32, how How) {
	if !b.nested() {
		b.depth--
		return
	}
	defer func() { b.depth-- }()
	t := b.tree
	switch t.Kind(left) {
	case syntax.Identifier:
	case syntax.Attribute, syntax.Subscript:
		b.children(left)
	case syntax.AsPatternTarget, syntax.ParenthesizedExpression:
		if inner := t.First(left); inner != syntax.None {
			b.target(inner, value, part, how)
		}
		return
	case syntax.ListSplat, syntax.ListSplatPattern, syntax.DictionarySplatPattern:
		if inner := t.First(left); inner != syntax.None {
			b.target(inner, value, -1, how)
		}
		return
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.Tuple, syntax.List, syntax.ExpressionList:
		b.targets(left, value, part, how)
		return
	default:
		return
	}
	b.emit(Step{Op: Bind, How: how, Node: left, Value: value, Part: part})
}

// targets binds those of a pattern: to what stands side by side with them, or to the
// items of the value.
func (b *builder) targets(pattern, value syntax.Index, part int32, how How) {
	t := b.tree
	if only := t.First(pattern); only != syntax.None && t.Kind(pattern) == syntax.TuplePattern && t.Next(only) == syntax.None &&
		bytes.IndexByte(t.Source[t.Nodes[only].End:t.Nodes[pattern].End], ',') < 0 {
		b.target(only, value, part, how) // the grammar takes (x) for a tuple
		return
	}
	var beside []syntax.Index
	if how == Assigned && part == 0 {
		beside = b.sideBySide(pattern, value)
	}
	n, starred := int32(0), false
	for c := t.First(pattern); c != syntax.None; c = t.Next(c) {
		n++
		switch k := t.Kind(c); {
		case beside != nil:
			b.target(c, beside[n-1], 0, how)
		case k == syntax.ListSplat || k == syntax.ListSplatPattern:
			starred = true
			b.target(c, value, -1, how)
		case starred || part != 0 || how == Item || value == syntax.None:
			// Of a loop, the items are those of an item.
			b.target(c, value, -1, how)
		default:
			b.target(c, value, n, how)
		}
	}
}

// sideBySide returns the items of a display that stand side by side with a pattern.
func (b *builder) sideBySide(pattern, value syntax.Index) []syntax.Index {
	t := b.tree
	for value != syntax.None && t.Kind(value) == syntax.ParenthesizedExpression {
		value = t.First(value)
	}
	switch t.Kind(value) {
	case syntax.Tuple, syntax.List, syntax.ExpressionList:
	default:
		return nil
	}
	var out []syntax.Index
	for c := t.First(value); c != syntax.None; c = t.Next(c) {
		if t.Kind(c) == syntax.ListSplat {
			return nil
		}
		out = append(out, c)
	}
	n := 0
	for c := t.First(pattern); c != syntax.None; c = t.Next(c) {
		if k := t.Kind(c); k == syntax.ListSplat || k == syntax.ListSplatPattern {
			return nil
		}
		n++
	}
	if n != len(out) {
		return nil
	}
	return out
}
