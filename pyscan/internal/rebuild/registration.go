package rebuild

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// registrations tells of those that do not run when the module is imported, and of
// tables of picklers that nobody pickles with.
func (r *reader) registrations() {
	var reached, main map[syntax.Index]bool
	if len(r.set) > 0 {
		reached, main = r.reached()
	}
	for _, s := range r.set {
		if s.table != syntax.None {
			r.unusedTable(s)
			continue
		}
		f := r.around(s.at)
		switch {
		case r.isMain(s.at):
			r.unregistered(s.at, "%s is only called if the file is the program: who imports the module has no such registration", s.name)
		case f == syntax.None, r.tree.Kind(f) == syntax.Lambda, reached[f]:
		case main[f]:
			r.unregistered(s.at, "%s is called in `%s`, which only runs if the file is the program: who imports the module has no such registration", s.name, r.nameOf(f))
		case r.isEntry(f), r.spelled(r.nameOf(f), r.used(r.nameOf(f))):
		default:
			r.unregistered(s.at, "%s is called in `%s`, which nothing in this module calls: to import the module does not register anything", s.name, r.nameOf(f))
		}
	}
	r.unusedPicklers()
}

// used is how often an identifier stands in the tree.
func (r *reader) used(name string) int {
	r.count()
	return r.uses[name]
}

func (r *reader) unregistered(at syntax.Index, format string, args ...any) {
	r.tell(Problem{Kind: Unregistered, At: at, Text: fmt.Sprintf(format, args...)})
}

// isEntry reports a function that somebody else calls by its name or its decorator: a
// test, a method that Python calls.
func (r *reader) isEntry(f syntax.Index) bool {
	name := r.nameOf(f)
	if len(r.decorators(f)) > 0 || strings.HasPrefix(name, "__") && strings.HasSuffix(name, "__") {
		return true
	}
	for _, prefix := range []string{"test", "setUp", "tearDown", "setup", "teardown", "pytest_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	outer := r.inside[f]
	return outer != syntax.None && outer != f && r.step() && r.isEntry(outer)
}

// reached lists the functions whose names stand in code that runs when the module is
// imported, or in functions so reached, and those that are only reached if the file is the
// program. Names are not told apart: one that is used anywhere counts.
func (r *reader) reached() (imported, program map[syntax.Index]bool) {
	named := make(map[string][]syntax.Index)
	for i := range r.tree.Nodes {
		if i := syntax.Index(i); r.tree.Kind(i) == syntax.FunctionDefinition {
			if name := r.nameOf(i); name != "" {
				named[name] = append(named[name], i)
			}
		}
	}
	// By the function around them, or None for the module.
	type place struct {
		f    syntax.Index
		main bool
	}
	mentions := make(map[place][]syntax.Index)
	for i := range r.tree.Nodes {
		i := syntax.Index(i)
		if r.tree.Kind(i) != syntax.Identifier {
			continue
		}
		if p := r.tree.Parent(i); r.tree.Kind(p) == syntax.FunctionDefinition && r.tree.Nodes[i].Field == syntax.Name {
			continue
		}
		at := place{r.around(i), false}
		if at.f == syntax.None {
			at.main = r.isMain(i)
		}
		for _, f := range named[string(r.tree.Text(i))] {
			if f != at.f && r.step() {
				mentions[at] = append(mentions[at], f)
			}
		}
	}
	run := func(queue ...place) map[syntax.Index]bool {
		out := make(map[syntax.Index]bool)
		for ; len(queue) > 0; queue = queue[1:] {
			for _, f := range mentions[queue[0]] {
				if !out[f] {
					out[f] = true
					queue = append(queue, place{f, false})
				}
			}
		}
		return out
	}
	// What one that others call by themselves calls is reached as well.
	entries := []place{{syntax.None, false}}
	for i := range r.tree.Nodes {
		if i := syntax.Index(i); r.tree.Kind(i) == syntax.FunctionDefinition && r.isEntry(i) {
			entries = append(entries, place{i, false})
		}
	}
	return run(entries...), run(place{syntax.None, true})
}

// unusedTable tells of a table of a pickler that nothing is pickled with.
func (r *reader) unusedTable(s registered) {
	name := r.unwrap(s.table)
	if r.tree.Kind(name) != syntax.Identifier {
		return
	}
	text := string(r.tree.Text(name))
	if !r.isPickler(name) || !r.plainDumps() {
		return
	}
	f := r.around(s.at)
	if f != syntax.None && r.classAround(f) != syntax.None && text == r.parameter(f, 0) {
		return // whoever has the object pickles with it
	}
	first, after := syntax.Index(0), syntax.Index(len(r.tree.Nodes))
	if f != syntax.None {
		first, after = f, r.tree.Nodes[f].After
	}
	for n := first; n < after && r.step(); n++ {
		if r.tree.Kind(n) != syntax.Identifier || string(r.tree.Text(n)) != text || !r.names.IsUse(n) {
			continue
		}
		if _, attribute := r.attribute(r.tree.Parent(n)); !isTable(attribute) {
			return
		}
	}
	r.unregistered(s.at, "the dispatch_table of `%s` counts for what that pickles, and nothing is: pickle.dumps makes a pickler of its own", text)
}

// isPickler reports a name of an object of a pickler.
func (r *reader) isPickler(i syntax.Index) bool {
	for _, t := range r.names.Expression(i).Targets {
		if strings.HasSuffix(t.Name, "Pickler()") {
			return true
		}
	}
	return false
}

// plainDumps reports a file that pickles with the functions of pickle.
func (r *reader) plainDumps() bool {
	if r.dumps == unknown {
		r.dumps = no
		if r.findDumps() {
			r.dumps = yes
		}
	}
	return r.dumps == yes
}

func (r *reader) findDumps() bool {
	for i := range r.tree.Nodes {
		i := syntax.Index(i)
		if r.tree.Kind(i) != syntax.Call {
			continue
		}
		f := r.tree.Child(i, syntax.Function)
		if f != syntax.None && slices.ContainsFunc(r.targets(f), func(name string) bool { return name == "pickle.dumps" || name == "pickle.dump" }) {
			return true
		}
	}
	return false
}

// unusedPicklers tells of classes of picklers with a table or reducer_override of their
// own that nobody uses, in a file that pickles otherwise.
func (r *reader) unusedPicklers() {
	for i := range r.tree.Nodes {
		class := syntax.Index(i)
		if r.tree.Kind(class) != syntax.ClassDefinition || r.holder[class] != syntax.None {
			continue
		}
		name := r.nameOf(class)
		own := syntax.None
		if f, ok := r.methods[class]["reducer_override"]; ok {
			own = f
		}
		for _, s := range r.set {
			if s.table == class {
				own = s.at
			}
		}
		if own == syntax.None || !r.standsOnPickler(class) {
			continue
		}
		if !r.spelled(name, 1) && r.plainDumps() {
			r.unregistered(own, "the pickler `%s` is used nowhere in this module, which pickles with the functions of pickle: they know nothing of it", name)
		}
	}
}

func (r *reader) standsOnPickler(class syntax.Index) bool {
	list := r.tree.Child(class, syntax.Superclasses)
	if list == syntax.None {
		return false
	}
	for c := r.tree.First(list); c != syntax.None; c = r.tree.Next(c) {
		for _, t := range r.names.Expression(c).Targets {
			if strings.HasSuffix(t.Name, "Pickler") {
				return true
			}
		}
	}
	return false
}
