package names

import (
	"maps"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Bound is what a module binds to a name of its own.
type Bound struct {
	// Targets are the dotted names that it may stand for. A function or class
	// that the module defines stands for itself.
	Targets []Target
	// Definition is the def or class that binds it, or None.
	Definition syntax.Index
	// Value is the expression that it is assigned, if there is one only.
	Value syntax.Index
	// Sure: one statement of the module's own body binds the name, always, and
	// nothing rebinds or deletes it.
	Sure bool
	// End is where the statement ends that binds it first.
	End uint32
}

// Module returns what the module binds to a name, and false if nothing.
func (t *Table) Module(name string) (Bound, bool) {
	e := t.scopes[0].names[name]
	if e == nil || len(e.bindings) == 0 {
		return Bound{}, false
	}
	first := &e.bindings[0]
	out := Bound{Definition: first.class, Value: first.value, Sure: len(e.bindings) == 1, End: first.pos}
	if first.value != syntax.None {
		out.Definition = syntax.None
	}
	if first.part != (part{}) {
		out.Value = syntax.None // what a loop runs over
	}
	var all Result
	for k := range e.bindings {
		b := &e.bindings[k]
		all.merge(t.meaning(b).targets...)
		if b.anytime || b.dom != 0 || b.loop != syntax.None {
			out.Sure = false
		}
	}
	out.Targets = all.Targets
	return out, true
}

// Names lists the names that the module binds, sorted.
func (t *Table) Names() []string { return slices.Sorted(maps.Keys(t.scopes[0].names)) }

// Members returns the names that the bodies of classes bind, by the class.
func (t *Table) Members() map[syntax.Index][]string {
	out := make(map[syntax.Index][]string)
	for s := range t.scopes {
		if t.scopes[s].kind == classScope {
			out[t.scopes[s].node] = slices.Sorted(maps.Keys(t.scopes[s].names))
		}
	}
	return out
}

// bindDefinition binds a def or class of the body of a named module to its own
// dotted name.
func (t *Table) bindDefinition(i syntax.Index) bool {
	id := t.tree.Child(i, syntax.Name)
	if !t.defines || id == syntax.None || t.scopeOf[i] != 0 {
		return false
	}
	t.roles[id] |= target
	name := t.text(id)
	b := t.valued(t.tree.Nodes[i].End, t.blockOf[i], t.loopOf[i], syntax.None)
	b.class = i
	t.add(0, name, t.dottedAs(b, t.module+"."+name))
	return true
}

// relative returns the module that a relative import names, as
// importlib._bootstrap._resolve_name does. It is false where that leads out of
// the top package, or where the module has no name.
func (t *Table) relative(i syntax.Index) (string, bool) {
	if t.module == "" || i == syntax.None {
		return "", false
	}
	text := strings.Join(strings.Fields(strings.ReplaceAll(t.text(i), "\\\n", "")), "")
	rest := strings.TrimLeft(text, ".")
	return Relative(t.module, t.pkg, len(text)-len(rest), rest)
}

// Relative returns the module that dots dots and a name mean in a module, or in
// the __init__.py of a package of that name.
func Relative(module string, pkg bool, dots int, rest string) (string, bool) {
	if module == "" {
		return "", false
	}
	if pkg {
		dots--
	}
	for ; dots > 0; dots-- {
		dot := strings.LastIndexByte(module, '.')
		if dot < 0 {
			return "", false
		}
		module = module[:dot]
	}
	if rest != "" {
		module += "." + rest
	}
	return module, true
}
