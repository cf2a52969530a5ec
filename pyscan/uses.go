package pyscan

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// uses is what the methods of a class do with its attributes, those of the file that it
// stands on included.
type uses struct {
	// reads are the places where methods read an attribute as if it were there, by its
	// name.
	reads map[string][]reading
	// spelled are the strings of those methods: hasattr(self, "x").
	spelled map[string]bool
	// fromInit are the methods that __init__ runs, fromSet those that __setstate__ and
	// __new__ run.
	fromInit, fromSet map[*classes.Method]bool
	// plain: all that __setstate__ restores is seen, once asked.
	asked, plain bool
}

// reading is a place where a method reads an attribute.
type reading struct {
	method *classes.Method
	at     syntax.Index
}

// notUses are methods that run before an object is pickled, or when it is gone.
var notUses = map[string]bool{"__init__": true, "__getstate__": true, "__del__": true, "__repr__": true, "__setstate__": true, "__post_init__": true}

func (j *pickled) usesOf(c *classes.Class) *uses {
	if u := j.uses[c]; u != nil {
		return u
	}
	u := &uses{reads: make(map[string][]reading), spelled: make(map[string]bool), fromInit: j.run(c, "__init__"), fromSet: j.run(c, "__setstate__", "__new__")}
	j.uses[c] = u
	t := j.f.tree
	all, _ := c.Linear()
	for _, at := range all {
		for _, f := range at.InOrder() {
			if notUses[f.Name] {
				continue
			}
			for _, r := range f.Reads {
				u.reads[r.Attr] = append(u.reads[r.Attr], reading{f, r.At})
			}
			for i := f.Body; i != syntax.None && i < t.Nodes[f.Body].After; i++ {
				if t.Kind(i) != syntax.String {
					continue
				}
				if s, ok := j.m.Constant(i); ok && len(s) < maxFunction {
					u.spelled[s] = true
				}
			}
		}
	}
	return u
}

// run lists the methods that some methods run.
func (j *pickled) run(c *classes.Class, names ...string) map[*classes.Method]bool {
	out := make(map[*classes.Method]bool)
	for _, name := range names {
		f, _ := c.Find(name)
		if f == nil {
			continue
		}
		for _, g := range c.Reached(f) {
			out[g] = true
		}
	}
	return out
}

// used returns where a method of the class reads an attribute as if it were there, or
// None.
func (j *pickled) used(c *classes.Class, attr string) syntax.Index {
	u := j.usesOf(c)
	found := syntax.None
	if u.spelled[attr] {
		return found
	}
	for _, r := range u.reads[attr] {
		if j.careful(r.method, r.at) {
			return syntax.None
		}
		found = r.at
	}
	return found
}

// careful reports a place where an attribute may be missing: in a try.
func (j *pickled) careful(f *classes.Method, i syntax.Index) bool {
	t := j.f.tree
	for range maxUp {
		p := t.Parent(i)
		if p == syntax.None || i == f.Node {
			return false
		}
		if t.Kind(p) == syntax.TryStatement && t.Kind(i) == syntax.Block {
			return true
		}
		i = p
	}
	return true
}

// maxUp bounds the nodes that are climbed from a place.
const maxUp = 64

// spells reports a function in which a string stands.
func (j *pickled) spells(f *classes.Method, text string) bool {
	t := j.f.tree
	for i := f.Body; i != syntax.None && i < t.Nodes[f.Body].After; i++ {
		if t.Kind(i) != syntax.String {
			continue
		}
		if s, ok := j.m.Constant(i); ok && s == text {
			return true
		}
	}
	return false
}

// needed reports whether an attribute that is None after loading is used as if it were
// not: entered, called, or asked for an attribute, and nowhere compared.
func (j *pickled) needed(c *classes.Class, attr string) bool {
	t := j.f.tree
	needs := false
	for _, r := range j.usesOf(c).reads[attr] {
		p := t.Parent(r.at)
		switch t.Kind(p) {
		case syntax.Attribute, syntax.WithItem, syntax.AsPattern, syntax.Subscript:
			needs = true
		case syntax.Call:
			needs = needs || t.Nodes[r.at].Field == syntax.Function
		default:
			return false // it may be compared, handed on, returned
		}
		if j.careful(r.method, r.at) {
			return false
		}
	}
	return needs
}
