package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// truth is what is learned where a term is true, or false if want is false. may is false
// if it cannot be.
func (r *run) truth(id termID, want bool, st *state, depth int) (out []learned, may bool) {
	p := r.p
	if id == 0 || depth > maxNest || !p.spend(1) {
		return nil, true
	}
	t := &p.terms[id]
	switch t.kind {
	case constant:
		return nil, falsy(t.text) != want || p.holder(id)
	case function, class, object, digest:
		return nil, want || t.kind == object
	case negated:
		return r.truth(t.args[0], !want, st, depth+1)
	case both, either:
		a, mayA := r.truth(t.args[0], want, st, depth+1)
		b, mayB := r.truth(t.args[1], want, st, depth+1)
		if (t.kind == both) == want {
			return append(a, b...), mayA && mayB
		}
		// One of the two decides: the first, or the second where the first does not.
		other, _ := r.truth(t.args[0], !want, st, depth+1)
		return r.common([]way{{a, mayA}, {append(other, b...), mayB}}, st)
	case chosen:
		yes, mayYes := r.truth(t.args[0], true, st, depth+1)
		no, mayNo := r.truth(t.args[0], false, st, depth+1)
		a, mayA := r.truth(t.args[1], want, st, depth+1)
		b, mayB := r.truth(t.args[2], want, st, depth+1)
		return r.common([]way{{append(yes, a...), mayYes && mayA}, {append(no, b...), mayNo && mayB}}, st)
	case carried:
		if t.text == "bool" || t.text == "any" {
			if t.text == "any" && !want {
				return nil, true
			}
			return r.truth(t.args[0], want, st, depth+1)
		}
	case compared:
		return r.compare(t.text, t.args[0], t.args[1], want, id, st, depth+1)
	case told:
		if want {
			return r.checked(id), true
		}
	case attribute:
		if of := &p.terms[t.args[0]]; of.kind == told && of.fact != nil && of.fact.When == t.text && want {
			return r.checked(t.args[0]), true
		}
	case joined:
		if o := p.outcomes[id]; o != nil && (want && o.mayTrue || !want && o.mayFalse) {
			if want {
				return o.whenTrue, true
			}
			return o.whenFalse, true
		}
		var ways []way
		for _, in := range p.inputs[id] {
			facts, possible := r.truth(in, want, st, depth+1)
			ways = append(ways, way{facts, possible})
		}
		return r.common(ways, st)
	case result:
		o := p.outcomes[id]
		if o == nil {
			return nil, true
		}
		if want {
			return o.whenTrue, o.mayTrue
		}
		return o.whenFalse, o.mayFalse
	}
	return nil, true
}

// checked are the facts that a check which tells gives.
func (r *run) checked(id termID) (out []learned) {
	n, ok := r.p.checkOf[id]
	if !ok {
		return nil
	}
	r.p.checks[n].asked = true
	return r.p.factsOfCheck(n)
}

// way is what is learned on one way of several, and whether it can be taken.
type way struct {
	facts []learned
	may   bool
}

// common is what is learned whichever way is taken.
func (r *run) common(ways []way, st *state) (out []learned, may bool) {
	var taken []*state
	for _, w := range ways {
		if w.may {
			taken = append(taken, r.p.learn(&state{slots: st.slots}, w.facts))
		}
	}
	if len(taken) == 0 {
		return nil, len(ways) == 0
	}
	seen := make(map[termID]bool)
	for _, w := range ways {
		for _, l := range w.facts {
			if seen[l.term] || !w.may {
				continue
			}
			seen[l.term] = true
			if f, ok := r.everywhere(taken, func(int) termID { return l.term }); ok {
				out = append(out, learned{l.term, f})
			}
		}
	}
	return out, true
}

func falsy(text string) bool {
	switch text {
	case "False", "None", "0", "0.0", "[[]]", "[()]", "[{}]":
		return true
	}
	return emptyText(text)
}

func emptyText(text string) bool {
	body := strings.TrimLeft(text, "rRbBuUfF")
	return body == `""` || body == `''` || body == `""""""` || body == `''''''`
}

// holds tells whether the bytes that a term is are known to be what was signed, and by
// which check. Those of a constant are, by none.
func (p *prover) holds(st *state, id termID, depth int) (fact, bool) {
	none := fact{check: -1}
	if id == 0 || depth > maxNest || !p.spend(1) {
		return none, false
	}
	if f, ok := st.facts[id]; ok {
		return f, true
	}
	t := &p.terms[id]
	switch t.kind {
	case constant:
		if in := st.slots[keptSlot(id)]; in != 0 {
			return p.holds(st, in, depth+1)
		}
		return none, true
	case kept:
		if t.text != keptChecked {
			return none, false
		}
		n := p.checkOf[id]
		return fact{p.checks[n].Flaw, n}, true
	case opened:
		n := p.checkOf[id]
		return fact{p.checks[n].Flaw, n}, true
	case carried, slice, each, stream:
		if t.kind == carried && t.text == "replace" {
			return p.allHold(st, t.args, depth) // with what is as good as what
		}
		return p.holds(st, t.args[0], depth+1)
	case attribute, item:
		if f, ok := p.holds(st, t.args[0], depth+1); ok && f.check >= 0 {
			return f, true
		}
		if f, ok := p.restHolds(st, t); ok {
			return f, true
		}
		return none, false
	case opaque:
		if len(t.args) > 0 && p.derives(t.text) {
			if f, ok := p.holds(st, t.args[0], depth+1); ok && f.check >= 0 {
				return f, true
			}
		}
		return none, false
	case object:
		if fed := st.slots[fedSlot(id)]; fed != 0 {
			return p.holds(st, fed, depth+1)
		}
		return none, false
	case concat:
		return p.allHold(st, t.args, depth)
	case both:
		return p.holds(st, t.args[1], depth+1)
	case either:
		return p.allHold(st, t.args, depth)
	case chosen:
		return p.allHold(st, t.args[1:], depth)
	case joined, result:
		if p.holding[id] || len(p.inputs[id]) == 0 {
			return none, false
		}
		p.holding[id] = true
		defer delete(p.holding, id)
		f, ok := p.allHold(st, p.inputs[id], depth)
		return f, ok && f.check >= 0
	}
	return none, false
}

func (p *prover) allHold(st *state, ids []termID, depth int) (worst fact, ok bool) {
	worst.check = -1
	for _, id := range ids {
		f, holds := p.holds(st, id, depth+1)
		if !holds {
			return worst, false
		}
		if f.check >= 0 && (worst.check < 0 || f.flaw > worst.flaw) {
			worst = f
		}
	}
	return worst, true
}

// derives reports a method that only gives what its object holds.
func (p *prover) derives(name string) bool {
	return name == wholeRead || p.catalog.PythonVerb(lastWord(name), catalog.Derives)
}

// wholeRead is read() without a size.
const wholeRead = "#read"
