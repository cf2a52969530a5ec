package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// maxHops bounds one walk, in values; maxFrames how deep it follows calls of
// functions of the package.
const (
	maxHops   = 4000
	maxFrames = 6
)

// Hop is one value on the way up from the bytes at a place to where they began.
type Hop struct {
	Value ssa.Value
	// Down is the hop that this value flows to, nil at the place itself.
	Down *Hop
	// Text says how it flows down, as a part of a sentence, and Pos where.
	Text string
	Pos  token.Pos
	// Derived: the bytes below are made of these and are not them, or a part of
	// them, as they stand: they were decoded, decompressed, joined with others.
	Derived bool
	// Guessed: a function that nothing is known of got this value and gave the one
	// below.
	Guessed bool
	// Bounded: no more of this value arrives below than the program has chosen. Gathered:
	// it does so in pieces, so that what bounds one piece bounds nothing.
	Bounded, Gathered bool
	// Leaf says why there is nothing further up, or is 0.
	Leaf Leaf

	frame *frame
	depth int
	walk  *walk
	// part is the field of the value that is asked for, nil for all of it.
	part *types.Var
	// path: the value names the file that the bytes below are read from.
	path bool
	// source is what fills the value, where that is not told by the value itself, and by
	// the call that does.
	source *catalog.GoSource
	by     ssa.CallInstruction
}

// Leaf is the end of a way up.
type Leaf int

// The ends.
const (
	// Known: constants, and values that nobody wrote to.
	Known Leaf = iota + 1
	// Outside: a parameter that callers out of sight fill.
	Outside
	// Opaque: what a function gave that nothing is known of, or a variable of
	// another package.
	Opaque
	// Cut: the walk was too long.
	Cut
)

// frame is the call by which a walk entered a function.
type frame struct {
	fn    *ssa.Function
	call  ssa.CallInstruction
	outer *frame
	depth int
}

// entry is what tells frames apart.
type entry struct {
	fn    *ssa.Function
	call  ssa.CallInstruction
	outer *frame
}

// enter returns the frame of a call, the same for the same call.
func (p *Package) enter(f *frame, fn *ssa.Function, call ssa.CallInstruction) *frame {
	key := entry{fn, call, f}
	if in := p.frames[key]; in != nil {
		return in
	}
	depth := 1
	if f != nil {
		depth = f.depth + 1
	}
	in := &frame{fn, call, f, depth}
	p.frames[key] = in
	return in
}

// inside reports whether the walk is in a call of fn already.
func (f *frame) inside(fn *ssa.Function) bool {
	for ; f != nil; f = f.outer {
		if f.fn == fn {
			return true
		}
	}
	return false
}

// full reports whether the walk may not enter a further call of fn.
func (f *frame) full(fn *ssa.Function) bool {
	return f != nil && (f.depth >= maxFrames || f.inside(fn))
}

// walk is one way up with all its branches.
type walk struct {
	// wary: what is handed to where nobody looks may have been written there, and a
	// guess must be likely. That is how to ask who wrote some bytes.
	wary bool
	// files: a file is followed to its path.
	files bool
	// loose: what the catalogue says of functions is not asked, all that goes into one
	// may come out. That is how to ask what has to do with a value.
	loose bool
	// product: calls of tests say nothing of what is no test.
	product bool
	// most bounds the values, hops counts them.
	most, hops int
	// scanned are the names whose writes were looked at.
	scanned map[scan]bool
	stopped bool
	// made: the program itself makes some of the bytes. Where nothing is known to be
	// written, as into a variable that nobody sets, that says nothing.
	made bool
}

// Up visits v and what its bytes are made of, nearest first, each value once for
// every call that leads to it. Where visit returns false nothing above is visited.
// The order is that of the source, so that the same package gives the same answer.
func (p *Package) Up(v ssa.Value, visit func(*Hop) bool) {
	p.build()
	p.climb(&Hop{Value: v, walk: &walk{most: maxHops}}, visit)
}

// climb walks up from a hop.
func (p *Package) climb(from *Hop, visit func(*Hop) bool) {
	type key struct {
		value ssa.Value
		frame *frame
		part  *types.Var
		path  bool
	}
	w := from.walk
	seen := make(map[key]bool)
	queue := []*Hop{from}
	for len(queue) > 0 && !w.stopped {
		h := queue[0]
		queue = queue[1:]
		if h.Leaf != 0 || h.source != nil {
			visit(h)
			continue
		}
		if k := (key{h.Value, h.frame, h.part, h.path}); seen[k] {
			continue
		} else {
			seen[k] = true
		}
		if w.hops = len(seen); w.hops > w.most {
			h.Leaf = Cut
			visit(h)
			return
		}
		ups := p.up(h)
		if visit(h) {
			queue = append(queue, ups...)
		}
	}
}

// hop is one step up from h, in the same function.
func (h *Hop) hop(v ssa.Value, pos token.Pos, text string) *Hop {
	up := *h
	up.Value, up.Down, up.Pos, up.Text, up.Leaf, up.source, up.by, up.depth = v, h, pos, text, 0, nil, nil, h.depth+1
	return &up
}

// plain is a step that says nothing.
func (h *Hop) plain(v ssa.Value) *Hop { return h.hop(v, token.NoPos, "") }

func (h *Hop) derived(v ssa.Value) *Hop {
	up := h.plain(v)
	up.Derived = true
	return up
}

// through is a step through a function, behind which no field is asked for any more.
func (h *Hop) through(v ssa.Value, pos token.Pos, text string) *Hop {
	up := h.hop(v, pos, text)
	up.part = nil
	return up
}

// end is a branch that ends at once.
func (h *Hop) end(v ssa.Value, pos token.Pos, leaf Leaf) *Hop {
	up := h.through(v, pos, "")
	up.Leaf = leaf
	return up
}
