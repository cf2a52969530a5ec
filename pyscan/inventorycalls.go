package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// indexUses notes once where names are read, and what is called.
func (w *ways) indexUses() {
	if w.called != nil {
		return
	}
	w.called, w.named, w.uses = make(map[string][]syntax.Index), make(map[string][]syntax.Index), make(map[string][]syntax.Index)
	for k := range w.tree.Nodes {
		k := syntax.Index(k)
		switch w.tree.Kind(k) {
		case syntax.Identifier:
			if w.table.IsUse(k) {
				w.uses[string(w.tree.Text(k))] = append(w.uses[string(w.tree.Text(k))], k)
			}
		case syntax.Attribute:
			if !w.isFunction(k) {
				w.named[w.lastWord(k)] = append(w.named[w.lastWord(k)], k)
			}
		case syntax.Call:
			if word := w.lastWord(w.unwrap(w.tree.Child(k, syntax.Function))); word != "" {
				w.called[word] = append(w.called[word], k)
			}
		}
	}
}

// callsOf lists the calls of functions and methods of a name.
func (w *ways) callsOf(word string) []syntax.Index {
	w.indexUses()
	return w.called[word]
}

// usesWithin lists the places in a node, a function as a rule, at which a name is read.
func (w *ways) usesWithin(node syntax.Index, name string) []syntax.Index {
	w.indexUses()
	all := w.uses[name]
	first, _ := slices.BinarySearch(all, node)
	last, _ := slices.BinarySearch(all, w.tree.Nodes[node].After)
	return all[first:min(last, first+maxUses)]
}

// valueOf returns the only value of a name or of an attribute of a class, or None.
func (w *ways) valueOf(i syntax.Index) syntax.Index {
	if w.tree.Kind(i) == syntax.Attribute {
		return w.m.Attribute(i)
	}
	return w.m.OnlyValue(i)
}

// defined returns the function of the file that is called, or None.
func (w *ways) defined(function syntax.Index) syntax.Index {
	if w.tree.Kind(function) != syntax.Attribute {
		def, _ := w.m.Defined(function)
		return def
	}
	of := w.tree.Child(function, syntax.Object)
	c := w.m.Around(function)
	if c == nil || w.tree.Kind(of) != syntax.Identifier {
		return syntax.None
	}
	if isSelfIn(c, string(w.tree.Text(of)), w.m.Function(function)) || string(w.tree.Text(of)) == "cls" || w.m.Named(of) == c {
		if method, _ := c.Find(w.lastWord(function)); method != nil {
			return method.Node
		}
	}
	return syntax.None
}

// parameterOf returns the function of which a name is a parameter, the parameter, and its
// position; None if it is none, or anything else besides.
func (w *ways) parameterOf(i syntax.Index) (def, parameter syntax.Index, position int) {
	bound := w.table.Binders(i)
	if len(bound) != 1 {
		return syntax.None, syntax.None, 0
	}
	parameter = bound[0]
	for range maxBinderClimb {
		parent := w.tree.Parent(parameter)
		switch w.tree.Kind(parent) {
		case syntax.DefaultParameter, syntax.TypedParameter, syntax.TypedDefaultParameter:
			parameter = parent
			continue
		case syntax.Parameters, syntax.LambdaParameters:
			for c := w.tree.First(parent); c != syntax.None && c != parameter; c = w.tree.Next(c) {
				position++
			}
			return w.tree.Parent(parent), parameter, position
		}
		break
	}
	return syntax.None, syntax.None, 0
}

// selves is how many parameters of a function a call does not write: self, for a method.
func (w *ways) selves(def, call syntax.Index) int {
	c := w.m.Of(w.m.Function(def))
	if c == nil {
		return 0
	}
	for _, method := range c.Methods {
		if method.Node == def && method.Self == "" && !method.ClassMethod {
			return 0 // a static one
		}
	}
	if function := w.unwrap(w.tree.Child(call, syntax.Function)); w.tree.Kind(function) == syntax.Attribute && w.m.Named(w.tree.Child(function, syntax.Object)) == c {
		if method, _ := c.Find(w.lastWord(function)); method != nil && !method.ClassMethod {
			return 0 // Class.method(object)
		}
	}
	return 1
}

// maxCallsOf bounds the calls of a function that are looked at.
const maxCallsOf = 16

// callersOf lists the calls of a function in the file.
func (w *ways) callersOf(def syntax.Index) (out []syntax.Index) {
	id := w.tree.Child(def, syntax.Name)
	if w.tree.Kind(def) != syntax.FunctionDefinition || id == syntax.None {
		return nil
	}
	name, c := string(w.tree.Text(id)), w.m.Of(w.m.Function(def))
	if c != nil && name == "__init__" {
		name = c.Name[lastDot(c.Name)+1:]
	}
	for _, call := range w.callsOf(name) {
		function := w.unwrap(w.tree.Child(call, syntax.Function))
		var is bool
		switch {
		case w.tree.Kind(function) == syntax.Attribute:
			is = c != nil && !w.table.Imported(w.unwrapName(w.tree.Child(function, syntax.Object)))
		case c != nil:
			is = w.m.Named(function) == c
		default:
			got, _ := w.m.Defined(function)
			is = got == def
		}
		if is && len(out) < maxCallsOf {
			out = append(out, call)
		}
	}
	return out
}

func lastDot(s string) int {
	for k := len(s) - 1; k >= 0; k-- {
		if s[k] == '.' {
			return k
		}
	}
	return -1
}

// argumentsFor lists what the calls of the file give a parameter, and its default where one gives
// nothing. all is false if some call may give something else, or there is none.
func (w *ways) argumentsFor(def, parameter syntax.Index, position int) (out []syntax.Index, all bool) {
	name := parameter
	if n := w.tree.Child(parameter, syntax.Name); n != syntax.None {
		name = n
	} else if w.tree.Kind(parameter) == syntax.TypedParameter {
		name = w.tree.First(parameter)
	}
	calls := w.callersOf(def)
	all = len(calls) > 0 && len(calls) < maxCallsOf
	for _, call := range calls {
		a := w.file.arguments(call, 0)
		value, hidden := a.find(catalog.Argument{Name: string(w.tree.Text(name)), Position: position - w.selves(def, call)})
		if value == syntax.None {
			value = w.tree.Child(parameter, syntax.Value)
		}
		if hidden || value == syntax.None {
			all = false
			continue
		}
		if !slices.Contains(out, value) {
			out = append(out, value)
		}
	}
	return out, all
}

// usesOfFunction lists the places where a function of the file is named without being called.
func (w *ways) usesOfFunction(def syntax.Index) (out []syntax.Index) {
	id := w.tree.Child(def, syntax.Name)
	if id == syntax.None {
		return nil
	}
	w.indexUses()
	for _, use := range w.uses[string(w.tree.Text(id))] {
		if got, _ := w.m.Defined(use); got == def && !w.isFunction(use) && len(out) < maxCallsOf {
			out = append(out, use)
		}
	}
	if w.m.Of(w.m.Function(def)) == nil {
		return out
	}
	// self.on_message
	all := w.named[string(w.tree.Text(id))]
	return append(out, all[:min(len(all), maxCallsOf)]...)
}
