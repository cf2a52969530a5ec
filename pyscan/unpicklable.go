package pyscan

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// unpicklable reports what the state of an object of the class holds and pickle
// refuses.
func (j *pickled) unpicklable(c *classes.Class, w *way) {
	if c.Local && w.at != syntax.None && w.fact.By == "" && sameScope(c) {
		j.tell(UnpicklableState, c, c.Node, "class %s is defined in a function, where pickle does not find it, and %s is given an object of it", c.Name, w.name)
	}
	states, how, known := j.stateOf(c)
	if !known {
		return
	}
	for _, b := range c.Bases {
		if u := j.fact(b.Name+"()", w); u != nil && how == "" {
			j.tell(UnpicklableState, c, c.Node, "class %s is %s, which cannot be pickled%s", c.Name, u.What, j.because(c, w, how))
			return
		}
	}
	if how == "" && c.Slotted && len(c.Slots) > 0 && w.at != syntax.None && (w.protocol == 0 || w.protocol == 1) && w.fact.By == "" && !c.IsAttrs() {
		j.tell(UnpicklableState, c, c.SlotsAt, "class %s has __slots__ and no __getstate__: %s with protocol %d raises TypeError", c.Name, w.name, w.protocol)
	}
	for _, s := range states {
		j.held(c, w, s, how)
		j.damaged(c, s, how)
	}
}

// sameScope reports whether a local class is pickled where pickle can be sure not to
// find it: by its own name, not by one that a decorator or a global gives it.
func sameScope(c *classes.Class) bool {
	if customises(c) {
		if f, _ := c.Find("__reduce__"); f != nil {
			return false
		}
		if f, _ := c.Find("__reduce_ex__"); f != nil {
			return false
		}
	}
	return len(c.Decorators) == 0
}

// stateOf returns what is pickled of an object of the class, and by which method it
// says so. It is not known if something that is not understood decides.
func (j *pickled) stateOf(c *classes.Class) (states []*classes.State, how string, known bool) {
	for _, name := range []string{"__reduce_ex__", "__reduce__"} {
		f, sure := c.Find(name)
		if f == nil && !sure && j.kinReduces(c) {
			return nil, "", false
		}
		if f == nil {
			continue
		}
		for _, s := range c.States(f) {
			// (callable, arguments, state)
			if s.Layout != classes.Sequence {
				return nil, name, false
			}
			for k, item := range s.States {
				if k >= 1 && k <= 2 {
					states = append(states, item)
				}
			}
		}
		return states, name, true
	}
	f, sure := c.Find("__getstate__")
	switch {
	case f != nil && sure:
		return c.States(f), "__getstate__", true
	case f != nil, c.Attrs["__getstate__"] != syntax.None && hasAttr(c, "__getstate__"):
		return nil, "", false
	case !sure:
		return j.inheritedState(c)
	}
	return []*classes.State{c.Default()}, "", true
}

func hasAttr(c *classes.Class, name string) bool {
	_, ok := c.Attrs[name]
	return ok
}

// held reports what one state holds.
func (j *pickled) held(c *classes.Class, w *way, s *classes.State, how string) {
	switch s.Layout {
	case classes.Whole:
		for _, attr := range c.Attributes() {
			if s.Has(attr) {
				j.attribute(c, w, attr, how)
			}
		}
		j.keptByKin(c, w, s, how)
		j.fields(c, w, s, how)
		j.cached(c, w, s, how)
		for _, k := range sortedKeys(s.Keys) {
			j.item(c, w, s.Keys[k].Value, how)
		}
	case classes.Listed:
		for _, k := range sortedKeys(s.Keys) {
			if v := s.Keys[k].Value; v != syntax.None {
				j.item(c, w, v, how)
			} else if s.Keys[k].Attribute {
				j.attribute(c, w, k, how)
			}
		}
	case classes.Sequence:
		for k, item := range s.Items {
			if s.States[k].Layout != classes.Unknown && s.States[k].Layout != classes.Sequence {
				j.held(c, w, s.States[k], how)
				continue
			}
			j.item(c, w, item, how)
		}
	}
}

// item reports an item of a state that is spelled out.
func (j *pickled) item(c *classes.Class, w *way, value syntax.Index, how string) {
	if value == syntax.None {
		return // it is of another file
	}
	if j.f.tree.Kind(value) == syntax.Identifier {
		// lock = None if self.shared else self.lock
		if v := j.m.OnlyValue(value); j.f.tree.Kind(v) == syntax.ConditionalExpression && slices.ContainsFunc(j.m.Children(v), func(i syntax.Index) bool { return j.f.tree.Kind(i) == syntax.NoneLiteral }) {
			return
		}
	}
	if what := j.refused(value, w, 0); what != "" {
		j.tell(UnpicklableState, c, value, "%s of class %s puts %s into the state, which cannot be pickled", how, c.Name, what)
	}
}

// attribute reports an attribute that is in the state of an object.
func (j *pickled) attribute(c *classes.Class, w *way, attr, how string) {
	if s, what := j.holds(c, w, attr); what != "" {
		j.tell(UnpicklableState, c, s.At, "`%s.%s` is %s, which cannot be pickled%s", s.Method.Self, attr, what, j.because(c, w, how))
	}
}

// holds says what an attribute of the objects of a class holds that cannot be pickled, and
// where it is set.
func (j *pickled) holds(c *classes.Class, w *way, attr string) (set classes.SetIn, what string) {
	sets := c.Sets(attr)
	// What some method sets to None again is open for a while only.
	closes := slices.ContainsFunc(sets, func(s classes.SetIn) bool {
		return j.f.tree.Kind(s.Value) == syntax.NoneLiteral && !slices.Contains(builders, s.Method.Name)
	})
	if m := c.Methods[attr]; m != nil && m.Property && !m.Cached {
		return set, ""
	}
	for _, s := range sets {
		if s.Value == syntax.None || s.Method.ClassMethod || s.Method.Name == "__getstate__" || (closes || hasAttr(c, attr)) && !j.built(c, s.Method) {
			continue
		}
		if s.Entered && !j.entered(s.Value) {
			continue
		}
		if what := j.refused(s.Value, w, 0); what != "" {
			return s, what
		}
	}
	return set, ""
}

// entered reports whether a with statement enters what gives itself.
func (j *pickled) entered(value syntax.Index) bool {
	u := j.fact(j.m.Made(value), &way{at: syntax.None})
	return u != nil && strings.Contains(u.What, "open")
}

// builders make an object, or make it anew.
var builders = []string{"__init__", "__new__", "__setstate__", "__post_init__", "__attrs_post_init__"}

// built reports whether a method runs whenever an object is made.
func (j *pickled) built(c *classes.Class, f *classes.Method) bool {
	for _, name := range builders {
		if b, _ := c.Find(name); b != nil && slices.Contains(c.Reached(b), f) {
			return true
		}
	}
	return false
}

// because says why the state of the class is pickled, and that nothing takes the
// attribute out.
func (j *pickled) because(c *classes.Class, w *way, how string) string {
	switch {
	case how != "":
		return ": " + how + " leaves it in the state"
	case w.at != syntax.None && w.fact.By == catalog.PickledForSpawn && len(w.others) == 0:
		return ": " + w.name + " is given an object of class " + c.Name + ", which has no __getstate__, and pickles it where processes are not forked"
	case w.at != syntax.None:
		return ": " + w.name + " is given an object of class " + c.Name + ", which has no __getstate__"
	}
	return ": class " + c.Name + " has no __getstate__ that takes it out"
}

// fields reports the fields of a dataclass, or of attrs.
func (j *pickled) fields(c *classes.Class, w *way, s *classes.State, how string) {
	if is, _ := c.Dataclass(); !is && !c.IsAttrs() {
		return
	}
	for _, field := range c.Fields {
		if !s.Has(field.Name) || len(c.Sets(field.Name)) > 0 {
			continue
		}
		name, _ := j.m.Name(field.Type)
		if strings.HasPrefix(name, "typing.ClassVar") || name == "dataclasses.InitVar" {
			continue
		}
		what := ""
		if field.Value != syntax.None {
			what = j.fieldDefault(field.Value, w)
		}
		if what == "" {
			typ := field.Type
			if inner := j.f.tree.First(typ); j.f.tree.Kind(typ) == syntax.Type && inner != syntax.None {
				typ = inner
			}
			if name, _ := j.m.Name(typ); name != "" {
				if u := j.fact(name+"()", w); u != nil {
					what = u.What
				}
			}
		}
		if what != "" {
			j.tell(UnpicklableState, c, field.At, "field `%s` is %s, which cannot be pickled%s", field.Name, what, j.because(c, w, how))
		}
	}
}

// fieldDefault says what the default of a field is that cannot be pickled.
func (j *pickled) fieldDefault(value syntax.Index, w *way) string {
	m := j.m
	switch m.Callee(value) {
	case "dataclasses.field", "attr.ib", "attr.attrib", "attr.field", "attrs.field":
		for _, key := range []string{"default_factory", "factory"} {
			v := m.Keyword(value, key)
			if v == syntax.None {
				continue
			}
			if j.f.tree.Kind(v) == syntax.Lambda {
				v = j.f.tree.Child(v, syntax.Body)
				return j.refused(v, w, 0)
			}
			if name, _ := m.Name(v); name != "" {
				if u := j.fact(name+"()", w); u != nil {
					return u.What
				}
			}
		}
		if v := m.Keyword(value, "default"); v != syntax.None {
			return j.refused(v, w, 0)
		}
		return ""
	}
	return j.refused(value, w, 0)
}

// cached reports what a cached property puts into the namespace of the object.
func (j *pickled) cached(c *classes.Class, w *way, s *classes.State, how string) {
	all, _ := c.Linear()
	for _, at := range all {
		for _, f := range at.InOrder() {
			if !f.Cached || !s.Has(f.Name) {
				continue
			}
			for _, r := range f.Returns {
				if what := j.refused(r, w, 0); what != "" {
					j.tell(UnpicklableState, c, f.Node, "cached property `%s` keeps %s in the object, which cannot be pickled%s", f.Name, what, j.because(c, w, how))
					break
				}
			}
		}
	}
}

// damaged reports a __getstate__ that takes attributes out of the object itself.
func (j *pickled) damaged(c *classes.Class, s *classes.State, how string) {
	if how != "__getstate__" || s.Layout != classes.Whole || !s.Live {
		return
	}
	f, _ := c.Find("__getstate__")
	for _, attr := range sortedKeys(s.Dropped) {
		j.tell(UnpicklableState, c, s.Dropped[attr], "%s of class %s takes `%s` out of the object itself, which goes on without: take it out of a copy of __dict__", how, f.Class.Name, attr)
	}
	for _, attr := range sortedKeys(s.Keys) {
		if k := s.Keys[attr]; j.f.tree.Kind(k.Value) == syntax.NoneLiteral {
			j.tell(UnpicklableState, c, k.At, "%s of class %s sets `%s` of the object itself to None, which goes on without: set it in a copy of __dict__", how, f.Class.Name, attr)
		}
	}
}

// fact looks a name up among what pickle refuses, if the way of pickling does.
func (j *pickled) fact(name string, w *way) *catalog.PythonUnpicklable {
	name = strings.Replace(name, "multiprocessing.get_context().", "multiprocessing.", 1)
	c := j.f.gate.catalog
	u, ok := c.PythonUnpicklable(name)
	if !ok {
		// A method of what is not known.
		if dot := strings.LastIndexByte(name, '.'); dot >= 0 && strings.HasSuffix(name, "()") {
			u, ok = c.PythonUnpicklable(name[dot:])
		}
	}
	if !ok || u.Until != "" && !j.older(u.Until) {
		return nil
	}
	if w.fact != nil {
		for _, fact := range append([]*catalog.PythonPickles{w.fact}, w.others...) {
			if (!u.Spawn || fact.By != catalog.PickledForSpawn) && !slices.Contains(u.Except, fact.By) {
				return u
			}
		}
		return nil
	}
	return u
}

// older reports whether the project declares that it runs on a Python before a release.
func (j *pickled) older(release string) bool {
	since, err := pep440.Parse(release)
	if err != nil {
		return false
	}
	got, ok := j.f.declared(declared.Python)
	return ok && (got.Range.Before(since) || got.Range.Lowest != nil && got.Range.Lowest.Compare(since) < 0)
}
