package proof

import (
	"maps"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// slot is something that holds a value: a variable; an attribute or an item of a term; or
// the call at a node, whose value stands there until it is made anew.
type slot struct {
	variable names.Variable
	of       termID
	call     syntax.Index
}

// fact says that a term was checked.
type fact struct {
	flaw  Flaw
	check int32
}

// state is what is known in front of a step. It is never changed.
type state struct {
	slots map[slot]termID
	facts map[termID]fact
}

// maxWork bounds the entries of states that are copied for one question.
const maxWork = 1_000_000

// frugal is the part of the work that a file gets which checks nothing itself.
const frugal = 20

// spend counts work, and reports whether there is some left.
func (p *prover) spend(n int) bool {
	limit := maxWork
	if p.Frugal {
		limit /= frugal
	}
	if p.work += n; p.work > limit {
		p.over = true
	}
	return !p.over
}

func (p *prover) with(st *state, s slot, value termID) *state {
	if st.slots[s] == value && value != 0 {
		return st
	}
	p.spend(len(st.slots))
	out := &state{slots: maps.Clone(st.slots), facts: st.facts}
	if out.slots == nil {
		out.slots = make(map[slot]termID)
	}
	if value == 0 {
		delete(out.slots, s)
	} else {
		out.slots[s] = value
	}
	return out
}

// learned is a fact and the term that it is about.
type learned struct {
	term termID
	fact fact
}

// learn adds facts, and what follows from them about the parts of the terms.
func (p *prover) learn(st *state, all []learned) *state {
	if len(all) == 0 {
		return st
	}
	p.spend(len(st.facts) + 1)
	out := &state{slots: st.slots, facts: maps.Clone(st.facts)}
	if out.facts == nil {
		out.facts = make(map[termID]fact)
	}
	for _, l := range all {
		p.add(out, l.term, l.fact, 0)
	}
	return out
}

func (p *prover) add(st *state, id termID, f fact, depth int) {
	if id == 0 || depth > maxNest || !p.spend(1) {
		return
	}
	if known, ok := st.facts[id]; ok && known.flaw <= f.flaw {
		return
	}
	st.facts[id] = f
	t := &p.terms[id]
	switch t.kind {
	case concat, digest:
		for k, a := range t.args {
			if t.kind == digest && k == 0 || a == 0 || p.is(a, constant) && !p.holder(a) {
				continue
			}
			p.add(st, a, f, depth+1)
		}
	case stream:
		p.add(st, t.args[0], f, depth+1)
	case carried:
		if !p.catalog.PythonVerb(lastWord(t.text), catalog.Loses) {
			p.add(st, t.args[0], f, depth+1)
		}
	case object:
		if fed := st.slots[fedSlot(id)]; fed != 0 {
			p.add(st, fed, f, depth+1)
		}
	case opaque:
		if t.text == wholeRead && len(t.args) > 0 {
			p.add(st, t.args[0], f, depth+1)
		}
	}
}

// fedSlot holds what an object was fed that makes digests.
func fedSlot(object termID) slot { return slot{variable: names.Variable{Name: "#fed"}, of: object} }

func attributeSlot(of termID, name string) slot {
	return slot{variable: names.Variable{Name: name}, of: of}
}

// without drops the facts about terms, and the values of slots, that mention a term for
// which made holds: it is being made anew.
func (p *prover) without(st *state, at syntax.Index, context int32, made func(*term, termID) bool) *state {
	out := st
	for id := range st.facts {
		if p.mentions(id, made) {
			if out == st {
				p.spend(len(st.slots) + len(st.facts))
				out = &state{slots: maps.Clone(st.slots), facts: maps.Clone(st.facts)}
			}
			delete(out.facts, id)
		}
	}
	for s, id := range st.slots {
		if !p.mentions(id, made) && (s.of == 0 || !p.mentions(s.of, made)) {
			continue
		}
		if out == st {
			p.spend(len(st.slots) + len(st.facts))
			out = &state{slots: maps.Clone(st.slots), facts: maps.Clone(st.facts)}
		}
		if s.call != 0 || s.of != 0 {
			delete(out.slots, s)
			continue
		}
		old := p.term(term{kind: opaque, text: madeAnew, node: at, context: context, args: []termID{p.constantTerm(s.variable.Name)}})
		out.slots[s] = old
		delete(out.facts, old)
	}
	return out
}

// madeAnew is what a variable holds the value of which was made anew.
const madeAnew = "#anew"

// join is what is known where ways meet at a step.
func (r *run) join(step int32, states []*state) *state {
	p := r.p
	first := states[0]
	same := true
	for _, st := range states[1:] {
		same = same && st == first
	}
	if same {
		return first
	}
	all := make(map[slot]bool)
	for _, st := range states {
		p.spend(len(st.slots) + len(st.facts))
		for s := range st.slots {
			all[s] = true
		}
	}
	out := &state{slots: make(map[slot]termID, len(all)), facts: make(map[termID]fact)}
	var phis []termID
	for s := range all {
		value, differ := termID(0), false
		for _, st := range states {
			v := st.slots[s]
			if v == 0 {
				if v = r.unset(s); v == 0 {
					continue
				}
			}
			differ = differ || value != 0 && v != value
			value = v
		}
		if s.variable.Name == "#fed" && differ && (r.looping || r.inLoop(step)) {
			if longest := r.fedAll(s, states); longest != 0 {
				value, differ = longest, false
			}
		}
		key := phiKey{r.context, step, s}
		if known, ok := p.phis[key]; ok && !differ && value != known {
			differ = true // once told apart, always: or the rounds would not end
		}
		if !differ {
			out.slots[s] = value
			continue
		}
		phi, ok := p.phis[key]
		if !ok {
			phi = p.term(term{kind: joined, node: step, context: r.context, args: []termID{p.slotTerm(s)}})
			p.phiSlots[phi] = s
			p.phis[key] = phi
		}
		out.slots[s] = phi
		phis = append(phis, phi)
		var inputs []termID
		for k, st := range states {
			v := st.slots[s]
			if v == 0 {
				v = r.unset(s)
			}
			if v != 0 {
				inputs = append(inputs, v)
			}
			if ok && v != phi {
				states[k] = p.without(st, step, r.context, func(_ *term, id termID) bool { return id == phi })
			}
		}
		p.inputs[phi] = dedupe(inputs, phi)
	}
	r.meet(out, states, phis)
	for _, phi := range phis {
		r.remember(phi, states, out)
	}
	return out
}

// meet keeps the facts that hold on every way.
func (r *run) meet(out *state, states []*state, phis []termID) {
	p := r.p
	terms := make(map[termID]bool)
	for _, st := range states {
		for id := range st.facts {
			terms[id] = true
		}
	}
	for id := range terms {
		if f, ok := r.everywhere(states, func(int) termID { return id }); ok {
			out.facts[id] = f
		}
	}
	for _, phi := range phis {
		// Of a variable with a value of its own on each way, each was checked.
		key := p.phiSlots[phi]
		if key == (slot{}) {
			continue
		}
		f, ok := r.everywhere(states, func(k int) termID { return states[k].slots[key] })
		if ok && f.check >= 0 {
			out.facts[phi] = f
		}
	}
}

// remember notes what the value of a flag tells of the way that was taken.
func (r *run) remember(phi termID, states []*state, after *state) {
	p := r.p
	s := p.phiSlots[phi]
	flag := false
	var values []termID
	var from []*state
	for _, st := range states {
		v := st.slots[s]
		if v == 0 || v == phi {
			continue
		}
		flag = flag || p.is(v, constant)
		values, from = append(values, v), append(from, st)
	}
	if !flag || len(values) < 2 {
		return
	}
	p.outcomes[phi] = r.outcomeOf(from, values, after)
}

func (r *run) everywhere(states []*state, of func(int) termID) (worst fact, ok bool) {
	worst.check = -1
	for k, st := range states {
		id := of(k)
		if id == 0 {
			continue
		}
		f, holds := r.p.holds(st, id, 0)
		if !holds {
			return worst, false
		}
		if f.check >= 0 && (worst.check < 0 || f.flaw > worst.flaw) {
			worst = f
		}
	}
	return worst, true
}

// slotTerm tells the joined terms of a step apart.
func (p *prover) slotTerm(s slot) termID {
	if s.call != 0 {
		return p.term(term{kind: opaque, text: "call", node: s.call})
	}
	return p.term(term{kind: variable, text: s.variable.Name, context: s.variable.Scope, args: []termID{s.of}})
}

// unset is the value of a slot that nobody has set on some way, or 0 if it cannot be
// read there.
func (r *run) unset(s slot) termID {
	if s.call != 0 || s.of != 0 {
		if s.of != 0 && s.variable.Name != "#fed" && s.variable.Name[0] != '[' {
			return r.p.term(term{kind: attribute, text: s.variable.Name, args: []termID{s.of}})
		}
		return 0
	}
	if r.p.names.Code(s.variable) == 0 {
		return r.p.term(term{kind: variable, text: s.variable.Name, context: s.variable.Scope})
	}
	return 0
}

// fedAll takes what was fed in a loop for all of what the loop runs over.
func (r *run) fedAll(s slot, states []*state) termID {
	p := r.p
	var longest termID
	for _, st := range states {
		if v := st.slots[s]; v != 0 && (longest == 0 || len(p.terms[v].args) > len(p.terms[longest].args)) {
			longest = v
		}
	}
	for _, st := range states {
		v := st.slots[s]
		if v == 0 || v == longest {
			continue
		}
		a, b := &p.terms[v], &p.terms[longest]
		if a.kind != digest || b.kind != digest || a.fact != b.fact {
			return 0
		}
		for k, arg := range b.args {
			if k < len(a.args) && a.args[k] != arg || k >= len(a.args) && !p.is(arg, stream) {
				return 0
			}
		}
	}
	return longest
}

func dedupe(ids []termID, but termID) (out []termID) {
	for _, id := range ids {
		known := id == but
		for _, o := range out {
			known = known || o == id
		}
		if !known {
			out = append(out, id)
		}
	}
	return out
}

func (r *run) equal(a, b *state) bool {
	return a == b || maps.Equal(a.slots, b.slots) && maps.Equal(a.facts, b.facts)
}
