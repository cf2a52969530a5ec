package pyscan

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// findClass is the method through which an unpickler imports every global
// (CPython, Lib/pickle.py: _Unpickler.find_class); overriding it is the
// documented way to restrict what a pickle may do.
const findClass = "find_class"

// restricted returns why the subclass through which an unpickler is used
// restricts it, or "", and then why what it overrides is no restriction, or "".
func (f *file) restricted(target names.Target) (safe, weak string) {
	if !isUnpickler(target.Name) {
		return "", ""
	}
	for _, class := range target.Classes {
		known, ok := f.overrides[class]
		if !ok {
			known = f.judgeClass(class)
			f.overrides[class] = known
		}
		if known.overridden {
			return known.safe, known.weak
		}
	}
	return "", ""
}

// override is what a subclass of an unpickler does about find_class.
type override struct {
	overridden bool
	// safe says that it refuses what is not in a list of modules and names, weak
	// why it does not.
	safe, weak string
}

func (f *file) judgeClass(class syntax.Index) override {
	method := f.method(class, findClass)
	if method == syntax.None {
		return override{}
	}
	name := f.excerpt(f.tree.Child(class, syntax.Name), maxArgument)
	if why := f.judgeFindClass(method); why != "" {
		return override{overridden: true, weak: "find_class of " + name + " is no restriction: " + why}
	}
	return override{overridden: true, safe: "find_class is overridden by " + name}
}

// method returns the definition of a method in the body of a class, or None.
func (f *file) method(class syntax.Index, name string) syntax.Index {
	body := f.tree.Child(class, syntax.Body)
	if body == syntax.None {
		return syntax.None
	}
	for c := f.tree.First(body); c != syntax.None; c = f.tree.Next(c) {
		def := c
		if f.tree.Kind(c) == syntax.DecoratedDefinition {
			for def = f.tree.First(c); def != syntax.None && f.tree.Kind(def) != syntax.FunctionDefinition; {
				def = f.tree.Next(def)
			}
		}
		if f.tree.Kind(def) != syntax.FunctionDefinition {
			continue
		}
		if id := f.tree.Child(def, syntax.Name); id != syntax.None && string(f.tree.Text(id)) == name {
			return def
		}
	}
	return syntax.None
}
