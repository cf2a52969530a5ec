package classes

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Strings lists the strings that an expression is a display of, or a name of the file
// or of the class for one; nil if it is none.
func (m *Model) Strings(i syntax.Index) (out []string) {
	i = m.unwrap(i)
	switch m.tree.Kind(i) {
	case syntax.Identifier:
		if v := m.OnlyValue(i); v != syntax.None {
			i = m.unwrap(v)
		}
	case syntax.Attribute:
		// self.FIELDS, Class.FIELDS
		if c := m.Around(i); c != nil {
			name := m.text(m.tree.Child(i, syntax.AttributeName))
			if all, _ := c.Linear(); name != "" {
				if k := slices.IndexFunc(all, func(c *Class) bool { _, ok := c.Attrs[name]; return ok }); k >= 0 {
					i = m.unwrap(all[k].Attrs[name])
				}
			}
		}
	case syntax.Call:
		// set(("a", "b")), frozenset({"a"}), list(FIELDS)
		switch m.Callee(i) {
		case "builtins.set", "builtins.frozenset", "builtins.list", "builtins.tuple", "builtins.sorted":
			if args := m.Positional(i); len(args) == 1 && m.tree.Kind(args[0]) != syntax.Call {
				return m.Strings(args[0])
			}
		}
	}
	if i == syntax.None || m.tree.Kind(i) == syntax.Dictionary {
		return nil
	}
	for _, el := range m.Elements(i) {
		s, ok := m.Constant(el)
		if !ok || len(out) >= maxKeys {
			return nil
		}
		out = append(out, s)
	}
	return out
}
