package taint

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Callers tells where what functions of other modules pass to a function of the file
// comes from, by the position and the name of its parameter.
type Callers func(function string, position int, name string, kind Kind) (Origin, bool)

// given is a parameter that other modules may give a value, and the item by which it was
// reached.
type given struct {
	callee
	function string
	kind     Kind
	at       int
}

// maxPublic bounds the parameters of one question that are followed into other modules.
const maxPublic = 2

// called notes a parameter of a function that other modules may call.
func (w *walk) called(c *callee, name string, kind Kind) {
	if w.Callers == nil || c.rest || strings.HasPrefix(name, "_") || len(w.public) >= maxPublic || w.tree.Kind(w.names.Scope(c.def)) != syntax.Module {
		return
	}
	w.public = append(w.public, given{*c, name, kind, w.at})
}

// fromCallers asks the other modules, where the file itself does not tell.
func (w *walk) fromCallers() (Origin, bool) {
	for _, g := range w.public {
		o, ok := w.Callers(g.function, g.position, g.name, g.kind)
		if !ok {
			continue
		}
		w.at = g.at
		list := &w.found
		if o.Inside {
			list = &w.inside
		}
		if w.hit(o.Source, w.items[g.at].node, g.kind, o.Inside); len(*list) == 0 {
			continue
		}
		last := &(*list)[len(*list)-1]
		// Other callers may pass something else, which a claim may be about.
		last.Chosen, last.Narrowed, last.Far, last.Unsure = o.Chosen, o.Narrowed, o.Far, true
		if id := w.tree.Child(g.def, syntax.Name); id != syntax.None {
			last.Steps[0].Node = id
		}
		last.Steps[0].Text = "a parameter of `" + g.function + "`"
		return *last, true
	}
	return Origin{}, false
}

// Calls lists the calls of a function of another module, and what each passes for a
// parameter of it.
func (f *File) Calls(module, function string, position int, name string) (calls, values []syntax.Index) {
	w := f.walk()
	add := func(use, callee syntax.Index) {
		call := f.tree.Parent(callee)
		in, inner, ok := f.names.Import(use)
		if inner != "" {
			in += "." + inner
		}
		if callee != use {
			in += "." + function
		}
		if !ok || in != module+"."+function || f.tree.Kind(call) != syntax.Call || f.tree.Nodes[callee].Field != syntax.Function || len(calls) >= maxParts {
			return
		}
		if value := f.names.Argument(call, position, name); value != syntax.None {
			calls, values = append(calls, call), append(values, value)
		}
	}
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		switch f.tree.Kind(i) {
		case syntax.Identifier:
			if up := f.tree.Parent(i); f.tree.Kind(up) == syntax.Call && f.tree.Nodes[i].Field == syntax.Function {
				add(i, i)
			}
		case syntax.Attribute:
			if of := f.tree.Child(i, syntax.Object); f.tree.Kind(of) == syntax.Identifier && w.word(f.tree.Child(i, syntax.AttributeName)) == function {
				add(of, i)
			}
		}
	}
	return calls, values
}
