package flow

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// block adds the statements of a block, or of a module.
func (b *builder) block(block syntax.Index) {
	if block == syntax.None {
		return
	}
	if b.nested() {
		for s := b.tree.First(block); s != syntax.None; s = b.tree.Next(s) {
			b.statement(s)
		}
	}
	b.depth--
}

func (b *builder) statement(s syntax.Index) {
	t := b.tree
	switch t.Kind(s) {
	case syntax.ExpressionStatement:
		b.expressionStatement(s)
	case syntax.IfStatement:
		b.ifStatement(s)
	case syntax.WhileStatement:
		b.whileStatement(s)
	case syntax.ForStatement:
		b.forStatement(s)
	case syntax.TryStatement:
		b.tryStatement(s)
	case syntax.WithStatement:
		b.withStatement(s)
	case syntax.MatchStatement:
		b.matchStatement(s)
	case syntax.ReturnStatement:
		value := t.First(s)
		b.maybe(value)
		b.emit(Step{Op: Return, Node: s, Value: value})
		b.leave(byReturn)
	case syntax.RaiseStatement:
		for c := t.First(s); c != syntax.None; c = t.Next(c) {
			b.expression(c)
		}
		b.emit(Step{Op: Raise, Node: s, Value: t.First(s)})
		b.open = nil
	case syntax.BreakStatement:
		b.leave(byBreak)
	case syntax.ContinueStatement:
		b.leave(byContinue)
	case syntax.AssertStatement:
		b.assertStatement(s)
	case syntax.DecoratedDefinition:
		for c := t.First(s); c != syntax.None; c = t.Next(c) {
			if t.Kind(c) == syntax.Decorator {
				b.maybe(t.First(c))
			} else {
				b.statement(c)
			}
		}
	case syntax.FunctionDefinition:
		b.defaults(t.Child(s, syntax.ParametersField))
		b.define(s)
	case syntax.ClassDefinition:
		b.maybe(t.Child(s, syntax.Superclasses))
		b.block(t.Child(s, syntax.Body))
		b.define(s)
	case syntax.ImportStatement, syntax.ImportFromStatement:
		b.imports(s)
	case syntax.DeleteStatement:
		for c := t.First(s); c != syntax.None; c = t.Next(c) {
			b.target(c, syntax.None, 0, Delete)
		}
	case syntax.Block: // what error recovery leaves
		b.block(s)
	case syntax.PrintStatement, syntax.ExecStatement:
		for c := t.First(s); c != syntax.None; c = t.Next(c) {
			b.expression(c)
		}
		b.emit(Step{Op: Evaluate, Node: s, Value: syntax.None})
	}
}

func (b *builder) expressionStatement(s syntax.Index) {
	for c := b.tree.First(s); c != syntax.None; c = b.tree.Next(c) {
		switch b.tree.Kind(c) {
		case syntax.Assignment, syntax.AugmentedAssignment:
			b.assignment(c)
		case syntax.Call, syntax.Await, syntax.Yield, syntax.NamedExpression:
			b.expression(c)
		case syntax.String, syntax.ConcatenatedString:
			if b.tree.First(s) != c || !b.plainString(c) {
				b.expression(c)
			}
		default:
			b.expression(c)
			b.emit(Step{Op: Evaluate, Node: c, Value: c})
		}
	}
}

func (b *builder) define(s syntax.Index) {
	if id := b.tree.Child(s, syntax.Name); id != syntax.None {
		b.emit(Step{Op: Bind, How: Define, Node: id, Value: s})
	}
}

// defaults are worked out where a function is defined.
func (b *builder) defaults(list syntax.Index) {
	if list == syntax.None {
		return
	}
	for c := b.tree.First(list); c != syntax.None; c = b.tree.Next(c) {
		switch b.tree.Kind(c) {
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			b.maybe(b.tree.Child(c, syntax.Value))
		}
	}
}

func (b *builder) imports(s syntax.Index) {
	for c := b.tree.First(s); c != syntax.None; c = b.tree.Next(c) {
		name := c
		switch b.tree.Kind(c) {
		case syntax.AliasedImport:
			name = b.tree.Child(c, syntax.Alias)
		case syntax.DottedName:
			if b.tree.Nodes[c].Field == syntax.ModuleName {
				continue
			}
			name = b.tree.First(c)
		case syntax.WildcardImport:
		default:
			continue
		}
		if name != syntax.None {
			b.emit(Step{Op: Bind, How: Import, Node: name, Value: syntax.None})
		}
	}
}

func (b *builder) ifStatement(s syntax.Index) {
	var done []slot
	test := b.tree.First(s)
	for c := b.tree.First(s); c != syntax.None; c = b.tree.Next(c) {
		var body syntax.Index
		switch b.tree.Kind(c) {
		case syntax.Block:
			body = c
		case syntax.ElifClause:
			test = b.tree.First(c)
			body = b.last(c)
		case syntax.ElseClause:
			b.block(b.last(c))
			continue
		default:
			continue
		}
		yes, no := b.condition(test)
		b.open = yes
		b.block(body)
		done = append(done, b.open...)
		b.open = no
	}
	b.open = append(done, b.open...)
}

// last returns the block of a clause.
func (b *builder) last(clause syntax.Index) syntax.Index {
	for c := b.tree.First(clause); c != syntax.None; c = b.tree.Next(c) {
		if b.tree.Kind(c) == syntax.Block {
			return c
		}
	}
	return syntax.None
}

func (b *builder) whileStatement(s syntax.Index) {
	head := b.emit(Step{Op: Loop, Node: s, Value: syntax.None})
	yes, no := b.condition(b.tree.First(s))
	b.open = yes
	b.loop(s, head, no)
}

func (b *builder) forStatement(s syntax.Index) {
	left, right := b.tree.Child(s, syntax.Left), b.tree.Child(s, syntax.Right)
	b.maybe(right)
	head := b.emit(Step{Op: Iterate, Node: s, Value: right})
	yes, no := b.fork(head)
	b.open = yes
	if left != syntax.None {
		b.target(left, right, 0, Item)
	}
	b.loop(s, head, no)
}

// loop adds the body of a loop and what stands behind it.
func (b *builder) loop(s syntax.Index, head int32, ended []slot) {
	b.push(loopFrame)
	b.block(b.last(s))
	f := b.pop()
	if head != None {
		b.patch(b.open, head)
		b.patch(f.continues, head)
	}
	b.open = ended
	for c := b.tree.First(s); c != syntax.None; c = b.tree.Next(c) {
		if b.tree.Kind(c) == syntax.ElseClause {
			b.block(b.last(c))
		}
	}
	b.open = append(f.breaks, b.open...)
}

// assertStatement marks its steps: with the option -O they are not there, unless nobody
// gives that.
func (b *builder) assertStatement(s syntax.Index) {
	test := b.tree.First(s)
	if test == syntax.None {
		return
	}
	outer := b.asserting
	b.asserting = !b.options.Asserts
	yes, no := b.condition(test)
	b.open = no
	b.maybe(b.tree.Next(test))
	b.emit(Step{Op: Raise, Node: s, Value: syntax.None})
	b.asserting = outer
	b.open = yes
}
