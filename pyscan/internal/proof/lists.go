package proof

import (
	"slices"
	"strconv"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// A list that a function fills is a literal without items. What is in it is what was put
// there: a slot holds one term for each place that did so, which says whether it was checked
// at that time. A list that others may fill is not followed.

// keptChecked is the text of a term of what was checked before it was put into a list.
const keptChecked = "checked"

// keptSlot holds what was put into a list.
func keptSlot(list termID) slot { return slot{variable: names.Variable{Name: "[kept]"}, of: list} }

// holder reports a list without items that only the function fills which makes it.
func (p *prover) holder(id termID) bool {
	t := &p.terms[id]
	if t.kind != constant || t.text != "[[]]" || t.node <= 0 {
		return false
	}
	is, known := p.holders[id]
	if !known {
		if p.holders == nil {
			p.holders = make(map[termID]bool)
		}
		is = p.private(t.node)
		p.holders[id] = is
	}
	return is
}

// private reports a display that is bound to a name which nobody else gets at.
func (f *File) private(display syntax.Index) bool {
	name := f.nameOfDisplay(display)
	if f.tree.Kind(name) != syntax.Identifier {
		return false
	}
	return f.lookedAt(name, maxGiven)
}

// maxGiven bounds the functions that give a list back to each other.
const maxGiven = 3

// lookedAt reports a name of a function that nobody else gets at the value of.
func (f *File) lookedAt(name syntax.Index, depth int) bool {
	v, code := f.names.Variable(name), f.names.CodeAt(name)
	if code == 0 || f.asksNames(code) {
		return false
	}
	for _, i := range f.uses[string(f.tree.Text(name))] {
		if f.names.Variable(i) != v {
			continue
		}
		if f.names.CodeAt(i) != code || !f.looksOnly(i) {
			return false
		}
		if f.tree.Kind(f.tree.Parent(i)) == syntax.ReturnStatement && !f.returnsAlone(code, depth) {
			return false
		}
	}
	return true
}

// nameOfDisplay is what a display is assigned to, perhaps as one of several, or None.
func (f *File) nameOfDisplay(display syntax.Index) syntax.Index {
	value, up := display, f.tree.Parent(display)
	several := f.tree.Kind(up) == syntax.ExpressionList || f.tree.Kind(up) == syntax.Tuple
	if several {
		value, up = up, f.tree.Parent(up)
	}
	left := f.tree.Child(up, syntax.Left)
	if f.tree.Kind(up) != syntax.Assignment || f.tree.Child(up, syntax.Right) != value {
		return syntax.None
	}
	if !several {
		return left
	}
	if k := f.tree.Kind(left); k != syntax.PatternList && k != syntax.TuplePattern {
		return syntax.None
	}
	for name, v := f.tree.First(left), f.tree.First(value); name != syntax.None && v != syntax.None; name, v = f.tree.Next(name), f.tree.Next(v) {
		if f.tree.Kind(name) == syntax.Other {
			break // a star
		}
		if v == display {
			return name
		}
	}
	return syntax.None
}

// readers are functions that keep no list that they are given, and put nothing in it.
var readers = []string{
	"all", "any", "bool", "dumps", "enumerate", "iter", "join", "len", "list", "max", "min", "print", "range", "repr", "reversed", "sorted", "str", "sum", "tuple", "zip",
}

// looksOnly reports a use of a name by which nobody else gets at its value.
func (f *File) looksOnly(i syntax.Index) bool {
	up := f.tree.Parent(i)
	switch f.tree.Kind(up) {
	case syntax.PatternList, syntax.TuplePattern:
		return true
	case syntax.Assignment:
		return f.tree.Nodes[i].Field == syntax.Left
	case syntax.AugmentedAssignment:
		return f.tree.Nodes[i].Field == syntax.Left
	case syntax.Attribute:
		return f.tree.Nodes[i].Field == syntax.Object && f.calls(up) && f.tree.Kind(f.tree.Parent(f.tree.Parent(up))) != syntax.ListComprehension
	case syntax.Subscript, syntax.ForStatement, syntax.ForInClause, syntax.ReturnStatement, syntax.IfStatement, syntax.WhileStatement, syntax.NotOperator, syntax.ComparisonOperator:
		return true
	case syntax.ArgumentList:
		called := f.tree.Child(f.tree.Parent(up), syntax.Function)
		return called != syntax.None && slices.Contains(readers, lastWord(string(f.tree.Text(called)))) && f.knownReader(called)
	}
	return false
}

// knownReader reports a function that is what its name says: a method is one of a literal,
// or of an imported module.
func (f *File) knownReader(called syntax.Index) bool {
	if f.tree.Kind(called) != syntax.Attribute {
		return true
	}
	of := f.tree.Child(called, syntax.Object)
	if of == syntax.None {
		return false
	}
	if k := f.tree.Kind(of); k == syntax.String || k == syntax.ConcatenatedString {
		return true
	}
	if f.tree.Kind(of) != syntax.Identifier {
		return false
	}
	if value := f.names.OnlyValue(of); value != syntax.None {
		return f.tree.Kind(value) == syntax.String
	}
	_, _, ok := f.names.Import(of)
	return ok
}

// keeps is the state behind a call that puts something into a list.
func (r *run) keeps(i syntax.Index, list termID, a *arguments, st *state) *state {
	p := r.p
	st = p.forget(st, list)
	lead, checked := fact{check: -1}, !a.open && len(a.keywords) == 0
	for _, id := range a.positional {
		f, ok := p.holds(st, id, 0)
		checked = checked && ok && (f.check < 0 || f.flaw == Sound)
		if f.check >= 0 {
			lead = f
		}
	}
	if checked && lead.check < 0 {
		return st // literals
	}
	t := term{kind: kept, node: i}
	if checked {
		t.text = keptChecked
	}
	id := p.term(t)
	if checked {
		p.checkOf[id] = lead.check
	}
	if p.keptItems == nil {
		p.keptItems = make(map[termID][]termID)
	}
	p.keptItems[id] = a.positional
	before := st.slots[keptSlot(list)]
	if before == 0 || before == id {
		return p.with(st, keptSlot(list), id)
	}
	all := []termID{before}
	if p.is(before, concat) {
		all = slices.Clone(p.terms[before].args)
	}
	if slices.Contains(all, id) {
		return st
	}
	all = append(all, id)
	slices.Sort(all)
	return p.with(st, keptSlot(list), p.term(term{kind: concat, text: "#kept", args: all}))
}

// spoiled is the state behind a change in place of a value that a list may hold, or of an
// item of one: what is in the list is not what was checked.
func (r *run) spoiled(at syntax.Index, id termID, st *state) *state {
	p := r.p
	if len(p.keptItems) == 0 {
		return st
	}
	within := make(map[termID]bool) // what the value is a part of, or a form
	for of := id; of != 0 && !within[of] && len(within) < maxNest; {
		within[of] = true
		switch t := &p.terms[of]; t.kind {
		case item, each, slice, carried:
			of = t.args[0]
		}
	}
	out := st
	for s, in := range st.slots {
		if s.of == 0 || s != keptSlot(s.of) {
			continue
		}
		puts := []termID{in}
		if p.is(in, concat) {
			puts = p.terms[in].args
		}
		is := within[s.of]
		for _, put := range puts {
			is = is || slices.ContainsFunc(p.keptItems[put], func(held termID) bool { return within[held] || p.formOf(held, id) })
		}
		if is {
			out = p.with(out, s, p.term(term{kind: kept, node: at}))
		}
	}
	return out
}

// numbered is what a loop runs over that counts its rounds, if a term is its item, or 0:
// "for k, part in enumerate(parts)", "for k in range(len(parts))".
func (p *prover) numbered(t *term) termID {
	if len(t.args) < 2 || t.args[1] == 0 {
		return 0
	}
	over := func(id termID, name string) termID {
		if o := &p.terms[id]; o.kind == opaque && lastWord(o.text) == name && len(o.args) == 1 {
			return o.args[0]
		}
		return 0
	}
	if of := &p.terms[t.args[0]]; of.kind == each && p.is(t.args[1], constant) && p.terms[t.args[1]].text == "1" {
		return over(of.args[0], "enumerate")
	}
	if key := &p.terms[t.args[1]]; key.kind == each {
		if count := over(key.args[0], "range"); count != 0 && over(count, "len") == t.args[0] {
			return t.args[0]
		}
	}
	return 0
}

// maxRest bounds the places of an item for which the rest of its list is looked up.
const maxRest = 16

// restHolds reports an item of what was checked but for its first items: parts[1:].
func (p *prover) restHolds(st *state, t *term) (fact, bool) {
	if t.kind != item || len(t.args) < 2 || !p.is(t.args[1], constant) || len(st.facts) == 0 {
		return fact{}, false
	}
	of, key := t.args[0], number(p.terms[t.args[1]].text)
	for n := 1; n <= min(key, maxRest); n++ {
		if f, ok := st.facts[p.ids[termKey{kind: slice, text: strconv.Itoa(n) + ":,", args: argsKey(of, p.constantTerm(strconv.Itoa(n)))}]]; ok {
			return f, f.check >= 0
		}
	}
	return fact{}, false
}
