package proof

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/flow"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// outcome is what is learned of what a function returned.
type outcome struct {
	whenTrue, whenFalse, notNone, whenNone []learned
	mayTrue, mayFalse                      bool
	// about are the terms of all of these.
	about []termID
}

// gave is what a function that was followed returned, and what holds behind the call.
func (r *run) gave(i syntax.Index, caller *run, sol *flow.Solution[*state], op flow.Op) (termID, *state, bool) {
	p := r.p
	type exit struct {
		st    *state
		value termID
	}
	var exits []exit
	var states []*state
	for k := range r.graph.Steps {
		s := &r.graph.Steps[k]
		if s.Op != op || !sol.Reached[k] {
			continue
		}
		st := sol.Before[k]
		e := exit{st, r.eval(s.Value, st)}
		exits = append(exits, e)
		states = append(states, st)
	}
	if len(exits) == 0 {
		return r.unknown(i), caller.stateAt(sol), false
	}
	after := states[0]
	if len(states) > 1 {
		after = r.join(int32(len(r.graph.Steps)), slices.Clone(states))
	}
	value, same := exits[0].value, true
	var values []termID
	for _, e := range exits {
		same = same && e.value == value
		values = append(values, e.value)
	}
	if same && (len(exits) == 1 || !p.is(value, constant)) {
		return value, after, true
	}
	id := p.term(term{kind: result, node: i, context: caller.context, args: values})
	p.inputs[id] = dedupe(values, 0)
	p.outcomes[id] = r.outcomeOf(states, values, after)
	var notNone []*state
	var given []termID
	for _, e := range exits {
		if !p.is(e.value, constant) || !falsy(p.terms[e.value].text) {
			notNone = append(notNone, e.st)
			given = append(given, e.value)
		}
	}
	if f, ok := r.everywhere(notNone, func(k int) termID { return given[k] }); ok && f.check >= 0 {
		after = p.learn(after, []learned{{id, f}})
	}
	return id, after, true
}

// outcomeOf is what is learned from the truth of something that has one value in each of
// several states.
func (r *run) outcomeOf(states []*state, values []termID, after *state) *outcome {
	o := &outcome{}
	var yes, no, some, none []way
	for k, st := range states {
		since := r.p.factsOf(st)
		facts, may := r.truth(values[k], true, st, 0)
		yes = append(yes, way{append(facts, since...), may})
		facts, may = r.truth(values[k], false, st, 0)
		no = append(no, way{append(facts, since...), may})
		facts, may = r.isNone(values[k], false, st)
		some = append(some, way{append(facts, since...), may})
		facts, may = r.isNone(values[k], true, st)
		none = append(none, way{append(facts, since...), may})
	}
	o.whenTrue, o.mayTrue = r.common(yes, after)
	o.whenFalse, o.mayFalse = r.common(no, after)
	o.notNone, _ = r.common(some, after)
	o.whenNone, _ = r.common(none, after)
	for _, all := range [][]learned{o.whenTrue, o.whenFalse, o.notNone, o.whenNone} {
		for _, l := range all {
			o.about = append(o.about, l.term)
		}
	}
	return o
}

// stateAt is the state at the beginning, for a call that never returns.
func (r *run) stateAt(sol *flow.Solution[*state]) *state { return sol.Before[0] }

func (p *prover) factsOf(st *state) (out []learned) {
	p.spend(4 * len(st.facts))
	for id, f := range st.facts {
		out = append(out, learned{id, f})
	}
	slices.SortFunc(out, func(a, b learned) int { return int(a.term) - int(b.term) })
	return out
}
