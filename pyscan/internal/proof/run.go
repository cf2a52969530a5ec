package proof

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// run follows the values of one function, as it is called from one place.
type run struct {
	p     *prover
	graph *flow.Graph
	entry *state
	// context tells the places apart from which a function is followed; 0 is the
	// function that is asked about.
	context int32
	// at is the step of that function which is being looked at.
	at int32
	// looping: the call that is followed stands in a loop.
	looping   bool
	asserting bool
	// outside: an expression is looked at by itself.
	outside bool
	nest    int
	// calling holds the functions that are being followed.
	calling []syntax.Index
	loops   map[int32]bool
}

func (r *run) code() syntax.Index {
	if r.graph == nil {
		return syntax.None
	}
	return r.graph.Root
}

// Start is what holds where the function begins.
func (r *run) Start() *state { return r.entry }

// Join is what holds where ways meet.
func (r *run) Join(step int32, states []*state) *state { return r.join(step, states) }

// Equal tells whether two states are the same.
func (r *run) Equal(a, b *state) bool { return r.equal(a, b) }

// Transfer is what holds behind a step.
func (r *run) Transfer(step int32, s *flow.Step, st *state) (*state, bool) {
	if r.p.over {
		return st, true
	}
	r.enter(step, s)
	switch s.Op {
	case flow.Call:
		return r.call(step, s, st)
	case flow.Bind:
		return r.bind(step, s, st), true
	}
	return st, true
}

func (r *run) enter(step int32, s *flow.Step) {
	if r.context == 0 {
		r.at = step
	}
	r.asserting = s.Assert
}

// Refine is what holds on one way out of a test.
func (r *run) Refine(step int32, s *flow.Step, taken bool, st *state) (*state, bool) {
	p := r.p
	if p.over {
		return st, true
	}
	r.enter(step, s)
	var facts []learned
	may := true
	switch s.Op {
	case flow.Test:
		if s.Operator != "" {
			a, b := r.eval(s.Left, st), r.eval(s.Right, st)
			at := p.term(term{kind: compared, text: s.Operator, node: s.Node, context: r.context, args: []termID{a, b}})
			facts, may = r.compare(s.Operator, a, b, taken, at, st, 0)
		} else {
			id := r.eval(s.Node, st)
			facts, may = r.truth(id, taken, st, 0)
			if taken && !p.is(id, constant) && r.literalKey(id, false, 0) == EmptyKey {
				facts = append(facts, learned{p.filledMark(id), fact{check: -1}})
			}
		}
	case flow.Match:
		pattern := p.tree.First(s.Node)
		switch p.tree.Kind(pattern) {
		case syntax.True, syntax.False:
			facts, may = r.truth(r.eval(s.Value, st), taken == (p.tree.Kind(pattern) == syntax.True), st, 0)
			if !taken {
				may = true
			}
		case syntax.NoneLiteral:
			facts, may = r.isNone(r.eval(s.Value, st), taken, st)
		}
	default:
		return st, true
	}
	for k := range facts {
		if s.Assert && facts[k].fact.flaw == Sound && facts[k].fact.check >= 0 {
			facts[k].fact.flaw = Assertion
			p.checks[facts[k].fact.check].Flaw = Assertion
		}
		if r.context == 0 && facts[k].fact.check >= 0 {
			p.asks[facts[k].fact.check] = ask{step, taken}
		}
	}
	return p.learn(st, facts), may
}

// bind gives a target its value.
func (r *run) bind(step int32, s *flow.Step, st *state) *state {
	p, t := r.p, r.p.tree
	var value termID
	switch s.How {
	case flow.Parameter:
		v := slot{variable: p.names.Variable(s.Node)}
		if st.slots[v] != 0 {
			return st
		}
		value = p.term(term{kind: parameter, text: v.variable.Name, context: v.variable.Scope})
		p.seenAt[value] = s.Node
		return p.with(st, v, value)
	case flow.Import:
		if t.Kind(s.Node) != syntax.Identifier {
			return st
		}
		return p.with(st, slot{variable: p.names.Variable(s.Node)}, 0)
	case flow.Define:
		return p.with(st, slot{variable: p.names.Variable(s.Node)}, p.defined(t.Parent(s.Node)))
	case flow.Delete, flow.Caught:
		value = r.unknown(s.Node)
	case flow.Augmented:
		if old := r.eval(s.Node, st); p.inPlace(old) {
			st = r.changed(s.Node, old, st)
		}
		value = p.sum(r.eval(s.Node, st), r.eval(s.Value, st))
	case flow.Item:
		if r.inLoop(step) || r.looping {
			st = p.without(st, s.Node, r.context, func(t *term, _ termID) bool {
				return t.kind == each && t.node == s.Node && t.context == r.context
			})
		}
		value = p.term(term{kind: each, node: s.Node, context: r.context, args: []termID{r.eval(s.Value, st)}})
	case flow.Entered:
		value = r.eval(s.Value, st)
		if inner := st.slots[attributeSlot(value, "#enter")]; inner != 0 {
			value = inner
		}
		value = r.part(value, s)
	default:
		if s.Value == syntax.None {
			value = r.unknown(s.Node)
			break
		}
		value = r.part(r.eval(s.Value, st), s)
	}
	switch t.Kind(s.Node) {
	case syntax.Identifier:
		return p.with(st, slot{variable: p.names.Variable(s.Node)}, value)
	case syntax.Attribute:
		of, id := t.Child(s.Node, syntax.Object), t.Child(s.Node, syntax.AttributeName)
		if of != syntax.None && id != syntax.None {
			return p.with(st, attributeSlot(r.eval(of, st), string(t.Text(id))), value)
		}
	case syntax.Subscript:
		parts := r.children(s.Node)
		if len(parts) < 2 {
			break
		}
		of, key := r.eval(parts[0], st), termID(0)
		if len(parts) == 2 && t.Kind(parts[1]) != syntax.Other {
			key = r.eval(parts[1], st)
		}
		if p.holder(of) {
			st = r.keeps(s.Node, of, &arguments{positional: []termID{value}}, st)
		}
		if st = r.setItem(s.Node, of, key, st); key != 0 {
			return p.with(st, itemSlot(of, key), value)
		}
	}
	return st
}

// part is what of a value a target gets.
func (r *run) part(value termID, s *flow.Step) termID {
	p := r.p
	switch {
	case s.Part > 0:
		return p.itemOf(value, p.constantTerm(decimal(int(s.Part)-1)))
	case s.Part < 0:
		return p.term(term{kind: item, text: "part", node: s.Node, args: []termID{value, 0}})
	}
	return value
}

func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + decimal(n%10)
}

// forget drops what is known of a value that is changed in place.
func (p *prover) forget(st *state, id termID) *state {
	if _, ok := st.facts[id]; !ok {
		return st
	}
	out := &state{slots: st.slots, facts: make(map[termID]fact)}
	for k, f := range st.facts {
		if k != id {
			out.facts[k] = f
		}
	}
	return out
}

// inLoop reports whether a step may come again.
func (r *run) inLoop(step int32) bool {
	if r.graph == nil {
		return false
	}
	if known, ok := r.loops[step]; ok {
		return known
	}
	if r.loops == nil {
		r.loops = make(map[int32]bool)
	}
	is := reaches(r.graph, step, step)
	r.loops[step] = is
	return is
}

// reaches reports a way from behind a step to another that passes none of some.
func reaches(g *flow.Graph, from, to int32, not ...int32) bool {
	seen := make(map[int32]bool)
	for _, n := range not {
		seen[n] = true
	}
	queue := []int32{from}
	for len(queue) > 0 {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, n := range outs(&g.Steps[at]) {
			if n == to {
				return true
			}
			if n != flow.None && !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
	}
	return false
}

func outs(s *flow.Step) [3]int32 { return [3]int32{s.Next, s.Else, s.Except} }

var _ flow.Analysis[*state] = (*run)(nil)

// variableOf is the variable that a name means to the code at a node.
func (p *prover) variableOf(name string, at syntax.Index) names.Variable {
	return p.names.VariableAt(name, at)
}
