package names

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

const (
	// maxValues bounds the expressions that one may be, maxHops the names between.
	maxValues = 8
	maxHops   = 8
)

// Values lists the literals, displays and operations that an expression may be,
// through names that the file binds and attributes of its classes. ok is false if it
// may be anything else.
func (t *Table) Values(i syntax.Index) (out []syntax.Index, ok bool) {
	ok = t.values(i, 0, &out)
	return out, ok && len(out) > 0
}

func (t *Table) values(i syntax.Index, hops int, out *[]syntax.Index) bool {
	if i = t.unwrap(i); i == syntax.None || hops > maxHops || len(*out) >= maxValues {
		return false
	}
	switch t.tree.Kind(i) {
	case syntax.True, syntax.False, syntax.NoneLiteral, syntax.Integer, syntax.Float, syntax.String, syntax.NotOperator, syntax.BooleanOperator,
		syntax.List, syntax.Tuple, syntax.Set, syntax.Dictionary, syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension:
		*out = append(*out, i)
		return true
	case syntax.Call:
		if !t.copies(i, hops) {
			return false
		}
		*out = append(*out, i)
		return true
	case syntax.NamedExpression:
		return t.values(t.tree.Child(i, syntax.Value), hops+1, out)
	case syntax.ConditionalExpression:
		yes := t.tree.First(i)
		if yes == syntax.None || t.tree.Next(yes) == syntax.None {
			return false
		}
		return t.values(yes, hops+1, out) && t.values(t.tree.Next(t.tree.Next(yes)), hops+1, out)
	case syntax.Identifier:
		return t.boundValues(t.bindingsAt(i), hops, out)
	case syntax.Attribute:
		return t.boundValues(t.attributeBindings(i), hops, out)
	}
	return false
}

func (t *Table) boundValues(bindings []*binding, hops int, out *[]syntax.Index) bool {
	for _, b := range bindings {
		if b.beside {
			continue
		}
		if b.value == syntax.None || b.part != (part{}) || b.open || b.class != syntax.None || !t.values(b.value, hops+1, out) {
			return false
		}
	}
	return len(bindings) > 0
}

// copies reports a call that makes a list or the like of plain items.
func (t *Table) copies(call syntax.Index, hops int) bool {
	f := t.tree.Child(call, syntax.Function)
	if t.tree.Kind(f) != syntax.Identifier {
		return false
	}
	switch t.text(f) {
	case "list", "tuple", "set", "frozenset", "sorted":
	default:
		return false
	}
	if t.bindingsAt(f) != nil {
		return false
	}
	of := t.argument(call, 0)
	if of == syntax.None {
		return true
	}
	var out []syntax.Index
	return t.values(of, hops+1, &out)
}

// bindingsAt lists the bindings of the name at node i that reach it, or nil where they
// are not all that may.
func (t *Table) bindingsAt(i syntax.Index) (out []*binding) {
	return t.reachingBindings(i, manyBindings, false)
}

// reachingBindings lists the bindings of the name at node i that reach it. It is nil if
// there are more than most, or, unless open, if star imports may bring others.
func (t *Table) reachingBindings(i syntax.Index, most int, open bool) (out []*binding) {
	s, name := t.scopeOf[i], t.tree.Text(i)
	at := place{node: i, pos: t.tree.Nodes[i].Start}
	if to, ok := t.scopes[s].elsewhere[string(name)]; ok {
		at = place{node: t.scopes[s].node, pos: t.tree.Nodes[t.scopes[s].node].Start, later: true}
		s = to
	}
	for n := range maxNest {
		sc := &t.scopes[s]
		if e := sc.names[string(name)]; e != nil && (n == 0 || sc.kind != classScope) {
			if len(e.bindings) > most {
				return nil
			}
			t.reach(e, at, func(b *binding) { out = append(out, b) })
			if len(out) > 0 || sc.kind == functionScope {
				return out
			}
		}
		if len(t.stars[s]) > 0 && !open || sc.parent < 0 {
			return nil
		}
		at = place{node: sc.node, pos: t.tree.Nodes[sc.node].Start, later: at.later || sc.kind == functionScope}
		s = sc.parent
	}
	return nil
}

// attributeBindings lists what an attribute of a class of the file, or of an object
// of one, is set to, or nil.
func (t *Table) attributeBindings(i syntax.Index) (out []*binding) {
	of, id := t.tree.Child(i, syntax.Object), t.tree.Child(i, syntax.AttributeName)
	if of == syntax.None || id == syntax.None {
		return nil
	}
	r, name := t.Expression(of), t.text(id)
	take := func(e *entry) {
		if e != nil && len(e.bindings) <= manyBindings {
			for k := range e.bindings {
				out = append(out, &e.bindings[k])
			}
		}
	}
	chain := t.classesIn(&r)
	if len(chain) != 1 || len(r.objects) != 1 || t.setFromOutside(name) {
		return nil
	}
	for k := 0; k < len(chain) && k < maxClasses && len(out) == 0; k++ {
		sc := &t.scopes[t.classes[chain[k]]]
		take(sc.names[name])
		take(sc.paths["."+name])
		chain = append(chain, t.basesOf(chain[k])...)
	}
	for class, s := range t.classes {
		// An object may be one of a subclass that sets it otherwise.
		if sc := &t.scopes[s]; (sc.names[name] != nil || sc.paths["."+name] != nil) && slices.ContainsFunc(t.basesOf(class), func(base syntax.Index) bool { return slices.Contains(chain, base) }) {
			take(sc.names[name])
			take(sc.paths["."+name])
		}
	}
	if slices.ContainsFunc(out, func(b *binding) bool { return b.beside }) {
		return nil // a field of a dataclass: whoever makes an object may set it
	}
	return out
}

// setFromOutside reports an attribute that the file sets of something else than the
// object or the class whose method does.
func (t *Table) setFromOutside(name string) bool {
	if t.outside == nil {
		t.outside = make(map[string]bool)
		for s := range t.scopes {
			for path := range t.scopes[s].paths {
				if t.scopes[s].kind != classScope {
					t.outside[path[strings.LastIndexByte(path, '.')+1:]] = true
				}
			}
		}
	}
	return t.outside[name]
}

// Keywords lists the keywords and values that a dictionary brings behind two stars, the
// last first, because that is the one which counts. ok means that they are all of them:
// of a display, a call of dict, or a name that is bound to one once and used for nothing
// else. Behind **others in a display they count whatever those hold.
func (t *Table) Keywords(i syntax.Index) (names []string, values []syntax.Index, ok bool) {
	i = t.unwrap(i)
	if t.tree.Kind(i) == syntax.Identifier {
		bindings := t.bindingsAt(i)
		if len(bindings) != 1 || t.usedOtherwise(t.text(i)) {
			return nil, nil, false
		}
		b := bindings[0]
		if b.value == syntax.None || b.part != (part{}) || b.open || b.class != syntax.None {
			return nil, nil, false
		}
		i = t.unwrap(b.value)
	}
	var items syntax.Index
	switch t.tree.Kind(i) {
	case syntax.Dictionary:
		items = i
	case syntax.Call:
		f := t.tree.Child(i, syntax.Function)
		if items = t.tree.Child(i, syntax.Arguments); t.tree.Kind(f) != syntax.Identifier || t.text(f) != "dict" || t.bindingsAt(f) != nil || items == syntax.None {
			return nil, nil, false
		}
	default:
		return nil, nil, false
	}
	all := true
	for c := t.tree.First(items); c != syntax.None; c = t.tree.Next(c) {
		var name string
		var value syntax.Index
		switch t.tree.Kind(c) {
		case syntax.Pair:
			key := t.tree.First(c)
			if key == syntax.None {
				return nil, nil, false
			}
			if name, ok = t.single(key); !ok {
				return nil, nil, false
			}
			value = t.tree.Next(key)
		case syntax.KeywordArgument:
			id := t.tree.Child(c, syntax.Name)
			if id == syntax.None {
				return nil, nil, false
			}
			name, value = t.text(id), t.tree.Child(c, syntax.Value)
		case syntax.DictionarySplat:
			names, values, all = nil, nil, false
			continue
		default:
			return nil, nil, false
		}
		if value == syntax.None || len(names) == maxItems {
			return nil, nil, false
		}
		names, values = append(names, name), append(values, value)
	}
	slices.Reverse(names)
	slices.Reverse(values)
	return names, values, all
}

// usedOtherwise reports a name that is read somewhere in the file without two stars
// before it, so that what it stands for may be changed there.
func (t *Table) usedOtherwise(name string) bool {
	if t.others == nil {
		t.others = make(map[string]bool)
		for i := range t.tree.Nodes {
			i := syntax.Index(i)
			if t.tree.Kind(i) != syntax.Identifier {
				continue
			}
			parent := t.tree.Kind(t.tree.Parent(i))
			if t.IsUse(i) && parent != syntax.DictionarySplat || parent == syntax.AugmentedAssignment {
				t.others[t.text(i)] = true
			}
		}
	}
	return t.others[name]
}
