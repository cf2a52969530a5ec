package names

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// Item returns what the item of the name at node i, an identifier, certainly was set
// to in its scope, or None.
func (t *Table) Item(i syntax.Index, key string) syntax.Index {
	name, s := t.text(i), t.scopeOf[i]
	if !t.pathed || t.homeOf(name, s) != s {
		return syntax.None
	}
	e := t.scopes[s].paths[name+"['"+key+"']"]
	if e == nil || len(e.bindings) > manyBindings {
		return syntax.None
	}
	value, n := syntax.None, 0
	t.reach(e, place{node: i, pos: t.tree.Nodes[i].Start}, func(b *binding) {
		n++
		if b.dom != syntax.None && !b.anytime && t.tree.Contains(b.dom, i) {
			value = b.value
		}
	})
	if n != 1 {
		return syntax.None
	}
	return value
}
