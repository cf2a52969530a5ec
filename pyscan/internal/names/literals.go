package names

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// maxLiterals bounds the literals that one expression may be, and maxRebinds the
// names through which they are followed.
const (
	maxLiterals = 8
	maxRebinds  = 8
)

// Literals returns the literals and displays of which an expression certainly is one:
// itself, or what the names in it are bound to at that place. It is nil if the
// expression may be anything else. A display may have been changed since.
func (t *Table) Literals(i syntax.Index) []syntax.Index {
	out, ok := t.literals(nil, i, maxRebinds)
	if !ok {
		return nil
	}
	return out
}

func (t *Table) literals(out []syntax.Index, i syntax.Index, hops int) ([]syntax.Index, bool) {
	i = t.unwrap(i)
	if i == syntax.None || hops == 0 || len(out) == maxLiterals {
		return nil, false
	}
	switch t.tree.Kind(i) {
	case syntax.True, syntax.False, syntax.NoneLiteral, syntax.Integer, syntax.Float, syntax.String, syntax.ConcatenatedString,
		syntax.List, syntax.Tuple, syntax.Set, syntax.Dictionary:
		return append(out, i), true
	case syntax.Call:
		// dict(weights_only=True)
		for _, target := range t.Expression(t.tree.Child(i, syntax.Function)).Targets {
			if target.Name == builtins+"dict" && !target.Called && t.argument(i, 0) == syntax.None {
				return append(out, i), true
			}
		}
	case syntax.NamedExpression:
		return t.literals(out, t.tree.Child(i, syntax.Value), hops-1)
	case syntax.ConditionalExpression:
		yes := t.tree.First(i)
		if yes == syntax.None || t.tree.Next(yes) == syntax.None {
			return nil, false
		}
		out, ok := t.literals(out, yes, hops-1)
		if !ok {
			return nil, false
		}
		return t.literals(out, t.tree.Next(t.tree.Next(yes)), hops-1)
	case syntax.Identifier:
		return t.literalsOf(out, string(t.tree.Text(i)), i, hops-1)
	}
	return nil, false
}

// literalsOf is literals for the name at node i, in the scope that binds it.
func (t *Table) literalsOf(out []syntax.Index, name string, i syntax.Index, hops int) ([]syntax.Index, bool) {
	s, at := t.scopeOf[i], place{node: i, pos: t.tree.Nodes[i].Start}
	if to, ok := t.scopes[s].elsewhere[name]; ok {
		at = place{node: t.scopes[s].node, pos: t.tree.Nodes[t.scopes[s].node].Start, later: true}
		s = to
	}
	for first := true; s >= 0; first = false {
		sc := &t.scopes[s]
		if e := sc.names[name]; e != nil && (first || sc.kind != classScope) {
			return t.literalsIn(out, e, at, hops)
		}
		at = place{node: sc.node, pos: t.tree.Nodes[sc.node].Start, later: at.later || sc.kind == functionScope}
		s = sc.parent
	}
	return nil, false
}

// Item returns what the item of the name at node i, an identifier, certainly was set
// to in its scope, or None.
func (t *Table) Item(i syntax.Index, key string) syntax.Index {
	name, s := string(t.tree.Text(i)), t.scopeOf[i]
	if !t.pathed || t.homeOf(name, s) != s {
		return syntax.None
	}
	e := t.scopes[s].paths[name+"['"+key+"']"]
	if e == nil || len(e.bindings) > manyBindings {
		return syntax.None
	}
	value, n := syntax.None, 0
	t.eachReaching(e, place{node: i, pos: t.tree.Nodes[i].Start}, func(b *binding) {
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

// literalsIn is literals for what the bindings of e that reach a place bind.
func (t *Table) literalsIn(out []syntax.Index, e *entry, at place, hops int) ([]syntax.Index, bool) {
	if len(e.bindings) > manyBindings {
		return nil, false
	}
	ok, before := true, len(out)
	t.eachReaching(e, at, func(b *binding) {
		if !ok {
			return
		}
		if b.value == syntax.None || b.part != (part{}) || b.open || b.class != syntax.None {
			ok = false
			return
		}
		out, ok = t.literals(out, b.value, hops)
	})
	return out, ok && len(out) > before
}
