package classes

import (
	"maps"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Layout says of what a state is made.
type Layout uint8

// The layouts.
const (
	// Unknown: what is returned is not understood.
	Unknown Layout = iota
	// Whole: the namespace of the object, but for what is dropped and set.
	Whole
	// Listed: a dictionary with the keys that are listed.
	Listed
	// Sequence: a tuple or a list.
	Sequence
	// Nothing: None.
	Nothing
	// Scalar: another constant.
	Scalar
)

// State is what a function such as __getstate__ returns.
type State struct {
	Layout Layout
	// Live: it is the namespace of the object itself and no copy.
	Live bool
	// Keys are those that are listed, or set over the namespace.
	Keys map[string]Key
	// Dropped are the attributes that are taken out of the namespace.
	Dropped map[string]syntax.Index
	// Open: there may be further keys, or fewer.
	Open bool
	// Filtered says by which prefix attributes are left out of the namespace.
	Filtered string
	// Items are those of a sequence, States what each of them is as a state; Tuple: it
	// is a tuple.
	Items  []syntax.Index
	States []*State
	Tuple  bool
	// False: a constant that counts as False.
	False bool
	// At is the expression, or the statement that returns it.
	At syntax.Index
}

// Key is an item of a state.
type Key struct {
	Value, At syntax.Index
	// Optional: it is not there always.
	Optional bool
	// Attribute: the value is the attribute of that name; Value is None then.
	Attribute bool
}

func (s *State) clone() *State {
	out := *s
	out.Keys, out.Dropped = maps.Clone(s.Keys), maps.Clone(s.Dropped)
	return &out
}

// Empty reports a dictionary or a sequence without items.
func (s *State) Empty() bool {
	return !s.Open && (s.Layout == Listed && len(s.Keys) == 0 || s.Layout == Sequence && len(s.Items) == 0)
}

// Has reports whether the attribute may be in the state as it is in the object: the
// state holds the namespace, and nothing takes the attribute out or replaces it.
func (s *State) Has(attr string) bool {
	if s.Layout != Whole || s.Open {
		return false
	}
	_, dropped := s.Dropped[attr]
	_, set := s.Keys[attr]
	return !dropped && !set && (s.Filtered == "" || len(attr) < len(s.Filtered) || attr[:len(s.Filtered)] != s.Filtered)
}

// Drop takes a key out.
func (s *State) drop(key string, at syntax.Index) {
	if s.Layout == Whole {
		if s.Dropped == nil {
			s.Dropped = make(map[string]syntax.Index)
		}
		s.Dropped[key] = at
	}
	delete(s.Keys, key)
}

func (s *State) put(key string, k Key) {
	if s.Keys == nil {
		s.Keys = make(map[string]Key)
	}
	if old, ok := s.Keys[key]; ok && !old.Optional {
		k.Optional = false
	}
	if len(s.Keys) < maxKeys {
		s.Keys[key] = k
	} else {
		s.Open = true
	}
	delete(s.Dropped, key)
}

// maxKeys bounds the keys of one state.
const maxKeys = 512

// merge makes one state of two that a function may return or a name may be.
func merge(a, b *State) *State {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	if a.Layout != b.Layout {
		return &State{Layout: Unknown, At: a.At}
	}
	out := a.clone()
	out.Live, out.Open = a.Live || b.Live, a.Open || b.Open
	switch a.Layout {
	case Listed:
		for key, k := range out.Keys {
			if other, ok := b.Keys[key]; !ok || other.Optional {
				k.Optional = true
				out.Keys[key] = k
			}
		}
		for key, k := range b.Keys {
			if _, ok := a.Keys[key]; !ok {
				k.Optional = true
				out.put(key, k)
			}
		}
	case Whole:
		// What one of them keeps is kept.
		for key := range out.Dropped {
			if _, ok := b.Dropped[key]; !ok {
				delete(out.Dropped, key)
			}
		}
		for key := range a.Keys {
			if _, ok := b.Keys[key]; !ok {
				delete(out.Keys, key)
			}
		}
		if a.Filtered != b.Filtered {
			out.Open = true
		}
	case Sequence:
		if len(a.Items) != len(b.Items) {
			out.Open = true
		}
	case Scalar:
		out.False = a.False && b.False
	}
	return out
}

type memo struct {
	states []*State
	busy   bool
}

// States returns what a method of the class returns, one for each return statement. A
// method is evaluated for the class it is called on: what super() gives depends on it.
func (c *Class) States(f *Method) []*State { return c.statesOf(f, 0) }

// maxFollowed bounds how deep methods are followed into those that they call.
const maxFollowed = 4

func (c *Class) statesOf(f *Method, depth int) []*State {
	if f == nil || depth > maxFollowed {
		return nil
	}
	key := f.Class.Name + "." + f.Name
	if known := c.states[key]; known != nil {
		return known.states // nil while it is being looked at
	}
	known := &memo{busy: true}
	c.states[key] = known
	e := &evaluation{m: c.model, class: c, f: f, env: make(map[string]*State), loops: make(map[string][]string), depth: depth}
	e.run()
	known.states, known.busy = e.returned, false
	return known.states
}

// Default is what object.__getstate__ gives.
func (c *Class) Default() *State {
	return &State{Layout: Whole, At: c.Node}
}

// One returns what all states have in common as one, or nil if there is none.
func One(states []*State) (out *State) {
	for _, s := range states {
		if s.Layout == Unknown {
			return s
		}
		out = merge(out, s)
	}
	return out
}

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
}

func (e *evaluation) run() {
	m, t := e.m, e.m.tree
	if e.f.Body == syntax.None {
		return
	}
	for i := e.f.Body; i < t.Nodes[e.f.Body].After; i++ {
		if m.owner[i] != e.f.Node {
			if owns(t.Kind(i)) {
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

// Strings lists the strings that an expression is a display of, or a name of the file
// or of the class for one; nil if it is none.
func (m *Model) Strings(i syntax.Index) (out []string) {
	i = m.unwrap(i)
	switch m.tree.Kind(i) {
	case syntax.Identifier:
		if v := m.OnlyValue(i); v != syntax.None {
			i = m.unwrap(v)
		}
	case syntax.Attribute:
		// self.FIELDS, Class.FIELDS
		if c := m.Around(i); c != nil {
			name := m.text(m.tree.Child(i, syntax.AttributeName))
			if all, _ := c.Linear(); name != "" {
				if k := slices.IndexFunc(all, func(c *Class) bool { _, ok := c.Attrs[name]; return ok }); k >= 0 {
					i = m.unwrap(all[k].Attrs[name])
				}
			}
		}
	case syntax.Call:
		// set(("a", "b")), frozenset({"a"}), list(FIELDS)
		switch m.Callee(i) {
		case "builtins.set", "builtins.frozenset", "builtins.list", "builtins.tuple", "builtins.sorted":
			if args := m.Positional(i); len(args) == 1 && m.tree.Kind(args[0]) != syntax.Call {
				return m.Strings(args[0])
			}
		}
	}
	if i == syntax.None || m.tree.Kind(i) == syntax.Dictionary {
		return nil
	}
	for _, el := range m.Elements(i) {
		s, ok := m.Constant(el)
		if !ok || len(out) >= maxKeys {
			return nil
		}
		out = append(out, s)
	}
	return out
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
