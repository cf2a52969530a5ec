package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// pair reports a class of which __getstate__ and __setstate__ do not fit together, or
// where one of them is missing.
func (j *pickled) pair(c *classes.Class) {
	get, set := c.Methods["__getstate__"], c.Methods["__setstate__"]
	if j.reduces(c) {
		return // neither is asked, or it says itself what is
	}
	switch {
	case get != nil:
		j.paired(c, get)
	case set != nil:
		j.unfed(c, set)
	default:
		j.outgrown(c)
	}
	if set != nil {
		j.frozen(c, set)
	}
}

// reduces reports a method that makes the state in ways of its own.
func (j *pickled) reduces(c *classes.Class) bool {
	for _, name := range []string{"__reduce__", "__reduce_ex__"} {
		if f, _ := c.Find(name); f != nil || hasAttr(c, name) {
			return true
		}
	}
	return false
}

// paired looks at a __getstate__.
func (j *pickled) paired(c *classes.Class, get *classes.Method) {
	if len(get.Returns) == 0 && j.raises(get) || j.abstract(get) {
		return
	}
	set, sure := c.Find("__setstate__")
	one := classes.One(c.States(get))
	if one == nil || hasAttr(c, "__setstate__") {
		return
	}
	switch {
	case set != nil:
		j.falsy(c, get, set, one)
		if set.Class != c && sure && j.starves(c, get, set, one) {
			return
		}
		if set.Class == c || sure {
			j.lost(c, get, set, one)
		}
		return
	case !sure && !j.foreign(c):
		j.fed(c, get, one)
		return
	}
	frozenSlots := false
	if is, frozen := c.Dataclass(); is {
		frozenSlots = frozen && c.Slotted
	}
	switch {
	case c.IsAttrs() && c.Slotted:
		return // attrs gives it both
	case j.valued(c):
		return // an object of a builtin type may take other states
	case frozenSlots && (one.Layout == classes.Listed || one.Layout == classes.Whole):
		j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s returns a dictionary, and the __setstate__ that dataclasses gives to a frozen class with slots takes the values of its fields in order", c.Name)
	case frozenSlots:
	case one.Layout == classes.Scalar && !one.False, one.Layout == classes.Sequence && !one.Open && len(one.Items) > 0 && !j.defaultPair(one):
		j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s returns %s and there is no __setstate__: loading fails, because what Python does without takes a dictionary", c.Name, described(one))
	case one.Layout == classes.Sequence && one.Open && !one.Tuple:
		j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s returns a list and there is no __setstate__: loading fails, because what Python does without takes a dictionary", c.Name)
	case c.Slotted && j.slotted(c) && (one.Layout == classes.Listed && !one.Empty() || one.Layout == classes.Whole):
		j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s returns a dictionary and there is no __setstate__: loading fails, because an object with __slots__ has no __dict__ to put it into", c.Name)
	default:
		j.lost(c, get, nil, one)
	}
}

// starves reports a __getstate__ that does not write what the __setstate__ asks for
// which the class inherits.
func (j *pickled) starves(c *classes.Class, get, set *classes.Method, one *classes.State) bool {
	if one.Layout != classes.Listed || one.Open {
		return false
	}
	r := set.Class.Restores(set)
	if r.Opaque {
		return false
	}
	guards := j.guards(set, r)
	for _, read := range r.Reads {
		if _, written := one.Keys[read.Key]; read.Demands && read.Key != "" && !written && !guards.covers(j, set, read) {
			j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s does not write `%s`, which %s.__setstate__ asks for", c.Name, read.Key, set.Class.Name)
			return true
		}
	}
	return false
}

// described says what a state is.
func described(s *classes.State) string {
	switch {
	case s.Layout == classes.Scalar:
		return "a constant"
	case s.Tuple:
		return "a tuple"
	}
	return "a list"
}

// defaultPair reports a tuple that Python takes without __setstate__: the dictionary
// or None, and the slots. An attribute of the object is a value and none of them,
// unless it is called so.
func (j *pickled) defaultPair(s *classes.State) bool {
	if !s.Tuple || len(s.Items) != 2 {
		return false
	}
	for k, item := range s.States {
		switch item.Layout {
		case classes.Listed, classes.Whole, classes.Nothing:
		case classes.Unknown:
			name := strings.ToLower(string(j.f.tree.Text(s.Items[k])))
			if j.f.tree.Kind(s.Items[k]) == syntax.Attribute && !strings.Contains(name, "dict") && !strings.Contains(name, "state") && !strings.Contains(name, "slots") {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// slotted reports whether no class of the chain gives its objects a __dict__.
func (j *pickled) slotted(c *classes.Class) bool {
	all, closed := c.Linear()
	return (closed || j.kinSlotted(c)) && !slices.ContainsFunc(all, func(at *classes.Class) bool { return !at.Slotted })
}

// valued reports a class whose objects hold a value of a builtin type.
func (j *pickled) valued(c *classes.Class) bool {
	all, _ := c.Linear()
	for _, at := range all {
		for _, b := range at.Bases {
			if b.Class == nil && strings.HasPrefix(b.Name, "builtins.") && b.Name != "builtins.object" {
				return true
			}
		}
	}
	return false
}

func (j *pickled) raises(f *classes.Method) bool {
	t := j.f.tree
	for i := f.Body; i != syntax.None && i < t.Nodes[f.Body].After; i++ {
		if t.Kind(i) == syntax.RaiseStatement {
			return true
		}
	}
	return false
}

func (j *pickled) abstract(f *classes.Method) bool {
	return slices.ContainsFunc(f.Decorators, func(d classes.Decorator) bool {
		return strings.HasPrefix(d.Name, "abc.abstract") || strings.HasSuffix(d.Name, "overload")
	})
}

// falsy reports a state for which __setstate__ is not called.
func (j *pickled) falsy(c *classes.Class, get, set *classes.Method, one *classes.State) {
	if j.idle(set) {
		return
	}
	switch {
	case one.Layout == classes.Nothing:
		j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s returns None: __setstate__ is not called, and what it restores is missing", c.Name)
	case one.Empty(), one.Layout == classes.Scalar && one.False:
		j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s returns a false value: with protocols 0 and 1 __setstate__ is not called, and what it restores is missing", c.Name)
	}
}

// idle reports a method that does nothing.
func (j *pickled) idle(f *classes.Method) bool {
	return len(f.Sets) == 0 && len(f.Calls) == 0 && len(f.Supers) == 0 && len(f.Reads) == 0
}

// unfed looks at a __setstate__ without a __getstate__.
func (j *pickled) unfed(c *classes.Class, set *classes.Method) {
	get, sure := c.Find("__getstate__")
	if get == nil && !sure {
		j.feeds(c, set)
	}
	if get != nil || !sure && !j.foreign(c) || hasAttr(c, "__getstate__") || c.IsAttrs() || j.valued(c) || j.abstract(set) {
		return
	}
	if is, frozen := c.Dataclass(); is && frozen && c.Slotted {
		return
	}
	r := c.Restores(set)
	slots := c.Slotted && j.slotted(c) && len(c.Slots) > 0
	switch {
	case !slots && len(r.Unpacks) > 0 && !r.Opaque && !r.Whole && len(r.Reads) == 0 && !j.branches(set):
		j.tell(GetstateWithoutSetstate, c, set.Node, "__setstate__ of class %s takes a sequence apart, and without __getstate__ the state is a dictionary", c.Name)
	case slots && !r.Opaque && (r.Whole || len(r.Reads) > 0 && !slices.ContainsFunc(r.Reads, func(read classes.Read) bool { return read.Index >= 0 })):
		j.tell(GetstateWithoutSetstate, c, set.Node, "__setstate__ of class %s takes a dictionary, and without __getstate__ the state of an object with __slots__ is a tuple of None and a dictionary", c.Name)
	}
}

// branches reports a method that decides by something.
func (j *pickled) branches(f *classes.Method) bool {
	t := j.f.tree
	for i := f.Body; i != syntax.None && i < t.Nodes[f.Body].After; i++ {
		switch t.Kind(i) {
		case syntax.IfStatement, syntax.TryStatement, syntax.MatchStatement, syntax.ConditionalExpression:
			return true
		}
	}
	return false
}

// frozen reports a __setstate__ that sets attributes of a frozen dataclass.
func (j *pickled) frozen(c *classes.Class, set *classes.Method) {
	if is, frozen := c.Dataclass(); !is || !frozen {
		return
	}
	t := j.f.tree
	for _, s := range set.Sets {
		if t.Kind(s.At) == syntax.Attribute {
			j.tell(GetstateWithoutSetstate, c, set.Node, "__setstate__ of the frozen dataclass %s assigns `%s`, which raises FrozenInstanceError: object.__setattr__ sets it", c.Name, s.Attr)
			return
		}
	}
}

// outgrown reports a class that sets attributes which the __getstate__ that it
// inherits does not list.
func (j *pickled) outgrown(c *classes.Class) {
	get, sure := c.Find("__getstate__")
	if get == nil && !sure && j.ways[c] != nil {
		j.outgrows(c)
	}
	if get == nil || !sure || get.Class == c {
		return
	}
	one := classes.One(c.States(get))
	if one == nil || one.Layout != classes.Listed || one.Open || len(one.Keys) == 0 {
		return
	}
	own := make(map[string]bool)
	for _, f := range c.InOrder() {
		if f.Name != "__init__" && f.Name != "__post_init__" {
			continue
		}
		for _, s := range f.Sets {
			own[s.Attr] = true
		}
	}
	all, _ := c.Linear()
	var lost []string
	for _, attr := range sortedKeys(own) {
		if _, kept := one.Keys[attr]; kept || j.isKept(one, attr) || j.restored(c, get, attr) {
			continue
		}
		// What the base sets and does not list, it does not miss.
		if slices.ContainsFunc(all[1:], func(at *classes.Class) bool { return hasAttr(at, attr) || at.Methods[attr] != nil || setsOwn(at, attr) }) {
			continue
		}
		if j.used(c, attr) != syntax.None {
			lost = append(lost, attr)
		}
	}
	if len(lost) > 0 {
		j.tell(GetstateWithoutSetstate, c, c.Node, "class %s sets `%s`, which %s.__getstate__ does not put into the state: it is missing after loading", c.Name, strings.Join(lost, "`, `"), get.Class.Name)
	}
}

func setsOwn(c *classes.Class, attr string) bool {
	return slices.ContainsFunc(c.InOrder(), func(f *classes.Method) bool {
		return slices.ContainsFunc(f.Sets, func(s classes.Set) bool { return s.Attr == attr })
	})
}
