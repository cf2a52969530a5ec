package classes

import "github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"

// Made names what an expression gives: "threading.Lock()" for the call of it,
// "sqlite3.connect().cursor()" for a method of what a call gives, "sys.stdout" for the
// object itself, ".cursor()" for a method of what is not known, and "" for the rest.
func (m *Model) Made(i syntax.Index) string { return m.made(i, 0) }

func (m *Model) made(i syntax.Index, depth int) string {
	i = m.unwrap(i)
	if i == syntax.None || depth > maxNested {
		return ""
	}
	t := m.tree
	switch t.Kind(i) {
	case syntax.Await:
		return m.made(t.First(i), depth+1)
	case syntax.NamedExpression:
		return m.made(t.Child(i, syntax.Value), depth+1)
	case syntax.Call:
		callee := m.unwrap(t.Child(i, syntax.Function))
		if name, _ := m.Name(callee); name != "" {
			return name + "()"
		}
		if t.Kind(callee) == syntax.Attribute {
			if of := m.made(t.Child(callee, syntax.Object), depth+1); of != "" {
				return bounded(of + "." + m.text(t.Child(callee, syntax.AttributeName)) + "()")
			}
			return "." + m.text(t.Child(callee, syntax.AttributeName)) + "()"
		}
	case syntax.Identifier:
		if v := m.OnlyValue(i); v != syntax.None {
			return m.made(v, depth+1)
		}
		name, _ := m.Name(i)
		return name
	case syntax.Attribute:
		if name, _ := m.Name(i); name != "" {
			return name
		}
		if v := m.Attribute(i); v != syntax.None {
			return m.made(v, depth+1)
		}
		if of := m.made(t.Child(i, syntax.Object), depth+1); of != "" {
			return bounded(of + "." + m.text(t.Child(i, syntax.AttributeName)))
		}
	}
	return ""
}

func bounded(name string) string {
	if len(name) > maxName {
		return ""
	}
	return name
}

// Attribute returns the only value that the class gives to self.x, or None.
func (m *Model) Attribute(i syntax.Index) syntax.Index {
	of := m.unwrap(m.tree.Child(i, syntax.Object))
	c := m.Around(i)
	if c == nil || m.tree.Kind(of) != syntax.Identifier {
		return syntax.None
	}
	self := m.text(of)
	value := syntax.None
	sets := c.Sets(m.text(m.tree.Child(i, syntax.AttributeName)))
	if len(sets) > maxParameters {
		return syntax.None
	}
	for _, s := range sets {
		if s.Method.Self != self || s.Value == syntax.None {
			return syntax.None
		}
		if m.tree.Kind(s.Value) == syntax.NoneLiteral {
			continue
		}
		if value != syntax.None {
			return syntax.None
		}
		value = s.Value
	}
	return value
}

// maxParameters bounds the parameters of a function that are looked through.
const maxParameters = 256

// Annotation returns the type of the parameter that a name is where it is read, or None.
func (m *Model) Annotation(i syntax.Index) syntax.Index {
	def := m.owner[i]
	if def == syntax.None || m.tree.Kind(def) != syntax.FunctionDefinition {
		return syntax.None
	}
	list := m.tree.Child(def, syntax.ParametersField)
	if list == syntax.None {
		return syntax.None
	}
	for k, p := 0, m.tree.First(list); k < maxParameters && p != syntax.None; k, p = k+1, m.tree.Next(p) {
		id := syntax.None
		switch m.tree.Kind(p) {
		case syntax.TypedParameter:
			id = m.tree.First(p)
		case syntax.TypedDefaultParameter:
			id = m.tree.Child(p, syntax.Name)
		}
		if id != syntax.None && m.text(id) == m.text(i) {
			typ := m.tree.Child(p, syntax.TypeField)
			if inner := m.tree.First(typ); typ != syntax.None && inner != syntax.None {
				return inner
			}
			return typ
		}
	}
	return syntax.None
}
