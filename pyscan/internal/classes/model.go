package classes

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Model holds the classes of one file.
type Model struct {
	// Classes are in the order of the file.
	Classes []*Class

	tree  *syntax.Tree
	names *names.Table
	// owner is that of [Outline].
	owner []syntax.Index
	byDef map[syntax.Index]*Class
	// scoped holds the classes of a scope, the latest of each name.
	scoped map[scopedName]*Class
	// defs holds the functions of a scope, the latest of each name.
	defs map[scopedName]syntax.Index
	// entered holds what with statements enter, by the name that they bind; None for a
	// name that two bind.
	entered map[scopedName]syntax.Index
	// yields are the functions that make generators.
	yields map[syntax.Index]bool
}

type scopedName struct {
	scope syntax.Index
	name  string
}

// Class is one class definition.
type Class struct {
	// Name is qualified within the file.
	Name string
	Node syntax.Index
	// Local: the class is defined in a function, where pickle finds no class.
	Local bool
	// Outer is the class or function around the definition, or None.
	Outer syntax.Index
	Bases []Base
	// Open: something among its bases, keywords or decorators is not understood.
	Open       bool
	Decorators []Decorator
	// Methods holds the last definition of each name.
	Methods map[string]*Method
	// Attrs holds what the body of the class assigns, by name: the value, or None.
	Attrs map[string]syntax.Index
	// Fields are the annotated names of the body, in order.
	Fields []Field
	// Slots are those that the body lists; Slotted: it lists all that it has.
	Slots   []string
	Slotted bool
	// SlotsAt is the statement that lists them, or None.
	SlotsAt syntax.Index

	model  *Model
	mro    []*Class
	closed bool // all that it stands on is in the file, or known to add nothing
	linear bool // mro and closed are set
	states map[string]*memo

	sets    map[string][]SetIn
	ordered []*Method

	reached  map[*Method][]*Method
	restores map[*Method]*Restore
}

// Base is something that a class stands on.
type Base struct {
	// Name is its dotted name, or "" if it has none.
	Name string
	// Class is it, if it is defined in the same file.
	Class *Class
	At    syntax.Index
}

// Decorator is what decorates a class or a method.
type Decorator struct {
	// Name is its dotted name, or "".
	Name string
	// Call is the call of it, or None.
	Call syntax.Index
}

// Field is an annotated name of a class body.
type Field struct {
	Name        string
	Type, Value syntax.Index
	At          syntax.Index
}

// Build reads the classes of a file. The table is to follow all names: that of
// [names.BuildModule].
func Build(tree *syntax.Tree, table *names.Table, outline *Outline) *Model {
	m := &Model{tree: tree, names: table, owner: outline.Owner, byDef: make(map[syntax.Index]*Class), scoped: make(map[scopedName]*Class), defs: make(map[scopedName]syntax.Index), yields: make(map[syntax.Index]bool), entered: make(map[scopedName]syntax.Index)}
	qualified := make(map[syntax.Index]string)
	inFunction := make(map[syntax.Index]bool)
	global := make(map[scopedName]bool)
	for i := range tree.Nodes {
		i := syntax.Index(i)
		kind := tree.Kind(i)
		switch kind {
		case syntax.Yield:
			m.yields[m.owner[i]] = true
		case syntax.AsPattern:
			m.enter(i)
		case syntax.GlobalStatement:
			for _, name := range m.Children(i) {
				global[scopedName{m.owner[i], m.text(name)}] = true
			}
		}
		if kind != syntax.ClassDefinition && kind != syntax.FunctionDefinition {
			continue
		}
		outer := m.owner[i]
		name := m.text(tree.Child(i, syntax.Name))
		if before := qualified[outer]; before != "" && len(before)+len(name) < maxName {
			name = before + "." + name
		}
		qualified[i] = name
		local := outer != syntax.None && (tree.Kind(outer) == syntax.FunctionDefinition || tree.Kind(outer) == syntax.Lambda || inFunction[outer]) && !global[scopedName{outer, m.text(tree.Child(i, syntax.Name))}]
		inFunction[i] = local
		if kind == syntax.FunctionDefinition {
			m.defs[scopedName{outer, m.text(tree.Child(i, syntax.Name))}] = i
		}
		if kind == syntax.ClassDefinition && len(m.Classes) < MaxClasses {
			c := &Class{
				Name: name, Node: i, Local: local, Outer: outer, SlotsAt: syntax.None, model: m,
				Methods: make(map[string]*Method), Attrs: make(map[string]syntax.Index), states: make(map[string]*memo),
			}
			m.Classes = append(m.Classes, c)
			m.byDef[i] = c
			m.scoped[scopedName{outer, m.text(tree.Child(i, syntax.Name))}] = c
		}
	}
	for _, c := range m.Classes {
		c.read()
	}
	return m
}

// MaxClasses bounds the classes of one file that are read; more are not.
const MaxClasses = 20_000

// maxName bounds a qualified name, in bytes.
const maxName = 256

// Of returns the class that a definition defines, or nil.
func (m *Model) Of(definition syntax.Index) *Class { return m.byDef[definition] }

// Around returns the class in whose body or methods a node stands, or nil.
func (m *Model) Around(i syntax.Index) *Class {
	for range maxOuter {
		if i = m.owner[i]; i == syntax.None {
			return nil
		}
		if c := m.byDef[i]; c != nil {
			return c
		}
	}
	return nil
}

// Function returns the innermost function, lambda or class around a node, or None.
func (m *Model) Function(i syntax.Index) syntax.Index { return m.owner[i] }

// maxOuter bounds the scopes that are climbed.
const maxOuter = 32

// Named returns the class of the file that a name stands for where it is read, or nil.
func (m *Model) Named(i syntax.Index) *Class {
	i = m.unwrap(i)
	switch m.tree.Kind(i) {
	case syntax.Attribute:
		// Outer.Inner
		if of := m.Named(m.tree.Child(i, syntax.Object)); of != nil {
			return m.scoped[scopedName{of.Node, m.text(m.tree.Child(i, syntax.AttributeName))}]
		}
	case syntax.Identifier:
		return look(m, i, func(key scopedName) (*Class, bool) {
			c := m.scoped[key]
			return c, c != nil && !m.inHeader(c, i)
		})
	}
	return nil
}

// Defined returns the function of the file that a name stands for where it is read, and
// whether it stands in another function; None if it is none.
func (m *Model) Defined(i syntax.Index) (def syntax.Index, local bool) {
	i = m.unwrap(i)
	if m.tree.Kind(i) != syntax.Identifier {
		return syntax.None, false
	}
	def = look(m, i, func(key scopedName) (syntax.Index, bool) {
		d, ok := m.defs[key]
		return d, ok
	})
	if def <= 0 {
		return syntax.None, false
	}
	outer := m.owner[def]
	return def, outer != syntax.None && m.tree.Kind(outer) != syntax.ClassDefinition
}

// Generator reports whether a function yields.
func (m *Model) Generator(def syntax.Index) bool { return m.yields[def] }

// look asks the scopes around a name for it, from within outwards.
func look[T any](m *Model, i syntax.Index, in func(scopedName) (T, bool)) (none T) {
	name := m.text(i)
	scope := m.owner[i]
	if c := m.byDef[scope]; c != nil && m.inHeader(c, i) {
		scope = c.Outer
	}
	first := true
	for range maxScopes {
		// The names of a class are not seen from the functions inside it.
		if first || scope == syntax.None || m.tree.Kind(scope) != syntax.ClassDefinition {
			if got, ok := in(scopedName{scope, name}); ok {
				return got
			}
		}
		if scope == syntax.None {
			return none
		}
		scope, first = m.owner[scope], false
	}
	return none
}

// maxScopes bounds the scopes in each other that are asked for a name.
const maxScopes = 64

// inHeader reports whether a node stands among the bases of a class: a class that has
// the name of its base is another one.
func (m *Model) inHeader(c *Class, i syntax.Index) bool {
	list := m.tree.Child(c.Node, syntax.Superclasses)
	return list != syntax.None && m.tree.Contains(list, i)
}

// Name returns the dotted name that an expression stands for, "builtins.x" for what
// nobody binds, and "" if there is none. It is sure if it can be nothing else.
func (m *Model) Name(i syntax.Index) (name string, sure bool) {
	i = m.unwrap(i)
	if k := m.tree.Kind(i); k != syntax.Identifier && k != syntax.Attribute {
		return "", false
	}
	got := m.names.Expression(i)
	if len(got.Targets) > 0 {
		return got.Targets[0].Name, got.Complete && len(got.Targets) == 1
	}
	rest := ""
	for m.tree.Kind(i) == syntax.Attribute && len(rest) < maxName {
		rest = "." + m.text(m.tree.Child(i, syntax.AttributeName)) + rest
		i = m.unwrap(m.tree.Child(i, syntax.Object))
	}
	if m.tree.Kind(i) != syntax.Identifier || !m.names.Identifier(i).Unbound {
		return "", false
	}
	return "builtins." + m.text(i) + rest, true
}

// Callee returns the dotted name of what a call calls, or "".
func (m *Model) Callee(call syntax.Index) string {
	if m.tree.Kind(call) != syntax.Call {
		return ""
	}
	name, _ := m.Name(m.tree.Child(call, syntax.Function))
	return name
}

// OnlyValue returns the expression that a name certainly is where it is read, or the
// one that a with statement enters for it; None otherwise.
func (m *Model) OnlyValue(i syntax.Index) syntax.Index {
	if m.tree.Kind(i) != syntax.Identifier {
		return syntax.None
	}
	if v := m.names.OnlyValue(i); v != syntax.None {
		return v
	}
	// Index 0 is the file, which nothing is bound to.
	if v := look(m, i, func(key scopedName) (syntax.Index, bool) {
		v, ok := m.entered[key]
		return v, ok
	}); v > 0 && v < i {
		return v
	}
	return syntax.None
}

// enter notes what a with statement binds.
func (m *Model) enter(as syntax.Index) {
	if m.tree.Kind(m.tree.Parent(as)) != syntax.WithItem {
		return
	}
	value := m.tree.First(as)
	if value == syntax.None {
		return
	}
	target := m.tree.Next(value)
	if m.tree.Kind(target) == syntax.AsPatternTarget {
		target = m.tree.First(target)
	}
	if m.tree.Kind(target) != syntax.Identifier {
		return
	}
	key := scopedName{m.owner[as], m.text(target)}
	if _, twice := m.entered[key]; twice {
		value = syntax.None
	}
	m.entered[key] = value
}

func (m *Model) text(i syntax.Index) string {
	if i == syntax.None {
		return ""
	}
	return string(m.tree.Text(i))
}

func (m *Model) unwrap(i syntax.Index) syntax.Index { return m.tree.Unwrap(i) }

// Constant returns the string that a literal spells; escapes and fields are none.
func (m *Model) Constant(i syntax.Index) (string, bool) {
	i = m.unwrap(i)
	if m.tree.Kind(i) != syntax.String {
		return "", false
	}
	text := m.text(i)
	body := strings.TrimLeft(text, "rRbBuU")
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if len(body) >= 2*len(quote) && strings.HasPrefix(body, quote) && strings.HasSuffix(body, quote) {
			body = body[len(quote) : len(body)-len(quote)]
			return body, !strings.ContainsRune(body, '\\')
		}
	}
	return "", false
}

// Children lists the children of a node that are no comments.
func (m *Model) Children(i syntax.Index) (out []syntax.Index) {
	if i == syntax.None {
		return nil
	}
	for c := m.tree.First(i); c != syntax.None; c = m.tree.Next(c) {
		out = append(out, c)
	}
	return out
}
