package proof

import (
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// byKey reports an argument that is a string: the other keys of a dictionary stay.
func (p *prover) byKey(a *arguments) bool {
	return len(a.positional) > 0 && p.is(a.positional[0], constant) && number(p.terms[a.positional[0]].text) < 0
}

// changed is the state behind a change of a value in place: what was known of it, of its
// parts and of its forms is so no more, and nothing that holds it holds what was checked.
func (r *run) changed(at syntax.Index, id termID, st *state) *state {
	p := r.p
	if id == 0 || p.is(id, symbol) || p.is(id, constant) {
		return st
	}
	st = r.spoiled(at, id, st)
	targets := map[termID]bool{id: true}
	for range maxNest {
		t := &p.terms[id]
		if t.kind != slice && (t.kind != carried || !p.catalog.PythonVerb(lastWord(t.text), catalog.Views)) {
			break
		}
		if id = t.args[0]; id == 0 || p.is(id, constant) {
			break
		}
		targets[id] = true
	}
	return p.without(st, at, r.context, func(_ *term, id termID) bool { return targets[id] })
}

// inPlace reports bytes that can be changed.
func (p *prover) inPlace(id termID) bool {
	for range maxNest {
		t := &p.terms[id]
		if t.kind != carried && t.kind != slice || len(t.args) == 0 || t.args[0] == 0 {
			return false
		}
		if last := lastWord(t.text); t.kind == carried && (last == "bytearray" || p.catalog.PythonVerb(last, catalog.Views)) {
			return true
		}
		id = t.args[0]
	}
	return false
}

// setItem is the state behind "of[key] = …". A slice, and a key that is not known, may be
// any part of it.
func (r *run) setItem(at syntax.Index, of, key termID, st *state) *state {
	p := r.p
	if key == 0 || !p.is(key, constant) || p.inPlace(of) {
		return r.changed(at, of, st)
	}
	st = r.spoiled(at, of, st)
	out := st
	for id := range st.facts {
		if id != of && !p.formOf(id, of) {
			continue
		}
		out = p.forget(out, id)
	}
	return out
}

// formOf reports all of another value, in another form.
func (p *prover) formOf(id, of termID) bool {
	for range maxNest {
		t := &p.terms[id]
		switch t.kind {
		case carried, slice, each, stream:
		default:
			return false
		}
		if id = t.args[0]; id == of {
			return true
		}
	}
	return false
}
