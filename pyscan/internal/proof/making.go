package proof

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// A call of a class gives an object of it, behind its __init__: if neither its __new__ nor
// the class that it is an object of itself gives something else.

// plainMetaclasses are those of the standard library that make objects as type does.
var plainMetaclasses = []string{"type", "ABCMeta", "EnumMeta", "EnumType", "_ProtocolMeta"}

// madeOtherwise reports a class of which a call may give what is no object of it.
func (f *File) madeOtherwise(class syntax.Index) bool {
	if def := f.methods[class]["__new__"]; def > 0 && !f.passesUp(def, "__new__", true) {
		return true
	}
	meta, known := f.metaclass(class)
	if meta > 0 {
		def := f.methods[meta]["__call__"]
		return def > 0 && !f.passesUp(def, "__call__", true)
	}
	return !known
}

// initSkipped reports a class of which a call may give an object that was made before.
func (f *File) initSkipped(class syntax.Index) bool {
	meta, _ := f.metaclass(class)
	if meta <= 0 {
		return false
	}
	def := f.methods[meta]["__call__"]
	return def > 0 && !f.passesUp(def, "__call__", false)
}

// metaclass returns the class of the file that a class is an object of, or None. known
// reports one that is, if it is of another file, as good as type.
func (f *File) metaclass(class syntax.Index) (meta syntax.Index, known bool) {
	bases := f.tree.Child(class, syntax.Superclasses)
	if bases == syntax.None {
		return syntax.None, true
	}
	for c := f.tree.First(bases); c != syntax.None; c = f.tree.Next(c) {
		if f.tree.Kind(c) != syntax.KeywordArgument || string(f.tree.Text(f.tree.Child(c, syntax.Name))) != "metaclass" {
			continue
		}
		value := f.tree.Child(c, syntax.Value)
		if f.tree.Kind(value) == syntax.Identifier {
			if def := f.definitions[f.names.Variable(value)]; def > 0 && f.tree.Kind(def) == syntax.ClassDefinition {
				return def, true
			}
		}
		return syntax.None, slices.Contains(plainMetaclasses, lastWord(string(f.tree.Text(value))))
	}
	return syntax.None, true
}

// passesUp reports a method that returns nothing but what the method of its name of a class
// above gives; if kept, also where it has kept that: "cls.only", "made[key]".
func (f *File) passesUp(def syntax.Index, name string, kept bool) bool {
	up := func(i syntax.Index) bool {
		called := f.tree.Child(i, syntax.Function)
		return f.tree.Kind(i) == syntax.Call && f.tree.Kind(called) == syntax.Attribute && lastWord(string(f.tree.Text(called))) == name
	}
	some := false
	for i := def; i < f.tree.Nodes[def].After; i++ {
		if f.tree.Kind(i) != syntax.ReturnStatement {
			continue
		}
		value := f.tree.First(i)
		if value == syntax.None {
			return false
		}
		if !up(value) && !f.holdsOnly(def, value, up, kept, maxBases) {
			return false
		}
		some = true
	}
	return some
}

// holdsOnly reports a name that a function gives no value but such; if kept, also an
// attribute or an item that it does.
func (f *File) holdsOnly(def, name syntax.Index, is func(syntax.Index) bool, kept bool, depth int) bool {
	if depth == 0 {
		return false
	}
	switch f.tree.Kind(name) {
	case syntax.Identifier:
	case syntax.Attribute, syntax.Subscript:
		if !kept {
			return false
		}
	default:
		return false
	}
	text, some := string(f.tree.Text(name)), false
	for i := def; i < f.tree.Nodes[def].After; i++ {
		if f.tree.Kind(i) != syntax.Assignment || string(f.tree.Text(f.tree.Child(i, syntax.Left))) != text {
			continue
		}
		value := f.tree.Child(i, syntax.Right)
		if value == syntax.None || !is(value) && !f.holdsOnly(def, value, is, kept, depth-1) {
			return false
		}
		some = true
	}
	return some
}
