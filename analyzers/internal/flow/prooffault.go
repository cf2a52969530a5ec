package flow

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// diagnose says which check of the bytes at the site does not hold, and why.
func (p *prover) diagnose(contexts []*frame) Proof {
	for _, f := range contexts {
		for _, c := range p.checks {
			if c.flaw == "" {
				continue
			}
			if _, ok := p.attempt(f, mode{only: c}); ok {
				return p.failed(c, c.flaw)
			}
		}
	}
	for _, f := range contexts {
		hops := p.hops(f)
		for _, c := range p.checks {
			covering := false
			for _, h := range hops {
				covering = covering || p.covers(c, h)
			}
			if covering {
				if out := p.notPassed(c, f); out.Standing == Failed {
					return out
				}
			}
		}
		if out := p.otherBytes(f, hops); out.Standing == Failed {
			return out
		}
	}
	return Proof{}
}

func (p *prover) failed(c *check, fault string) Proof {
	return Proof{Standing: Failed, By: c.by, Pos: c.pos, Fault: fmt.Sprintf("%s on line %d: %s", c.by, p.line(c.pos), fault)}
}

func (p *prover) around(c *check, fault string, pos token.Pos, way string) Proof {
	out := p.failed(c, fault)
	out.Around, out.Way = pos, way
	return out
}

func (p *prover) line(pos token.Pos) int { return p.pass.Fset.PositionFor(pos, false).Line }

// hops are the values that the bytes at the site are made of.
func (p *prover) hops(f *frame) []*Hop {
	var out []*Hop
	at := p.siteFrame(f)
	p.ascend(place{p.bytes, at}, func(h *Hop) bool {
		if h.Guessed {
			return false
		}
		if _, ok := h.Value.(*ssa.Const); !ok {
			out = append(out, h)
		}
		return true
	})
	return out
}

// notPassed says why a check of the bytes does not stand on every way to the site.
func (p *prover) notPassed(c *check, f *frame) Proof {
	switch {
	case isGo(c.instr):
		return p.failed(c, "it runs in a goroutine of its own, and the bytes are decoded whatever comes of it")
	case c.aside:
		return p.failed(c, "it is deferred, and comes after the decode")
	}
	if call, ok := c.instr.(*ssa.Call); ok && unused(call) {
		return p.failed(c, "nothing is done with its answer")
	}
	if c.flaw == "" {
		if _, ok := p.attempt(f, mode{only: c, steady: true}); ok {
			return p.failed(c, "the bytes are written to, or others are put in their place, between the check and the decode")
		}
	}
	if _, ok := p.attempt(f, mode{only: c, inverted: true}); ok {
		return p.failed(c, "the bytes are decoded where it fails, not where it is passed")
	}
	anchor, site := p.together(c, f)
	if anchor == nil {
		return p.failed(c, "another way to the decode does not pass it")
	}
	if anchor != site && anchor.Block() == site.Block() && indexIn(site) < indexIn(anchor) || anchor.Block() != site.Block() && !reachable(anchor.Block(), site.Block(), nil) {
		if anchor.Block() == site.Block() || reachable(site.Block(), anchor.Block(), nil) {
			return p.failed(c, "it comes after the decode, when the bytes have done what they can do")
		}
		return Proof{} // it stands on another branch, for other bytes
	}
	switch anchor.(type) {
	case *ssa.Go:
		return p.failed(c, "it runs in a goroutine of its own, and the bytes are decoded whatever comes of it")
	case *ssa.Defer:
		return p.failed(c, "it is deferred, and comes after the decode")
	}
	if dominates(anchor, site) {
		if call, ok := anchor.(*ssa.Call); ok && anchor != c.instr && p.local(call.Common()) == nil {
			return p.failed(c, "it stands in a function literal, and whether "+calledName(call)+" runs that is not known")
		} else if ok && unused(call) {
			return p.failed(c, "nothing is done with the answer of "+calledName(call))
		}
		return p.failed(c, "the bytes are decoded whether or not it is passed")
	}
	for b := anchor.Block().Idom(); b != nil; b = b.Idom() {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok || !reachable(b, site.Block(), anchor.Block()) {
			continue
		}
		pos := branch.Cond.Pos()
		if reachable(anchor.Block(), b, nil) || anchorsLoop(anchor, b) && !reachable(site.Block(), anchor.Block(), nil) {
			return p.around(c, "it stands in a loop, which may have no rounds", pos, "the loop")
		}
		if !pos.IsValid() {
			return p.failed(c, "a condition leaves it out, and the bytes are decoded all the same")
		}
		return p.around(c, fmt.Sprintf("the condition on line %d leaves it out, and the bytes are decoded all the same", p.line(pos)), pos, "the condition")
	}
	return p.failed(c, "another way to the decode does not pass it")
}

func calledName(call *ssa.Call) string {
	if fn := call.Call.StaticCallee(); fn != nil {
		return fn.Name()
	}
	return "the function around it"
}

// anchorsLoop reports a block that leads into a loop with an instruction in it.
func anchorsLoop(instr ssa.Instruction, b *ssa.BasicBlock) bool {
	for _, succ := range b.Succs {
		if succ.Dominates(instr.Block()) && reachable(instr.Block(), succ, nil) {
			return true
		}
	}
	return false
}

func isGo(instr ssa.Instruction) bool {
	_, ok := instr.(*ssa.Go)
	return ok
}

// unused reports a call of which nobody asks the last result.
func unused(call *ssa.Call) bool {
	refs := *call.Referrers()
	last := -1
	for _, ref := range refs {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Extract:
			if used := *ref.Referrers(); len(used) > 0 {
				last = max(last, ref.Index)
			}
		default:
			return false
		}
	}
	if last < 0 {
		return true
	}
	return tells(call) && last < call.Common().Signature().Results().Len()-1
}

// together are the instructions of one function in which the check and the site are, or the
// calls of it that lead there.
func (p *prover) together(c *check, f *frame) (anchor, site ssa.Instruction) {
	chain := func(instr ssa.Instruction, f *frame) []ssa.Instruction {
		out := []ssa.Instruction{instr}
		for range 20 {
			fn := out[len(out)-1].Parent()
			switch {
			case f != nil && f.fn == fn:
				out, f = append(out, f.call), f.outer
			case fn.Parent() != nil && len(p.closures[fn]) == 1:
				made := p.closures[fn][0]
				out = append(out, p.whereRun(made))
			case fn.Parent() != nil && len(p.callers[fn]) == 1:
				out = append(out, p.callers[fn][0])
			default:
				return out
			}
		}
		return out
	}
	checks := chain(c.instr, c.frame)
	for _, s := range chain(p.site, p.siteFrame(f)) {
		for _, a := range checks {
			if a.Parent() == s.Parent() {
				return a, s
			}
		}
	}
	return nil, nil
}

// whereRun is the call that a literal is made for, where it is one, or where it is made.
func (p *prover) whereRun(made *ssa.MakeClosure) ssa.Instruction {
	for _, ref := range *made.Referrers() {
		if call, ok := ref.(ssa.CallInstruction); ok {
			return call
		}
	}
	return made
}

// otherBytes says that a check which is passed on every way is about other bytes than those
// that are decoded.
func (p *prover) otherBytes(f *frame, hops []*Hop) Proof {
	mine := make(map[string]bool)
	for _, h := range hops {
		if holdsBytes(h.Value.Type()) {
			mine[p.names.of(place{h.Value, h.frame})] = true
		}
	}
	for _, c := range p.checks {
		anchor, site := p.together(c, f)
		if anchor == nil || c.aside || isGo(anchor) || len(c.data) == 0 {
			continue
		}
		drained := false
		for _, h := range hops {
			name := p.names.of(place{h.Value, h.frame})
			drained = drained || c.streams[name] || c.tees[name]
			if c.tees[name] && (!dominates(anchor, site) || c.flaw == "") {
				return p.failed(c, "what is decoded is read before it is checked, or after: the check is of what was read until then")
			}
		}
		if anchor == site || !dominates(anchor, site) {
			continue
		}
		if c.instr.Parent() != p.site.Parent() && !p.related(c, mine) {
			continue
		}
		if drained {
			return p.failed(c, "it has read the stream to its end, and what is decoded are other bytes")
		}
		return p.failed(c, p.about(c, hops))
	}
	return Proof{}
}

// related reports that a check is about bytes with names among those given.
func (p *prover) related(c *check, names map[string]bool) bool {
	if c.bytes == nil {
		c.bytes = p.bytesIn(c.data)
	}
	for name := range c.bytes {
		if names[name] {
			return true
		}
	}
	return false
}

// about says what other bytes a check is about.
func (p *prover) about(c *check, hops []*Hop) string {
	if c.opens {
		return "what is decoded is not what it opens"
	}
	checked := ""
	for _, at := range c.data {
		if checked = spelledAs(p.names.bare(at).value); checked != "" {
			break
		}
		if checked = spelledAs(at.value); checked != "" {
			break
		}
	}
	for _, h := range hops {
		name := p.names.of(place{h.Value, h.frame})
		for _, at := range c.data {
			at = p.names.bare(at)
			if s, ok := at.value.(*ssa.Slice); ok && p.names.of(place{s.X, at.frame}) == name {
				return "it is about a part of what is decoded, `" + spelledAs(s) + "`"
			}
		}
	}
	if checked == "" {
		return "it is about other bytes than those that are decoded"
	}
	if p.mentions(checked) {
		return "`" + checked + "` has got another value since"
	}
	return "it is about `" + checked + "`, and not about what is decoded"
}
