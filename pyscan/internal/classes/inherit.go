package classes

import (
	"maps"
	"slices"
)

// Linear lists the class and those of the file that it stands on, the most derived
// first. It is closed if nothing else can give it methods of its own. The order is that
// of the definitions, which is Python's but for diamonds.
func (c *Class) Linear() (all []*Class, closed bool) {
	if c.linear {
		return c.mro, c.closed
	}
	c.linear = true
	all, closed = []*Class{c}, true
	seen := map[*Class]bool{c: true}
	for k := 0; k < len(all); k++ {
		at := all[k]
		closed = closed && !at.Open
		for _, b := range at.Bases {
			switch {
			case b.Class != nil && !seen[b.Class] && len(all) < maxChain:
				seen[b.Class] = true
				all = append(all, b.Class)
			case b.Class != nil:
				closed = closed && seen[b.Class]
			case !plain[b.Name]:
				closed = false
			}
		}
	}
	c.mro, c.closed = all, closed
	return all, closed
}

// maxChain bounds the classes that one stands on.
const maxChain = 64

// plain are bases that say nothing about how their objects are pickled. Those that hold
// values of their own (dict, list, Exception) are reduced in ways of their own.
var plain = map[string]bool{
	"builtins.object": true, "abc.ABC": true, "typing.Generic": true, "typing.Protocol": true, "typing_extensions.Protocol": true,
	"collections.abc.Mapping": true, "collections.abc.MutableMapping": true, "collections.abc.Sequence": true, "collections.abc.MutableSequence": true,
	"collections.abc.Iterable": true, "collections.abc.Iterator": true, "collections.abc.Callable": true, "collections.abc.Hashable": true,
	"collections.abc.Sized": true, "collections.abc.Container": true, "collections.abc.Collection": true, "collections.abc.Set": true,
}

// Find returns the method of a name, of the class or of what it stands on. It is sure
// if that is the one Python takes; nil and sure if there is none.
func (c *Class) Find(name string) (f *Method, sure bool) {
	all, closed := c.Linear()
	for k, at := range all {
		if f := at.Methods[name]; f != nil {
			return f, closed || k == 0 || at.soleBaseOf(all[:k])
		}
		if _, ok := at.Attrs[name]; ok {
			return nil, false // it is something that is not followed
		}
	}
	return nil, closed
}

// soleBaseOf reports whether a chain of single bases of the file leads to the class.
func (c *Class) soleBaseOf(before []*Class) bool {
	for _, at := range before {
		if len(at.Bases) != 1 || at.Bases[0].Class == nil {
			return false
		}
	}
	return true
}

// Super returns the method of a name that super() means in the class.
func (c *Class) Super(name string) (f *Method, sure bool) {
	all, closed := c.Linear()
	for k, at := range all[1:] {
		if f := at.Methods[name]; f != nil {
			return f, closed || at.soleBaseOf(all[:k+1])
		}
		if _, ok := at.Attrs[name]; ok {
			return nil, false
		}
	}
	return nil, closed
}

// Sets lists where the class or those of the file that it stands on set an attribute, by
// any of their methods.
func (c *Class) Sets(attr string) []SetIn {
	if c.sets == nil {
		c.sets = make(map[string][]SetIn)
		all, _ := c.Linear()
		for _, at := range all {
			for _, f := range at.InOrder() {
				for k := range f.Sets {
					c.sets[f.Sets[k].Attr] = append(c.sets[f.Sets[k].Attr], SetIn{f, &f.Sets[k]})
				}
			}
		}
	}
	return c.sets[attr]
}

// Attributes lists the attributes that are set, sorted.
func (c *Class) Attributes() []string {
	c.Sets("")
	return slices.Sorted(maps.Keys(c.sets))
}

// SetIn is an attribute that a method sets.
type SetIn struct {
	Method *Method
	*Set
}

// InOrder lists the methods of the class in the order of the file.
func (c *Class) InOrder() []*Method {
	if c.ordered == nil {
		for name, f := range c.Methods {
			if f.Name == name {
				c.ordered = append(c.ordered, f)
			}
		}
		slices.SortFunc(c.ordered, func(a, b *Method) int { return int(a.Node) - int(b.Node) })
	}
	return c.ordered
}

// Reached lists a method and those of the same object that it calls, directly or not.
func (c *Class) Reached(f *Method) (out []*Method) {
	if known, ok := c.reached[f]; ok {
		return known
	}
	if c.reached == nil {
		c.reached = make(map[*Method][]*Method)
	}
	defer func() { c.reached[f] = out }()
	out = []*Method{f}
	seen := map[*Method]bool{f: true}
	for k := 0; k < len(out) && k < maxReached; k++ {
		next := func(g *Method) {
			if g != nil && !seen[g] && len(out) < maxReached {
				seen[g] = true
				out = append(out, g)
			}
		}
		for _, call := range out[k].Calls {
			g, _ := c.Find(call.Attr)
			next(g)
		}
		for _, call := range out[k].Supers {
			g, _ := out[k].Class.Super(call.Attr)
			next(g)
		}
	}
	return out
}

// maxReached bounds the methods that are followed from one.
const maxReached = 64
