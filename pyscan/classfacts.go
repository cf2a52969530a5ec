package pyscan

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// class notes what the class at node i says of itself, and what it defines: its
// methods and the classes inside it have qualified names.
func (r *reader) class(name string, i syntax.Index, d *defFacts) {
	type todo struct {
		name string
		node syntax.Index
		d    *defFacts
	}
	// Classes nest as deep as the source likes.
	for queue := []todo{{name, i, d}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		c := &classFacts{methods: make(map[string]*funcFacts)}
		at.d.kind, at.d.line, at.d.class = blob.Class, r.line(at.node), c
		r.bases(c, at.node)
		r.decorators(c, at.node)
		body := r.tree.Child(at.node, syntax.Body)
		if body == syntax.None {
			c.open = true
			continue
		}
		for _, member := range r.nested[at.node] {
			if automatic(member) {
				c.methods[member] = &funcFacts{line: at.d.line, opaque: true}
			}
		}
		seen := make(map[string]bool)
		for n := r.tree.First(body); n != syntax.None; n = r.tree.Next(n) {
			def := n
			if r.tree.Kind(n) == syntax.DecoratedDefinition {
				def = r.decorated(c, n)
			}
			id := r.tree.Child(def, syntax.Name)
			switch r.tree.Kind(def) {
			case syntax.FunctionDefinition, syntax.ClassDefinition:
				if id == syntax.None {
					c.open = true
					continue
				}
			case syntax.PassStatement:
				continue
			default:
				r.attribute(c, def)
				continue
			}
			member := string(r.tree.Text(id))
			inner := &defFacts{kind: blob.Function, line: r.line(def), sure: at.d.sure && !seen[member]}
			if seen[member] {
				r.facts.defs[at.name+"."+member].sure = false
			}
			seen[member] = true
			if len(at.name)+len(member) < maxFunction {
				r.facts.defs[at.name+"."+member] = inner
			}
			if r.tree.Kind(def) == syntax.ClassDefinition {
				if len(at.name)+len(member) < maxFunction {
					queue = append(queue, todo{at.name + "." + member, def, inner})
				}
				continue
			}
			inner.body = r.function(def, member)
			if def != n && automatic(member) {
				inner.body.opaque = true // what a property returns is called
			}
			c.methods[member] = inner.body
		}
	}
}

// maxFunction bounds a qualified name, in bytes.
const maxFunction = 256

// bases notes what a class stands on.
func (r *reader) bases(c *classFacts, i syntax.Index) {
	list := r.tree.Child(i, syntax.Superclasses)
	if list == syntax.None {
		return
	}
	for b := r.tree.First(list); b != syntax.None; b = r.tree.Next(b) {
		base := b
		switch r.tree.Kind(b) {
		case syntax.KeywordArgument:
			key, value := r.tree.Child(b, syntax.Name), r.tree.Child(b, syntax.Value)
			name, sure := r.callee(value)
			if key == syntax.None || string(r.tree.Text(key)) != "metaclass" || !sure || name != "abc.ABCMeta" && name != "enum.EnumMeta" {
				c.open = true
			}
			continue
		case syntax.Call:
			if r.namedtuple(b) {
				c.bases = append(c.bases, "collections.namedtuple")
				continue
			}
		case syntax.Subscript: // Generic[T]
			if value := r.tree.First(b); value != syntax.None {
				base = value
			}
		}
		name, sure := r.callee(base)
		if !sure || len(c.bases) >= maxChain {
			c.open = true
			continue
		}
		c.bases = append(c.bases, name)
	}
}

// decorators notes what decorates a class. Their arguments must be spelled out:
// attrs runs the functions that it is given.
func (r *reader) decorators(c *classFacts, i syntax.Index) {
	parent := r.tree.Parent(i)
	if parent == syntax.None || r.tree.Kind(parent) != syntax.DecoratedDefinition {
		return
	}
	for n := r.tree.First(parent); n != syntax.None; n = r.tree.Next(n) {
		if r.tree.Kind(n) != syntax.Decorator {
			continue
		}
		expr := r.tree.First(n)
		if expr != syntax.None && r.tree.Kind(expr) == syntax.Call {
			if args := r.tree.Child(expr, syntax.Arguments); args == syntax.None || !r.plainArguments(args, nil) {
				c.open = true
			}
			expr = r.tree.Child(expr, syntax.Function)
		}
		name, sure := r.callee(expr)
		if !sure {
			c.open = true
			continue
		}
		c.decorators = append(c.decorators, name)
	}
}

// plainArguments reports whether arguments are keywords with literals, but for
// those named in free.
func (r *reader) plainArguments(args syntax.Index, free []string) bool {
	for a := r.tree.First(args); a != syntax.None; a = r.tree.Next(a) {
		if r.tree.Kind(a) != syntax.KeywordArgument {
			return false
		}
		key := r.tree.Child(a, syntax.Name)
		if key != syntax.None && slices.Contains(free, string(r.tree.Text(key))) {
			continue
		}
		if !r.literal(r.tree.Child(a, syntax.Value)) {
			return false
		}
	}
	return true
}

// decorated returns the definition inside a decorated one of a class body.
// Decorators that may put a descriptor with a setter in its place leave the class
// open.
func (r *reader) decorated(c *classFacts, i syntax.Index) syntax.Index {
	def := i
	for n := r.tree.First(i); n != syntax.None; n = r.tree.Next(n) {
		if r.tree.Kind(n) != syntax.Decorator {
			def = n
			continue
		}
		name, sure := r.callee(r.tree.First(n))
		switch name {
		case "builtins.property", "builtins.staticmethod", "builtins.classmethod", "abc.abstractmethod", "typing.override", "functools.cached_property":
		default:
			sure = sure && false
		}
		if !sure {
			c.open = true
		}
	}
	return def
}

// attribute looks at a statement of a class body that defines nothing. What may
// put a descriptor there, or is no assignment, leaves the class open.
func (r *reader) attribute(c *classFacts, i syntax.Index) {
	if r.tree.Kind(i) == syntax.ExpressionStatement {
		i = r.tree.First(i)
	}
	switch r.tree.Kind(i) {
	case syntax.String, syntax.ConcatenatedString:
		return
	case syntax.Other:
		return // an expression or the grammar's ellipsis
	case syntax.Assignment:
		value := r.tree.Child(i, syntax.Right)
		if value == syntax.None || r.literal(value) || r.field(c, value) {
			return
		}
		// __setstate__ = os.system
		if left := r.tree.Child(i, syntax.Left); r.tree.Kind(left) == syntax.Identifier && automatic(string(r.tree.Text(left))) {
			if name, _ := r.callee(value); name != "" {
				c.methods[string(r.tree.Text(left))] = &funcFacts{line: r.line(i), calls: []string{name}}
			}
		}
	}
	c.open = true
}

// field reports whether an expression describes a field of a dataclass or of
// attrs, or a value of an enum. What runs for each instance leaves it out.
func (r *reader) field(c *classFacts, i syntax.Index) bool {
	if r.tree.Kind(i) != syntax.Call {
		return false
	}
	args := r.tree.Child(i, syntax.Arguments)
	switch r.named(i) {
	case "enum.auto":
		return args != syntax.None && r.tree.First(args) == syntax.None
	case "dataclasses.field", "attr.ib", "attr.attrib", "attr.field", "attrs.field":
		return args != syntax.None && r.plainArguments(args, []string{"default", "default_factory", "factory", "type", "metadata"}) && r.defaults(c, args)
	}
	return false
}

// defaults notes that a call of the class calls a function, if a field has one
// that makes its default and does more than to make a container. It is true.
func (r *reader) defaults(c *classFacts, args syntax.Index) bool {
	for a := r.tree.First(args); a != syntax.None; a = r.tree.Next(a) {
		key, value := r.tree.Child(a, syntax.Name), r.tree.Child(a, syntax.Value)
		if key == syntax.None || r.literal(value) {
			continue
		}
		switch string(r.tree.Text(key)) {
		case "default", "default_factory", "factory":
		default:
			continue
		}
		switch name, _ := r.callee(value); name {
		case "builtins.list", "builtins.dict", "builtins.set", "builtins.tuple":
		default:
			c.methods["__attrs_init__"] = &funcFacts{line: r.line(a), opaque: true}
		}
	}
	return true
}

// literal reports whether an expression is a value without a method of its own
// making: a scalar, or a display of such.
func (r *reader) literal(i syntax.Index) bool {
	if i == syntax.None {
		return false
	}
	for n := i; n < r.tree.Nodes[i].After; n++ {
		switch r.tree.Kind(n) {
		case syntax.String, syntax.ConcatenatedString, syntax.Integer, syntax.Float, syntax.True, syntax.False, syntax.NoneLiteral,
			syntax.Tuple, syntax.List, syntax.ExpressionList, syntax.ParenthesizedExpression, syntax.Comment:
		case syntax.Other:
			// A sign, a dict, a set, a part of a string. What is computed has
			// a name or a call in it.
		default:
			return false
		}
	}
	return true
}
