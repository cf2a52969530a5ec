package classes

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Method is one function of a class.
type Method struct {
	Name       string
	Node, Body syntax.Index
	Class      *Class
	Decorators []Decorator
	// Params are the names of its parameters that may be passed by position.
	Params []string
	// Self is the name of the object, or of the class in a class method; "" if there
	// is none.
	Self                string
	Static, ClassMethod bool
	// Property: it is read like an attribute. Cached: and then is one.
	Property, Cached bool
	// Sets are the attributes of Self that it sets, Deletes those that it deletes, and Reads those that it reads.
	Sets    []Set
	Deletes []Access
	Reads   []Access
	// Calls are the methods of Self that it calls, Supers those that it calls of what
	// the class stands on.
	Calls, Supers []Access
	// Returns are the expressions that it returns, None for a bare return; those of
	// functions inside it are left out.
	Returns []syntax.Index
	// Yields: calling it makes a generator.
	Yields bool
}

// Set is an attribute that gets a value.
type Set struct {
	Attr string
	// Value is the expression, or None if it is not seen as a whole.
	Value syntax.Index
	// At is what is set.
	At syntax.Index
	// Entered: the value is what a with statement makes of the expression.
	Entered bool
}

// Access is an attribute that is read, deleted, or called.
type Access struct {
	Attr string
	At   syntax.Index
}

func (c *Class) method(i syntax.Index) {
	m := c.model
	f := &Method{Node: i, Body: m.tree.Child(i, syntax.Body), Class: c, Decorators: m.decorators(i), Name: m.text(m.tree.Child(i, syntax.Name))}
	for _, d := range f.Decorators {
		switch d.Name {
		case "builtins.staticmethod":
			f.Static = true
		case "builtins.classmethod":
			f.ClassMethod = true
		case "builtins.property", "abc.abstractproperty":
			f.Property = true
		case "functools.cached_property", "django.utils.functional.cached_property", "werkzeug.utils.cached_property", "cached_property.cached_property":
			f.Property, f.Cached = true, true
		default:
			if _, ok := c.Methods[f.Name]; ok && m.tree.Kind(i) == syntax.FunctionDefinition && isAccessor(d.Name, f.Name) {
				return // @x.setter
			}
		}
	}
	f.Params = m.params(i)
	if !f.Static && len(f.Params) > 0 {
		f.Self = f.Params[0]
	}
	c.Methods[f.Name] = f
	f.read(m)
}

func isAccessor(decorator, name string) bool {
	return decorator == name+".setter" || decorator == name+".deleter" || decorator == name+".getter"
}

// Parameters lists the names of the parameters of a function that may be passed by
// position.
func (m *Model) Parameters(def syntax.Index) []string { return m.params(def) }

// params lists the names of the parameters of a function up to the first that takes
// all further ones.
func (m *Model) params(i syntax.Index) (out []string) {
	for _, p := range m.Children(m.tree.Child(i, syntax.ParametersField)) {
		switch m.tree.Kind(p) {
		case syntax.Identifier:
			out = append(out, m.text(p))
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			out = append(out, m.text(m.tree.Child(p, syntax.Name)))
		case syntax.TypedParameter:
			if id := m.tree.First(p); m.tree.Kind(id) == syntax.Identifier {
				out = append(out, m.text(id))
			} else {
				return out
			}
		case syntax.ListSplatPattern, syntax.DictionarySplatPattern:
			return out
		}
	}
	return out
}

// own reports whether a node is run by the function itself, not by one inside it.
func (f *Method) own(m *Model, i syntax.Index) bool { return m.owner[i] == f.Node }

// read notes what the body does. What functions inside it do counts as its own, but
// for what they return; classes inside it are left out.
func (f *Method) read(m *Model) {
	if f.Body == syntax.None {
		return
	}
	t := m.tree
	for i := f.Body; i < t.Nodes[f.Body].After; i++ {
		switch t.Kind(i) {
		case syntax.ClassDefinition:
			i = t.Nodes[i].After - 1
		case syntax.ReturnStatement:
			if f.own(m, i) {
				f.Returns = append(f.Returns, t.First(i))
			}
		case syntax.Yield:
			f.Yields = f.Yields || f.own(m, i)
		case syntax.Assignment, syntax.AugmentedAssignment:
			value := m.last(t.Child(i, syntax.Right))
			if t.Kind(i) == syntax.AugmentedAssignment {
				value = syntax.None
			}
			f.set(m, t.Child(i, syntax.Left), value, 0)
		case syntax.ForStatement, syntax.ForInClause:
			f.set(m, t.Child(i, syntax.Left), syntax.None, 0)
		case syntax.AsPattern:
			if target := t.Next(t.First(i)); target != syntax.None {
				if inner := t.First(target); inner != syntax.None {
					target = inner
				}
				if attr := f.attribute(m, target); attr != "" {
					f.Sets = append(f.Sets, Set{Attr: attr, Value: t.First(i), At: target, Entered: true})
				}
			}
		case syntax.DeleteStatement:
			f.deletes(m, i)
		case syntax.Call:
			f.call(m, i)
		case syntax.Attribute:
			f.reads(m, i)
		}
	}
}

// attribute returns the attribute of Self that a target is, or "": self.x,
// self.__dict__["x"].
func (f *Method) attribute(m *Model, i syntax.Index) string {
	i = m.unwrap(i)
	switch m.tree.Kind(i) {
	case syntax.Attribute:
		if f.isSelf(m, m.tree.Child(i, syntax.Object)) {
			return m.text(m.tree.Child(i, syntax.AttributeName))
		}
	case syntax.Subscript:
		if of := m.tree.First(i); of != syntax.None && f.IsDict(m, of) {
			key, _ := m.Constant(m.tree.Next(of))
			return key
		}
	}
	return ""
}

func (f *Method) isSelf(m *Model, i syntax.Index) bool {
	i = m.unwrap(i)
	return f.Self != "" && m.tree.Kind(i) == syntax.Identifier && m.text(i) == f.Self
}

// IsDict reports whether an expression is the namespace of the object: self.__dict__
// or vars(self).
func (f *Method) IsDict(m *Model, i syntax.Index) bool {
	i = m.unwrap(i)
	switch m.tree.Kind(i) {
	case syntax.Attribute:
		return m.text(m.tree.Child(i, syntax.AttributeName)) == "__dict__" && f.isSelf(m, m.tree.Child(i, syntax.Object))
	case syntax.Call:
		args := m.Positional(i)
		return len(args) == 1 && f.isSelf(m, args[0]) && m.Callee(i) == "builtins.vars"
	}
	return false
}

// set notes that something is assigned.
func (f *Method) set(m *Model, target, value syntax.Index, depth int) {
	target = m.unwrap(target)
	switch m.tree.Kind(target) {
	case syntax.Tuple, syntax.List, syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.ExpressionList:
		targets, values := m.Elements(target), m.Elements(value)
		for k, one := range targets {
			v := syntax.None
			if k < len(values) && len(values) == len(targets) && m.tree.Kind(value) != syntax.Dictionary {
				v = values[k]
			}
			if depth < maxNested {
				f.set(m, one, v, depth+1)
			}
		}
	case syntax.ListSplatPattern, syntax.ListSplat:
		if depth < maxNested {
			f.set(m, m.tree.First(target), syntax.None, depth+1)
		}
	default:
		if attr := f.attribute(m, target); attr != "" {
			f.Sets = append(f.Sets, Set{Attr: attr, Value: value, At: target})
		}
	}
}

// maxNested bounds patterns and expressions in each other.
const maxNested = 8

func (f *Method) deletes(m *Model, i syntax.Index) {
	for _, d := range m.Children(i) {
		list := []syntax.Index{d}
		if elements := m.Elements(d); len(elements) > 0 {
			list = elements
		}
		for _, one := range list {
			if attr := f.attribute(m, one); attr != "" {
				f.Deletes = append(f.Deletes, Access{attr, one})
			}
		}
	}
}

// call notes calls of methods, and those that set attributes by their names.
func (f *Method) call(m *Model, i syntax.Index) {
	t := m.tree
	args := m.Positional(i)
	if len(args) > 0 && f.isSelf(m, args[0]) && f.byName(m, i, args) {
		return
	}
	callee := m.unwrap(t.Child(i, syntax.Function))
	if t.Kind(callee) != syntax.Attribute {
		return
	}
	of, name := m.unwrap(t.Child(callee, syntax.Object)), m.text(t.Child(callee, syntax.AttributeName))
	switch {
	case f.isSelf(m, of):
		f.Calls = append(f.Calls, Access{name, i})
	case m.isSuper(of):
		f.Supers = append(f.Supers, Access{name, i})
		if name == "__setattr__" && len(args) == 2 {
			if attr, ok := m.Constant(args[0]); ok {
				f.Sets = append(f.Sets, Set{Attr: attr, Value: args[1], At: i})
			}
		}
	case len(args) > 0 && f.isSelf(m, args[0]) && f.Class.standsOn(m, of):
		f.Supers = append(f.Supers, Access{name, i})
	case name == "update" && f.IsDict(m, of):
		// self.__dict__.update(x=1), .update({"x": 1})
		for _, a := range m.Children(t.Child(i, syntax.Arguments)) {
			switch t.Kind(a) {
			case syntax.KeywordArgument:
				f.Sets = append(f.Sets, Set{Attr: m.text(t.Child(a, syntax.Name)), Value: t.Child(a, syntax.Value), At: a})
			case syntax.Dictionary:
				for _, p := range m.Children(a) {
					if key, ok := m.Constant(t.First(p)); t.Kind(p) == syntax.Pair && ok {
						f.Sets = append(f.Sets, Set{Attr: key, Value: t.Next(t.First(p)), At: p})
					}
				}
			}
		}
	case name == "pop" && f.IsDict(m, of) && len(args) > 0:
		if key, ok := m.Constant(args[0]); ok {
			f.Deletes = append(f.Deletes, Access{key, i})
		}
	}
}

// byName notes a call of a function of Python that sets or deletes an attribute of Self by its
// name. It reports any call of such a function.
func (f *Method) byName(m *Model, i syntax.Index, args []syntax.Index) bool {
	switch m.Callee(i) {
	case "builtins.setattr", "builtins.object.__setattr__":
		if len(args) == 3 {
			if name, ok := m.Constant(args[1]); ok {
				f.Sets = append(f.Sets, Set{Attr: name, Value: args[2], At: i})
			}
		}
		return true
	case "builtins.delattr":
		if len(args) == 2 {
			if name, ok := m.Constant(args[1]); ok {
				f.Deletes = append(f.Deletes, Access{name, i})
			}
		}
		return true
	}
	return false
}

// isSuper reports whether an expression is super() or super(C, self).
func (m *Model) isSuper(i syntax.Index) bool {
	return m.tree.Kind(i) == syntax.Call && m.Callee(i) == "builtins.super"
}

// standsOn reports whether an expression names one of the bases of the class.
func (c *Class) standsOn(m *Model, i syntax.Index) bool {
	if k := m.tree.Kind(i); k != syntax.Identifier && k != syntax.Attribute {
		return false
	}
	text := m.text(i)
	return text == "object" || slices.ContainsFunc(c.Bases, func(b Base) bool { return m.text(b.At) == text })
}

// reads notes self.x where it is read.
func (f *Method) reads(m *Model, i syntax.Index) {
	t := m.tree
	if !f.isSelf(m, t.Child(i, syntax.Object)) {
		return
	}
	p := t.Parent(i)
	if t.Nodes[i].Field == syntax.Left && t.Kind(p) == syntax.Assignment || t.Kind(p) == syntax.DeleteStatement {
		return
	}
	switch t.Kind(p) {
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.AsPatternTarget:
		return
	}
	f.Reads = append(f.Reads, Access{m.text(t.Child(i, syntax.AttributeName)), i})
}
