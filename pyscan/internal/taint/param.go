package taint

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// parameter looks at what a parameter of a function may be: a source by its name, its
// default, and what callers pass. node is the whole of it, and name what is bound.
func (w *walk) parameter(def, node, name syntax.Index, kind Kind) {
	t := w.tree
	list := w.parameters(def)
	at := slices.Index(list, node)
	if at < 0 || name != w.bare(node) && t.Kind(node) != syntax.ListSplatPattern && t.Kind(node) != syntax.DictionarySplatPattern {
		return
	}
	method := w.isMethod(def)
	if method && at == 0 {
		return // self
	}
	value := syntax.None
	if k := t.Kind(node); k == syntax.DefaultParameter || k == syntax.TypedDefaultParameter {
		value = t.Child(node, syntax.Value)
	}
	if w.byName(def, list, at, method, kind, name) || w.byDecorator(def, value, name, kind) {
		return
	}
	w.on(value, kind)
	position := at
	if method {
		position--
	}
	c := callee{def: def, position: position, name: w.word(w.bare(node)), rest: t.Kind(node) == syntax.ListSplatPattern}
	w.wrapped(&c, kind)
	w.callers(&c, kind)
}

// parameters lists the parameters of a function or a lambda.
func (w *walk) parameters(def syntax.Index) []syntax.Index {
	list := w.tree.Child(def, syntax.ParametersField)
	if list == syntax.None {
		return nil
	}
	var out []syntax.Index
	for c := w.tree.First(list); c != syntax.None && len(out) < maxParts; c = w.tree.Next(c) {
		switch w.tree.Kind(c) {
		case syntax.Identifier, syntax.DefaultParameter, syntax.TypedDefaultParameter, syntax.TypedParameter, syntax.ListSplatPattern, syntax.DictionarySplatPattern:
			out = append(out, c)
		}
	}
	return out
}

// bare returns the name of a parameter.
func (w *walk) bare(node syntax.Index) syntax.Index {
	switch w.tree.Kind(node) {
	case syntax.DefaultParameter, syntax.TypedDefaultParameter:
		return w.tree.Child(node, syntax.Name)
	case syntax.TypedParameter, syntax.ListSplatPattern, syntax.DictionarySplatPattern:
		first := w.tree.First(node)
		if k := w.tree.Kind(first); k == syntax.ListSplatPattern || k == syntax.DictionarySplatPattern {
			return w.tree.First(first)
		}
		return first
	}
	return node
}

// isMethod reports a function whose first parameter is the object or the class.
func (w *walk) isMethod(def syntax.Index) bool {
	if w.tree.Kind(def) != syntax.FunctionDefinition || w.tree.Kind(w.names.Scope(def)) != syntax.ClassDefinition {
		return false
	}
	return !slices.ContainsFunc(w.decorators(def), func(d syntax.Index) bool { return w.lastWord(d) == "staticmethod" })
}

// decorators lists the expressions that decorate a function.
func (w *walk) decorators(def syntax.Index) (out []syntax.Index) {
	outer := w.tree.Parent(def)
	if w.tree.Kind(outer) != syntax.DecoratedDefinition {
		return nil
	}
	for c := w.tree.First(outer); c != syntax.None && c != def && len(out) < maxParts; c = w.tree.Next(c) {
		if e := w.tree.First(c); w.tree.Kind(c) == syntax.Decorator && e != syntax.None {
			out = append(out, e)
		}
	}
	return out
}

// lastWord returns the last word of a name, or of what is called.
func (w *walk) lastWord(i syntax.Index) string {
	if w.tree.Kind(i) == syntax.Call {
		i = w.tree.Child(i, syntax.Function)
	}
	if w.tree.Kind(i) == syntax.Attribute {
		i = w.tree.Child(i, syntax.AttributeName)
	}
	return w.word(i)
}

// byName looks for sources that are parameters of functions of some name and form.
func (w *walk) byName(def syntax.Index, list []syntax.Index, at int, method bool, kind Kind, node syntax.Index) bool {
	if method {
		list, at = list[1:], at-1
	}
	function := "*"
	if name := w.tree.Child(def, syntax.Name); name != syntax.None {
		function = w.word(name)
	}
	for _, all := range [...]string{function, "*"} {
		for _, source := range w.sources.parameters[all] {
			if w.hasForm(source, list, at) && w.take(source, node, kind) {
				return true
			}
		}
	}
	return false
}

func (w *walk) hasForm(source *catalog.PythonSource, list []syntax.Index, at int) bool {
	want := source.Parameters
	if k := w.tree.Kind(list[at]); k == syntax.ListSplatPattern || k == syntax.DictionarySplatPattern {
		return false
	}
	if len(list) < len(want) || len(list) > len(want) && !source.More || at >= len(want) {
		return false
	}
	for k, name := range want {
		if name != "_" && w.word(w.bare(list[k])) != name {
			return false
		}
	}
	return slices.Contains(source.From, want[at])
}

// byDecorator looks for sources that are the parameters of what is decorated.
func (w *walk) byDecorator(def, value, node syntax.Index, kind Kind) bool {
	if w.tree.Kind(value) == syntax.Call && depends[w.lastWord(value)] {
		return false // FastAPI gives it what a function of the program returns
	}
	for _, d := range w.decorators(def) {
		f := d
		if w.tree.Kind(f) == syntax.Call {
			f = w.tree.Child(f, syntax.Function)
		}
		for _, target := range w.names.Expression(f).Targets {
			if source := w.sources.decorators[target.Name]; source != nil && w.take(source, node, kind) {
				return true
			}
		}
		if w.tree.Kind(f) != syntax.Attribute {
			continue
		}
		if source := w.sources.decorators["."+w.lastWord(d)]; source != nil && w.take(source, node, kind) {
			return true
		}
		// @bus.subscribe("topic"), where bus is a source.
		for _, target := range w.names.Expression(w.tree.Child(f, syntax.Object)).Targets {
			if source := w.sources.value(target.Name); source != nil && w.take(source, node, kind) {
				return true
			}
		}
	}
	return false
}

// depends are the defaults by which a framework injects what the program made.
var depends = map[string]bool{"Depends": true, "Security": true, "Provide": true, "Inject": true}
