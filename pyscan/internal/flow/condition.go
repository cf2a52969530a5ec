package flow

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// condition adds an expression whose truth decides, taken apart: the ways on which it
// holds, and those on which it does not.
func (b *builder) condition(i syntax.Index) (yes, no []slot) {
	defer func() { b.depth-- }()
	if i == syntax.None || !b.nested() {
		return b.open, nil
	}
	t := b.tree
	switch t.Kind(i) {
	case syntax.ParenthesizedExpression:
		if only := t.First(i); only != syntax.None && t.Next(only) == syntax.None {
			return b.condition(only)
		}
	case syntax.NotOperator:
		if of := t.First(i); of != syntax.None {
			no, yes = b.condition(of)
			return yes, no
		}
	case syntax.BooleanOperator:
		left := t.First(i)
		if left == syntax.None || t.Next(left) == syntax.None {
			break
		}
		right := t.Next(left)
		yes, no = b.condition(left)
		if b.between(left, right) == "or" {
			b.open = no
			more, not := b.condition(right)
			return append(yes, more...), not
		}
		b.open = yes
		held, not := b.condition(right)
		return held, append(no, not...)
	case syntax.ConditionalExpression:
		first := t.First(i)
		if first == syntax.None || t.Next(first) == syntax.None || t.Next(t.Next(first)) == syntax.None {
			break
		}
		held, not := b.condition(t.Next(first))
		b.open = held
		yes, no = b.condition(first)
		b.open = not
		yes2, no2 := b.condition(t.Next(t.Next(first)))
		return append(yes, yes2...), append(no, no2...)
	case syntax.ComparisonOperator:
		return b.comparison(i)
	case syntax.True:
		return b.open, nil
	case syntax.False, syntax.NoneLiteral:
		return nil, b.open
	case syntax.Integer:
		if string(t.Text(i)) == "0" {
			return nil, b.open
		}
		return b.open, nil
	}
	b.expression(i)
	return b.fork(b.emit(Step{Op: Test, Node: i, Value: i}))
}

// comparison adds the comparisons of a chain, one after the other.
func (b *builder) comparison(i syntax.Index) (yes, no []slot) {
	left := b.tree.First(i)
	if left == syntax.None {
		return b.open, nil
	}
	b.expression(left)
	for right := b.tree.Next(left); right != syntax.None; left, right = right, b.tree.Next(right) {
		b.expression(right)
		step := b.emit(Step{Op: Test, Node: i, Value: i, Left: left, Right: right, Operator: b.between(left, right)})
		var not []slot
		b.open, not = b.fork(step)
		no = append(no, not...)
	}
	return b.open, no
}
