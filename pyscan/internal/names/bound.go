package names

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// at returns a binding of the name at a node.
func (b binding) at(node syntax.Index) binding {
	b.node = node
	return b
}

// maxBound bounds the bindings of a name among which those are looked for that reach a
// place.
const maxBound = 512

// Binders lists the places that may give the name at node i, an identifier, the value
// that it has there: the names that are bound. What binds them is to be read from the
// tree. It is nil if there is none, or if there are too many.
func (t *Table) Binders(i syntax.Index) (out []syntax.Index) {
	for _, b := range t.reachingBindings(i, maxBound, true) {
		if b.node != 0 && !slices.Contains(out, b.node) {
			out = append(out, b.node)
		}
	}
	return out
}

// Scope returns the function, the class or the comprehension in which node i is
// evaluated, or the module.
func (t *Table) Scope(i syntax.Index) syntax.Index { return t.scopes[t.scopeOf[i]].node }

// Gives lists what a function of the file returns, and what it yields.
func (t *Table) Gives(function syntax.Index) []syntax.Index {
	if t.tree.Kind(function) == syntax.Lambda {
		return []syntax.Index{t.tree.Child(function, syntax.Body)}
	}
	s, ok := t.functions[function]
	if !ok {
		return nil
	}
	return slices.Concat(t.scopes[s].returns, t.scopes[s].yields)
}

// Self returns the class of which a name, an identifier, is an object by being the first
// parameter of a method around it, or None.
func (t *Table) Self(i syntax.Index) syntax.Index {
	name := t.text(i)
	return t.selfOf(t.homeOf(name, t.scopeOf[i]), name)
}

// Bases returns the classes of the file on which a class of it stands.
func (t *Table) Bases(class syntax.Index) []syntax.Index { return t.basesOf(class) }

// IsTarget reports an attribute or an item that is set, or a name that is bound.
func (t *Table) IsTarget(i syntax.Index) bool { return t.roles[i]&target != 0 }

// Imported reports a name, an identifier, that nothing but imports bind.
func (t *Table) Imported(i syntax.Index) bool {
	bindings := t.reachingBindings(i, maxBound, true)
	for _, b := range bindings {
		if !t.isImport(b.node) {
			return false
		}
	}
	return len(bindings) > 0
}

// isImport reports a name that stands in an import statement.
func (t *Table) isImport(i syntax.Index) bool {
	for range maxTypes {
		switch t.tree.Kind(i) {
		case syntax.ImportStatement, syntax.ImportFromStatement, syntax.FutureImportStatement:
			return true
		case syntax.Identifier, syntax.DottedName, syntax.AliasedImport:
			i = t.tree.Parent(i)
			continue
		}
		break
	}
	return false
}

// Import tells what a name, an identifier, was imported as: a name of a module, or a
// module, and then the name is "". It is false unless one import and nothing else binds
// it, of a module whose name is known.
func (t *Table) Import(i syntax.Index) (module, name string, ok bool) {
	bound := t.Binders(i)
	if len(bound) != 1 || !t.isImport(bound[0]) {
		return "", "", false
	}
	item, statement := bound[0], t.tree.Parent(bound[0])
	for t.tree.Kind(statement) == syntax.DottedName || t.tree.Kind(statement) == syntax.AliasedImport {
		item, statement = statement, t.tree.Parent(statement)
	}
	path := item
	if t.tree.Kind(item) == syntax.AliasedImport {
		path = t.tree.Child(item, syntax.Name)
	}
	if path == syntax.None {
		return "", "", false
	}
	if t.tree.Kind(statement) != syntax.ImportFromStatement {
		module = t.dotted(path)
		if path == item { // "import a.b" binds a
			module, _, _ = strings.Cut(module, ".")
		}
		return module, "", true
	}
	from := t.tree.Child(statement, syntax.ModuleName)
	if t.tree.Kind(from) == syntax.DottedName {
		return t.dotted(from), t.dotted(path), true
	}
	module, ok = t.relative(from)
	return module, t.dotted(path), ok
}
