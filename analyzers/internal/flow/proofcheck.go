package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// check is one place where something is checked.
type check struct {
	id int
	// instr is the call or the comparison that tells, and where it is reached from.
	instr ssa.Instruction
	frame *frame
	pos   token.Pos
	by    string
	// when is the number by which it tells that it was passed, or -1.
	when int64
	// opens: what is vouched for is what it gives.
	opens bool
	data  []place
	// covered are the names of what it vouches for, slices those that are slices, so that a
	// part of them is found; streams were read to the end by it, tees until sum.
	covered       map[string]bool
	slices        []stretch
	streams, tees map[string]bool
	sum           ssa.Instruction
	key           place
	// bytes are the names of what the data are made of, once somebody asks.
	bytes map[string]bool
	// flaw says why it proves nothing, even where it is passed, or is "".
	flaw string
	// named: it is what a justification names. aside: it is deferred, or runs in a
	// goroutine of its own.
	named, aside bool
	// said: only a comment, or a justification, says that it checks.
	said bool
}

// stretch is a slice with a constant beginning.
type stretch struct {
	base, high string
	low        int64
}

// gather finds the checks in a function, and in those of the package that it calls.
func (p *prover) gather(fn *ssa.Function, f *frame) {
	key := frameKey{p.names.frameID(f), nil}
	if p.gathered[fn] == nil {
		p.gathered[fn] = make(map[frameKey]bool)
	}
	if p.gathered[fn][key] || !p.checking()[fn] && p.named == "" {
		return
	}
	p.gathered[fn][key] = true
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if !p.spend(1) {
				return
			}
			switch instr := instr.(type) {
			case *ssa.BinOp:
				if instr.Op == token.EQL || instr.Op == token.NEQ {
					p.compared(instr, f, nil, place{instr.X, f}, place{instr.Y, f})
				}
			case ssa.CallInstruction:
				p.gatherCall(instr, f)
			case *ssa.MakeClosure:
				// A literal that is handed to somebody may be called there.
				if lit, ok := instr.Fn.(*ssa.Function); ok {
					p.literals = append(p.literals, lit)
				}
			}
		}
	}
}

func (p *prover) gatherCall(call ssa.CallInstruction, f *frame) {
	common := call.Common()
	callee := Callee(common)
	spec := p.verifier(callee)
	named := spec == nil && p.isNamed(common, callee)
	if named && callee != nil {
		spec = Declared(callee)
	}
	if spec == nil {
		if fn := p.local(common); fn != nil && !f.inside(fn) && (f == nil || f.depth < maxFrames) && p.checking()[fn] {
			p.gather(fn, p.enter(f, fn, call))
		}
		return
	}
	switch spec.Does {
	case catalog.GoCompares:
		a, b := Argument(common, spec.Data[0]), Argument(common, spec.Data[1])
		if a != nil && b != nil {
			p.compared(call, f, spec, place{a, f}, place{b, f})
		}
	case catalog.GoVerifies, catalog.GoOpens:
		c := p.newCheck(call, f, spec, call.Pos(), shortName(callee))
		c.opens, c.named, c.said = spec.Does == catalog.GoOpens, named, spec.Reason == declaredReason
		for _, arg := range spec.Data {
			v := Argument(common, arg)
			if v == nil {
				continue
			}
			c.data = append(c.data, place{v, f})
			if d := p.digestOf(place{v, f}); d != nil {
				// What is signed is the digest of something.
				c.data = append(c.data, d.inputs...)
				p.coverDigest(c, d)
				if d.spec.Does == catalog.GoSums {
					c.flaw = checksumFlaw
				}
			}
			if !c.opens || c.said {
				p.cover(c, place{v, f}, 0)
			}
		}
		if c.opens {
			p.coverOpened(c, call, spec)
		}
		if v := Argument(common, spec.Key); v != nil && spec.Does != catalog.GoKeys {
			c.key = place{v, f}
			if c.flaw == "" {
				c.flaw = p.keyFlaw(c.key, c.data, spec.Public)
			}
		}
		p.checks = append(p.checks, c)
	}
}

// declaredReason marks what is said by a comment, of all that a function is given.
const declaredReason = "it is declared a verifier"

// coverOpened notes what a check that opens gives.
func (p *prover) coverOpened(c *check, call ssa.CallInstruction, spec *catalog.GoVerifier) {
	if v, ok := call.(*ssa.Call); ok {
		at := place{v, c.frame}
		if _, several := v.Type().(*types.Tuple); several {
			c.covered[p.names.of(at)+"#0"] = true
		} else if !isVerdict(v.Type()) {
			c.covered[p.names.of(at)] = true
		}
	}
	if v := Argument(call.Common(), spec.To); v != nil {
		to := p.names.bare(place{v, c.frame})
		c.covered[p.names.of(to)] = true
		c.covered[p.names.load(to, maxName)] = true
	}
}

func (p *prover) newCheck(instr ssa.Instruction, f *frame, spec *catalog.GoVerifier, pos token.Pos, by string) *check {
	p.numbered++
	c := &check{id: p.numbered, instr: instr, frame: f, pos: pos, by: by, when: -1, covered: make(map[string]bool), streams: make(map[string]bool), tees: make(map[string]bool)}
	if spec != nil && spec.When != "" {
		c.when = int64(spec.When[0] - '0')
	}
	if _, ok := instr.(*ssa.Defer); ok {
		c.aside = true
	}
	if _, ok := instr.(*ssa.Go); ok {
		c.aside = true
	}
	return c
}

// compared notes a comparison of a digest with something. spec is nil for ==.
func (p *prover) compared(instr ssa.Instruction, f *frame, spec *catalog.GoVerifier, a, b place) {
	if spec == nil && !comparesBytes(a.value.Type()) {
		return
	}
	d, other := p.digestOf(a), b
	if e := p.digestOf(b); e != nil && (d == nil || d.spec.Does != catalog.GoMACs && e.spec.Does == catalog.GoMACs) {
		d, other = e, a
	}
	if x, y, ok := p.blinded(a, b); ok {
		p.compared(instr, f, spec, x, y)
		return
	}
	itself := spec != nil && spec.Constant && p.names.of(a) == p.names.of(b)
	if d == nil && !itself {
		return
	}
	by := "=="
	pos := instr.Pos()
	if call, ok := instr.(ssa.CallInstruction); ok {
		by, pos = shortName(Callee(call.Common())), call.Pos()
	} else if instr.(*ssa.BinOp).Op == token.NEQ {
		by = "!="
	}
	c := p.newCheck(instr, f, spec, pos, by)
	p.checks = append(p.checks, c)
	if d == nil {
		c.data, c.flaw = []place{a}, itselfFlaw
		p.cover(c, a, 0)
		return
	}
	c.data, c.key = append([]place(nil), d.inputs...), d.key
	p.coverDigest(c, d)
	constantTime := spec != nil && spec.Constant
	// A MAC whose key is not seen is one that another package makes.
	keyed := d.spec.Does == catalog.GoMACs && (d.key.value == nil || !isNilConst(p.names.bare(d.key).value))
	e := p.digestOf(other)
	switch {
	case d.spec.Does == catalog.GoSums:
		c.flaw = checksumFlaw
	case itself, e != nil && (e == d || e.sum == d.sum):
		c.flaw = itselfFlaw
	case e != nil && p.alike(d, e):
		c.flaw = "both sides are made here of the same bytes, and nothing that came with them is compared"
	case d.short:
		c.flaw = "only a few bytes of the digest are compared"
	case keyed:
		c.flaw = p.keyFlaw(d.key, d.inputs, d.spec.Public)
		if c.flaw == "" && !constantTime {
			c.flaw = "the MAC is compared with " + by + ", and the time that takes tells how much of a guess is right: use hmac.Equal"
		}
	default:
		c.flaw = p.pinFlaw(other, d)
	}
	if c.flaw == "" && keyed && len(d.inputs)+len(d.streams)+len(d.tees) == 0 {
		p.appended(c, d)
	}
}

const checksumFlaw = "a checksum is no signature: anybody can make it fit"

func isNilConst(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value == nil
}

// comparesBytes reports a type of which == compares bytes: text, arrays, and the numbers of
// checksums.
func comparesBytes(t types.Type) bool {
	switch t := types.Unalias(t).Underlying().(type) {
	case *types.Basic:
		return t.Kind() == types.String || t.Kind() == types.Uint32 || t.Kind() == types.Uint64
	case *types.Array:
		return isByte(t.Elem())
	}
	return false
}

// stretch notes a slice whose beginning is known.
func (p *prover) stretch(c *check, v *ssa.Slice, f *frame) {
	if s, ok := p.stretchOf(v, f); ok {
		c.slices = append(c.slices, s)
	}
}
