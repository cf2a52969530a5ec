package classes

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// value works out which state an expression is.
func (e *evaluation) value(i syntax.Index, depth int) *State {
	m, t := e.m, e.m.tree
	i = m.unwrap(i)
	unknown := &State{Layout: Unknown, At: i}
	if e.worked++; depth > maxNested || e.worked > maxValues {
		return unknown
	}
	if i == syntax.None {
		return &State{Layout: Nothing, At: i}
	}
	if e.f.IsDict(m, i) {
		return e.namespace(i)
	}
	switch t.Kind(i) {
	case syntax.Identifier:
		if s := e.env[m.text(i)]; s != nil {
			return s
		}
	case syntax.NoneLiteral:
		return &State{Layout: Nothing, At: i}
	case syntax.False:
		return &State{Layout: Scalar, False: true, At: i}
	case syntax.Integer, syntax.Float, syntax.String, syntax.ConcatenatedString, syntax.True:
		text := strings.Trim(m.text(i), "bBrRuU")
		return &State{Layout: Scalar, False: text == "0" || text == "0.0" || text == `""` || text == "''", At: i}
	case syntax.Tuple, syntax.List, syntax.ExpressionList:
		s := &State{Layout: Sequence, Items: m.Children(i), Tuple: t.Kind(i) != syntax.List, At: i}
		for _, item := range s.Items {
			s.Open = s.Open || t.Kind(item) == syntax.ListSplat
			s.States = append(s.States, e.value(item, depth+1))
		}
		return s
	case syntax.ListComprehension:
		return &State{Layout: Sequence, Open: true, At: i}
	case syntax.Dictionary:
		return e.display(i, depth)
	case syntax.DictionaryComprehension:
		return e.comprehension(i, depth)
	case syntax.ConditionalExpression:
		parts := m.Children(i)
		if len(parts) == 3 {
			return merge(e.value(parts[0], depth+1), e.value(parts[2], depth+1))
		}
	case syntax.BinaryOperator:
		if parts := m.Children(i); len(parts) == 2 && m.between(parts[0], parts[1]) == "|" {
			s := e.value(parts[0], depth+1).clone()
			s.Live = false
			e.over(s, e.value(parts[1], depth+1), false)
			return s
		}
	case syntax.Call:
		return e.called(i, depth)
	}
	return unknown
}

// namespace is that of the object itself, after what the function did to it above.
func (e *evaluation) namespace(i syntax.Index) *State {
	s := &State{Layout: Whole, Live: true, At: i}
	for k, set := range e.f.Sets {
		if s.Open = s.Open || k >= maxKeys; s.Open {
			return s
		}
		if set.At < i {
			s.put(set.Attr, Key{Value: set.Value, At: set.At, Optional: e.optional(set.At)})
		}
	}
	for k, d := range e.f.Deletes {
		if s.Open = s.Open || k >= maxKeys; s.Open {
			return s
		}
		if d.At < i {
			s.drop(d.Attr, d.At)
		}
	}
	return s
}

// between is what stands between two nodes: an operator.
func (m *Model) between(a, b syntax.Index) string {
	start, end := m.tree.Nodes[a].End, m.tree.Nodes[b].Start
	if start > end || end-start > 64 {
		return ""
	}
	return strings.Trim(string(m.tree.Source[start:end]), " \t\r\n()\\")
}

func (e *evaluation) display(i syntax.Index, depth int) *State {
	m, t := e.m, e.m.tree
	out := &State{Layout: Listed, At: i}
	for _, p := range m.Children(i) {
		switch t.Kind(p) {
		case syntax.Pair:
			key := t.First(p)
			name, ok := m.Constant(key)
			if !ok {
				if name, ok = m.Constant(m.OnlyValue(m.unwrap(key))); !ok {
					out.Open = true
					continue
				}
			}
			out.put(name, Key{Value: t.Next(key), At: p})
		case syntax.DictionarySplat:
			inner := e.value(t.First(p), depth+1)
			switch {
			case inner.Layout == Whole && out.Layout == Listed:
				keys := out.Keys
				out = inner.clone()
				out.Live, out.At = false, i
				for key, k := range keys { // what stands before is overwritten
					if _, dropped := out.Dropped[key]; dropped {
						out.put(key, k)
					}
				}
			default:
				e.over(out, inner, false)
			}
		default:
			out.Open = true
		}
	}
	return out
}

// copies reports whether a call makes a copy of its argument.
func (e *evaluation) copies(call syntax.Index) bool {
	switch e.m.Callee(call) {
	case "builtins.dict", "copy.copy", "copy.deepcopy", "collections.OrderedDict", "builtins.len", "builtins.isinstance", "builtins.list", "builtins.tuple", "builtins.print", "builtins.sorted":
		return true
	}
	return false
}

func (e *evaluation) called(i syntax.Index, depth int) *State {
	m, t := e.m, e.m.tree
	unknown := &State{Layout: Unknown, At: i}
	args := m.Positional(i)
	switch m.Callee(i) {
	case "builtins.dict", "collections.OrderedDict":
		out := &State{Layout: Listed, At: i}
		if len(args) > 0 {
			out = e.value(args[0], depth+1).clone()
			out.Live, out.At = false, i
			if out.Layout != Whole && out.Layout != Listed {
				return unknown
			}
		}
		for _, a := range m.Children(t.Child(i, syntax.Arguments)) {
			switch t.Kind(a) {
			case syntax.KeywordArgument:
				out.put(m.text(t.Child(a, syntax.Name)), Key{Value: t.Child(a, syntax.Value), At: a})
			case syntax.DictionarySplat:
				inner := e.value(t.First(a), depth+1)
				if inner.Layout == Whole && out.Layout == Listed && len(out.Keys) == 0 {
					out = inner.clone()
					out.Live, out.At = false, i
					continue
				}
				e.over(out, inner, false)
			}
		}
		return out
	case "copy.copy", "copy.deepcopy":
		if len(args) > 0 {
			out := e.value(args[0], depth+1).clone()
			out.Live = false
			return out
		}
	case "builtins.tuple", "builtins.list":
		return &State{Layout: Sequence, Open: true, Tuple: m.Callee(i) == "builtins.tuple", At: i}
	}
	callee := m.unwrap(t.Child(i, syntax.Function))
	if t.Kind(callee) != syntax.Attribute {
		return unknown
	}
	of, name := m.unwrap(t.Child(callee, syntax.Object)), m.text(t.Child(callee, syntax.AttributeName))
	super := m.isSuper(of) || len(args) > 0 && e.f.isSelf(m, args[0]) && e.f.Class.standsOn(m, of)
	switch {
	case super:
		return e.inherited(i, name)
	case e.f.isSelf(m, of):
		g, sure := e.class.Find(name)
		if g == nil || !sure || g.Property {
			return unknown
		}
		return e.following(g, i)
	case name == "copy":
		out := e.value(of, depth+1).clone()
		out.Live = false
		return out
	}
	return unknown
}

// inherited is what the method of a name gives that the class of the function overrides.
func (e *evaluation) inherited(i syntax.Index, name string) *State {
	g, sure := e.f.Class.Super(name)
	switch {
	case !sure:
		return &State{Layout: Unknown, At: i}
	case g != nil:
		return e.following(g, i)
	case name == "__getstate__": // that of object, Python 3.11 and later
		out := e.class.Default()
		out.At = i
		return out
	}
	return &State{Layout: Unknown, At: i}
}

func (e *evaluation) following(g *Method, i syntax.Index) *State {
	one := One(e.class.statesOf(g, e.depth+1))
	if one == nil {
		return &State{Layout: Unknown, At: i}
	}
	out := one.clone()
	out.At = i
	return out
}

// comprehension reads {k: v for k, v in self.__dict__.items() if ...}.
func (e *evaluation) comprehension(i syntax.Index, depth int) *State {
	m, t := e.m, e.m.tree
	unknown := &State{Layout: Unknown, At: i}
	pair, loop := syntax.None, syntax.None
	var filters []syntax.Index
	for _, c := range m.Children(i) {
		switch {
		case t.Kind(c) == syntax.Pair:
			pair = c
		case t.Kind(c) == syntax.ForInClause && loop == syntax.None:
			loop = c
		case t.Kind(c) == syntax.ForInClause:
			return unknown
		default:
			filters = append(filters, c)
		}
	}
	if pair == syntax.None || loop == syntax.None {
		return unknown
	}
	left, right := t.Child(loop, syntax.Left), m.unwrap(t.Child(loop, syntax.Right))
	key := t.First(pair)
	if t.Kind(left) == syntax.Identifier {
		// {name: getattr(self, name) for name in ("a", "b")}
		if keys := m.Strings(right); keys != nil && m.text(left) == m.text(key) {
			out := &State{Layout: Listed, At: i}
			for _, k := range keys {
				out.put(k, Key{Value: syntax.None, At: i, Optional: len(filters) > 0, Attribute: e.isAttribute(t.Next(key), m.text(key))})
			}
			return out
		}
		return &State{Layout: Listed, Open: true, At: i}
	}
	callee := t.Child(right, syntax.Function)
	vars := m.Elements(left)
	if t.Kind(right) != syntax.Call || t.Kind(callee) != syntax.Attribute || m.text(t.Child(callee, syntax.AttributeName)) != "items" || len(vars) != 2 || m.text(vars[0]) != m.text(key) {
		return unknown
	}
	out := e.value(t.Child(callee, syntax.Object), depth+1).clone()
	out.Live, out.At = false, i
	if value := t.Next(key); t.Kind(value) != syntax.Identifier || m.text(value) != m.text(vars[1]) {
		out.Open = true // something else stands for the values
	}
	for _, f := range filters {
		e.filter(out, f, m.text(vars[0]))
	}
	return out
}

// isAttribute reports whether a value is the attribute that a key names:
// getattr(self, k), self.__dict__[k].
func (e *evaluation) isAttribute(value syntax.Index, key string) bool {
	m, t := e.m, e.m.tree
	switch value = m.unwrap(value); t.Kind(value) {
	case syntax.Call:
		args := m.Positional(value)
		return m.Callee(value) == "builtins.getattr" && len(args) > 1 && e.f.isSelf(m, args[0]) && m.text(args[1]) == key
	case syntax.Subscript:
		of := t.First(value)
		return of != syntax.None && e.f.IsDict(m, of) && m.text(t.Next(of)) == key
	}
	return false
}

// filter reads the condition of a comprehension over a state.
func (e *evaluation) filter(s *State, f syntax.Index, key string) {
	m, t := e.m, e.m.tree
	for t.Kind(f) == syntax.Other && t.First(f) != syntax.None {
		f = t.First(f) // the clause around the condition
	}
	f = m.unwrap(f)
	parts := m.Children(f)
	switch t.Kind(f) {
	case syntax.BooleanOperator:
		if len(parts) == 2 && m.between(parts[0], parts[1]) == "and" {
			e.filter(s, parts[0], key)
			e.filter(s, parts[1], key)
			return
		}
	case syntax.ComparisonOperator:
		if len(parts) != 2 || m.text(m.unwrap(parts[0])) != key {
			break
		}
		switch op := strings.Join(strings.Fields(m.between(parts[0], parts[1])), " "); op {
		case "!=":
			if k, ok := e.keysOf(parts[1]); ok {
				for _, one := range k {
					s.drop(one, f)
				}
				return
			}
		case "not in":
			if keys := m.Strings(parts[1]); keys != nil {
				for _, one := range keys {
					s.drop(one, f)
				}
				return
			}
		case "in":
			if keys := m.Strings(parts[1]); keys != nil {
				*s = State{Layout: Listed, At: s.At}
				for _, one := range keys {
					s.put(one, Key{Value: syntax.None, At: f, Optional: true, Attribute: true})
				}
				return
			}
		}
	case syntax.NotOperator:
		// not k.startswith("_")
		call := m.unwrap(t.First(f))
		callee := t.Child(call, syntax.Function)
		if t.Kind(call) == syntax.Call && t.Kind(callee) == syntax.Attribute && m.text(t.Child(callee, syntax.AttributeName)) == "startswith" && m.text(t.Child(callee, syntax.Object)) == key {
			if prefix, ok := m.Constant(at(m.Positional(call), 0)); ok && s.Filtered == "" {
				s.Filtered = prefix
				return
			}
		}
		// not k in (…)
		inner := m.Children(call)
		if t.Kind(call) == syntax.ComparisonOperator && len(inner) == 2 && m.text(inner[0]) == key && m.between(inner[0], inner[1]) == "in" {
			if keys := m.Strings(inner[1]); keys != nil {
				for _, one := range keys {
					s.drop(one, f)
				}
				return
			}
		}
	}
	s.Open = true
}
