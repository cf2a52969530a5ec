package pyscan

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// versions reports a layout of state of its own without a version, and a version that
// nobody looks at.
func (j *pickled) versions(c *classes.Class) {
	get := c.Methods["__getstate__"]
	if get == nil || j.reduces(c) || j.abstract(get) {
		return
	}
	one := classes.One(c.States(get))
	if one == nil || one.Layout == classes.Unknown {
		return
	}
	set, sure := c.Find("__setstate__")
	key, at := j.version(c, one)
	switch {
	case at == syntax.None:
		if set != nil && set.Class == c && !one.Open && (one.Layout == classes.Listed || one.Layout == classes.Sequence) && !one.Empty() && !j.looks(c, set) && !j.slotsAlone(c, one) && !j.travels(c) {
			j.tell(UnversionedState, c, get.Node, "class %s has a state of its own layout without a version: __setstate__ of a later release cannot tell which it is given", c.Name)
		}
	case set == nil:
		if (sure || j.foreign(c)) && !hasAttr(c, "__setstate__") && j.f.tree.Kind(at) != syntax.Integer {
			j.tell(VersionNeverRead, c, at, "__getstate__ of class %s writes %s, and there is no __setstate__ that reads it", c.Name, key)
		}
	case !j.readsVersion(c, set, key, one):
		j.tell(VersionNeverRead, c, set.Node, "__setstate__ of class %s does not look at %s, which __getstate__ writes", c.Name, key)
	}
}

// looks reports a __setstate__ that tells layouts apart in another way: by their
// length, their type or their keys.
func (j *pickled) looks(c *classes.Class, set *classes.Method) bool {
	r := c.Restores(set)
	// What makes attributes of whatever is there has no layout.
	if r.Opaque || r.Whole || j.spawns(c) || len(r.Unpacks) == 0 && len(r.Reads) == 0 {
		return true
	}
	for _, read := range r.Reads {
		if !read.Demands && read.Key != "" && !read.Drops {
			return true // state.get("new", default), "new" in state
		}
	}
	t := j.f.tree
	for i := set.Body; i != syntax.None && i < t.Nodes[set.Body].After; i++ {
		if t.Kind(i) != syntax.Call {
			continue
		}
		switch j.m.Callee(i) {
		case "builtins.len", "builtins.isinstance":
			return true
		}
	}
	return false
}

// spawns reports a state that only a process takes which is being started, and so runs
// the same release: multiprocessing.context.assert_spawning.
func (j *pickled) spawns(c *classes.Class) bool {
	get := c.Methods["__getstate__"]
	t := j.f.tree
	for i := get.Body; i != syntax.None && i < t.Nodes[get.Body].After; i++ {
		if t.Kind(i) == syntax.Identifier && string(t.Text(i)) == "assert_spawning" {
			return true
		}
	}
	return false
}

// slotsAlone reports a state that is the slots of the class, each under its own name: what
// the namespace is of a class without slots, and no layout of its own.
func (j *pickled) slotsAlone(c *classes.Class, one *classes.State) bool {
	if !c.Slotted || one.Layout != classes.Listed || len(one.Keys) != len(c.Slots) {
		return false
	}
	t := j.f.tree
	return !slices.ContainsFunc(c.Slots, func(slot string) bool {
		value := j.f.unwrap(one.Keys[slot].Value)
		return !one.Keys[slot].Attribute && (t.Kind(value) != syntax.Attribute || string(t.Text(t.Child(value, syntax.AttributeName))) != slot)
	})
}

// travels reports a class whose objects are there to be sent between processes that run, of
// one release: what is given objects of it sends them, or the source is one of, or uses, a
// library that does nothing else. Where something stores one they are stored.
func (j *pickled) travels(c *classes.Class) bool {
	if w := j.ways[c]; w != nil && w.at != syntax.None {
		for _, fact := range append([]*catalog.PythonPickles{w.fact}, w.others...) {
			if fact.By != catalog.PickledForProcess && fact.By != catalog.PickledForSpawn {
				return false
			}
		}
		return true
	}
	if !j.asked.travels {
		j.asked.travels, j.asked.does = true, j.usesTransport()
	}
	return j.asked.does
}

// usesTransport is that of the source.
func (j *pickled) usesTransport() bool {
	all := j.f.gate.catalog.PythonTravels()
	within := "." + strings.ReplaceAll(path.Dir(filepath.ToSlash(j.f.path)), "/", ".") + "."
	if slices.ContainsFunc(all, func(module string) bool { return strings.Contains(within, "."+module+".") }) {
		return true
	}
	t := j.f.tree
	is := func(i syntax.Index) bool {
		if n := t.Nodes[i]; n.End-n.Start > maxFunction {
			return false
		}
		name := string(t.Text(i))
		return slices.ContainsFunc(all, func(module string) bool { return name == module || strings.HasPrefix(name, module+".") })
	}
	for i := range t.Nodes {
		i := syntax.Index(i)
		switch t.Kind(i) {
		case syntax.ImportStatement:
			for c := t.First(i); c != syntax.None; c = t.Next(c) {
				name := c
				if t.Kind(c) == syntax.AliasedImport {
					name = t.Child(c, syntax.Name)
				}
				if name != syntax.None && is(name) {
					return true
				}
			}
		case syntax.ImportFromStatement:
			from := t.Child(i, syntax.ModuleName)
			if from == syntax.None {
				continue
			}
			if is(from) {
				return true
			}
			// from torch import distributed
			for c := t.Next(from); c != syntax.None; c = t.Next(c) {
				name := c
				if t.Kind(c) == syntax.AliasedImport {
					name = t.Child(c, syntax.Name)
				}
				if name == syntax.None || t.Nodes[name].End-t.Nodes[from].Start > maxImported {
					continue
				}
				full := string(t.Text(from)) + "." + string(t.Text(name))
				if slices.Contains(all, full) {
					return true
				}
			}
		}
	}
	return false
}

// maxImported bounds how far behind its module a name is looked at that is imported, in bytes.
const maxImported = 4 << 10

// version finds what a state holds that says which layout it has, by its key or
// position: something constant under a name that says so.
func (j *pickled) version(c *classes.Class, s *classes.State) (key string, at syntax.Index) {
	for _, k := range sortedKeys(s.Keys) {
		if v := s.Keys[k]; isVersion(k) && j.constant(c, v.Value) {
			return "`" + k + "`", v.At
		}
	}
	if s.Layout == classes.Whole {
		for _, attr := range c.Attributes() {
			if !isStateVersion(attr) || !s.Has(attr) {
				continue
			}
			if sets := c.Sets(attr); len(sets) > 0 && j.constant(c, sets[0].Value) {
				return "`" + attr + "`", sets[0].At
			}
		}
	}
	if s.Layout == classes.Sequence && s.Tuple && len(s.Items) > 1 {
		for k, item := range s.Items {
			item = j.f.unwrap(item)
			name := string(j.f.tree.Text(item))
			if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
				name = name[dot+1:]
			}
			// A number before what is the object's own.
			first := k == 0 && j.f.tree.Kind(item) == syntax.Integer && j.f.tree.Kind(j.f.unwrap(s.Items[1])) != syntax.Integer
			if first || j.f.tree.Kind(item) != syntax.String && len(name) < maxFunction && isVersion(name) && j.constant(c, item) {
				return "the version in position " + string(rune('0'+min(k, 9))), item
			}
		}
	}
	return "", syntax.None
}

// isVersion reports whether a name says that something is a version.
func isVersion(name string) bool {
	name = strings.ToLower(strings.Trim(name, "_"))
	switch name {
	case "v", "ver", "schema", "revision", "rev", "format", "fmt", "layout", "format_id":
		return true
	}
	return strings.Contains(name, "version") || strings.HasSuffix(name, "_ver") || strings.HasSuffix(name, "schema")
}

// isStateVersion is isVersion for attributes: many have a version of something else.
func isStateVersion(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "version") && (strings.HasPrefix(name, "_") || strings.Contains(name, "state") || strings.Contains(name, "schema") || strings.Contains(name, "pickle") || strings.Contains(name, "format"))
}

// constant reports whether a value is the same for all objects of a release: a
// literal, a name in capitals, an attribute of the class or of the module.
func (j *pickled) constant(c *classes.Class, value syntax.Index) bool {
	value = j.f.unwrap(value)
	t := j.f.tree
	switch t.Kind(value) {
	case syntax.Integer, syntax.Float, syntax.String:
		return true
	case syntax.Tuple:
		return !slices.ContainsFunc(j.m.Children(value), func(i syntax.Index) bool { return t.Kind(i) != syntax.Integer && t.Kind(i) != syntax.String })
	case syntax.Identifier:
		name := string(t.Text(value))
		v := j.m.OnlyValue(value)
		return strings.ToUpper(name) == name || strings.HasPrefix(name, "__") || v != syntax.None && v != value && (t.Kind(v) == syntax.Integer || t.Kind(v) == syntax.String)
	case syntax.Attribute:
		name := string(t.Text(t.Child(value, syntax.AttributeName)))
		if strings.ToUpper(name) == name && name != "" || name == "__version__" {
			return true
		}
		all, _ := c.Linear()
		if slices.ContainsFunc(all, func(at *classes.Class) bool { v, ok := at.Attrs[name]; return ok && t.Kind(v) == syntax.Integer }) {
			return true
		}
		v := j.m.Attribute(value)
		return v != syntax.None && t.Kind(v) == syntax.Integer
	}
	return false
}

// readsVersion reports whether __setstate__ looks at the version.
func (j *pickled) readsVersion(c *classes.Class, set *classes.Method, key string, one *classes.State) bool {
	r := c.Restores(set)
	if len(r.Unpacks) > 0 && one.Layout == classes.Sequence {
		return j.looksAtPosition(set, r, key)
	}
	name := strings.Trim(key, "`")
	for _, f := range c.Reached(set) {
		// What takes the state, or a helper that is given it, may do so.
		if f == set {
			continue
		}
		if j.spells(f, name) || slices.ContainsFunc(f.Reads, func(a classes.Access) bool { return a.Attr == name }) {
			return true
		}
	}
	if slices.ContainsFunc(set.Reads, func(a classes.Access) bool { return a.Attr == name }) {
		return true
	}
	for _, read := range r.Reads {
		if (read.Key == name || one.Layout == classes.Sequence && read.Index >= 0) && !read.Drops && j.looksAt(set, read.At) {
			return true
		}
	}
	return r.Opaque
}

// looksAt reports whether something is done with what a read gives, other than to put
// it into an attribute or a name that nobody reads.
func (j *pickled) looksAt(set *classes.Method, read syntax.Index) bool {
	t := j.f.tree
	p := t.Parent(read)
	if t.Kind(p) == syntax.ComparisonOperator && t.Kind(read) == syntax.ComparisonOperator {
		return true
	}
	if t.Kind(p) != syntax.Assignment || t.Nodes[read].Field != syntax.Right {
		return true
	}
	left := j.f.unwrap(t.Child(p, syntax.Left))
	switch t.Kind(left) {
	case syntax.Identifier:
		return j.readLater(set, left, p)
	case syntax.Attribute:
		name := string(t.Text(t.Child(left, syntax.AttributeName)))
		return slices.ContainsFunc(set.Reads, func(a classes.Access) bool { return a.Attr == name && a.At > p })
	}
	return true
}

// readLater reports whether a name is read behind the assignment that sets it.
func (j *pickled) readLater(f *classes.Method, name, assignment syntax.Index) bool {
	t := j.f.tree
	text := string(t.Text(name))
	for i := t.Nodes[assignment].After; i < t.Nodes[f.Body].After; i++ {
		if t.Kind(i) == syntax.Identifier && string(t.Text(i)) == text && t.Nodes[i].Field != syntax.Left {
			return true
		}
	}
	return false
}

func (j *pickled) looksAtPosition(set *classes.Method, r *classes.Restore, key string) bool {
	position := int(key[len(key)-1] - '0')
	for _, u := range r.Unpacks {
		if u.Starred || position >= len(u.Targets) {
			return true
		}
		target := j.f.unwrap(u.Targets[position])
		if j.f.tree.Kind(target) == syntax.Identifier && j.readLater(set, target, u.At) {
			return true
		}
	}
	return slices.ContainsFunc(r.Reads, func(read classes.Read) bool { return read.Index == position })
}
