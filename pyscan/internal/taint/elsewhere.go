package taint

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Elsewhere tells where what a function of another module gives comes from.
type Elsewhere func(module, function string, kind Kind) (Origin, bool)

// Gives tells where what a function of the file gives comes from. What was looked at for who
// asked before does not count.
func (f *File) Gives(function string, kind Kind) (Origin, bool) {
	f.work = 0
	w := f.walk()
	for _, def := range f.index().defs[function] {
		if f.tree.Kind(f.names.Scope(def)) == syntax.Module {
			w.returned(def, kind)
		}
	}
	return w.run()
}

// imported looks into a function of another module that is called.
func (w *walk) imported(call, f syntax.Index, kind Kind) bool {
	if w.Elsewhere == nil {
		return false
	}
	t := w.tree
	var module, function string
	var ok bool
	switch t.Kind(f) {
	case syntax.Identifier:
		module, function, ok = w.names.Import(f)
	case syntax.Attribute:
		of := t.Child(f, syntax.Object)
		if t.Kind(of) != syntax.Identifier {
			return false
		}
		var inner string
		if module, inner, ok = w.names.Import(of); inner != "" {
			module += "." + inner
		}
		function = w.word(t.Child(f, syntax.AttributeName))
	}
	if !ok || function == "" || strings.Contains(function, ".") {
		return false
	}
	o, ok := w.Elsewhere(module, function, kind)
	if !ok {
		return false
	}
	w.hit(o.Source, call, kind, o.Inside)
	list := &w.found
	if o.Inside {
		list = &w.inside
	}
	if n := len(*list); n > 0 {
		last := &(*list)[n-1]
		last.Chosen, last.Unsure = o.Chosen, last.Unsure || o.Unsure
		last.Steps[0].Text += ", in " + module + "." + function
	}
	return true
}
