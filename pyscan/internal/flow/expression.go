package flow

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maybe adds an expression, if there is one.
func (b *builder) maybe(i syntax.Index) {
	if i != syntax.None {
		b.expression(i)
	}
}

// expression adds the steps of an expression, in the order in which Python works it out.
func (b *builder) expression(i syntax.Index) {
	if b.nested() {
		b.inner(i)
	}
	b.depth--
}

func (b *builder) inner(i syntax.Index) {
	t := b.tree
	switch t.Kind(i) {
	case syntax.Identifier, syntax.Integer, syntax.Float, syntax.True, syntax.False, syntax.NoneLiteral, syntax.Type, syntax.Comment:
	case syntax.Call:
		b.children(i)
		b.emit(Step{Op: Call, Node: i, Value: syntax.None})
	case syntax.BooleanOperator:
		b.choice(i)
	case syntax.ComparisonOperator:
		b.chain(i)
	case syntax.ConditionalExpression:
		b.conditional(i)
	case syntax.NamedExpression:
		name, value := t.Child(i, syntax.Name), t.Child(i, syntax.Value)
		b.maybe(value)
		if name != syntax.None {
			b.emit(Step{Op: Bind, How: Walrus, Node: name, Value: value})
		}
	case syntax.Assignment, syntax.AugmentedAssignment:
		b.assignment(i)
	case syntax.Lambda:
		b.defaults(t.Child(i, syntax.ParametersField))
	case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
		b.comprehension(i)
	case syntax.KeywordArgument:
		b.maybe(t.Child(i, syntax.Value))
	case syntax.Attribute:
		b.maybe(t.Child(i, syntax.Object))
	case syntax.Yield:
		b.children(i)
		b.emit(Step{Op: Yield, Node: i, Value: t.First(i)})
	case syntax.String:
		if !b.plainString(i) {
			b.children(i)
		}
	case syntax.FunctionDefinition, syntax.ClassDefinition:
	default:
		b.children(i)
	}
}

func (b *builder) children(i syntax.Index) {
	for c := b.tree.First(i); c != syntax.None; c = b.tree.Next(c) {
		b.expression(c)
	}
}

// plainString reports a string without replacement fields.
func (b *builder) plainString(i syntax.Index) bool {
	for c := i + 1; c < b.tree.Nodes[i].After; c++ {
		if b.tree.Kind(c) == syntax.Interpolation {
			return false
		}
	}
	return true
}

// between returns the operator that stands between two operands.
func (b *builder) between(left, right syntax.Index) string {
	text := b.tree.Source[b.tree.Nodes[left].End:b.tree.Nodes[right].Start]
	op := string(bytes.Join(bytes.Fields(text), []byte(" ")))
	if op == "<>" {
		return "!="
	}
	return op
}

// choice adds "and" and "or" as a value.
func (b *builder) choice(i syntax.Index) {
	left := b.tree.First(i)
	if left == syntax.None {
		return
	}
	right := b.tree.Next(left)
	if right == syntax.None {
		b.expression(left)
		return
	}
	yes, no := b.condition(left)
	if b.between(left, right) == "or" {
		yes, no = no, yes
	}
	b.open = yes
	b.expression(right)
	b.open = append(no, b.open...)
}

// conditional adds "a if test else b" as a value.
func (b *builder) conditional(i syntax.Index) {
	yes := b.tree.First(i)
	if yes == syntax.None {
		return
	}
	test := b.tree.Next(yes)
	if test == syntax.None {
		return
	}
	held, not := b.condition(test)
	b.open = held
	b.expression(yes)
	done := b.open
	b.open = not
	b.maybe(b.tree.Next(test))
	b.open = append(done, b.open...)
}

// chain adds a comparison as a value: a < b < c leaves c alone unless a < b.
func (b *builder) chain(i syntax.Index) {
	first := b.tree.First(i)
	if first == syntax.None {
		return
	}
	if second := b.tree.Next(first); second == syntax.None || b.tree.Next(second) == syntax.None {
		b.children(i)
		return
	}
	yes, no := b.comparison(i)
	b.open = slices.Concat(yes, no)
}

// comprehension adds one as the loops that it is. A generator runs later, and once at
// the most, as far as anybody knows.
func (b *builder) comprehension(i syntax.Index) {
	t := b.tree
	element := t.First(i)
	if element == syntax.None {
		return
	}
	var heads []int32
	var ended, again []slot
	for c := t.Next(element); c != syntax.None; c = t.Next(c) {
		switch t.Kind(c) {
		case syntax.ForInClause:
			left, right := t.Child(c, syntax.Left), t.Child(c, syntax.Right)
			b.maybe(right)
			head := b.emit(Step{Op: Iterate, Node: c, Value: right})
			yes, no := b.fork(head)
			if len(heads) == 0 {
				ended = no
			} else {
				b.back(heads, append(again, no...))
				again = nil
			}
			heads = append(heads, head)
			b.open = yes
			if left != syntax.None {
				b.target(left, right, 0, Item)
			}
		default: // if_clause
			if test := t.First(c); test != syntax.None {
				yes, no := b.condition(test)
				b.open = yes
				again = append(again, no...)
			}
		}
	}
	b.expression(element)
	b.back(heads, append(again, b.open...))
	b.open = ended
}

// back leads ways to the innermost loop.
func (b *builder) back(heads []int32, slots []slot) {
	if len(heads) > 0 && heads[len(heads)-1] != None {
		b.patch(slots, heads[len(heads)-1])
	}
}
