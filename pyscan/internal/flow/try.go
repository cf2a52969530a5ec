package flow

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// tryStatement adds a try statement. Its finally block is there once for each way in
// which the rest is left.
func (b *builder) tryStatement(s syntax.Index) {
	t := b.tree
	body, orelse, finally := syntax.None, syntax.None, syntax.None
	var handlers []syntax.Index
	for c := t.First(s); c != syntax.None; c = t.Next(c) {
		switch t.Kind(c) {
		case syntax.Block:
			body = c
		case syntax.ExceptClause, syntax.ExceptGroupClause:
			handlers = append(handlers, c)
		case syntax.ElseClause:
			orelse = b.last(c)
		case syntax.FinallyClause:
			finally = b.last(c)
		}
	}
	if finally != syntax.None {
		b.push(finallyFrame)
	}
	if len(handlers) > 0 {
		b.push(handlerFrame)
		b.block(body)
		raised := b.pop().raised
		b.block(orelse)
		done := b.open
		for _, h := range handlers {
			b.open = raised
			step := b.emit(Step{Op: Catch, Node: h, Value: b.caught(h)})
			raised = nil
			if step != None && !b.takesAll(h) {
				raised = []slot{{step, otherwise}}
			}
			b.handler(h)
			done = append(done, b.open...)
		}
		b.raise(raised)
		b.open = done
	} else {
		b.block(body)
		b.block(orelse)
	}
	if finally != syntax.None {
		b.finally(finally, b.pop())
	}
}

// finally adds a finally block for each way in which the frame was left.
func (b *builder) finally(block syntax.Index, f frame) {
	usual := b.open
	for how, slots := range [...][]slot{byReturn: f.returns, byBreak: f.breaks, byContinue: f.continues} {
		if len(slots) > 0 {
			b.open = slots
			b.block(block)
			b.leave(leaving(how))
		}
	}
	if len(f.raised) > 0 {
		b.open = f.raised
		b.block(block)
		b.raise(b.open)
	}
	b.open = usual
	if len(usual) > 0 {
		b.block(block)
	}
}

// caught returns the class that an except clause names, or None.
func (b *builder) caught(clause syntax.Index) syntax.Index {
	c := b.tree.First(clause)
	switch b.tree.Kind(c) {
	case syntax.Block:
		return syntax.None
	case syntax.AsPattern:
		return b.tree.First(c)
	}
	return c
}

// takesAll reports a clause that nothing passes which code would raise.
func (b *builder) takesAll(clause syntax.Index) bool {
	class := b.caught(clause)
	if class == syntax.None {
		return true
	}
	switch text := b.tree.Text(class); {
	case bytes.Equal(text, []byte("Exception")), bytes.Equal(text, []byte("BaseException")):
		return true
	}
	return false
}

func (b *builder) handler(clause syntax.Index) {
	for c := b.tree.First(clause); c != syntax.None; c = b.tree.Next(c) {
		switch b.tree.Kind(c) {
		case syntax.AsPattern:
			if value := b.tree.First(c); value != syntax.None {
				if as := b.tree.Next(value); as != syntax.None {
					b.target(as, value, 0, Caught)
				}
			}
		case syntax.Block:
			b.block(c)
		}
	}
}

// withStatement adds a with statement; several items are as many statements.
func (b *builder) withStatement(s syntax.Index) {
	t := b.tree
	var swallowing []syntax.Index
	enter := func(item syntax.Index) {
		manager, as := t.First(item), syntax.None
		if t.Kind(manager) == syntax.AsPattern {
			manager = t.First(manager)
			if manager != syntax.None {
				as = t.Next(manager)
			}
		}
		if manager == syntax.None {
			return
		}
		b.expression(manager)
		if b.options.Swallows != nil && b.options.Swallows(manager) {
			b.push(handlerFrame)
			swallowing = append(swallowing, manager)
		}
		if as != syntax.None {
			b.target(as, manager, 0, Entered)
		}
	}
	for c := t.First(s); c != syntax.None; c = t.Next(c) {
		switch t.Kind(c) {
		case syntax.WithItem:
			enter(c)
		case syntax.Block:
			b.block(c)
		default:
			for item := t.First(c); item != syntax.None; item = t.Next(item) {
				if t.Kind(item) == syntax.WithItem {
					enter(item)
				}
			}
		}
	}
	for i := len(swallowing) - 1; i >= 0; i-- {
		raised := b.pop().raised
		done := b.open
		b.open = raised
		_, no := b.fork(b.emit(Step{Op: Swallow, Node: s, Value: swallowing[i]}))
		b.raise(no)
		b.open = append(done, b.open...)
	}
}
