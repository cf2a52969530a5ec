package flow

import (
	"golang.org/x/tools/go/ssa"
)

// mode says which checks count in an attempt at a proof.
type mode struct {
	// flawed checks count, too; only the one check counts; it is asked whether they
	// failed; what is written to the bytes behind them is left out.
	flawed, inverted, steady bool
	only                     *check
}

// maxDepth bounds how many values lie between the decoder and a check.
const maxDepth = 300

var strict = mode{}

// point is a point of the program: before an instruction, or on the way between two blocks.
type point struct {
	instr    ssa.Instruction
	from, to *ssa.BasicBlock
	frame    *frame
	// succeeds, if set, is how the last result of a return comes out.
	succeeds *outcome
}

// climber is one attempt at a proof.
type climber struct {
	*prover
	mode mode
	seen map[nameKey]bool
	// by is the first check that was passed.
	by *check
	// anchored: some bytes were found to be checked.
	anchored bool
	hops     int
}

// attempt tries to prove that the bytes at the site are checked, in the call by which its
// function is reached, and returns by what.
func (p *prover) attempt(f *frame, m mode) (*check, bool) {
	c := &climber{prover: p, mode: m, seen: make(map[nameKey]bool)}
	at := p.siteFrame(f)
	h := &Hop{Value: p.bytes, frame: at, walk: &walk{most: maxHops}}
	ok := c.proven(h, []point{{instr: p.site, frame: at}}, 0)
	return c.by, ok && c.anchored
}

// proven reports that all bytes of a value are checked at one of some points, by which they
// flow to the decoder.
func (c *climber) proven(h *Hop, points []point, depth int) bool {
	if c.hops++; c.hops > maxHops || depth > maxDepth || !c.spend(1) {
		c.cut = true
		return false
	}
	if _, ok := h.Value.(*ssa.Const); ok {
		return true
	}
	if h.Leaf != 0 || h.source != nil {
		return h.Leaf == Known
	}
	key := nameKey{h.Value, c.names.frameID(h.frame)}
	if c.seen[key] {
		return true // what is made of itself is as good as the rest of it
	}
	c.seen[key] = true
	var good []*check
	for _, k := range c.checks {
		if c.counts(k) && c.covers(k, h) {
			good = append(good, k)
		}
	}
	if len(good) > 0 {
		g := c.newGoal(good, c.mode.inverted, c.mode.steady)
		for _, at := range points {
			if c.at(g, at) {
				if c.by == nil {
					c.by = good[0]
				}
				c.anchored = true
				return true
			}
		}
	}
	return c.above(h, points, depth)
}

func (c *climber) counts(k *check) bool {
	if c.mode.only != nil {
		return k == c.mode.only
	}
	return k.flaw == "" || c.mode.flawed
}

// at reports that a goal holds at a point.
func (c *climber) at(g *goal, at point) bool {
	if ret, ok := at.instr.(*ssa.Return); ok && at.succeeds != nil {
		s := c.run(g, ret.Parent(), at.frame, false)
		return c.before(g, ret, at.frame, 0) || c.establishes(s, ret.Results[len(ret.Results)-1], at.frame, *at.succeeds, nil)
	}
	if at.instr != nil {
		return c.before(g, at.instr, at.frame, 0)
	}
	fn := at.from.Parent()
	s := c.run(g, fn, at.frame, c.entry(g, fn, at.frame, 0))
	return s.out[at.from.Index] || c.edge(s, at.from, at.to)
}

// above reports that all that a value is made of is checked.
func (c *climber) above(h *Hop, points []point, depth int) bool {
	and := func(at point) []point { return append(points[:len(points):len(points)], at) }
	if put, store := c.reaching(h.Value, h.frame); put != nil {
		return c.proven(h.plain(put), and(point{instr: store, frame: h.frame}), depth+1)
	}
	switch v := h.Value.(type) {
	case *ssa.Phi:
		for i, edge := range v.Edges {
			from := v.Block().Preds[i]
			if !c.proven(h.plain(edge), and(point{from: from, to: v.Block(), frame: h.frame}), depth+1) {
				return false
			}
		}
		return true
	case *ssa.Parameter, *ssa.FreeVar:
		out, ok := c.names.outside(place{v, h.frame})
		if !ok && (h.part == nil || h.part.Exported() || h.part.Pkg() != c.pass.Pkg) {
			return false
		}
		if !ok {
			break // what is in a field that only the package sees is stored somewhere in it
		}
		up := h.plain(out.value)
		up.frame = out.frame
		where := point{frame: out.frame}
		if _, isParam := v.(*ssa.Parameter); isParam {
			where.instr = h.frame.call
		} else {
			where.instr = c.closures[v.Parent()][0]
		}
		return c.proven(up, and(where), depth+1)
	case *ssa.Slice:
		if isCap(v.High) {
			return false // what lies behind the end was never looked at
		}
	case *ssa.Call:
		if fn := c.local(v.Common()); fn != nil {
			return c.returned(h, fn, v, 0, points, depth)
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			if fn := c.local(call.Common()); fn != nil {
				return c.returned(h, fn, call, v.Index, points, depth)
			}
		}
	}
	ups := c.ups(h)
	if len(ups) == 0 {
		return h.Leaf == Known || h.Leaf == 0 && h.part != nil
	}
	if h.Leaf != 0 && h.Leaf != Known {
		return false
	}
	for _, up := range ups {
		all := points
		if call := c.calls[up.Pos]; up.Pos.IsValid() && call != nil && call.Parent() == parentOf(up.Value) {
			all = and(point{instr: call, frame: up.frame})
		}
		for _, kept := range c.keeps(h, up) {
			all = append(all[:len(all):len(all)], point{instr: kept, frame: up.frame})
			c.gatherAround(kept.Parent(), nil)
		}
		if !c.proven(up, all, depth+1) {
			return false
		}
	}
	return true
}

// returned goes into a function of the package, to what it returns.
func (c *climber) returned(h *Hop, fn *ssa.Function, call *ssa.Call, result int, points []point, depth int) bool {
	if h.frame.inside(fn) || h.frame != nil && h.frame.depth >= maxFrames {
		return false
	}
	inner := c.enter(h.frame, fn, call)
	for _, ret := range returns(fn) {
		if result >= len(ret.Results) {
			return false
		}
		up := h.plain(ret.Results[result])
		up.frame = inner
		if !c.proven(up, append(points[:len(points):len(points)], point{instr: ret, frame: inner}), depth+1) {
			return false
		}
	}
	return true
}

// keeps are the places that put a value where a hop found it: into a field, a variable of
// the package, or a channel.
func (c *climber) keeps(h, up *Hop) []ssa.Instruction {
	refs := up.Value.Referrers()
	if up.frame != nil || refs == nil {
		return nil
	}
	var out []ssa.Instruction
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val == up.Value && stored(ref.Addr) != nil {
				out = append(out, ref)
			}
		case *ssa.Send:
			if _, ok := h.Value.(*ssa.MakeChan); ok && ref.X == up.Value {
				out = append(out, ref)
			}
		}
	}
	if len(out) > 1 {
		return nil // all of them would have to be behind a check, and any point is enough
	}
	return out
}

// siteFrame is the frame of the site where its function is reached by f. A literal is in
// that of the function around it.
func (p *prover) siteFrame(f *frame) *frame {
	if at := frameOf(f, p.site.Parent()); at != nil {
		return at
	}
	return f
}
