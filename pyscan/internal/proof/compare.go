package proof

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// constantTime is the operator of a comparison by hmac.compare_digest and its like.
const constantTime = "compare_digest"

// beginsWith is the operator of a digest that is asked whether it begins so.
const beginsWith = "startswith"

// compare is what is learned where two terms compare so, or do not.
func (r *run) compare(op string, a, b termID, want bool, at termID, st *state, depth int) ([]learned, bool) {
	p := r.p
	switch op {
	case "!=", "<>":
		op, want = "==", !want
	case "not in":
		op, want = "in", !want
	case "is not":
		op, want = "is", !want
	}
	if op == "is" || op == "==" {
		// "ok is True", "verify(x) == False", "payload is None".
		for _, pair := range [][2]termID{{a, b}, {b, a}} {
			switch p.terms[pair[1]].text {
			case "True":
				return r.truth(pair[0], want, st, depth)
			case "False":
				return r.truth(pair[0], !want, st, depth)
			case "None":
				return r.isNone(pair[0], want, st)
			case "0":
				if p.is(pair[1], constant) && !p.is(p.bare(pair[0]), digest) {
					return r.truth(pair[0], !want, st, depth)
				}
			}
		}
	}
	if op != "==" && op != "in" && op != constantTime && op != beginsWith || !want {
		r.equality(op, a, b, at, st) // that it is there is worth knowing
		return nil, true
	}
	n, ok := r.equality(op, a, b, at, st)
	if !ok {
		return nil, true
	}
	p.checks[n].asked = true
	return p.factsOfCheck(n), true
}

// isNone is what is learned of what a call returned where that is None, or is not.
func (r *run) isNone(id termID, none bool, st *state) ([]learned, bool) {
	p := r.p
	t := &p.terms[id]
	switch t.kind {
	case constant:
		return nil, (t.text == "None") == none
	case result:
		if o := p.outcomes[id]; o != nil {
			return o.none(none), true
		}
	case joined:
		if o := p.outcomes[id]; o != nil {
			return o.none(none), true
		}
		// Variables of loops are made of each other.
		if none || p.holding[id] || !p.spend(1) {
			break
		}
		p.holding[id] = true
		defer delete(p.holding, id)
		var ways []way
		for _, in := range p.inputs[id] {
			facts, may := r.isNone(in, none, st)
			ways = append(ways, way{facts, may})
		}
		return r.common(ways, st)
	}
	return nil, true
}

func (o *outcome) none(is bool) []learned {
	if is {
		return o.whenNone
	}
	return o.notNone
}

// equality notes a comparison that checks something, and returns its number.
func (r *run) equality(op string, a, b termID, at termID, st *state) (int32, bool) {
	p := r.p
	node, context := p.terms[at].node, p.terms[at].context
	if op != "==" && op != "in" && op != constantTime && op != beginsWith {
		return 0, false
	}
	mac, other := r.digestOf(a, st), b
	macSide := a
	if mac == 0 || p.terms[mac].args[0] == 0 && r.keyed(b, st) {
		if m := r.digestOf(b, st); m != 0 {
			mac, other, macSide = m, a, b
		}
	}
	if mac == 0 {
		if op == constantTime {
			return r.note(check{Node: node, Context: context, Kind: Comparing, Data: []termID{a, b}, Flaw: OtherBytes, Other: b}, at), true
		}
		return 0, false
	}
	d := &p.terms[mac]
	c := check{Node: node, Context: context, Kind: Comparing, Data: d.args[1:], Call: p.digestName(d), Other: other}
	if op == constantTime {
		c.Call = p.excerpt(p.tree.Child(node, syntax.Function), 60)
	}
	switch {
	case d.fact != nil && d.fact.Does == catalog.Sums:
		c.Flaw = Checksum
	case r.sameDigest(macSide, other, st):
		c.Flaw = Itself
	case op == beginsWith && (!p.is(other, constant) || len(strings.Trim(p.terms[other].text, `bB'"`)) < 2*minDigest):
		c.Flaw = Prefix
	case truncated(p, macSide, st) != Sound:
		c.Flaw = truncated(p, macSide, st)
	case d.args[0] != 0:
		c.Flaw = r.keyFlaw(d.args[0], d.args[1:], d.fact != nil && d.fact.Public, st)
		if c.Flaw == 0 && op == "==" {
			c.Flaw = Timing
		}
		c.Key, c.Public = d.args[0], d.fact != nil && d.fact.Public
	default:
		if f, ok := p.holds(st, p.bare(other), 0); ok && f.check >= 0 {
			c.Flaw = f.flaw
		} else {
			c.Flaw = r.pinFlaw(other, d.args[1:])
		}
	}
	return r.note(c, at), true
}

func (r *run) keyed(id termID, st *state) bool {
	d := r.digestOf(id, st)
	return d != 0 && r.p.terms[d].args[0] != 0
}

// digestOf returns the digest that a term is, whatever form it has, or 0.
func (r *run) digestOf(id termID, st *state) termID {
	p := r.p
	for range maxNest {
		t := &p.terms[id]
		switch t.kind {
		case digest:
			return id
		case carried:
			id = t.args[0]
		case slice, item:
			id = t.args[0]
		case object:
			return st.slots[fedSlot(id)]
		case concat:
			// "sha256=" + digest
			next := termID(0)
			for _, a := range t.args {
				if !p.is(a, constant) {
					if next != 0 {
						return 0
					}
					next = a
				}
			}
			id = next
		default:
			return 0
		}
		if id == 0 {
			return 0
		}
	}
	return 0
}

func (r *run) sameDigest(a, b termID, st *state) bool {
	if a == b || r.p.bare(a) == r.p.bare(b) {
		return true
	}
	d := r.digestOf(b, st)
	return d != 0 && d == r.digestOf(a, st)
}

var sliceEnd = regexp.MustCompile(`^0?:(\d+),$`)

// minDigest is the shortest part of a MAC that may be compared alone, in bytes: 80 bits
// (RFC 2104, section 5).
const minDigest = 10

// truncated reports a digest of which only a few bytes are compared.
func truncated(p *prover, id termID, st *state) Flaw {
	cut := 0
	for range maxNest {
		t := &p.terms[id]
		switch {
		case t.kind == item:
			return Truncated
		case t.kind == slice:
			m := sliceEnd.FindStringSubmatch(t.text)
			if m == nil {
				if strings.HasPrefix(t.text, ":len(") || strings.HasPrefix(t.text, "0:len(") {
					return Prefix
				}
				if strings.HasPrefix(t.text, ":") || strings.HasPrefix(t.text, "0:") {
					return Truncated // how many is not known
				}
				id = t.args[0]
				continue
			}
			if n, err := strconv.Atoi(m[1]); err == nil && (cut == 0 || n < cut) {
				cut = n
			}
			id = t.args[0]
		case t.kind == carried:
			if t.text == "hexdigest" || t.text == "hex" || strings.HasSuffix(t.text, "hexlify") {
				cut = (cut + 1) / 2
			}
			id = t.args[0]
		case t.kind == object && st.slots[fedSlot(id)] != 0:
			id = st.slots[fedSlot(id)]
		default:
			if t.kind == digest && t.text == shortDigest || cut > 0 && cut < minDigest {
				return Truncated
			}
			return Sound
		}
	}
	return Sound
}
