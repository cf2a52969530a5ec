package proof

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// dataOf returns what a call is about, or 0.
func (r *run) dataOf(v *catalog.PythonVerifier, c *callee, a *arguments) termID {
	for _, arg := range v.Data {
		if arg.Name == "self" {
			return c.receiver
		}
		if data := a.get(arg.Name, arg.Position); data != 0 {
			return data
		}
	}
	return 0
}

// apply follows a call of the catalogue.
func (r *run) apply(i syntax.Index, c *callee, a *arguments, st *state) (termID, *state, bool) {
	p, v := r.p, c.fact
	data := r.dataOf(v, c, a)
	switch v.Does {
	case catalog.Exits:
		return r.thing(i, c, a), st, false
	case catalog.Compares:
		if len(a.positional) < 2 {
			return r.thing(i, c, a), st, true
		}
		id := p.term(term{kind: compared, text: constantTime, node: i, context: r.context, args: a.positional[:2]})
		r.equality(constantTime, a.positional[0], a.positional[1], id, st)
		return id, st, true
	case catalog.Digests, catalog.Sums:
		return r.digest(i, c, a, data, st)
	case catalog.Carries:
		if data == 0 {
			return r.thing(i, c, a), st, true
		}
		return p.term(term{kind: carried, text: c.name, args: []termID{data}}), st, true
	}
	if data == 0 {
		return r.thing(i, c, a), st, true
	}
	ch := check{Node: i, Context: r.context, Data: []termID{data}, Call: c.name, Flaw: r.checkFlaw(v, a), Public: v.Public}
	if strings.Contains(v.Name, ".*.") {
		// Which of the libraries of the file it is of is not known: each has its order.
		for _, other := range p.stars[c.method] {
			if d := r.dataOf(other, c, a); d != 0 && !slices.Contains(ch.Data, d) {
				ch.Data = append(ch.Data, d)
			}
		}
	}
	switch key, made := r.keyOf(v, c, a); {
	case ch.Flaw != 0:
	case v.Key != nil && key == 0:
		ch.Flaw = NoKey
	case key != 0:
		ch.Key = key
		ch.Flaw = r.keyFlaw(key, ch.Data, v.Public, st)
	case made != 0:
		ch.Key = made
		ch.Flaw = r.keyFlaw(made, ch.Data, v.Public, st)
	}
	switch v.Does {
	case catalog.Tells:
		ch.Kind = Telling
		id := p.term(term{kind: told, node: i, context: r.context, fact: v, text: c.name, args: ch.Data})
		r.note(ch, id)
		return id, st, true
	case catalog.Opens:
		ch.Kind = Opening
		id := p.term(term{kind: opened, node: i, context: r.context, fact: v, text: c.name, args: ch.Data})
		n := r.note(ch, id)
		return id, p.learn(st, append(p.factsOfCheck(n), learned{id, fact{p.checks[n].Flaw, n}})), true
	}
	ch.Kind = Raising
	n := r.note(ch, 0)
	return r.thing(i, c, a), p.learn(st, p.factsOfCheck(n)), true
}

// factsOfCheck are what is learned where a check is passed.
func (p *prover) factsOfCheck(n int32) (out []learned) {
	for _, d := range p.checks[n].Data {
		out = append(out, learned{d, fact{p.checks[n].Flaw, n}})
	}
	return out
}

// keyOf returns the key of a check, as an argument of the call, and of the call that made
// the object.
func (r *run) keyOf(v *catalog.PythonVerifier, c *callee, a *arguments) (key, made termID) {
	if v.Key != nil {
		key = a.get(v.Key.Name, v.Key.Position)
	}
	if v.MadeKey != nil {
		from, ok := r.p.made[c.receiver]
		if !ok && c.made != nil {
			from, ok = *c.made, true
		}
		if ok {
			made = from.get(v.MadeKey.Name, v.MadeKey.Position)
		}
	}
	return key, made
}

// checkFlaw reports a call that is told not to check.
func (r *run) checkFlaw(v *catalog.PythonVerifier, a *arguments) Flaw {
	for _, form := range v.Unless {
		name, key, _ := strings.Cut(form.Name, ".")
		value := a.get(name, form.Position)
		if value != 0 && r.p.mayBe(value, key, form.Value) {
			return Off
		}
	}
	return 0
}

// mayBe reports a constant, or a display with one, or a dictionary with it under a key.
func (p *prover) mayBe(id termID, key, want string) bool {
	t := &p.terms[id]
	if t.kind != constant {
		return false
	}
	text := strings.Join(strings.Fields(strings.ToLower(strings.NewReplacer(`"`, "'", " ", "").Replace(t.text))), "")
	want = strings.ToLower(want)
	if key != "" {
		return strings.Contains(text, "'"+key+"':"+want)
	}
	return text == want || text == "'"+want+"'" || strings.HasPrefix(text, "[") && strings.Contains(text, "'"+want+"'")
}
