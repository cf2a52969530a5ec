package pyscan

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// migration reports a __setstate__ that asks for something that some state lacks: one
// that __getstate__ writes at times, or one of an older version.
func (j *pickled) migration(c *classes.Class) {
	set := c.Methods["__setstate__"]
	if set == nil || j.reduces(c) {
		return
	}
	get, sure := c.Find("__getstate__")
	if get == nil || !sure {
		return
	}
	one := classes.One(c.States(get))
	if one == nil || one.Layout == classes.Unknown {
		return
	}
	r := c.Restores(set)
	if one.Layout == classes.Sequence && !one.Open {
		j.lengths(c, r, one)
		return
	}
	if r.Opaque || one.Open || one.Layout != classes.Listed && one.Layout != classes.Whole {
		return
	}
	guards := j.guards(set, r)
	older := j.olderThan(c, get)
	key, at := j.version(c, one)
	// Who gives a default to one key has thought of older states.
	// Of who does not look at the version at all, that is said: see versions.
	before := at != syntax.None && j.readsVersion(c, set, key, one) && j.secondVersion(c, one, strings.Trim(key, "`")) && !slices.ContainsFunc(r.Reads, func(read classes.Read) bool {
		return !read.Demands && !read.Drops && "`"+read.Key+"`" != key
	})
	for _, read := range r.Reads {
		if !read.Demands || read.Key == "" || guards.covers(j, set, read) {
			continue
		}
		k, listed := one.Keys[read.Key]
		_, dropped := one.Dropped[read.Key]
		// A version says nothing about what is not there in any.
		decided := guards.all != syntax.None && guards.all < read.At
		switch {
		case one.Layout == classes.Listed && !listed, dropped:
			j.tell(SetstateWithoutMigration, c, read.At, "__setstate__ of class %s asks for `%s`, which __getstate__ does not write", c.Name, read.Key)
		case listed && k.Optional && (one.Layout == classes.Listed || len(c.Sets(read.Key)) == 0):
			j.tell(SetstateWithoutMigration, c, read.At, "__setstate__ of class %s asks for `%s`, which __getstate__ does not always write", c.Name, read.Key)
		case decided:
		case listed && older != nil && !older.has(read.Key):
			j.tell(SetstateWithoutMigration, c, read.At, "__setstate__ of class %s asks for `%s`, which states of %s lack", c.Name, read.Key, older.name)
		case listed && before && "`"+read.Key+"`" != key:
			j.tell(SetstateWithoutMigration, c, read.At, "__setstate__ of class %s asks for `%s` without looking at the version: states of an older one may lack it", c.Name, read.Key)
			return
		}
	}
}

// lengths compares what a sequence is taken apart into with what it is made of.
func (j *pickled) lengths(c *classes.Class, r *classes.Restore, one *classes.State) {
	if len(r.Unpacks) != 1 || r.Unpacks[0].Starred || r.Opaque || len(one.Items) == 0 {
		return
	}
	u := r.Unpacks[0]
	if n := len(u.Targets); n != len(one.Items) && !j.conditional(c.Methods["__setstate__"], u.At) {
		j.tell(SetstateWithoutMigration, c, u.At, "__setstate__ of class %s takes %d items, and __getstate__ writes %d", c.Name, n, len(one.Items))
	}
}

// conditional reports whether a node stands in a branch or a try of a method.
func (j *pickled) conditional(f *classes.Method, i syntax.Index) bool {
	t := j.f.tree
	for range maxUp {
		p := t.Parent(i)
		if p == syntax.None || p == f.Node {
			return false
		}
		switch t.Kind(p) {
		case syntax.IfStatement, syntax.ElifClause, syntax.ElseClause, syntax.TryStatement, syntax.ExceptClause, syntax.MatchStatement, syntax.ConditionalExpression, syntax.BooleanOperator, syntax.ForStatement, syntax.WhileStatement:
			return true
		}
		i = p
	}
	return true
}

// guarded is what a __setstate__ does about keys that may be missing.
type guarded struct {
	// keys holds where a key is looked for or put in first.
	keys map[string]syntax.Index
	// all is where something is done that may put any key in, or refuse the state;
	// None if nothing is.
	all syntax.Index
}

func (g *guarded) covers(j *pickled, set *classes.Method, read classes.Read) bool {
	if at, ok := g.keys[read.Key]; ok && at <= read.At {
		return true
	}
	return j.conditional(set, read.At)
}

// guards reads a __setstate__ for what it does about keys that are missing.
func (j *pickled) guards(set *classes.Method, r *classes.Restore) *guarded {
	g := &guarded{keys: make(map[string]syntax.Index), all: syntax.None}
	t := j.f.tree
	for _, read := range r.Reads {
		if at, ok := g.keys[read.Key]; !read.Demands && (!ok || read.At < at) {
			g.keys[read.Key] = read.At
		}
		if !read.Demands && isVersion(read.Key) && j.looksAt(set, read.At) || read.Demands && isVersion(read.Key) && j.looksAt(set, read.At) {
			g.all = read.At // it is told apart by its version
			if !j.versionDecides(set) {
				g.all = syntax.None
			}
		}
	}
	for i := set.Body; i != syntax.None && i < t.Nodes[set.Body].After; i++ {
		if t.Kind(i) == syntax.Call && j.m.Callee(i) == "builtins.len" {
			g.all = i
		}
	}
	return g
}

// versionDecides reports whether what depends on the version is a branch that may
// raise, return, or put keys into the state; not one that only sets attributes.
func (j *pickled) versionDecides(set *classes.Method) bool {
	t := j.f.tree
	for i := set.Body; i != syntax.None && i < t.Nodes[set.Body].After; i++ {
		switch t.Kind(i) {
		case syntax.IfStatement, syntax.WhileStatement, syntax.MatchStatement, syntax.AssertStatement, syntax.ConditionalExpression:
			return true
		}
	}
	return false
}

// revision is an older layout of the state of a class, as the file shows it.
type revision struct {
	name  string
	state *classes.State
}

func (r *revision) has(key string) bool {
	_, ok := r.state.Keys[key]
	return ok || r.state.Open
}

// maxRevisions bounds the revisions of one class that are looked at.
const maxRevisions = 16

// olderThan looks for a class of the file that is an older revision of another: of the
// same name, or of the name with a lower number or a word that says so.
func (j *pickled) olderThan(c *classes.Class, get *classes.Method) *revision {
	if j.revisions == nil {
		j.revisions = make(map[string][]*classes.Class)
		for _, other := range j.m.Classes {
			if stem, _ := revisionOf(other.Name); other.Methods["__getstate__"] != nil && len(j.revisions[stem]) < maxRevisions {
				j.revisions[stem] = append(j.revisions[stem], other)
			}
		}
	}
	stem, number := revisionOf(c.Name)
	for _, other := range j.revisions[stem] {
		if other == c || other.Methods["__getstate__"] == get {
			continue
		}
		if _, n := revisionOf(other.Name); n > number || n == number && other.Node > c.Node {
			continue
		}
		if one := classes.One(other.States(other.Methods["__getstate__"])); one != nil && one.Layout == classes.Listed {
			return &revision{name: "class " + other.Name, state: one}
		}
	}
	return nil
}

// revisionOf takes what says which revision a class is off its name: V2, _v1, Old,
// Legacy. One without is the newest.
func revisionOf(name string) (stem string, number int) {
	const newest = 1 << 20
	for _, word := range []string{"Old", "Legacy", "Previous", "Deprecated"} {
		if rest, ok := strings.CutPrefix(name, word); ok && rest != "" {
			return rest, 0
		}
		if rest, ok := strings.CutSuffix(name, word); ok && rest != "" {
			return strings.TrimSuffix(rest, "_"), 0
		}
	}
	digits := len(strings.TrimRight(name, "0123456789"))
	if digits == len(name) || digits < 2 || name[digits-1]|0x20 != 'v' {
		return name, newest
	}
	n, err := strconv.Atoi(name[digits:])
	if err != nil || n >= newest {
		return name, newest
	}
	return strings.TrimSuffix(name[:digits-1], "_"), n
}

// secondVersion reports whether the version that is written says that there was one
// before it: a number of two or more.
func (j *pickled) secondVersion(c *classes.Class, s *classes.State, key string) bool {
	k, ok := s.Keys[key]
	if !ok {
		return false
	}
	t := j.f.tree
	value := j.f.unwrap(k.Value)
	switch t.Kind(value) {
	case syntax.Identifier:
		value = j.m.OnlyValue(value)
	case syntax.Attribute:
		name := t.Text(t.Child(value, syntax.AttributeName))
		all, _ := c.Linear()
		for _, at := range all {
			if v, ok := at.Attrs[string(name)]; ok {
				value = v
				break
			}
		}
	}
	if t.Kind(value) != syntax.Integer {
		return false
	}
	n, err := strconv.Atoi(string(t.Text(value)))
	return err == nil && n >= 2
}
