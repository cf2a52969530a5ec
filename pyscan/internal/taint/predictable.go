package taint

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// predictable reports whether the name of the file is known beforehand, of which the
// directory is being looked at: all that was joined to it on the way is constant.
func (w *walk) predictable() bool {
	t := w.tree
	for k := w.at; w.items[k].from >= 0; k = w.items[k].from {
		part, whole := w.items[k].node, w.items[w.items[k].from].node
		parts := whole
		switch t.Kind(whole) {
		case syntax.BinaryOperator, syntax.String, syntax.ConcatenatedString:
		case syntax.Call:
			parts = t.Child(whole, syntax.Arguments)
			if name := w.callee(t.Child(whole, syntax.Function)); parts == syntax.None || !ofPaths[name] || name == "glob" || name == "rglob" || name == "listdir" {
				continue
			}
		default:
			continue
		}
		for n, c := 0, t.First(parts); c != syntax.None && n < maxParts; n, c = n+1, t.Next(c) {
			if !t.Contains(c, part) && !w.constant(c) {
				return false
			}
		}
	}
	return true
}

// constant reports a text or a number that everybody can read in the source.
func (w *walk) constant(i syntax.Index) bool {
	switch w.tree.Kind(i) {
	case syntax.Integer, syntax.Other: // escapes and the ends of a string are of no kind
		return true
	case syntax.Interpolation, syntax.ParenthesizedExpression:
		return w.constant(w.tree.First(i))
	}
	return len(w.names.Strings(i)) > 0
}
