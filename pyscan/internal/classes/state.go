package classes

import (
	"maps"

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
