package classes

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// Restore is what a function such as __setstate__ does with the state that it is given.
type Restore struct {
	// Param is the name of the state.
	Param string
	// Reads are the keys that it asks for, in order.
	Reads []Read
	// Unpacks are the assignments that take a sequence apart.
	Unpacks []Unpack
	// Whole: all of a dictionary becomes attributes.
	Whole bool
	// WholeAt is where, or None.
	WholeAt syntax.Index
	// Opaque: something else gets the state, or it is made anew, so that nobody knows
	// what was asked for.
	Opaque bool
	// Uses counts the places where the state stands.
	Uses int
}

// Read is a key that is asked for.
type Read struct {
	Key string
	At  syntax.Index
	// Index is the position in a sequence, or -1.
	Index int
	// Demands: it fails if the key is not there.
	Demands bool
	// Drops: the result is thrown away.
	Drops bool
}

// Unpack is a, b = state.
type Unpack struct {
	At syntax.Index
	// Targets are what is set; Starred: one of them takes what is left over.
	Targets []syntax.Index
	Starred bool
}

// Restores reads a method for what it does with its argument.
func (c *Class) Restores(f *Method) *Restore {
	if known := c.restores[f]; known != nil {
		return known
	}
	if c.restores == nil {
		c.restores = make(map[*Method]*Restore)
	}
	m, t := c.model, c.model.tree
	r := &Restore{WholeAt: syntax.None}
	c.restores[f] = r
	if len(f.Params) < 2 || f.Body == syntax.None {
		r.Opaque = true
		return r
	}
	r.Param = f.Params[1]
	// What else the state is called: data = state, state = state.copy().
	called := map[string]bool{r.Param: true}
	for i := f.Body; i < t.Nodes[f.Body].After; i++ {
		switch t.Kind(i) {
		case syntax.ClassDefinition:
			i = t.Nodes[i].After - 1
		case syntax.Assignment:
			left, right := m.unwrap(t.Child(i, syntax.Left)), m.last(t.Child(i, syntax.Right))
			if t.Kind(left) != syntax.Identifier {
				continue
			}
			if name := m.text(left); r.same(m, right, called) {
				called[name] = true
			} else if called[name] {
				r.Opaque = true // state = migrate(state)
			}
		case syntax.Identifier:
			if called[m.text(i)] {
				r.use(m, f, i)
			}
			if len(r.Reads)+len(r.Unpacks) > maxReads {
				r.Opaque = true
				return r
			}
		}
	}
	return r
}

// maxReads bounds what one function asks of a state.
const maxReads = 512

// same reports whether an expression is the state, or a copy of it.
func (r *Restore) same(m *Model, i syntax.Index, called map[string]bool) bool {
	i = m.unwrap(i)
	switch m.tree.Kind(i) {
	case syntax.Identifier:
		return called[m.text(i)]
	case syntax.Call:
		switch m.Callee(i) {
		case "builtins.dict", "copy.copy", "copy.deepcopy":
			args := m.Children(m.tree.Child(i, syntax.Arguments))
			return len(args) == 1 && r.same(m, args[0], called)
		}
		callee := m.unwrap(m.tree.Child(i, syntax.Function))
		return m.tree.Kind(callee) == syntax.Attribute && m.text(m.tree.Child(callee, syntax.AttributeName)) == "copy" && r.same(m, m.tree.Child(callee, syntax.Object), called)
	}
	return false
}

// use looks at one place where the state stands.
func (r *Restore) use(m *Model, f *Method, i syntax.Index) {
	t := m.tree
	p, at := t.Parent(i), i
	for t.Kind(p) == syntax.ParenthesizedExpression {
		at, p = p, t.Parent(p)
	}
	if t.Nodes[at].Field == syntax.Name || t.Kind(p) == syntax.KeywordArgument && t.Nodes[at].Field != syntax.Value {
		return
	}
	r.Uses++
	switch t.Kind(p) {
	case syntax.Subscript:
		if t.First(p) == at {
			r.subscript(m, p, t.Next(at))
			return
		}
	case syntax.Attribute:
		if t.Nodes[at].Field == syntax.Object {
			r.method(m, p)
			return
		}
		return // self.state
	case syntax.Assignment:
		if t.Nodes[at].Field == syntax.Left {
			return
		}
		left := m.unwrap(t.Child(p, syntax.Left))
		switch t.Kind(left) {
		case syntax.Tuple, syntax.List, syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.ExpressionList:
			u := Unpack{At: p, Targets: m.Elements(left)}
			for _, one := range u.Targets {
				k := t.Kind(one)
				u.Starred = u.Starred || k == syntax.ListSplatPattern || k == syntax.ListSplat
			}
			r.Unpacks = append(r.Unpacks, u)
		case syntax.Identifier:
		default:
			if f.IsDict(m, left) {
				r.Whole, r.WholeAt = true, p
			}
		}
		return
	case syntax.ArgumentList:
		r.handed(m, f, t.Parent(p))
		return
	case syntax.ComparisonOperator: // "k" in state
		if key, ok := m.Constant(t.First(p)); ok {
			r.Reads = append(r.Reads, Read{Key: key, At: p, Index: -1})
		}
		return
	case syntax.IfStatement, syntax.NotOperator, syntax.BooleanOperator, syntax.ElifClause, syntax.AssertStatement, syntax.ForStatement, syntax.ConditionalExpression:
		if t.Kind(p) == syntax.ForStatement {
			r.Opaque = true // for name, value in state
		}
		return
	case syntax.DictionarySplat, syntax.ListSplat, syntax.ReturnStatement:
		r.Opaque = true
		return
	case syntax.Parameters, syntax.DefaultParameter, syntax.TypedParameter, syntax.LambdaParameters, syntax.DeleteStatement:
		return
	}
	r.Opaque = true
}

// maxLoop bounds how much of a loop is searched for what it sets, in bytes.
const maxLoop = 4 << 10

// handed looks at a call that gets the state.
func (r *Restore) handed(m *Model, f *Method, call syntax.Index) {
	switch m.Callee(call) {
	case "builtins.len", "builtins.isinstance", "builtins.print", "builtins.type", "builtins.dict", "copy.copy", "copy.deepcopy", "builtins.repr", "builtins.id":
		return
	}
	callee := m.unwrap(m.tree.Child(call, syntax.Function))
	if m.tree.Kind(callee) == syntax.Attribute && m.text(m.tree.Child(callee, syntax.AttributeName)) == "update" && f.IsDict(m, m.tree.Child(callee, syntax.Object)) {
		r.Whole, r.WholeAt = true, call
		return
	}
	r.Opaque = true
}

// subscript takes state[key].
func (r *Restore) subscript(m *Model, at, key syntax.Index) {
	t := m.tree
	if m.tree.Kind(m.unwrap(key)) == syntax.Integer {
		if n := m.text(m.unwrap(key)); len(n) == 1 {
			r.Reads = append(r.Reads, Read{At: at, Index: int(n[0] - '0'), Demands: true})
		}
		return
	}
	name, ok := m.Constant(key)
	if !ok {
		if name, ok = m.Constant(m.OnlyValue(m.unwrap(key))); !ok {
			r.Opaque = true
			return
		}
	}
	p := t.Parent(at)
	if t.Nodes[at].Field == syntax.Left && t.Kind(p) == syntax.Assignment {
		r.Reads = append(r.Reads, Read{Key: name, At: at, Index: -1}) // state["k"] = default
		return
	}
	r.Reads = append(r.Reads, Read{Key: name, At: at, Index: -1, Demands: true, Drops: t.Kind(p) == syntax.DeleteStatement})
}

// method takes a method of the state.
func (r *Restore) method(m *Model, attribute syntax.Index) {
	t := m.tree
	call := t.Parent(attribute)
	name := m.text(t.Child(attribute, syntax.AttributeName))
	if t.Kind(call) != syntax.Call || t.Nodes[attribute].Field != syntax.Function {
		r.Opaque = true
		return
	}
	args := m.Positional(call)
	switch name {
	case "get", "pop", "setdefault", "__getitem__":
		key, ok := m.Constant(at(args, 0))
		if !ok {
			if key, ok = m.Constant(m.OnlyValue(m.unwrap(at(args, 0)))); !ok {
				r.Opaque = true
				return
			}
		}
		demands := name == "__getitem__" || name == "pop" && len(m.Children(t.Child(call, syntax.Arguments))) == 1
		r.Reads = append(r.Reads, Read{Key: key, At: call, Index: -1, Demands: demands, Drops: t.Kind(t.Parent(call)) == syntax.ExpressionStatement && name != "setdefault"})
	case "items":
		// for name, value in state.items(): setattr(self, name, value)
		if p := t.Parent(call); t.Kind(p) == syntax.ForStatement {
			body := t.Text(p)
			body = body[:min(len(body), maxLoop)]
			if bytes.Contains(body, []byte("setattr(")) || bytes.Contains(body, []byte("__dict__[")) {
				r.Whole, r.WholeAt = true, call
				return
			}
		}
		r.Opaque = true
	case "update":
		// What defaults put in is there.
		r.Opaque = true
	case "copy", "keys", "values":
	default:
		r.Opaque = true
	}
}
