package flow

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

func (b *builder) matchStatement(s syntax.Index) {
	t := b.tree
	subject := t.First(s)
	several := false
	for c := subject; c != syntax.None && t.Kind(c) != syntax.Block && t.Kind(c) != syntax.CaseClause; c = t.Next(c) {
		several = several || c != subject
		b.expression(c)
	}
	if several {
		subject = syntax.None
	}
	var done []slot
	each := func(clause syntax.Index) {
		missed := b.caseClause(clause, subject)
		done = append(done, b.open...)
		b.open = missed
	}
	for c := t.First(s); c != syntax.None; c = t.Next(c) {
		switch t.Kind(c) {
		case syntax.CaseClause:
			each(c)
		case syntax.Block:
			for clause := t.First(c); clause != syntax.None; clause = t.Next(clause) {
				if t.Kind(clause) == syntax.CaseClause {
					each(clause)
				}
			}
		}
	}
	b.open = append(done, b.open...)
}

// caseClause adds a case, and returns the ways on which it does not match.
func (b *builder) caseClause(clause, subject syntax.Index) (missed []slot) {
	t := b.tree
	pattern := t.First(clause)
	guard, block := syntax.None, syntax.None
	patterns := 0
	for c := pattern; c != syntax.None; c = t.Next(c) {
		switch t.Kind(c) {
		case syntax.CasePattern:
			patterns++
		case syntax.Block:
			block = c
		case syntax.Other:
			guard = t.First(c)
		}
	}
	if pattern == syntax.None {
		return b.open
	}
	if patterns > 1 {
		// "case a, b" has its patterns side by side.
		_, missed = b.fork(b.emit(Step{Op: Match, Node: clause, Value: subject}))
		for n, c := int32(1), pattern; c != syntax.None && t.Kind(c) == syntax.CasePattern; n, c = n+1, t.Next(c) {
			b.captures(c, subject, n)
		}
	} else {
		step := b.emit(Step{Op: Match, Node: pattern, Value: subject})
		if !b.irrefutable(pattern) {
			_, missed = b.fork(step)
		}
		b.captures(pattern, subject, 0)
	}
	if guard != syntax.None {
		yes, no := b.condition(guard)
		b.open = yes
		missed = append(missed, no...)
	}
	b.block(block)
	return missed
}

// irrefutable reports a pattern that matches everything: "_" or a bare name.
func (b *builder) irrefutable(pattern syntax.Index) bool {
	inner := b.tree.First(pattern)
	if inner == syntax.None {
		return string(b.tree.Text(pattern)) == "_"
	}
	return b.captured(inner) != syntax.None && b.tree.Kind(inner) == syntax.DottedName
}

// captured returns the name that a node of a pattern binds, or None.
func (b *builder) captured(i syntax.Index) syntax.Index {
	t := b.tree
	parent := t.Kind(t.Parent(i))
	id := syntax.None
	switch t.Kind(i) {
	case syntax.DottedName:
		if parent == syntax.CasePattern || parent == syntax.KeywordPattern {
			if id = t.First(i); id != syntax.None && t.Next(id) != syntax.None {
				return syntax.None
			}
		}
	case syntax.SplatPattern:
		id = t.First(i)
	case syntax.AsPattern:
		if parent == syntax.CasePattern {
			if id = t.First(i); id != syntax.None {
				id = t.Next(id)
			}
		}
	}
	if t.Kind(id) != syntax.Identifier {
		return syntax.None
	}
	return id
}

// captures binds the names of a pattern. part is what of the subject it is.
func (b *builder) captures(pattern, subject syntax.Index, part int32) {
	t := b.tree
	top := t.First(pattern)
	for i := pattern + 1; i < t.Nodes[pattern].After; i++ {
		id := b.captured(i)
		if id == syntax.None {
			continue
		}
		of := int32(-1)
		switch {
		case i == top:
			of = part
		case t.Kind(top) == syntax.AsPattern && t.First(t.First(top)) == i:
			of = part
		case part == 0 && (t.Kind(top) == syntax.ListPattern || t.Kind(top) == syntax.TuplePattern) && t.Kind(i) == syntax.DottedName && t.Parent(t.Parent(i)) == top:
			of = b.position(top, t.Parent(i))
		}
		b.emit(Step{Op: Bind, How: Capture, Node: id, Value: subject, Part: of})
	}
}

// position counts where an item stands in a pattern, from 1; -1 behind a starred one.
func (b *builder) position(list, item syntax.Index) int32 {
	n := int32(1)
	for c := b.tree.First(list); c != syntax.None && c != item; c = b.tree.Next(c) {
		if inner := b.tree.First(c); inner != syntax.None && b.tree.Kind(inner) == syntax.SplatPattern {
			return -1
		}
		n++
	}
	return n
}
