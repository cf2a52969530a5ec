package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

const itselfFlaw = "it compares a value with itself"

// blinded returns what is compared where MACs of two MACs are, so that the time it takes
// tells nothing.
func (p *prover) blinded(a, b place) (x, y place, ok bool) {
	d, e := p.digestOf(a), p.digestOf(b)
	if d == nil || e == nil || d == e || d.spec.Does != catalog.GoMACs || d.spec != e.spec || len(d.inputs) != 1 || len(e.inputs) != 1 {
		return a, b, false
	}
	if d.key.value == nil || e.key.value == nil || p.names.of(d.key) != p.names.of(e.key) {
		return a, b, false
	}
	x, y = d.inputs[0], e.inputs[0]
	return x, y, (p.digestOf(x) == nil) != (p.digestOf(y) == nil)
}

// alike reports two digests of the same bytes with the same key.
func (p *prover) alike(d, e *digest) bool {
	if len(d.inputs) == 0 || len(d.inputs) != len(e.inputs) || d.spec != e.spec || len(d.streams)+len(d.tees)+len(e.streams)+len(e.tees) > 0 {
		return false
	}
	same := func(a, b place) bool {
		return a.value == nil && b.value == nil || a.value != nil && b.value != nil && p.names.of(a) == p.names.of(b)
	}
	for i := range d.inputs {
		if !same(d.inputs[i], e.inputs[i]) {
			return false
		}
	}
	return same(d.key, e.key)
}

// appended notes bytes that were handed to Sum, which appends to them and does not read them.
func (p *prover) appended(c *check, d *digest) {
	call, ok := d.sum.value.(*ssa.Call)
	if !ok {
		return
	}
	if head := Argument(call.Common(), "0"); head != nil && carries(head.Type()) && !isNilConst(head) {
		c.flaw = "nothing was written to the MAC: Sum appends to what it is given, and does not read it"
		c.data = []place{{head, d.sum.frame}}
		p.cover(c, c.data[0], 0)
	}
}
