package proof

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxNest bounds expressions and terms that stand in each other.
const maxNest = 64

// eval is what an expression is where a state holds.
func (r *run) eval(i syntax.Index, st *state) termID {
	if i == syntax.None {
		return r.p.constantTerm("None")
	}
	if r.nest++; r.nest > maxNest || !r.p.spend(1) {
		r.nest--
		r.p.over = true
		return r.unknown(i)
	}
	defer func() { r.nest-- }()
	return r.value(i, st)
}

// unknown is a value of which nothing is known but where it comes from.
func (r *run) unknown(i syntax.Index, args ...termID) termID {
	return r.p.term(term{kind: opaque, node: i, context: r.context, args: args})
}

func (r *run) value(i syntax.Index, st *state) termID {
	p, t := r.p, r.p.tree
	switch t.Kind(i) {
	case syntax.Identifier:
		return r.identifier(i, st)
	case syntax.True, syntax.False, syntax.NoneLiteral, syntax.Integer, syntax.Float:
		return p.constantTerm(string(t.Text(i)))
	case syntax.String, syntax.ConcatenatedString:
		return r.text(i, st)
	case syntax.ParenthesizedExpression, syntax.Await, syntax.Type, syntax.ListSplat:
		return r.eval(t.First(i), st)
	case syntax.NamedExpression:
		return r.eval(t.Child(i, syntax.Value), st)
	case syntax.Call:
		if v := st.slots[slot{call: i}]; v != 0 {
			return v
		}
		return r.made(i, st)
	case syntax.Attribute:
		return r.attribute(i, st)
	case syntax.Subscript:
		return r.subscript(i, st)
	case syntax.BinaryOperator:
		return r.binary(i, st)
	case syntax.NotOperator:
		return p.term(term{kind: negated, args: []termID{r.eval(t.First(i), st)}})
	case syntax.BooleanOperator:
		a, b := t.First(i), syntax.None
		if a != syntax.None {
			b = t.Next(a)
		}
		if b == syntax.None {
			return r.unknown(i)
		}
		k := both
		if p.between(a, b) == "or" {
			k = either
		}
		return p.term(term{kind: k, args: []termID{r.eval(a, st), r.eval(b, st)}})
	case syntax.ConditionalExpression:
		if three := r.children(i); len(three) == 3 {
			return p.term(term{kind: chosen, args: []termID{r.eval(three[1], st), r.eval(three[0], st), r.eval(three[2], st)}})
		}
	case syntax.ComparisonOperator:
		if two := r.children(i); len(two) == 2 {
			return p.term(term{kind: compared, text: p.between(two[0], two[1]), node: i, context: r.context, args: []termID{r.eval(two[0], st), r.eval(two[1], st)}})
		}
	case syntax.Tuple, syntax.List, syntax.Set, syntax.ExpressionList, syntax.Dictionary:
		return r.display(i, st)
	case syntax.Lambda:
		return p.term(term{kind: function, node: i})
	case syntax.ListComprehension, syntax.GeneratorExpression, syntax.SetComprehension:
		if element := t.First(i); element != syntax.None {
			return p.term(term{kind: concat, text: "each", node: i, args: []termID{r.eval(element, st)}})
		}
	}
	return r.unknown(i)
}

func (r *run) children(i syntax.Index) (out []syntax.Index) {
	for c := r.p.tree.First(i); c != syntax.None; c = r.p.tree.Next(c) {
		out = append(out, c)
	}
	return out
}

// between returns the operator that stands between two operands.
func (p *prover) between(left, right syntax.Index) string {
	text := p.tree.Source[p.tree.Nodes[left].End:p.tree.Nodes[right].Start]
	text = bytes.Trim(text, " \t\r\n()")
	return string(bytes.Join(bytes.Fields(text), []byte(" ")))
}

func (r *run) identifier(i syntax.Index, st *state) termID {
	p := r.p
	v := p.names.Variable(i)
	if value := st.slots[slot{variable: v}]; value != 0 && !p.isPoked(v) {
		return value
	}
	if p.unsure(v) {
		return r.unknown(i)
	}
	if def := p.definitions[v]; def > 0 {
		if p.boundOtherwise(i, def) {
			return r.unknown(i)
		}
		return p.defined(def)
	}
	if p.names.Code(v) != r.code() || v.Scope == 0 {
		if value := p.names.OnlyValue(i); value != syntax.None && !p.tree.Contains(value, i) {
			if known := r.static(value); known != 0 {
				return known
			}
		}
	}
	if r := p.names.Expression(i); len(r.Targets) > 0 && !strings.Contains(r.Targets[0].Name, "()") && len(r.Targets[0].Classes) == 0 {
		return p.term(term{kind: symbol, text: r.Targets[0].Name})
	}
	// The node is that of the first look: it says what the file binds the name to.
	id := p.term(term{kind: variable, text: v.Name, context: v.Scope})
	if _, ok := p.seenAt[id]; !ok {
		p.seenAt[id] = i
	}
	return id
}

func (p *prover) defined(def syntax.Index) termID {
	if p.tree.Kind(def) == syntax.ClassDefinition {
		return p.term(term{kind: class, node: def})
	}
	return p.term(term{kind: function, node: def})
}

// static is what an expression is that stands outside of the code that is followed.
func (r *run) static(i syntax.Index) termID {
	if r.p.evaluating[i] {
		return 0
	}
	r.p.evaluating[i] = true
	defer delete(r.p.evaluating, i)
	outside := &run{p: r.p, nest: r.nest, outside: true}
	return outside.eval(i, &state{})
}

func (r *run) attribute(i syntax.Index, st *state) termID {
	p, t := r.p, r.p.tree
	of, id := t.Child(i, syntax.Object), t.Child(i, syntax.AttributeName)
	if of == syntax.None || id == syntax.None {
		return r.unknown(i)
	}
	base, name := r.eval(of, st), string(t.Text(id))
	if v := st.slots[attributeSlot(base, name)]; v != 0 {
		return v
	}
	switch b := &p.terms[base]; b.kind {
	case symbol:
		return p.term(term{kind: symbol, text: p.canonical(b.text + "." + name)})
	case class, object:
		if def := p.method(p.classOf(base), name); def > 0 {
			return p.term(term{kind: function, node: def})
		}
	}
	if def := p.method(p.classOf(base), name); def > 0 && p.decorated(def, "property") {
		if !p.steady(def) {
			return r.unknown(i) // each time something else
		}
	}
	id2 := p.term(term{kind: attribute, text: name, args: []termID{base}})
	if _, ok := p.seenAt[id2]; !ok {
		p.seenAt[id2] = i
	}
	return id2
}

func (r *run) subscript(i syntax.Index, st *state) termID {
	p, t := r.p, r.p.tree
	parts := r.children(i)
	if len(parts) < 2 {
		return r.unknown(i)
	}
	of := r.eval(parts[0], st)
	if len(parts) == 2 && t.Kind(parts[1]) != syntax.Other {
		key := r.eval(parts[1], st)
		if v := st.slots[itemSlot(of, key)]; v != 0 {
			return v
		}
		return p.itemOf(of, key)
	}
	// A slice: its text, and what stands in it that is no literal.
	args := []termID{of}
	var text strings.Builder
	for _, part := range parts[1:] {
		text.WriteString(strings.Join(strings.Fields(string(t.Text(part))), "") + ",")
		for _, bound := range r.children(part) {
			args = append(args, r.eval(bound, st))
		}
	}
	return p.term(term{kind: slice, text: text.String(), args: args})
}

func itemSlot(of, key termID) slot {
	return slot{variable: names.Variable{Scope: int32(key), Name: "[]"}, of: of}
}

// itemOf is an item of a term.
func (p *prover) itemOf(of, key termID) termID {
	if t := &p.terms[of]; t.kind == concat && t.text == "" && p.is(key, constant) {
		if n := number(p.terms[key].text); n >= 0 && n < len(t.args) {
			return t.args[n]
		}
	}
	return p.term(term{kind: item, args: []termID{of, key}})
}

func number(text string) int {
	if len(text) == 0 || len(text) > 3 {
		return -1
	}
	n := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

func (r *run) binary(i syntax.Index, st *state) termID {
	two := r.children(i)
	if len(two) != 2 {
		return r.unknown(i)
	}
	a, b := r.eval(two[0], st), r.eval(two[1], st)
	switch r.p.between(two[0], two[1]) {
	case "+", "%":
		return r.p.sum(a, b)
	case "*":
		return a
	}
	return r.unknown(i, a, b)
}

// sum puts two values side by side.
func (p *prover) sum(a, b termID) termID {
	if p.is(a, constant) && p.is(b, constant) && len(p.terms[a].text)+len(p.terms[b].text) < 20*maxText {
		return p.constantTerm(p.terms[a].text + "+" + p.terms[b].text)
	}
	var args []termID
	for _, id := range []termID{a, b} {
		if t := &p.terms[id]; t.kind == concat && t.text == "+" && len(t.args) < maxItems {
			args = append(args, t.args...)
		} else {
			args = append(args, id)
		}
	}
	return p.term(term{kind: concat, text: "+", args: args})
}

// text is a string: a literal, or what stands in its fields side by side.
func (r *run) text(i syntax.Index, st *state) termID {
	p, t := r.p, r.p.tree
	var args []termID
	for c := i + 1; c < t.Nodes[i].After; c++ {
		if t.Kind(c) == syntax.Interpolation {
			if inner := t.First(c); inner != syntax.None {
				args = append(args, r.eval(inner, st))
			}
			c = t.Nodes[c].After - 1
		}
	}
	if len(args) == 0 {
		return p.constantTerm(string(t.Text(i)))
	}
	return p.term(term{kind: concat, text: "+", args: args})
}

// display is a tuple, list, set or dictionary: its items side by side. One of constants is
// a constant.
func (r *run) display(i syntax.Index, st *state) termID {
	p, t := r.p, r.p.tree
	text := ""
	if t.Kind(i) == syntax.Dictionary || t.Kind(i) == syntax.Set {
		text = "{}"
	}
	var args []termID
	all := true
	for _, c := range r.children(i) {
		if t.Kind(c) == syntax.Pair {
			if c = t.First(c); c != syntax.None {
				c = t.Next(c)
			}
		}
		if t.Kind(c) == syntax.ListSplat || t.Kind(c) == syntax.DictionarySplat {
			text = "{}"
			c = t.First(c)
		}
		if c == syntax.None {
			continue
		}
		v := r.eval(c, st)
		all = all && p.is(v, constant)
		args = append(args, v)
		if len(args) > maxItems {
			return r.unknown(i)
		}
	}
	if all {
		id := p.term(term{kind: constant, text: "[" + p.excerpt(i, maxText) + "]", node: i})
		return id
	}
	return p.term(term{kind: concat, text: text, args: args})
}

const (
	maxItems = 256
	maxText  = 200
)

func (p *prover) excerpt(i syntax.Index, most int) string {
	text := strings.Join(strings.Fields(string(p.tree.Text(i))), " ")
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}
