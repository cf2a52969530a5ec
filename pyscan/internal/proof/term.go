package proof

import (
	"encoding/binary"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// termID names a term. 0 is none.
type termID int32

type kind uint8

const (
	noTerm    kind = iota
	constant       // a literal: text
	symbol         // a dotted name that is imported, or a builtin: text
	variable       // what a variable holds that nothing is known of: text
	parameter      // of the function that is followed: text
	function       // a def or lambda of the file: node
	class          // a class of the file: node
	object         // made by a call of a class, or of what digests: node, context
	opaque         // made by a call or in any other way: node, context, text its name
	attribute      // text of args[0]
	item           // args[1], or the one that text tells, of args[0]
	slice          // of args[0]: text, and the bounds
	concat         // all args side by side
	carried        // args[0] in another form, as text says
	digest         // args[0] is the key or 0, the others what was fed
	compared       // args[0] and args[1]: text is the operator
	negated        // not args[0]
	both           // args[0] and args[1]
	either         // args[0] or args[1]
	chosen         // args[1] if args[0] else args[2]
	joined         // a variable where ways meet: see prover.inputs
	result         // what a function of the file returned: see prover.inputs, prover.outcomes
	told           // true if args were checked: see prover.checks
	opened         // what a check gave out: see prover.checks
	each           // an item of args[0], in a loop
	stream         // everything that args[0] gives
	kept           // what was put into a list at node: text tells whether it was checked
)

// term is a value, as far as it is known.
type term struct {
	kind    kind
	text    string
	node    syntax.Index
	context int32
	args    []termID
	fact    *catalog.PythonVerifier
}

type termKey struct {
	kind    kind
	text    string
	node    syntax.Index
	context int32
	args    string
	fact    *catalog.PythonVerifier
}

// maxTerms bounds the terms of a question.
const maxTerms = 20_000

func (p *prover) term(t term) termID {
	p.spend(1 + len(t.args))
	key := termKey{t.kind, t.text, t.node, t.context, argsKey(t.args...), t.fact}
	if id, ok := p.ids[key]; ok {
		return id
	}
	if len(p.terms) >= maxTerms {
		p.over = true
		return 0
	}
	id := termID(len(p.terms))
	p.terms = append(p.terms, t)
	p.ids[key] = id
	return id
}

func (p *prover) is(id termID, k kind) bool { return p.terms[id].kind == k }

func (p *prover) constantTerm(text string) termID { return p.term(term{kind: constant, text: text}) }

func argsKey(args ...termID) string {
	raw := make([]byte, 0, 4*len(args))
	for _, a := range args {
		raw = binary.LittleEndian.AppendUint32(raw, uint32(a))
	}
	return string(raw)
}

// parts returns what a term is made of.
func (p *prover) parts(id termID) []termID {
	switch t := &p.terms[id]; t.kind {
	case joined, result:
		all := p.inputs[id]
		if o := p.outcomes[id]; o != nil {
			// What its truth tells is about these.
			all = append(all[:len(all):len(all)], o.about...)
		}
		return all
	default:
		return t.args
	}
}

// maxVisit bounds the terms that one look through a term visits.
const maxVisit = 400

// within calls visit for a term and what it is made of, until that returns false.
func (p *prover) within(id termID, visit func(termID) bool) {
	seen := map[termID]bool{}
	queue := []termID{id}
	for len(queue) > 0 && len(seen) < maxVisit && p.spend(1) {
		at := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if at == 0 || seen[at] {
			continue
		}
		seen[at] = true
		if !visit(at) {
			return
		}
		queue = append(queue, p.parts(at)...)
	}
}

// mentions reports whether a term is made of another for which ok holds.
func (p *prover) mentions(id termID, ok func(*term, termID) bool) (found bool) {
	p.within(id, func(at termID) bool {
		found = found || ok(&p.terms[at], at)
		return !found
	})
	return found
}

// bare takes the forms off a term in which the same bytes may stand.
func (p *prover) bare(id termID) termID {
	for range maxNest {
		t := &p.terms[id]
		if t.kind != carried || len(t.args) == 0 || t.args[0] == 0 {
			return id
		}
		id = t.args[0]
	}
	return id
}

// nameOf returns the dotted name of a term, with brackets for calls, or "".
func (p *prover) nameOf(id termID) string {
	suffix := ""
	for range maxNest {
		t := &p.terms[id]
		switch t.kind {
		case symbol:
			return t.text + suffix
		case object, opaque:
			if t.text == "" {
				return ""
			}
			return t.text + "()" + suffix
		case attribute:
			suffix = "." + t.text + suffix
			id = t.args[0]
		default:
			return ""
		}
	}
	return ""
}
