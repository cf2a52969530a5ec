package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// lost reports attributes that __getstate__ leaves out and nobody gives back, though
// methods of the class read them.
func (j *pickled) lost(c *classes.Class, get, set *classes.Method, one *classes.State) {
	var gone []string
	switch {
	case one.Open, set == nil && one.Empty():
		return // nothing is to be there, on purpose
	case one.Layout == classes.Whole:
		gone = sortedKeys(one.Dropped)
		for _, attr := range sortedKeys(one.Keys) {
			if j.f.tree.Kind(one.Keys[attr].Value) == syntax.NoneLiteral {
				gone = append(gone, attr)
			}
		}
	case one.Layout == classes.Listed, one.Layout == classes.Sequence && set != nil, one.Layout == classes.Nothing && set == nil:
		if set != nil && !j.plainly(c, set) {
			return
		}
		for _, attr := range j.made(c) {
			if !j.isKept(one, attr) && !j.wired(c, attr) {
				gone = append(gone, attr)
			}
		}
	}
	var missing []string
	for _, attr := range gone {
		if strings.HasPrefix(attr, "__") || j.restored(c, get, attr) {
			continue
		}
		if _, none := one.Keys[attr]; none && one.Layout == classes.Whole {
			// It is there, and None.
			if !j.needed(c, attr) {
				continue
			}
		} else if j.used(c, attr) == syntax.None {
			continue
		}
		missing = append(missing, attr)
	}
	if len(missing) == 0 {
		if set != nil && one.Layout == classes.Listed {
			j.unread(c, get, set, one)
		}
		return
	}
	by := "and there is no __setstate__ that gives it back"
	if set != nil {
		by = "and __setstate__ does not give it back"
	}
	if len(missing) > 1 {
		by = strings.Replace(by, "gives it", "gives them", 1)
		by = strings.Replace(by, "give it", "give them", 1)
	}
	j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s leaves out `%s`, %s", c.Name, strings.Join(missing, "`, `"), by)
}

// wired reports a private attribute that __init__ takes over as it is, or leaves at
// None: who owns the object sets it again after loading, as schedulers do with jobs.
func (j *pickled) wired(c *classes.Class, attr string) bool {
	if !strings.HasPrefix(attr, "_") {
		return false
	}
	for _, s := range c.Sets(attr) {
		switch value := j.f.unwrap(s.Value); j.f.tree.Kind(value) {
		case syntax.NoneLiteral:
		case syntax.Identifier:
			if string(j.f.tree.Text(value)) != strings.TrimLeft(attr, "_") {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// unread reports an attribute that is in the state, and that __setstate__ does not take
// out of it.
func (j *pickled) unread(c *classes.Class, get, set *classes.Method, one *classes.State) {
	taken := make(map[string]bool)
	for _, f := range c.Reached(set) {
		if f.Name != "__setstate__" {
			continue
		}
		r := f.Class.Restores(f)
		if r.Whole || len(r.Unpacks) > 0 {
			return
		}
		for _, read := range r.Reads {
			taken[read.Key] = taken[read.Key] || !read.Drops
		}
	}
	for _, key := range sortedKeys(one.Keys) {
		if taken[key] || len(c.Sets(key)) == 0 || j.restored(c, get, key) || j.used(c, key) == syntax.None {
			continue
		}
		j.tell(GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s puts `%s` into the state, and __setstate__ does not take it out", c.Name, key)
		return
	}
}

// made lists the attributes that __init__ of the class sets.
func (j *pickled) made(c *classes.Class) (out []string) {
	seen := make(map[string]bool)
	for _, name := range []string{"__init__", "__post_init__"} {
		f, sure := c.Find(name)
		if f == nil || !sure {
			continue
		}
		for _, at := range c.Reached(f) {
			for _, s := range at.Sets {
				seen[s.Attr] = true
			}
		}
	}
	return sortedKeys(seen)
}

// isKept reports whether a state that lists its items has an attribute, under
// whatever name.
func (j *pickled) isKept(s *classes.State, attr string) bool {
	if _, ok := s.Keys[attr]; ok {
		return true
	}
	if j.kept.state != s {
		j.kept.state, j.kept.words = s, make(map[string]bool)
		for _, k := range s.Keys {
			j.mentions(k.Value, j.kept.words)
		}
		for _, item := range s.Items {
			j.mentions(item, j.kept.words)
		}
	}
	return j.kept.words[attr]
}

// keptWords are the names that the items of a state mention.
type keptWords struct {
	state *classes.State
	words map[string]bool
}

func (j *pickled) mentions(value syntax.Index, into map[string]bool) {
	if value == syntax.None {
		return
	}
	t := j.f.tree
	for i := value; i < t.Nodes[value].After; i++ {
		if t.Kind(i) == syntax.Identifier {
			into[string(t.Text(i))] = true
		}
	}
}

// plainly reports a __setstate__ of which all that it restores is seen.
func (j *pickled) plainly(c *classes.Class, set *classes.Method) bool {
	u := j.usesOf(c)
	if u.asked {
		return u.plain
	}
	u.asked, u.plain = true, j.seenThrough(c, set)
	return u.plain
}

func (j *pickled) seenThrough(c *classes.Class, set *classes.Method) bool {
	r := c.Restores(set)
	if r.Opaque {
		return false
	}
	for _, f := range c.Reached(set) {
		if slices.ContainsFunc(f.Calls, func(a classes.Access) bool { g, _ := c.Find(a.Attr); return g == nil }) {
			return false // a method that is not in sight
		}
		if slices.ContainsFunc(f.Supers, func(a classes.Access) bool { g, _ := f.Class.Super(a.Attr); return g == nil }) {
			return false
		}
		if j.setsAnything(f) {
			return false
		}
	}
	return true
}

// setsAnything reports setattr with a name that is not a constant.
func (j *pickled) setsAnything(f *classes.Method) bool {
	t := j.f.tree
	for i := f.Body; i != syntax.None && i < t.Nodes[f.Body].After; i++ {
		if t.Kind(i) != syntax.Call {
			continue
		}
		switch j.m.Callee(i) {
		case "builtins.setattr", "builtins.object.__setattr__":
			if args := j.m.Positional(i); len(args) < 2 {
				return true
			} else if _, ok := j.m.Constant(args[1]); !ok {
				return true
			}
		}
	}
	return false
}

// restored reports whether an attribute may be there after loading: a method other
// than __init__ sets it, the class has a default, a property, or makes attributes when
// they are asked for.
func (j *pickled) restored(c *classes.Class, get *classes.Method, attr string) bool {
	all, closed := c.Linear()
	for _, at := range all {
		if hasAttr(at, attr) || at.Methods[attr] != nil || at.Methods["__getattr__"] != nil || at.Methods["__getattribute__"] != nil {
			return true
		}
		// What a method deletes is there for a while only.
		if slices.ContainsFunc(at.InOrder(), func(f *classes.Method) bool {
			return slices.ContainsFunc(f.Deletes, func(d classes.Access) bool { return d.Attr == attr })
		}) {
			return true
		}
	}
	u := j.usesOf(c)
	for _, s := range c.Sets(attr) {
		if s.Method != get && (!u.fromInit[s.Method] || u.fromSet[s.Method]) {
			return true
		}
	}
	if set, _ := c.Find("__setstate__"); set != nil {
		if !j.plainly(c, set) {
			return true
		}
	}
	return !closed && !j.foreign(c)
}
