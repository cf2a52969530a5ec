package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

func (p *prover) coverDigest(c *check, d *digest) {
	for _, in := range d.inputs {
		p.cover(c, in, 0)
	}
	for _, in := range d.streams {
		in = p.names.bare(in)
		c.data = append(c.data, in)
		c.streams[p.names.of(in)] = true
		p.coverReader(c, in)
	}
	for _, in := range d.tees {
		c.data = append(c.data, in)
		c.tees[p.names.of(in)] = true
	}
	for _, w := range d.siblings {
		c.data = append(c.data, w)
		c.covered[p.names.of(w)] = true
	}
	if instr, ok := d.sum.value.(ssa.Instruction); ok {
		c.sum = instr
	}
}

// whole are functions whose result holds the bytes of one argument, all of them, and of
// which nothing else is the result: who checks the one has checked the other.
var whole = map[string]int{
	"bytes.NewBuffer": 0, "bytes.NewBufferString": 0, "bytes.NewReader": 0, "strings.NewReader": 0, "bytes.Clone": 0, "slices.Clone": 0, "strings.Clone": 0,
	"(*bytes.Buffer).Bytes": 0, "(*bytes.Buffer).String": 0, "(*strings.Builder).String": 0, "io.NopCloser": 0,
	"encoding/hex.EncodeToString": 0, "(*encoding/base64.Encoding).EncodeToString": 1, "(*encoding/base32.Encoding).EncodeToString": 1,
}

// joins are functions whose result holds the bytes of what they are given, joined.
var joins = map[string]bool{
	"bytes.Join": true, "strings.Join": true, "slices.Concat": true, "fmt.Sprint": true, "fmt.Sprintf": true, "fmt.Sprintln": true, "fmt.Append": true, "fmt.Appendf": true,
}

// cover notes the names of some bytes that are vouched for, and of what they are all of.
func (p *prover) cover(c *check, at place, depth int) {
	at = p.names.bare(at)
	if depth > maxFrames || !p.spend(1) {
		return
	}
	if _, ok := at.value.(*ssa.Const); ok {
		return
	}
	c.covered[p.names.of(at)] = true
	more := func(v ssa.Value) { p.cover(c, place{v, at.frame}, depth+1) }
	for _, v := range elements(at.value) {
		more(v)
	}
	switch v := at.value.(type) {
	case *ssa.Slice:
		p.stretch(c, v, at.frame)
	case *ssa.BinOp:
		if v.Op == token.ADD {
			more(v.X)
			more(v.Y)
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok && v.Index == 0 {
			p.coverCall(c, call, at.frame, depth)
		}
	case *ssa.Call:
		p.coverCall(c, v, at.frame, depth)
	case *ssa.UnOp:
		if v.Op != token.MUL {
			break
		}
		// An element of a list that is written out is any of them.
		if addr, ok := v.X.(*ssa.IndexAddr); ok {
			for _, e := range elements(p.names.bare(place{addr.X, at.frame}).value) {
				more(e)
			}
			if alloc, ok := addr.X.(*ssa.Alloc); ok {
				for _, e := range elementsOf(alloc) {
					more(e)
				}
			}
		}
	case *ssa.Alloc:
		// What a buffer is filled with.
		for _, up := range p.written(&Hop{Value: v, frame: at.frame, walk: &walk{most: maxHops}}, v) {
			if !up.Derived {
				p.cover(c, place{up.Value, up.frame}, depth+1)
			}
		}
	}
}

func elementsOf(alloc *ssa.Alloc) []ssa.Value {
	var out []ssa.Value
	for _, ref := range *alloc.Referrers() {
		if at, ok := ref.(*ssa.IndexAddr); ok {
			for _, use := range *at.Referrers() {
				if store, ok := use.(*ssa.Store); ok && store.Addr == ssa.Value(at) {
					out = append(out, store.Val)
				}
			}
		}
	}
	return out
}

func (p *prover) coverCall(c *check, call *ssa.Call, f *frame, depth int) {
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok && b.Name() == "append" {
		for _, arg := range common.Args {
			p.cover(c, place{arg, f}, depth+1)
		}
		return
	}
	callee := Callee(common)
	if callee == nil || callee.Pkg() == nil {
		return
	}
	full := callee.FullName()
	if i, ok := whole[full]; ok && i < len(common.Args) {
		p.cover(c, place{common.Args[i], f}, depth+1)
	}
	if joins[full] {
		for _, arg := range common.Args {
			p.cover(c, place{arg, f}, depth+1)
		}
	}
	if full == "io.ReadAll" || full == "io/ioutil.ReadAll" {
		p.coverReader(c, place{common.Args[0], f})
	}
}

// coverReader notes what a reader in memory was made of: to read it is to read all of it.
func (p *prover) coverReader(c *check, r place) {
	r = p.names.bare(r)
	if call, ok := r.value.(*ssa.Call); ok {
		if callee := Callee(call.Common()); callee != nil {
			if i, ok := whole[callee.FullName()]; ok && i < len(call.Call.Args) {
				p.cover(c, place{call.Call.Args[i], r.frame}, 1)
			}
		}
	}
	if _, ok := r.value.(*ssa.Alloc); ok {
		p.cover(c, r, 1)
	}
}

func (p *prover) stretchOf(v *ssa.Slice, f *frame) (stretch, bool) {
	s := stretch{}
	if v.Low != nil {
		low, ok := number(v.Low)
		if !ok {
			return s, false
		}
		s.low = low
	}
	if v.High != nil {
		s.high = p.names.of(place{v.High, f})
	}
	s.base = p.names.of(place{v.X, f})
	return s, true
}

// covers reports that a check vouches for all bytes of a value.
func (p *prover) covers(c *check, h *Hop) bool {
	at := p.names.bare(place{h.Value, h.frame})
	name := p.names.of(at)
	if c.covered[name] || p.piece(c, at) {
		return true
	}
	if s, ok := at.value.(*ssa.Slice); ok && len(c.slices) > 0 {
		if mine, ok := p.stretchOf(s, at.frame); ok {
			for _, whole := range c.slices {
				if whole.base == mine.base && whole.low <= mine.low && (whole.high == "" || whole.high == mine.high) {
					return true
				}
			}
		}
	}
	if c.streams[name] {
		return p.rewound(c, name)
	}
	if c.tees[name] && c.sum != nil {
		read := p.reading(h)
		return read != nil && read.Parent() == c.sum.Parent() && dominates(read, c.sum)
	}
	return false
}

// rewound reports a call of Seek on a stream behind the check of it.
func (p *prover) rewound(c *check, name string) bool {
	fn := c.instr.Parent()
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			callee := Callee(call.Common())
			if callee == nil || callee.Name() != "Seek" && callee.Name() != "Reset" || callee.Signature().Recv() == nil {
				continue
			}
			if p.names.of(place{Argument(call.Common(), "recv"), c.frame}) == name && (c.sum == nil || dominates(c.sum, call) || dominates(c.instr, call) || call.Block() != c.sum.Block()) {
				return true
			}
		}
	}
	return false
}

// reading returns the call that read what a tee reader at a hop gave, or nil where only
// the decoder reads it.
func (p *prover) reading(h *Hop) ssa.Instruction {
	for ; h.Down != nil; h = h.Down {
		if !h.Pos.IsValid() {
			continue
		}
		call := p.calls[h.Pos]
		if call == nil {
			continue
		}
		if v, ok := call.(ssa.Value); ok && !hasMethod(v.Type(), "Read") && !hasMethod(v.Type(), "Decode") {
			return call
		}
	}
	return nil
}

// hasMethod reports a type with a method of a name.
func hasMethod(t types.Type, name string) bool {
	if _, ok := t.(*types.Tuple); ok {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := obj.(*types.Func)
	return ok
}
