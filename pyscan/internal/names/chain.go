package names

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// builtins is the module of the names that nobody binds.
const builtins = "builtins."

// Chain climbs from the beginning of an expression to its end: from a name over its
// attributes, its items and what its calls return.
type Chain struct {
	// Node is the expression that was climbed so far, Result what it stands for.
	Node   syntax.Index
	Result Result

	t *Table
	// path is what was climbed as a path of constant attributes and items from a
	// name that the scope home binds; bases are the classes of that name, and rel
	// the path behind it.
	path, rel string
	home      int32
	bases     []syntax.Index
	at        place
	// method is the last attribute, and before and beforeRel are path and rel
	// without it.
	method, before, beforeRel string
}

// takesItem are the methods of containers that return an item.
var takesItem = map[string]bool{"get": true, "pop": true, "popleft": true, "popitem": true, "setdefault": true, "__getitem__": true}

// maxDepth bounds how deep expressions that stand in each other are followed.
const maxDepth = 32

// maxPath bounds a path of attributes and items, in bytes.
const maxPath = 128

// Start begins a chain at the node that it begins with.
func (t *Table) Start(i syntax.Index) Chain {
	c := Chain{Node: i, t: t, home: -1}
	if t.tree.Kind(i) != syntax.Identifier {
		c.Result = t.atom(i)
		return c
	}
	c.Result = t.Identifier(i)
	// They may be those of a binding.
	c.Result.Targets = slices.Clone(c.Result.Targets)
	c.locate()
	if t.pathed {
		c.path = t.text(i)
		c.home = t.homeOf(c.path, t.scopeOf[i])
		c.bases = t.classesIn(&c.Result)
		c.at = place{node: i, pos: t.tree.Nodes[i].Start}
	}
	return c
}

// Expression tells what an expression may stand for.
func (t *Table) Expression(i syntax.Index) Result {
	if i == syntax.None || t.depth > maxDepth {
		return Result{}
	}
	t.depth++
	defer func() { t.depth-- }()
	first := i
	steps := 0
	for next := first; next != syntax.None; {
		if steps++; steps > maxSteps {
			return Result{}
		}
		first = next
		switch t.tree.Kind(first) {
		case syntax.ParenthesizedExpression, syntax.Subscript:
			next = t.tree.First(first)
		case syntax.Await:
			if t.defines {
				return Result{}
			}
			next = t.tree.First(first)
		case syntax.Attribute:
			next = t.tree.Child(first, syntax.Object)
		case syntax.Call:
			if t.defines {
				return Result{}
			}
			next = t.tree.Child(first, syntax.Function)
		default:
			next = syntax.None
		}
	}
	c := t.Start(first)
	for c.Node != i {
		if !c.Step() {
			return Result{}
		}
	}
	return c.Result
}

// itemsOf tells what was put into a container besides what a display shows.
func (t *Table) itemsOf(i syntax.Index) Result {
	i = t.unwrap(i)
	if t.tree.Kind(i) == syntax.Call { // table.values()
		f := t.tree.Child(i, syntax.Function)
		if t.tree.Kind(f) != syntax.Attribute {
			return Result{}
		}
		i = t.tree.Child(f, syntax.Object)
	}
	var out Result
	if !t.pathed || i == syntax.None {
		return out
	}
	root, path, _, ok := t.pathOf(i)
	if !ok || len(path) > maxPath {
		return out
	}
	c := t.Start(root)
	if c.path != "" {
		c.path, c.rel = c.path+path, path
		c.extend(&out, anyItem)
	}
	return out
}

// maxSteps bounds the length of a chain of attributes, items and calls that is bound
// to something.
const maxSteps = 256

// atom tells what an expression stands for that is no name, attribute, item or call.
func (t *Table) atom(i syntax.Index) Result {
	if t.defines {
		// What a module defines is told by names alone.
		return Result{}
	}
	switch t.tree.Kind(i) {
	case syntax.String, syntax.ConcatenatedString, syntax.BinaryOperator, syntax.Dictionary, syntax.List, syntax.Tuple, syntax.Set, syntax.ExpressionList,
		syntax.ListComprehension, syntax.SetComprehension, syntax.GeneratorExpression, syntax.Lambda:
		return Result{objects: []syntax.Index{i}}
	case syntax.NamedExpression:
		return t.Expression(t.tree.Child(i, syntax.Value))
	case syntax.ConditionalExpression, syntax.BooleanOperator:
		out := Result{Complete: true}
		for n, c := 0, t.tree.First(i); c != syntax.None; n, c = n+1, t.tree.Next(c) {
			if n == 1 && t.tree.Kind(i) == syntax.ConditionalExpression {
				continue // "a if condition else b"
			}
			r := t.Expression(c)
			out.Complete = out.Complete && r.Complete && len(r.Targets) > 0
			out.add(&r)
		}
		return out
	}
	return Result{}
}

// Step climbs to the expression around the chain, if that is made of it. It is
// false, and the chain as it was, where nothing is known of that.
func (c *Chain) Step() bool {
	t := c.t
	p := t.tree.Parent(c.Node)
	if p == syntax.None {
		return false
	}
	field := t.tree.Nodes[c.Node].Field
	switch t.tree.Kind(p) {
	case syntax.ParenthesizedExpression, syntax.Await:
		if t.tree.First(p) != c.Node {
			return false
		}
		c.Node = p
		c.locate()
		return true
	case syntax.ListSplat:
		// The grammar reads "1, *a.b(c)" as a call of "(*a).b".
		if f := t.tree.Nodes[p].Field; f != syntax.Object && f != syntax.Function {
			return false
		}
		c.Node = p
		return true
	case syntax.NamedExpression:
		if field != syntax.Value || t.defines {
			return false
		}
		c.Node = p
		return true
	}
	next := Result{}
	var step string
	switch t.tree.Kind(p) {
	case syntax.Attribute:
		name := t.tree.Child(p, syntax.AttributeName)
		if field != syntax.Object || name == syntax.None {
			return false
		}
		text := t.text(name)
		next, step = t.attribute(&c.Result, text), "."+text
		c.before, c.beforeRel, c.method = c.path, c.rel, text
	case syntax.Subscript:
		key := t.tree.Next(c.Node)
		if t.tree.First(p) != c.Node || key == syntax.None || t.defines {
			return false
		}
		next, step = t.subscript(&c.Result, p, key), t.pathKey(key)
	case syntax.Call:
		if field != syntax.Function || t.defines || c.Result.empty() && !takesItem[c.method] {
			return false
		}
		next = t.call(&c.Result, p)
		if c.method != "" && takesItem[c.method] && c.before != "" {
			c.path, c.rel, step = c.before, c.beforeRel, anyItem
		}
	default:
		return false
	}
	c.extend(&next, step)
	if next.empty() && c.path == "" {
		return false
	}
	c.Node, c.Result = p, next
	c.locate()
	return true
}

// extend adds what was assigned to the path that the chain is.
func (c *Chain) extend(next *Result, step string) {
	t := c.t
	if step == "" || c.path == "" || len(c.path)+len(step) > maxPath {
		c.path = ""
		return
	}
	c.path += step
	c.rel += step
	if e := t.scopes[c.home].paths[c.path]; e != nil {
		at := c.at
		// What another function sets may be set at any time.
		at.later = t.scopeOf[c.at.node] != c.home
		var r Result
		t.reaching(e, at, &r)
		next.add(&r)
		next.Complete = false
	}
	if strings.Count(c.rel, ".")+strings.Count(c.rel, "[") < 2 {
		return // an attribute of the class itself
	}
	for _, class := range c.bases {
		t.fromClass(class, c.rel, next)
	}
}

func (r *Result) empty() bool {
	return len(r.Targets) == 0 && len(r.objects) == 0 && len(r.spaces) == 0 && r.self == nil
}

// locate notes the expression that stands for the targets, which belong to the chain alone.
func (c *Chain) locate() {
	for k := range c.Result.Targets {
		c.Result.Targets[k].at = c.Node
	}
}

// attribute tells what an attribute of something is.
func (t *Table) attribute(r *Result, name string) Result {
	out := t.Attribute(*r, name)
	if t.defines {
		return out
	}
	switch name {
	case "__class__":
		for _, class := range t.classesIn(r) {
			out.hold(class)
		}
	case "__dict__":
		out.spaces = r.Targets
		for _, object := range r.objects {
			out.hold(object)
		}
		return out
	case "enter_context", "enter_async_context":
		// contextlib.ExitStack
		self := *r
		out.method, out.self = name, &self
	case "get", "pop", "setdefault", "__getitem__", "values", "items", "copy", "join", "format", "__getattribute__":
		if len(r.objects) > 0 || len(r.spaces) > 0 || len(r.Targets) > 0 {
			self := *r
			out.method, out.self = name, &self
		}
	}
	for _, object := range r.objects {
		switch t.tree.Kind(object) {
		case syntax.ClassDefinition:
			t.fromClass(object, "."+name, &out)
		case syntax.Call:
			// types.SimpleNamespace(load=pickle.loads)
			if value, ok := t.displayOf(object).byKey[name]; ok {
				t.pass(&out, value)
			}
		}
	}
	return out
}

// pass adds what an expression stands for that was put somewhere.
func (t *Table) pass(out *Result, value syntax.Index) {
	r := t.Expression(value)
	for k := range r.Targets {
		r.Targets[k].Via = r.Targets[k].at
	}
	out.Complete = false
	out.add(&r)
}
