package taint

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// look looks at one expression: is it a source, and if not, what is it made of?
func (w *walk) look(i syntax.Index, kind Kind) {
	if w.isSource(i, kind) {
		return
	}
	t := w.tree
	switch t.Kind(i) {
	case syntax.ParenthesizedExpression, syntax.Await, syntax.ListSplat, syntax.DictionarySplat, syntax.Interpolation, syntax.Yield:
		w.on(t.First(i), kind)
	case syntax.KeywordArgument, syntax.NamedExpression:
		w.on(t.Child(i, syntax.Value), kind)
	case syntax.Pair:
		if key := t.First(i); key != syntax.None {
			w.on(t.Next(key), kind)
		}
	case syntax.Identifier:
		w.name(i, kind)
	case syntax.Attribute:
		w.attribute(i, kind)
	case syntax.Subscript:
		// What is looked up by a key comes from the container, and not from the key.
		w.on(t.First(i), kind)
		w.item(i, kind)
	case syntax.Call:
		w.call(i, kind)
	case syntax.ConditionalExpression:
		yes := t.First(i)
		w.on(yes, kind)
		if yes != syntax.None && t.Next(yes) != syntax.None {
			w.on(t.Next(t.Next(yes)), kind)
		}
	case syntax.BooleanOperator, syntax.List, syntax.Tuple, syntax.Set, syntax.ExpressionList, syntax.Dictionary:
		w.parts(i, kind)
	case syntax.BinaryOperator:
		w.operator(i, kind)
	case syntax.String, syntax.ConcatenatedString:
		if kind == Either {
			kind = Path
		}
		if kind == Path {
			w.filled(i)
		}
		w.parts(i, kind)
	case syntax.ListComprehension, syntax.SetComprehension, syntax.GeneratorExpression, syntax.DictionaryComprehension:
		w.on(t.First(i), kind)
	case syntax.Lambda:
		w.on(t.Child(i, syntax.Body), kind)
	}
}

// maxParts bounds the parts of one expression that are looked at.
const maxParts = 64

func (w *walk) parts(i syntax.Index, kind Kind) {
	for n, c := 0, w.tree.First(i); c != syntax.None && n < maxParts; n, c = n+1, w.tree.Next(c) {
		w.on(c, kind)
	}
}

// operator looks at both sides. A slash joins paths, and a percent sign makes a text.
func (w *walk) operator(i syntax.Index, kind Kind) {
	left := w.tree.First(i)
	if left == syntax.None {
		return
	}
	right := w.tree.Next(left)
	if kind == Either && right != syntax.None {
		between := w.tree.Source[w.tree.Nodes[left].End:w.tree.Nodes[right].Start]
		for _, b := range between {
			if b == '/' || b == '%' {
				kind = Path
			}
		}
		if w.tree.Kind(left) == syntax.String || w.tree.Kind(right) == syntax.String {
			kind = Path
		}
	}
	w.on(left, kind)
	w.on(right, kind)
}

// name looks at what binds a name, and at what is put into what it stands for.
func (w *walk) name(i syntax.Index, kind Kind) {
	if kind == Path && w.allowed(i) {
		return
	}
	for _, b := range w.names.Binders(i) {
		w.bound(b, kind)
	}
	w.mutated(i, kind)
	if kind.isPath() {
		w.filled(i)
	}
}

// attribute looks at an attribute: at what it is set to, and at the object.
func (w *walk) attribute(i syntax.Index, kind Kind) {
	of, name := w.tree.Child(i, syntax.Object), w.word(w.tree.Child(i, syntax.AttributeName))
	if of == syntax.None || name == "" {
		return
	}
	w.set(i, of, name, kind)
	w.mutated(i, kind)
	if kind.isPath() {
		w.filled(i)
	}
	if w.isSelf(of) {
		w.property(of, name, kind)
		return
	}
	w.on(of, kind)
}

// isSelf reports the object of a method, by whose name alone nothing is known.
func (w *walk) isSelf(i syntax.Index) bool {
	return w.tree.Kind(i) == syntax.Identifier && w.names.Self(i) != syntax.None
}

// property looks at what a property or a method of the class gives.
func (w *walk) property(of syntax.Index, name string, kind Kind) {
	for _, class := range w.family(w.names.Self(of)) {
		for _, def := range w.index().defs[name] {
			if w.names.Scope(def) == class {
				w.returned(def, kind)
			}
		}
	}
}

// maxFamily bounds the classes of the file that one stands on.
const maxFamily = 8

// family lists a class and those of the file on which it stands.
func (w *walk) family(class syntax.Index) []syntax.Index {
	if class == syntax.None {
		return nil
	}
	all := []syntax.Index{class}
	for k := 0; k < len(all) && len(all) < maxFamily; k++ {
		all = append(all, w.names.Bases(all[k])...)
	}
	return all
}

// set looks at what the file sets an attribute to: that of the same class, or of the
// same name.
func (w *walk) set(i, of syntax.Index, name string, kind Kind) {
	var classes []syntax.Index
	if w.isSelf(of) {
		classes = w.family(w.names.Self(of))
	} else {
		for _, object := range w.names.Objects(of) {
			if w.tree.Kind(object) == syntax.ClassDefinition {
				classes = append(classes, w.family(object)...)
			}
		}
	}
	text := w.word(of)
	for _, target := range w.index().targets[name] {
		root := w.tree.Child(target, syntax.Object)
		switch {
		case target == i:
			continue
		case w.isSelf(root):
			if !contains(classes, w.names.Self(root)) {
				continue
			}
		case text == "" || w.word(root) != text || w.function(target) != w.function(i):
			continue
		}
		w.bound(target, kind)
	}
	for _, class := range classes {
		// A name of the class itself.
		for _, target := range w.index().classNames[name] {
			if w.names.Scope(target) == class {
				w.bound(target, kind)
			}
		}
	}
	if len(classes) > 0 {
		w.fields(classes[0], name, kind)
	}
}

// fields looks at what the objects of a class are made of, where it has no __init__ in
// the file: a dataclass, a named tuple.
func (w *walk) fields(class syntax.Index, name string, kind Kind) {
	for _, def := range w.index().defs["__init__"] {
		if w.names.Scope(def) == class {
			return
		}
	}
	position, ok := -1, false
	for _, target := range w.index().classNames[name] {
		if w.names.Scope(target) == class {
			position, ok = w.index().order[target], true
		}
	}
	if !ok {
		return
	}
	for _, use := range w.index().named[w.word(w.tree.Child(class, syntax.Name))] {
		if call := w.tree.Parent(use); w.tree.Kind(call) == syntax.Call && w.tree.Nodes[use].Field == syntax.Function {
			w.via(w.names.Argument(call, position, name), kind, call, "put into `"+w.excerpt(call)+"`")
		}
	}
}

// item looks at what an item of a container is set to.
func (w *walk) item(i syntax.Index, kind Kind) {
	of := w.tree.First(i)
	if of == syntax.None {
		return
	}
	text, key := w.word(of), w.word(w.tree.Next(of))
	if text == "" {
		return
	}
	for _, target := range w.index().items[text] {
		if target == i || w.function(target) != w.function(i) {
			continue
		}
		other := w.tree.Next(w.tree.First(target))
		if w.tree.Kind(other) == syntax.String && key != w.word(other) && w.tree.Kind(w.tree.Next(of)) == syntax.String {
			continue // another key
		}
		w.bound(target, kind)
	}
}

func contains(list []syntax.Index, i syntax.Index) bool {
	for _, x := range list {
		if x == i {
			return true
		}
	}
	return false
}
