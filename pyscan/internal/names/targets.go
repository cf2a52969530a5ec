package names

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// hasBases reports whether a class has arguments besides object.
func (t *Table) hasBases(class syntax.Index) bool {
	bases := t.tree.Child(class, syntax.Superclasses)
	if bases == syntax.None {
		return false
	}
	for c := t.tree.First(bases); c != syntax.None; c = t.tree.Next(c) {
		if t.text(c) != "object" {
			return true
		}
	}
	return false
}

// bare takes the parentheses off a target: the grammar takes (x) for a tuple of one,
// which would have a comma.
func (t *Table) bare(left syntax.Index) syntax.Index {
	for t.tree.Kind(left) == syntax.TuplePattern {
		only := t.tree.First(left)
		if only == syntax.None || t.tree.Next(only) != syntax.None || bytes.IndexByte(t.tree.Source[t.tree.Nodes[only].End:t.tree.Nodes[left].End], ',') >= 0 {
			break
		}
		left = only
	}
	return left
}
