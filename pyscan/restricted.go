package pyscan

import (
	"strings"

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
	name := f.excerpt(f.tree.Child(class, syntax.Name), maxArgument)
	method, set := f.method(class, findClass)
	if set {
		return override{overridden: true, weak: "find_class of " + name + " is no restriction: it is set to what is not looked into"}
	}
	if method == syntax.None {
		return override{}
	}
	if f.setsFindClass() {
		return override{overridden: true, weak: "find_class of " + name + " is no restriction: another one is set later"}
	}
	if why := f.judgeFindClass(method); why != "" {
		return override{overridden: true, weak: "find_class of " + name + " is no restriction: " + why}
	}
	return override{overridden: true, safe: "find_class is overridden by " + name}
}

// method returns the definition of a method in the body of a class, or None: the last
// one, which stays. set reports that something else is set to its name behind that.
func (f *file) method(class syntax.Index, name string) (method syntax.Index, set bool) {
	method = syntax.None
	body := f.tree.Child(class, syntax.Body)
	if body == syntax.None {
		return method, false
	}
	for c := f.tree.First(body); c != syntax.None; c = f.tree.Next(c) {
		def := c
		switch f.tree.Kind(c) {
		case syntax.DecoratedDefinition:
			for def = f.tree.First(c); def != syntax.None && f.tree.Kind(def) != syntax.FunctionDefinition; {
				def = f.tree.Next(def)
			}
		case syntax.ExpressionStatement:
			def = f.tree.First(c)
		}
		switch f.tree.Kind(def) {
		case syntax.FunctionDefinition:
			if id := f.tree.Child(def, syntax.Name); id != syntax.None && string(f.tree.Text(id)) == name {
				method, set = def, false
			}
		case syntax.Assignment:
			if left := f.tree.Child(def, syntax.Left); left != syntax.None && string(f.tree.Text(left)) == name {
				set = true
			}
		}
	}
	return method, set
}

// setsFindClass reports that the file sets a find_class to something: as an attribute
// of whatever object, or by setattr.
func (f *file) setsFindClass() bool {
	for i := range f.tree.Nodes {
		n := syntax.Index(i)
		switch f.tree.Kind(n) {
		case syntax.Assignment:
			left := f.tree.Child(n, syntax.Left)
			if left == syntax.None || f.tree.Kind(left) != syntax.Attribute {
				continue
			}
			if name := f.tree.Child(left, syntax.AttributeName); name != syntax.None && string(f.tree.Text(name)) == findClass && f.tree.Child(n, syntax.Right) != syntax.None {
				return true
			}
		case syntax.Call:
			args, called := f.tree.Child(n, syntax.Arguments), f.tree.Child(n, syntax.Function)
			if args == syntax.None || called == syntax.None || string(f.tree.Text(called)) != "setattr" {
				continue
			}
			if first := f.tree.First(args); first != syntax.None {
				if second := f.tree.Next(first); second != syntax.None && strings.Trim(string(f.tree.Text(second)), `"'`) == findClass {
					return true
				}
			}
		}
	}
	return false
}
