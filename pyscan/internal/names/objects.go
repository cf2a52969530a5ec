package names

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// object returns an object of a class, or what a function returns, if anything is
// known of it.
func (t *Table) object(target Target) (Target, bool) {
	if target.Called {
		return target, false
	}
	canonical, ok := t.words.Canonical(target.Name + "()")
	if !ok {
		return target, false
	}
	got := Target{Name: canonical, Via: syntax.None, Annotated: target.Annotated, at: target.at}
	if !target.attr {
		got.Classes = target.Classes
	}
	return got, true
}

// overridden reports whether one of the classes through which a target is used
// defines an attribute itself.
func (t *Table) overridden(target *Target, name string) bool {
	if target.attr {
		return false
	}
	for _, class := range target.Classes {
		if s, ok := t.classes[class]; ok && t.scopes[s].names[name] != nil {
			return true
		}
	}
	return false
}

// baseTargets tells what the bases of a class stand for.
func (t *Table) baseTargets(class syntax.Index) Result {
	out := Result{}
	bases := t.tree.Child(class, syntax.Superclasses)
	if bases == syntax.None {
		return out
	}
	n := 0
	for c := t.tree.First(bases); c != syntax.None && n < maxClasses; c = t.tree.Next(c) {
		switch t.tree.Kind(c) {
		case syntax.Identifier, syntax.Attribute, syntax.ParenthesizedExpression:
			r := t.Expression(c)
			for k := range r.Targets {
				r.Targets[k].Via = r.Targets[k].at
			}
			out.merge(r.Targets...)
			n++
		}
	}
	return out
}

// ownTargets tells what a class is besides itself, as its methods see it: it stands
// on its bases, and so do its objects.
func (t *Table) ownTargets(class syntax.Index, as own) Result {
	out := Result{}
	for _, got := range t.baseTargets(class).Targets {
		got.Classes = append([]syntax.Index{class}, got.Classes[:min(len(got.Classes), maxClasses-1)]...)
		got.Own = true
		if as == ownClass {
			out.merge(got)
			continue
		}
		if object, ok := t.object(got); ok {
			object.Own = true
			out.merge(object)
		}
	}
	return out
}

// ownOf says what the first parameter of a method is.
func (t *Table) ownOf(def syntax.Index) own {
	if id := t.tree.Child(def, syntax.Name); id != syntax.None {
		switch t.text(id) {
		case "__new__", "__init_subclass__", "__class_getitem__":
			return ownClass
		}
	}
	if t.decorated(def, "classmethod") {
		return ownClass
	}
	return ownObject
}

// decorated reports whether a function has a decorator whose last word ends so.
func (t *Table) decorated(def syntax.Index, suffix string) bool {
	outer := t.tree.Parent(def)
	if t.tree.Kind(outer) != syntax.DecoratedDefinition {
		return false
	}
	for c := t.tree.First(outer); c != syntax.None && c != def; c = t.tree.Next(c) {
		text := t.text(c)
		if len(text) <= maxDecorator && strings.HasSuffix(strings.TrimSpace(text), suffix) {
			return true
		}
	}
	return false
}

// maxDecorator bounds a decorator that is read, in bytes.
const maxDecorator = 128

// valueOf tells what a binding binds.
func (t *Table) valueOf(b *binding) Result {
	switch {
	case b.part.annotated:
		return t.annotation(b.value)
	case b.part.own != noOwn:
		return t.ownTargets(b.value, b.part.own)
	}
	r := t.part(t.Expression(b.value), b.part)
	if b.part.element && b.part.item == 0 {
		more := t.itemsOf(b.value)
		r.add(&more)
	}
	return r
}

// entered tells what a with statement binds.
func (t *Table) entered(r Result) Result {
	out := Result{Targets: r.Targets, Complete: r.Complete, spaces: r.spaces}
	for _, object := range r.objects {
		switch t.tree.Kind(object) {
		case syntax.ClassDefinition:
			var method, given Result
			for _, name := range []string{"__enter__", "__aenter__"} {
				t.fromClass(object, "."+name, &method)
			}
			for _, f := range method.objects {
				if t.tree.Kind(f) == syntax.FunctionDefinition {
					given.add(t.returns(f))
				}
			}
			if given.empty() {
				given.hold(object)
			}
			out.add(&given)
		case syntax.Call:
			f := t.Expression(t.tree.Child(object, syntax.Function))
			t.yielded(&f, &out)
			out.hold(object)
		default:
			out.hold(object)
		}
	}
	return out
}

// Defines says what is known of an attribute of an expression: own that a class of
// the file defines it for what the expression is, other that the expression is
// something else than an object whose class is out of sight.
func (t *Table) Defines(i syntax.Index, attribute string) (own, other bool) {
	r := t.Expression(i)
	if len(r.Targets) > 0 || len(r.spaces) > 0 {
		return false, true
	}
	if t.tree.Kind(i) == syntax.Identifier && t.importsModule(i) {
		return false, true
	}
	for _, object := range r.objects {
		if t.tree.Kind(object) != syntax.ClassDefinition {
			return false, true
		}
		open := false
		chain := []syntax.Index{object}
		for k := 0; k < len(chain) && k < maxClasses; k++ {
			sc := &t.scopes[t.classes[chain[k]]]
			if sc.names[attribute] != nil || sc.paths["."+attribute] != nil {
				return true, false
			}
			local := t.basesOf(chain[k])
			if bases := t.tree.Child(chain[k], syntax.Superclasses); bases != syntax.None {
				n := 0
				for c := t.tree.First(bases); c != syntax.None; c = t.tree.Next(c) {
					if t.tree.Kind(c) != syntax.KeywordArgument && t.text(c) != "object" {
						n++
					}
				}
				open = open || n > len(local)
			}
			chain = append(chain, local...)
		}
		if !open {
			return false, true
		}
	}
	return false, false
}

// importsModule reports a name that is nothing but an imported module.
func (t *Table) importsModule(i syntax.Index) bool {
	name := t.text(i)
	e := t.scopes[t.homeOf(name, t.scopeOf[i])].names[name]
	if e == nil {
		return false
	}
	for k := range e.bindings {
		if !e.bindings[k].module {
			return false
		}
	}
	return true
}
