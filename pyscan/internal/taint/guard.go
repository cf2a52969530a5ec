package taint

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxAround bounds the blocks around a place that are searched for a check.
const maxAround = 16

// maxBefore bounds the statements before a place that are.
const maxBefore = 64

// allowed reports whether a name was looked for in a list of what is allowed, before the
// place where it is used: it is what the program offers, and not what somebody chose.
//
//	if name not in MODELS: raise …    if name in MODELS: …
func (w *walk) allowed(i syntax.Index) bool {
	t := w.tree
	below := i
	for range maxAround {
		block := below
		for t.Kind(block) != syntax.Block && t.Kind(block) != syntax.Module {
			below = block
			if block = t.Parent(block); block == syntax.None {
				return false
			}
			if t.Kind(block) == syntax.FunctionDefinition || t.Kind(block) == syntax.Lambda {
				return false
			}
		}
		for n, c := 0, t.First(block); c != syntax.None && c < below && n < maxBefore; n, c = n+1, t.Next(c) {
			if t.Kind(c) == syntax.IfStatement && w.tests(t.First(c), i, true) && w.leaves(c) {
				return true
			}
		}
		around := t.Parent(block)
		if around == syntax.None {
			return false
		}
		if k := t.Kind(around); (k == syntax.IfStatement || k == syntax.ElifClause) && w.tests(t.First(around), i, false) && t.Next(t.First(around)) == block {
			return true
		}
		below = around
	}
	return false
}

// tests reports a comparison of a name with "in", or with "not in".
func (w *walk) tests(condition, name syntax.Index, not bool) bool {
	t := w.tree
	for t.Kind(condition) == syntax.ParenthesizedExpression {
		condition = t.First(condition)
	}
	if t.Kind(condition) == syntax.NotOperator {
		condition, not = t.First(condition), !not
		for t.Kind(condition) == syntax.ParenthesizedExpression {
			condition = t.First(condition)
		}
	}
	if t.Kind(condition) != syntax.ComparisonOperator {
		return false
	}
	left := t.First(condition)
	right := syntax.None
	if left != syntax.None {
		right = t.Next(left)
	}
	if right == syntax.None || w.word(left) != w.word(name) {
		return false
	}
	operator := string(bytes.Join(bytes.Fields(t.Source[t.Nodes[left].End:t.Nodes[right].Start]), []byte(" ")))
	return operator == "in" && !not || operator == "not in" && not
}

// leaves reports an if statement that does not go on behind its block.
func (w *walk) leaves(statement syntax.Index) bool {
	t := w.tree
	block := t.Next(t.First(statement))
	if t.Kind(block) != syntax.Block {
		return false
	}
	last := syntax.None
	for n, c := 0, t.First(block); c != syntax.None && n < maxBefore; n, c = n+1, t.Next(c) {
		last = c
	}
	switch t.Kind(last) {
	case syntax.RaiseStatement, syntax.ReturnStatement, syntax.ContinueStatement, syntax.BreakStatement:
		return true
	case syntax.ExpressionStatement:
		if call := t.First(last); t.Kind(call) == syntax.Call {
			switch w.lastWord(call) {
			case "abort", "exit", "_exit", "quit", "fail", "error":
				return true
			}
		}
	}
	return false
}
