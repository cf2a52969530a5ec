package classes

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// evaluation reads one function for what it returns.
type evaluation struct {
	m     *Model
	class *Class
	f     *Method
	// env holds the states that names stand for, loops the constants that loop
	// variables run over.
	env      map[string]*State
	loops    map[string][]string
	returned []*State
	depth    int
	// worked counts the expressions that were worked out.
	worked int
}

func (e *evaluation) run() {
	m, t := e.m, e.m.tree
	if e.f.Body == syntax.None {
		return
	}
	for i := e.f.Body; i < t.Nodes[e.f.Body].After; i++ {
		if m.owner[i] != e.f.Node {
			if Owns(t.Kind(i)) {
				i = t.Nodes[i].After - 1
			}
			continue
		}
		switch t.Kind(i) {
		case syntax.FunctionDefinition, syntax.ClassDefinition, syntax.Lambda:
			i = t.Nodes[i].After - 1
		case syntax.ForStatement:
			e.loop(i)
		case syntax.ReturnStatement:
			if len(e.returned) >= maxReturns {
				e.returned = append(e.returned[:0], &State{Layout: Unknown, At: i})
				return
			}
			s := e.value(t.First(i), 0).clone()
			s.At = i
			e.returned = append(e.returned, s)
		case syntax.Assignment, syntax.AugmentedAssignment:
			e.assign(i)
		case syntax.DeleteStatement:
			for _, d := range m.Children(i) {
				list := []syntax.Index{d}
				if elements := m.Elements(d); len(elements) > 0 {
					list = elements
				}
				for _, one := range list {
					if t.Kind(one) == syntax.Subscript {
						e.without(t.First(one), t.Next(t.First(one)), one)
					}
				}
			}
		case syntax.Call:
			e.method(i)
		}
	}
	if len(e.returned) == 0 && !e.f.Yields {
		// It ends without a return, or raises.
		raises := false
		for i := e.f.Body; i < t.Nodes[e.f.Body].After; i++ {
			raises = raises || t.Kind(i) == syntax.RaiseStatement
		}
		if !raises {
			e.returned = append(e.returned, &State{Layout: Nothing, At: e.f.Node})
		}
	}
}

// maxReturns bounds the return statements of one function, and maxValues the
// expressions of it that are worked out.
const (
	maxReturns = 64
	maxValues  = 4096
)

// optional reports whether a node stands in a branch of the function.
func (e *evaluation) optional(i syntax.Index) bool {
	for range maxOuter {
		i = e.m.tree.Parent(i)
		if i == syntax.None || i == e.f.Node {
			return false
		}
		switch e.m.tree.Kind(i) {
		case syntax.IfStatement, syntax.ElifClause, syntax.ElseClause, syntax.TryStatement, syntax.ExceptClause, syntax.WhileStatement, syntax.MatchStatement, syntax.ForStatement:
			return true
		}
	}
	return true
}

// loop notes what the variables of a loop run over.
func (e *evaluation) loop(i syntax.Index) {
	left, right := e.m.tree.Child(i, syntax.Left), e.m.tree.Child(i, syntax.Right)
	if e.m.tree.Kind(left) == syntax.Identifier {
		e.loops[e.m.text(left)] = e.m.Strings(right)
	}
}

// keysOf lists the strings that an index may be: a constant, or the variable of a loop.
func (e *evaluation) keysOf(i syntax.Index) (keys []string, ok bool) {
	if s, ok := e.m.Constant(i); ok {
		return []string{s}, true
	}
	if e.m.tree.Kind(e.m.unwrap(i)) == syntax.Identifier {
		if keys := e.loops[e.m.text(e.m.unwrap(i))]; len(keys) > 0 {
			return keys, true
		}
		if s, ok := e.m.Constant(e.m.OnlyValue(e.m.unwrap(i))); ok {
			return []string{s}, true
		}
	}
	return nil, false
}

// of returns the state that an expression stands for, if it is a name of one.
func (e *evaluation) of(i syntax.Index) *State {
	i = e.m.unwrap(i)
	if e.m.tree.Kind(i) == syntax.Identifier {
		return e.env[e.m.text(i)]
	}
	return nil
}

// without takes a key out of a state.
func (e *evaluation) without(of, key, at syntax.Index) {
	s := e.of(of)
	if s == nil {
		return
	}
	keys, ok := e.keysOf(key)
	s.Open = s.Open || !ok
	for _, k := range keys {
		s.drop(k, at)
	}
}

func (e *evaluation) assign(i syntax.Index) {
	m, t := e.m, e.m.tree
	left, right := m.unwrap(t.Child(i, syntax.Left)), t.Child(i, syntax.Right)
	switch t.Kind(left) {
	case syntax.Identifier:
		name := m.text(left)
		if t.Kind(i) == syntax.AugmentedAssignment { // state |= {...}
			if s := e.env[name]; s != nil {
				e.over(s, e.value(right, 0), e.optional(i))
			}
			return
		}
		s := e.value(m.last(right), 0)
		if old := e.env[name]; old != nil && e.optional(i) {
			s = merge(old, s)
		}
		e.env[name] = s
	case syntax.Subscript:
		of := t.First(left)
		if s := e.of(of); s != nil {
			keys, ok := e.keysOf(t.Next(of))
			s.Open = s.Open || !ok
			// What a loop over constants sets is there always.
			loop := t.Kind(m.unwrap(t.Next(of))) == syntax.Identifier
			for _, k := range keys {
				s.put(k, Key{Value: m.last(right), At: left, Optional: !loop && e.optional(i)})
			}
		}
	}
}

// over puts the keys of one state over those of another.
func (e *evaluation) over(s, more *State, optional bool) {
	if more.Layout != Listed || more.Open {
		s.Open = true
	}
	for key, k := range more.Keys {
		k.Optional = k.Optional || optional
		s.put(key, k)
	}
}

// method takes a call of a method of a state.
func (e *evaluation) method(i syntax.Index) {
	m, t := e.m, e.m.tree
	callee := m.unwrap(t.Child(i, syntax.Function))
	args := m.Positional(i)
	if t.Kind(callee) != syntax.Attribute {
		// What else gets the state may change it.
		e.handed(args)
		return
	}
	s := e.of(t.Child(callee, syntax.Object))
	if s == nil {
		e.handed(args)
		return
	}
	switch m.text(t.Child(callee, syntax.AttributeName)) {
	case "pop", "__delitem__":
		if len(args) > 0 {
			e.without(t.Child(callee, syntax.Object), args[0], i)
		}
	case "update":
		for _, a := range m.Children(t.Child(i, syntax.Arguments)) {
			if t.Kind(a) == syntax.KeywordArgument {
				s.put(m.text(t.Child(a, syntax.Name)), Key{Value: t.Child(a, syntax.Value), At: a, Optional: e.optional(i)})
				continue
			}
			e.over(s, e.value(a, 0), e.optional(i))
		}
	case "setdefault", "__setitem__":
		if key, ok := e.keysOf(at(args, 0)); ok && len(key) == 1 {
			s.put(key[0], Key{Value: at(args, 1), At: i, Optional: e.optional(i)})
		} else {
			s.Open = true
		}
	case "clear", "popitem":
		s.Open = true
	}
}

// handed notes that other functions get a state.
func (e *evaluation) handed(args []syntax.Index) {
	for _, a := range args {
		if s := e.of(a); s != nil && !e.copies(e.m.tree.Parent(e.m.tree.Parent(a))) {
			s.Open = true
		}
	}
}

func at(args []syntax.Index, k int) syntax.Index {
	if k < len(args) {
		return args[k]
	}
	return syntax.None
}
