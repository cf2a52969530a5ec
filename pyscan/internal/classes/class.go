package classes

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// read fills in what the definition says.
func (c *Class) read() {
	c.bases()
	c.Decorators = c.model.decorators(c.Node)
	body := c.model.tree.Child(c.Node, syntax.Body)
	// Definitions in an if or a try of the body count as well.
	for _, n := range c.model.statements(body, c.Node) {
		c.statement(n)
	}
	if _, ok := c.Attrs["__qualname__"]; ok {
		c.Local = false // it says itself where it is found
	}
	for _, d := range c.Decorators {
		if isDataclass(d.Name) && d.Call != syntax.None && c.model.truth(c.model.Keyword(d.Call, "slots")) || isSlottedAttrs(d, c.model) {
			c.Slotted, c.SlotsAt = true, c.Node
			for _, f := range c.Fields {
				c.Slots = append(c.Slots, f.Name)
			}
		}
	}
}

func isDataclass(name string) bool {
	return name == "dataclasses.dataclass" || name == "pydantic.dataclasses.dataclass"
}

// isSlottedAttrs reports a class that attrs gives slots: attrs.define does by default,
// and gives it __getstate__ and __setstate__ too (attrs documentation, "Slotted classes").
func isSlottedAttrs(d Decorator, m *Model) bool {
	switch d.Name {
	case "attrs.define", "attr.define", "attrs.frozen", "attr.frozen", "attrs.mutable", "attr.mutable":
		return d.Call == syntax.None || !m.falsehood(m.Keyword(d.Call, "slots"))
	case "attr.s", "attr.attrs", "attr.dataclass":
		return d.Call != syntax.None && m.truth(m.Keyword(d.Call, "slots"))
	}
	return false
}

// Dataclass reports whether the class is one of dataclasses, and whether it is frozen.
func (c *Class) Dataclass() (is, frozen bool) {
	for _, d := range c.Decorators {
		if isDataclass(d.Name) {
			return true, d.Call != syntax.None && c.model.truth(c.model.Keyword(d.Call, "frozen"))
		}
	}
	return false, false
}

// IsAttrs reports whether the class is one of attrs, which pickle by themselves if they
// have slots.
func (c *Class) IsAttrs() bool {
	return slices.ContainsFunc(c.Decorators, func(d Decorator) bool {
		return strings.HasPrefix(d.Name, "attr.") || strings.HasPrefix(d.Name, "attrs.")
	})
}

// statements lists the statements of a block, those of branches in it included, in
// order. Whatever belongs to other than the owner is left out.
func (m *Model) statements(block, owner syntax.Index) (out []syntax.Index) {
	if block == syntax.None {
		return nil
	}
	for i := block + 1; i < m.tree.Nodes[block].After; i++ {
		if m.owner[i] != owner {
			continue
		}
		if p := m.tree.Parent(i); m.tree.Kind(p) == syntax.Block {
			out = append(out, i)
		}
	}
	return out
}

func (c *Class) bases() {
	m := c.model
	list := m.tree.Child(c.Node, syntax.Superclasses)
	for _, b := range m.Children(list) {
		at := m.unwrap(b)
		switch m.tree.Kind(at) {
		case syntax.KeywordArgument:
			if name, _ := m.Name(m.tree.Child(at, syntax.Value)); name != "abc.ABCMeta" {
				c.Open = true
			}
			continue
		case syntax.ListSplat, syntax.DictionarySplat:
			c.Open = true
			continue
		case syntax.Subscript: // Generic[T]
			at = m.tree.First(at)
		case syntax.Call:
			// namedtuple("P", "x y"), six.with_metaclass(Meta, Base)
			switch name := m.Callee(at); name {
			case "six.with_metaclass", "future.utils.with_metaclass":
				for k, arg := range m.Positional(at) {
					if k > 0 {
						c.base(arg)
					}
				}
				c.Open = true
			default:
				c.Bases = append(c.Bases, Base{Name: name, At: at})
				c.Open = c.Open || name == ""
			}
			continue
		}
		c.base(at)
	}
}

func (c *Class) base(at syntax.Index) {
	name, sure := c.model.Name(at)
	b := Base{Name: name, At: at}
	b.Class = c.model.Named(at)
	if b.Class == c {
		b.Class = nil
	}
	c.Open = c.Open || b.Class == nil && (name == "" || !sure)
	c.Bases = append(c.Bases, b)
}

// decorators lists what decorates a definition.
func (m *Model) decorators(i syntax.Index) (out []Decorator) {
	p := m.tree.Parent(i)
	if p == syntax.None || m.tree.Kind(p) != syntax.DecoratedDefinition {
		return nil
	}
	for _, n := range m.Children(p) {
		if m.tree.Kind(n) != syntax.Decorator {
			continue
		}
		d := Decorator{Call: syntax.None}
		expr := m.unwrap(m.tree.First(n))
		if m.tree.Kind(expr) == syntax.Call {
			d.Call, expr = expr, m.tree.Child(expr, syntax.Function)
		}
		d.Name, _ = m.Name(expr)
		if d.Name == "" {
			d.Name = m.text(expr)
		}
		out = append(out, d)
	}
	return out
}

// statement takes one statement of the body.
func (c *Class) statement(n syntax.Index) {
	m := c.model
	switch m.tree.Kind(n) {
	case syntax.DecoratedDefinition:
		for _, d := range m.Children(n) {
			if m.tree.Kind(d) == syntax.FunctionDefinition {
				c.method(d)
			}
		}
	case syntax.FunctionDefinition:
		c.method(n)
	case syntax.ExpressionStatement:
		for _, a := range m.Children(n) {
			if m.tree.Kind(a) == syntax.Assignment {
				c.assignment(a)
			}
		}
	}
}

func (c *Class) assignment(a syntax.Index) {
	m := c.model
	left, right := m.tree.Child(a, syntax.Left), m.tree.Child(a, syntax.Right)
	for m.tree.Kind(right) == syntax.Assignment { // a = b = value
		if l := m.tree.Child(right, syntax.Left); m.tree.Kind(l) == syntax.Identifier {
			c.Attrs[m.text(l)] = m.last(right)
		}
		right = m.tree.Child(right, syntax.Right)
	}
	if m.tree.Kind(left) != syntax.Identifier {
		return
	}
	name := m.text(left)
	if typ := m.tree.Child(a, syntax.TypeField); typ != syntax.None {
		c.Fields = append(c.Fields, Field{Name: name, Type: typ, Value: right, At: a})
		if right == syntax.None {
			return // an annotation alone binds nothing
		}
	}
	c.Attrs[name] = right
	if name == "__slots__" {
		c.slots(right, a)
	}
	// __setstate__ = _restore
	if strings.HasPrefix(name, "__") && m.tree.Kind(right) == syntax.Identifier {
		if f := c.Methods[m.text(right)]; f != nil {
			c.Methods[name] = f
		}
	}
}

// last is the value at the end of chained assignments.
func (m *Model) last(i syntax.Index) syntax.Index {
	for m.tree.Kind(i) == syntax.Assignment {
		i = m.tree.Child(i, syntax.Right)
	}
	return i
}

func (c *Class) slots(value, at syntax.Index) {
	c.Slotted, c.SlotsAt = true, at
	if s, ok := c.model.Constant(value); ok {
		c.Slots = []string{s}
		return
	}
	for _, e := range c.model.Elements(value) {
		if s, ok := c.model.Constant(e); ok {
			c.Slots = append(c.Slots, s)
		} else {
			c.Slotted = false // further slots, perhaps __dict__
		}
	}
	switch c.model.tree.Kind(c.model.unwrap(value)) {
	case syntax.Tuple, syntax.List, syntax.Set, syntax.Dictionary:
	default:
		c.Slotted = false
	}
	if slices.Contains(c.Slots, "__dict__") {
		c.Slotted = false
	}
}

// Elements lists the items of a display, the keys of a dictionary.
func (m *Model) Elements(i syntax.Index) (out []syntax.Index) {
	i = m.unwrap(i)
	switch m.tree.Kind(i) {
	case syntax.Tuple, syntax.List, syntax.Set, syntax.ExpressionList, syntax.PatternList, syntax.TuplePattern, syntax.ListPattern:
		return m.Children(i)
	case syntax.Dictionary:
		for _, p := range m.Children(i) {
			if m.tree.Kind(p) == syntax.Pair {
				p = m.tree.First(p)
			}
			out = append(out, p)
		}
	}
	return out
}

// Positional lists the arguments of a call up to the first that is not positional.
func (m *Model) Positional(call syntax.Index) (out []syntax.Index) {
	list := m.tree.Child(call, syntax.Arguments)
	if m.tree.Kind(list) == syntax.GeneratorExpression {
		return []syntax.Index{list}
	}
	for _, a := range m.Children(list) {
		switch m.tree.Kind(a) {
		case syntax.KeywordArgument, syntax.ListSplat, syntax.DictionarySplat:
			return out
		}
		out = append(out, a)
	}
	return out
}

// Keyword returns the value of a keyword argument of a call, or None.
func (m *Model) Keyword(call syntax.Index, name string) syntax.Index {
	for _, a := range m.Children(m.tree.Child(call, syntax.Arguments)) {
		if m.tree.Kind(a) == syntax.KeywordArgument && m.text(m.tree.Child(a, syntax.Name)) == name {
			return m.tree.Child(a, syntax.Value)
		}
	}
	return syntax.None
}

func (m *Model) truth(i syntax.Index) bool     { return m.tree.Kind(m.unwrap(i)) == syntax.True }
func (m *Model) falsehood(i syntax.Index) bool { return m.tree.Kind(m.unwrap(i)) == syntax.False }
