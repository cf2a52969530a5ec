package pyscan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/classes"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// StoredState is a state of an object that is in a stored pickle.
type StoredState struct {
	// Module and Class are by what the pickle calls the class.
	Module, Class string
	// Path is the pickle, as messages name it, and Offset where it gives the state.
	Path   string
	Offset int64
	// Dict: the state is a dictionary, which has Keys; Open: and perhaps others.
	Dict bool
	Keys []string
	Open bool
	// Items is the number of items of a tuple or a list, or -1 for what is none.
	Items int
}

// stored reports a __setstate__ that does not take the states of stored pickles: it asks
// for what one of them lacks, or gives nothing in the place of what has come since.
func (j *pickled) stored(c *classes.Class) {
	set, _ := c.Find("__setstate__")
	if set == nil || j.f.statesOf == nil || j.f.module == "" || c.Local || j.f.modules.sole(j.f.module) == "" {
		return
	}
	r := c.Restores(set)
	if r.Opaque {
		return
	}
	asks := j.demands(set, r)
	since := j.writtenNow(c, r)
	if len(asks) == 0 && len(since) == 0 && len(r.Unpacks) == 0 {
		return
	}
	var known []StoredState
	for _, s := range j.f.statesOf(c.Name) {
		if j.isOf(&s, c) {
			known = append(known, s)
		}
	}
	if len(known) == 0 {
		return
	}
	told := false
	for _, read := range asks {
		lacking := slices.DeleteFunc(slices.Clone(known), func(s StoredState) bool { return !s.lacks(&read) })
		if len(lacking) > 0 {
			told = true
			j.unmigrated(c, read.At, lacking, "asks for "+asked(&read)+", which ", " lacks")
		}
	}
	if len(r.Unpacks) == 1 && !r.Unpacks[0].Starred && !j.conditional(set, r.Unpacks[0].At) && !j.returnsBefore(set, r.Unpacks[0].At) {
		n := len(r.Unpacks[0].Targets)
		if other := slices.DeleteFunc(slices.Clone(known), func(s StoredState) bool { return s.Items < 0 || s.Items == n }); len(other) > 0 {
			told = true
			j.unmigrated(c, r.Unpacks[0].At, other, fmt.Sprintf("takes %d items, and ", n), fmt.Sprintf(" has %d", other[0].Items))
		}
	}
	for _, attr := range since {
		if told {
			return // whoever mends that sees the rest
		}
		lacking := slices.DeleteFunc(slices.Clone(known), func(s StoredState) bool { return !s.Dict || s.Open || slices.Contains(s.Keys, attr) })
		if len(lacking) > 0 {
			told = true
			j.unmigrated(c, set.Node, lacking, "gives nothing in the place of `"+attr+"`, which methods read and ", " lacks")
		}
	}
}

// lacks reports a state without what is asked for. One of which the keys are not all known
// may have it, and so may one that is no dictionary and that nobody expects.
func (s *StoredState) lacks(read *classes.Read) bool {
	if read.Index >= 0 {
		return s.Items >= 0 && s.Items <= read.Index
	}
	return s.Dict && !s.Open && !slices.Contains(s.Keys, read.Key)
}

func asked(read *classes.Read) string {
	if read.Index >= 0 {
		return fmt.Sprintf("item %d", read.Index)
	}
	return "`" + read.Key + "`"
}

// demands lists what a __setstate__ cannot do without: what it asks for without a default,
// whatever the state is. Where it may have raised or returned before, or another method
// makes the state, nobody knows.
func (j *pickled) demands(set *classes.Method, r *classes.Restore) (out []classes.Read) {
	guards := j.guards(set, r)
	for _, read := range r.Reads {
		if read.Demands && !guards.covers(j, set, read) && !j.returnsBefore(set, read.At) {
			out = append(out, read)
		}
	}
	return out
}

// returnsBefore reports a method that may end before it comes to a place: it refuses some
// states, or looks after them in another way.
func (j *pickled) returnsBefore(f *classes.Method, at syntax.Index) bool {
	t := j.f.tree
	for i := f.Body; i != syntax.None && i < at; i++ {
		switch t.Kind(i) {
		case syntax.ReturnStatement, syntax.RaiseStatement, syntax.AssertStatement:
			return true
		}
	}
	return false
}

// writtenNow lists the attributes that are in each state which the class writes today, that
// its methods read, and that a __setstate__ which takes over whatever is in the state
// gives no other value.
func (j *pickled) writtenNow(c *classes.Class, r *classes.Restore) (out []string) {
	set, _ := c.Find("__setstate__")
	if !r.Whole || j.conditional(set, r.WholeAt) || j.returnsBefore(set, j.f.tree.Nodes[set.Node].After) {
		return nil
	}
	get, sure := c.Find("__getstate__")
	state := c.Default()
	if get != nil {
		state = classes.One(c.States(get))
	}
	if j.reduces(c) || state == nil || state.Open || !sure && !j.foreign(c) {
		return nil
	}
	looked := make(map[string]bool)
	for _, read := range r.Reads {
		looked[read.Key] = true
	}
	for _, attr := range j.made(c) {
		key, listed := state.Keys[attr]
		if !state.Has(attr) && (state.Layout != classes.Listed || !listed || key.Optional) {
			continue
		}
		if !looked[attr] && j.always(c, attr) && j.used(c, attr) != syntax.None && !j.restored(c, get, attr) {
			out = append(out, attr)
		}
	}
	return out
}

// always reports whether __init__ sets an attribute in any case.
func (j *pickled) always(c *classes.Class, attr string) bool {
	return slices.ContainsFunc(c.Sets(attr), func(s classes.SetIn) bool {
		return (s.Method.Name == "__init__" || s.Method.Name == "__post_init__") && !j.conditional(s.Method, s.At)
	})
}

// isOf reports whether a pickle means a class by the name that it has for it: by that of
// its module, or of one that passes the class on, as the module from which it has moved.
func (j *pickled) isOf(s *StoredState, c *classes.Class) bool {
	if s.Class != c.Name {
		return false
	}
	if s.Module == j.f.module {
		return true
	}
	if len(s.Module) > maxFunction {
		return false
	}
	// What is in a directory without an __init__.py is also imported by a longer name.
	m := j.f.modules
	if strings.HasSuffix(s.Module, "."+j.f.module) {
		file := m.sole(s.Module)
		return file != "" && m.Show(file) == j.f.path
	}
	w := &walk{Modules: m, steps: maxSteps}
	at, name, sure, _ := w.seek(s.Module, strings.Split(s.Class, "."), maxHops)
	return at != nil && sure && at.path == j.f.path && name == c.Name
}

// unmigrated tells of stored states that a class does not take. What is wrong stands before
// and behind the name of the first of them.
func (j *pickled) unmigrated(c *classes.Class, at syntax.Index, states []StoredState, before, behind string) {
	s := states[0]
	name := "the state in " + s.Path
	if others := paths(states) - 1; others > 0 {
		name += fmt.Sprintf(" (and in %d more)", others)
	}
	finding := j.tell(SetstateWithoutMigration, c, at, "__setstate__ of class %s %s%s%s", c.Name, before, name, behind)
	if finding == nil {
		return
	}
	has := "it has " + strconv.Itoa(s.Items) + " items"
	if s.Dict {
		has = "it has no keys"
		if len(s.Keys) > 0 {
			keys := s.Keys[:min(len(s.Keys), maxToldKeys)]
			has = "it has `" + strings.Join(keys, "`, `") + "`"
			if len(keys) < len(s.Keys) {
				has += fmt.Sprintf(" and %d more", len(s.Keys)-len(keys))
			}
		}
	}
	finding.Trace = []lint.Step{{
		Location: lint.Location{Path: s.Path, Offset: s.Offset},
		Text:     lint.Printable(fmt.Sprintf("the state of an object of %s.%s: %s", s.Module, s.Class, has)), Mark: true,
	}}
}

// maxToldKeys bounds the keys of a state that are told.
const maxToldKeys = 8

// paths counts the files of states.
func paths(states []StoredState) int {
	seen := make(map[string]bool)
	for _, s := range states {
		seen[s.Path] = true
	}
	return len(seen)
}

// sole returns the one source in reach that a module can be by its path, or "".
func (m *Modules) sole(module string) (file string) {
	last := module[strings.LastIndexByte(module, '.')+1:]
	suffix := "/" + strings.ReplaceAll(module, ".", "/")
	for _, f := range m.files[last] {
		stem, source := strings.CutSuffix(f, ".py")
		if !source || !strings.HasSuffix(strings.TrimSuffix(stem, "/__init__"), suffix) {
			continue
		}
		if file != "" {
			return ""
		}
		file = f
	}
	return file
}
