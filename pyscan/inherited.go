package pyscan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/rebuild"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// What a class has from one of another module is told at the class, with the other place as
// trace: what is wrong with the other by itself is told in its own file.

// step is the place of a node of a class of another module.
func (k kin) step(node syntax.Index, format string, args ...any) lint.Step {
	n := k.f.tree.Nodes[node]
	end := n.End
	if n.Kind == syntax.FunctionDefinition || n.Kind == syntax.ClassDefinition {
		end = k.f.headerEnd(node)
	}
	return lint.Step{Location: k.f.location(n.Start, end), Text: lint.Printable(fmt.Sprintf(format, args...)), Mark: true}
}

// tellOf adds a finding about what is inherited.
func (j *pickled) tellOf(step lint.Step, rule *lint.Rule, c *classes.Class, node syntax.Index, format string, args ...any) {
	if finding := j.tell(rule, c, node, format, args...); finding != nil {
		finding.Trace = []lint.Step{step}
	}
}

// bare takes the nodes out of a state of another module: what is left are its keys and how
// many items it has.
func (k kin) bare(states []*classes.State) (out []*classes.State) {
	for _, s := range states {
		b := &classes.State{Layout: s.Layout, Keys: make(map[string]classes.Key), Dropped: make(map[string]syntax.Index), Open: s.Open, Filtered: s.Filtered, Tuple: s.Tuple, False: s.False, At: syntax.None}
		for name, key := range s.Keys {
			t, value := k.f.tree, k.f.unwrap(key.Value)
			own := t.Kind(value) == syntax.Attribute && string(t.Text(t.Child(value, syntax.AttributeName))) == name
			b.Keys[name] = classes.Key{Value: syntax.None, At: syntax.None, Optional: key.Optional, Attribute: key.Attribute || own}
		}
		for name := range s.Dropped {
			b.Dropped[name] = syntax.None
		}
		for range s.Items {
			b.Items, b.States = append(b.Items, syntax.None), append(b.States, &classes.State{At: syntax.None})
		}
		out = append(out, b)
	}
	return out
}

// kinCustomise reports whether a class of another module on which one stands says how its
// objects are pickled.
func (j *pickled) kinCustomise(c *classes.Class) bool {
	if j.f.modules == nil || !slices.ContainsFunc(c.Bases, func(b classes.Base) bool {
		if b.Class != nil {
			return len(b.Class.Bases) > 0
		}
		_, known := j.leavesAlone(b.Name)
		return !known && j.mayHook(b.Name)
	}) {
		return false
	}
	a := j.ancestry(c)
	return a.complete && slices.ContainsFunc(a.far, func(k kin) bool { return slices.ContainsFunc(rebuild.Hooks, k.defines) })
}

// inheritedState is what object.__reduce_ex__ pickles of an object of a class without a
// __getstate__ in the file, and which method says so.
func (j *pickled) inheritedState(c *classes.Class) (states []*classes.State, how string, known bool) {
	a := j.ancestry(c)
	if !a.complete {
		return nil, "", false
	}
	for _, k := range a.far {
		if k.defines("__getattr__") || k.defines("__getattribute__") || k.defines("__reduce__") || k.defines("__reduce_ex__") {
			return nil, "", false
		}
	}
	k, get := j.inherits(c, "__getstate__")
	switch {
	case k.class == nil:
		return []*classes.State{c.Default()}, "", true
	case get == nil || k.abstract(get):
		return nil, "", false
	}
	return k.bare(k.class.States(get)), "__getstate__ of class " + k.class.Name, true
}

// keptByKin reports what classes of other modules put into the objects of a class, and what
// nothing takes out of their state.
func (j *pickled) keptByKin(c *classes.Class, w *way, s *classes.State, how string) {
	a := j.ancestry(c)
	if !a.complete || len(a.far) == 0 {
		return
	}
	if init, _ := c.Find("__init__"); init != nil && !slices.ContainsFunc(c.Reached(init), func(f *classes.Method) bool {
		return slices.ContainsFunc(f.Supers, func(call classes.Access) bool { return call.Attr == "__init__" })
	}) {
		return // what they would set is not set
	}
	local, _ := c.Linear()
	for _, k := range a.far {
		if how != "__getstate__" && customises(k.class) {
			continue // it is told where it is defined
		}
		for _, attr := range k.class.Attributes() {
			if !s.Has(attr) || len(c.Sets(attr)) > 0 || slices.ContainsFunc(local, func(at *classes.Class) bool { return hasAttr(at, attr) || at.Methods[attr] != nil }) {
				continue
			}
			if set, what := k.holds(k.class, w, attr); what != "" {
				j.tellOf(k.step(set.At, "class %s sets `%s` to %s", k.class.Name, attr, what), UnpicklableState, c, c.Node,
					"class %s has `%s` from class %s, which is %s and cannot be pickled%s", c.Name, attr, k.class.Name, what, j.because(c, w, how))
				return
			}
		}
	}
}

// kinReduces reports a method of a class of another module that makes the state in ways of
// its own.
func (j *pickled) kinReduces(c *classes.Class) bool {
	a := j.ancestry(c)
	return !a.complete || slices.ContainsFunc(a.far, func(k kin) bool { return k.defines("__reduce__") || k.defines("__reduce_ex__") })
}

// fed compares a __getstate__ of the class with the __setstate__ that it has from another
// module.
func (j *pickled) fed(c *classes.Class, get *classes.Method, one *classes.State) {
	k, set := j.inherits(c, "__setstate__")
	if set == nil || j.kinReduces(c) {
		return
	}
	r := k.class.Restores(set)
	if r.Opaque || one.Open {
		return
	}
	where := k.step(set.Node, "__setstate__ of class %s", k.class.Name)
	if one.Layout == classes.Listed {
		guards := k.guards(set, r)
		for _, read := range r.Reads {
			if _, written := one.Keys[read.Key]; read.Demands && read.Key != "" && !written && !guards.covers(k.pickled, set, read) {
				j.tellOf(k.step(read.At, "__setstate__ of class %s asks for it", k.class.Name), GetstateWithoutSetstate, c, get.Node,
					"__getstate__ of class %s does not write `%s`, which %s.__setstate__ asks for", c.Name, read.Key, k.class.Name)
				return
			}
		}
	}
	if one.Layout == classes.Sequence && len(r.Unpacks) == 0 && r.Whole && len(one.Items) > 0 && !j.defaultPair(one) && !k.branches(set) {
		j.tellOf(where, GetstateWithoutSetstate, c, get.Node, "__getstate__ of class %s returns %s, and %s.__setstate__ takes a dictionary", c.Name, described(one), k.class.Name)
		return
	}
	if key, at := j.version(c, one); at != syntax.None && !k.readsVersion(k.class, set, key, one) {
		j.tellOf(where, VersionNeverRead, c, at, "__getstate__ of class %s writes %s, which %s.__setstate__ does not look at", c.Name, key, k.class.Name)
	}
}

// feeds compares a __setstate__ of the class with the __getstate__ that it has from another
// module.
func (j *pickled) feeds(c *classes.Class, set *classes.Method) {
	k, get := j.inherits(c, "__getstate__")
	if get == nil || k.abstract(get) || j.reduces(c) || j.kinReduces(c) {
		return
	}
	full := classes.One(k.class.States(get))
	if full == nil || full.Layout == classes.Unknown || full.Open {
		return
	}
	one := k.bare([]*classes.State{full})[0]
	if key, at := k.version(k.class, full); at != syntax.None && !j.readsVersion(c, set, key, one) {
		j.tellOf(k.step(at, "__getstate__ of class %s writes it", k.class.Name), VersionNeverRead, c, set.Node, "__setstate__ of class %s does not look at %s, which %s.__getstate__ writes", c.Name, key, k.class.Name)
	}
	r := c.Restores(set)
	if r.Opaque {
		return
	}
	where := k.step(get.Node, "__getstate__ of class %s", k.class.Name)
	if one.Layout == classes.Sequence {
		if len(r.Unpacks) == 1 && !r.Unpacks[0].Starred && len(one.Items) > 0 && len(r.Unpacks[0].Targets) != len(one.Items) && !j.conditional(set, r.Unpacks[0].At) {
			j.tellOf(where, SetstateWithoutMigration, c, r.Unpacks[0].At, "__setstate__ of class %s takes %d items, and %s.__getstate__ writes %d", c.Name, len(r.Unpacks[0].Targets), k.class.Name, len(one.Items))
		}
		return
	}
	if one.Layout != classes.Listed && one.Layout != classes.Whole {
		return
	}
	guards := j.guards(set, r)
	for _, read := range r.Reads {
		if !read.Demands || read.Key == "" || guards.covers(j, set, read) {
			continue
		}
		key, listed := one.Keys[read.Key]
		_, dropped := one.Dropped[read.Key]
		verb := "does not write"
		if one.Layout == classes.Listed && listed && key.Optional {
			verb = "does not always write"
		} else if !dropped && (one.Layout != classes.Listed || listed) {
			continue
		}
		j.tellOf(where, SetstateWithoutMigration, c, read.At, "__setstate__ of class %s asks for `%s`, which %s.__getstate__ %s", c.Name, read.Key, k.class.Name, verb)
	}
}

// outgrows reports a class that sets attributes which the __getstate__ that it has from
// another module does not list.
func (j *pickled) outgrows(c *classes.Class) {
	k, get := j.inherits(c, "__getstate__")
	if get == nil || j.reduces(c) || j.kinReduces(c) {
		return
	}
	one := classes.One(k.class.States(get))
	if one == nil || one.Layout != classes.Listed || one.Open || len(one.Keys) == 0 {
		return
	}
	// A __setstate__ of the file is compared with the state by itself.
	if set, _ := c.Find("__setstate__"); set != nil {
		return
	}
	back, set := j.inherits(c, "__setstate__")
	if back.class != nil && (set == nil || len(set.Calls) > 0 || back.class.Restores(set).Opaque) {
		return
	}
	a := j.ancestry(c)
	var lost []string
	for _, attr := range j.made(c) {
		if _, kept := one.Keys[attr]; kept || k.isKept(one, attr) || strings.HasPrefix(attr, "__") || j.setLater(c, attr) || j.used(c, attr) == syntax.None {
			continue
		}
		if !slices.ContainsFunc(a.far, func(k kin) bool {
			return k.defines(attr) || k.defines("__getattr__") || setsOwn(k.class, attr)
		}) {
			lost = append(lost, attr)
		}
	}
	if len(lost) > 0 {
		j.tellOf(k.step(get.Node, "__getstate__ of class %s", k.class.Name), GetstateWithoutSetstate, c, c.Node,
			"class %s sets `%s`, which %s.__getstate__ does not put into the state: it is missing after loading", c.Name, strings.Join(lost, "`, `"), k.class.Name)
	}
}

// setLater reports an attribute that is there without __init__: another method sets it, or
// the class has it.
func (j *pickled) setLater(c *classes.Class, attr string) bool {
	all, _ := c.Linear()
	if slices.ContainsFunc(all, func(at *classes.Class) bool {
		return hasAttr(at, attr) || at.Methods[attr] != nil || at.Methods["__getattr__"] != nil || at.Methods["__getattribute__"] != nil
	}) {
		return true
	}
	u := j.usesOf(c)
	return slices.ContainsFunc(c.Sets(attr), func(s classes.SetIn) bool { return !u.fromInit[s.Method] })
}

// kinSlotted reports whether the classes of other modules on which a class stands leave its
// objects without a __dict__.
func (j *pickled) kinSlotted(c *classes.Class) bool {
	a := j.ancestry(c)
	return a.complete && len(a.far) > 0 && !slices.ContainsFunc(a.far, func(k kin) bool { return !k.class.Slotted || k.valued(k.class) })
}
