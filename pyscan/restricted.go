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
// restricts it, or "".
func (f *file) restricted(target names.Target) string {
	if !isUnpickler(target.Name) {
		return ""
	}
	for _, class := range target.Classes {
		known, ok := f.overrides[class]
		if !ok {
			known = f.judgeClass(class)
			f.overrides[class] = known
		}
		if known.overridden {
			return known.safe
		}
	}
	return ""
}

// override is what a subclass of an unpickler does about find_class.
type override struct {
	overridden bool
	safe       string
}

func (f *file) judgeClass(class syntax.Index) override {
	method := f.method(class, findClass)
	if method == syntax.None {
		return override{}
	}
	out := override{overridden: true}
	if f.refuses(method) {
		out.safe = "find_class is overridden by " + f.excerpt(f.tree.Child(class, syntax.Name), maxArgument)
	}
	return out
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

// importers are the names by which a method imports what it is asked for.
var importers = map[string]bool{"super": true, "getattr": true, "__import__": true, "import_module": true}

// refuses reports whether a find_class can say no: it raises, or it never
// imports by name at all. Whether it says no to the right names is not judged.
func (f *file) refuses(method syntax.Index) bool {
	imports := false
	for i := method; i < f.tree.Nodes[method].After; i++ {
		switch f.tree.Kind(i) {
		case syntax.RaiseStatement:
			return true
		case syntax.Identifier:
			word := string(f.tree.Text(i))
			imports = imports || importers[word] || word == findClass && f.tree.Nodes[i].Field == syntax.AttributeName
		}
	}
	return !imports
}
