package proof

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// digest makes an object that digests what it is fed.
func (r *run) digest(i syntax.Index, c *callee, a *arguments, data termID, st *state) (termID, *state, bool) {
	p, v := r.p, c.fact
	key, _ := r.keyOf(v, c, a)
	id := p.term(term{kind: object, node: i, context: r.context, text: c.name, fact: v})
	p.made[id] = *a
	args := []termID{key}
	switch {
	case data == 0 || p.is(data, constant) && emptyText(p.terms[data].text) || p.is(data, constant) && p.terms[data].text == "None":
	case strings.HasSuffix(c.name, "file_digest"):
		args = append(args, p.term(term{kind: stream, args: []termID{data}}))
	default:
		args = append(args, data)
	}
	text := ""
	if p.short(a) {
		text = shortDigest
	}
	return id, p.with(st, fedSlot(id), p.term(term{kind: digest, text: text, fact: v, args: args})), true
}

// digesting follows a method of an object that digests.
func (r *run) digesting(step int32, i syntax.Index, c *callee, a *arguments, st *state, fed termID) (termID, *state, bool) {
	p := r.p
	switch c.method {
	case "update", "write":
		if len(a.positional) == 0 {
			return 0, st, false
		}
		data := a.positional[0]
		if r.looping || r.inLoop(step) {
			if base := r.streamOf(data, st, 0); base != 0 && p.everyRound(i) {
				data = p.term(term{kind: stream, args: []termID{base}})
			}
		}
		t := p.terms[fed]
		if len(t.args) > 1 && t.args[len(t.args)-1] == data && p.is(data, stream) || len(t.args) > maxItems {
			return c.receiver, st, true
		}
		t.args = append(append([]termID(nil), t.args...), data)
		return c.receiver, p.with(st, fedSlot(c.receiver), p.term(t)), true
	case "digest", "hexdigest", "finalize", "intdigest":
		return p.term(term{kind: carried, text: c.method, args: []termID{fed}}), st, true
	case "copy":
		id := p.term(term{kind: object, node: i, context: r.context, text: p.terms[c.receiver].text, fact: p.terms[c.receiver].fact})
		return id, p.with(st, fedSlot(id), fed), true
	case "verify", "hexverify":
		d := p.terms[fed]
		ch := check{Node: i, Context: r.context, Kind: Raising, Data: d.args[1:], Key: d.args[0], Call: p.digestName(&d) + "." + c.method}
		if d.args[0] == 0 {
			return 0, st, false
		}
		ch.Flaw = r.keyFlaw(d.args[0], ch.Data, false, st)
		n := r.note(ch, 0)
		return r.thing(i, c, a), p.learn(st, p.factsOfCheck(n)), true
	}
	return 0, st, false
}

// everyRound reports a call that each round of the loop around it makes, but for rounds
// with nothing in what it is given: "if chunk: h.update(chunk)".
func (p *prover) everyRound(call syntax.Index) bool {
	given := p.tree.First(p.tree.Child(call, syntax.Arguments))
	if given == syntax.None {
		return false
	}
	name := string(p.tree.Text(given))
	about := func(test syntax.Index) bool { return test != syntax.None && p.spells(test, name) }
	at := call
	for range 4 * maxNest {
		up := p.tree.Parent(at)
		if up == syntax.None || up == at {
			return true
		}
		switch p.tree.Kind(up) {
		case syntax.FunctionDefinition, syntax.Lambda:
			return true
		case syntax.IfStatement, syntax.ElifClause:
			if test := p.tree.First(up); at != test && !about(test) {
				return false
			}
		case syntax.ForStatement, syntax.WhileStatement:
			if !p.spend(int(call-up) / 16) {
				return false
			}
			for i := up; i < call; i++ {
				if string(p.tree.Text(i)) != "continue" {
					continue
				}
				test := p.tree.Parent(p.tree.Parent(i))
				if p.tree.Kind(test) == syntax.IfStatement && !about(p.tree.First(test)) {
					return false
				}
			}
			return true
		}
		at = up
	}
	return false
}

// shortDigest is the text of a digest of less than minDigest bytes.
const shortDigest = "short"

func (p *prover) digestName(d *term) string {
	if d.fact != nil {
		return d.fact.Name
	}
	return ""
}

// streamOf returns what is read piece by piece in a loop, or 0.
func (r *run) streamOf(id termID, st *state, depth int) termID {
	p := r.p
	if depth > maxNest/4 {
		return 0
	}
	t := &p.terms[id]
	switch t.kind {
	case carried:
		return r.streamOf(t.args[0], st, depth+1)
	case each:
		if base := r.streamOf(t.args[0], st, depth+1); base != 0 {
			return base
		}
		return t.args[0]
	case item:
		return p.numbered(t)
	case opaque:
		if len(t.args) > 0 && (p.derives(t.text) || strings.HasPrefix(t.text, "recv") || strings.HasSuffix(t.text, "partial")) {
			first := &p.terms[t.args[0]]
			if first.kind == attribute {
				return first.args[0]
			}
			return t.args[0]
		}
	case slice:
		return t.args[0]
	case function:
		if p.tree.Kind(t.node) == syntax.Lambda {
			if body := p.tree.Child(t.node, syntax.Body); body != syntax.None {
				return r.streamOf(r.eval(body, st), st, depth+1)
			}
		}
	case joined:
		base := termID(0)
		for _, in := range p.inputs[id] {
			b := r.streamOf(in, st, depth+1)
			if b == 0 || base != 0 && b != base {
				return 0
			}
			base = b
		}
		return base
	}
	return 0
}
