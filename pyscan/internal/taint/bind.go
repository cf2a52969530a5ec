package taint

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// bound looks at what a name, an attribute or an item is set to where it is bound.
func (w *walk) bound(target syntax.Index, kind Kind) {
	t := w.tree
	below, path := target, []int{}
	for range maxUp {
		p := t.Parent(below)
		switch t.Kind(p) {
		case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.Tuple, syntax.List, syntax.ExpressionList:
			path = append(path, w.position(p, below))
		case syntax.ListSplatPattern, syntax.ListSplat, syntax.ParenthesizedExpression, syntax.AsPatternTarget, syntax.CasePattern, syntax.UnionPattern:
			if k := t.Kind(p); k == syntax.ListSplatPattern || k == syntax.ListSplat {
				path = append(path, -1)
			}
		case syntax.Assignment:
			w.assigned(p, path, kind)
			return
		case syntax.AugmentedAssignment:
			w.via(t.Child(p, syntax.Right), kind, p, "`"+w.excerpt(p)+"`")
			if t.Kind(target) == syntax.Identifier {
				for _, before := range w.names.Binders(target) {
					if before != target {
						w.bound(before, kind)
					}
				}
			}
			return
		case syntax.NamedExpression:
			w.via(t.Child(p, syntax.Value), kind, p, "`"+w.excerpt(p)+"`")
			return
		case syntax.ForStatement, syntax.ForInClause:
			right := t.Child(p, syntax.Right)
			w.via(right, kind, right, "one by one, from `"+w.excerpt(right)+"`")
			return
		case syntax.AsPattern:
			w.entered(p, kind)
			return
		case syntax.CaseClause:
			w.matched(p, kind)
			return
		case syntax.Parameters, syntax.LambdaParameters:
			w.parameter(t.Parent(p), below, target, kind)
			return
		case syntax.DefaultParameter, syntax.TypedDefaultParameter, syntax.TypedParameter, syntax.DictionarySplatPattern,
			syntax.DottedName, syntax.SplatPattern, syntax.KeywordPattern, syntax.ClassPattern, syntax.Other:
		default:
			return
		}
		below = p
	}
}

// position returns the place of a part among the others.
func (w *walk) position(of, part syntax.Index) int {
	n := 0
	for c := w.tree.First(of); c != syntax.None; c = w.tree.Next(c) {
		if c == part {
			return n
		}
		if k := w.tree.Kind(c); k == syntax.ListSplatPattern || k == syntax.ListSplat {
			return -1
		}
		n++
	}
	return -1
}

// assigned looks at the value of an assignment, or at that part of it which the target
// gets.
func (w *walk) assigned(assignment syntax.Index, path []int, kind Kind) {
	t := w.tree
	value := assignment
	for range maxUp {
		if t.Kind(value) != syntax.Assignment {
			break
		}
		if value = t.Child(value, syntax.Right); value == syntax.None {
			return // "name: type"
		}
	}
	part := value
	for k := len(path) - 1; k >= 0; k-- {
		switch t.Kind(part) {
		case syntax.Tuple, syntax.List, syntax.ExpressionList:
			c := t.First(part)
			for n := path[k]; n > 0 && c != syntax.None; n-- {
				c = t.Next(c)
			}
			if path[k] >= 0 && c != syntax.None {
				part = c
				continue
			}
		}
		break
	}
	w.via(part, kind, assignment, "`"+w.excerpt(assignment)+"`")
}

// entered looks at what a with statement enters.
func (w *walk) entered(as syntax.Index, kind Kind) {
	t := w.tree
	if p := t.Parent(as); t.Kind(p) != syntax.WithItem {
		if t.Kind(p) == syntax.CasePattern {
			w.bound(as, kind)
		}
		return // an exception
	}
	value := t.First(as)
	w.via(value, kind, as, "`with "+w.excerpt(as)+"`")
}

// matched looks at what a match statement matches.
func (w *walk) matched(clause syntax.Index, kind Kind) {
	t := w.tree
	statement := t.Parent(clause)
	if t.Kind(statement) == syntax.Block {
		statement = t.Parent(statement)
	}
	if t.Kind(statement) == syntax.MatchStatement {
		w.on(t.First(statement), kind)
	}
}
