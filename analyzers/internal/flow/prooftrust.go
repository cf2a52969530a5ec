package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// ascend visits a value and what it is made of, as [Package.Up] does, from inside a call.
func (p *prover) ascend(at place, visit func(*Hop) bool) {
	seen := make(map[nameKey]bool)
	queue := []*Hop{{Value: at.value, frame: at.frame, walk: &walk{most: maxHops}}}
	for len(queue) > 0 {
		h := queue[0]
		queue = queue[1:]
		if h.Leaf != 0 || h.source != nil {
			visit(h)
			continue
		}
		key := nameKey{h.Value, p.names.frameID(h.frame)}
		if seen[key] {
			continue
		}
		seen[key] = true
		if len(seen) > maxTrust || !p.spend(4) {
			h.Leaf = Cut
			visit(h)
			return
		}
		ups := p.ups(h)
		if visit(h) {
			queue = append(queue, ups...)
		}
	}
}

// ups is one step up. Of a local struct that a call fills, what the package stores into that
// field of other values does not count.
func (p *prover) ups(h *Hop) []*Hop {
	if f, ok := h.Value.(*ssa.FieldAddr); ok {
		if alloc, ok := f.X.(*ssa.Alloc); ok {
			whole := *h
			whole.part = fieldOf(f.X.Type(), f.Field)
			ups := p.written(h, f)
			for _, up := range p.written(&whole, alloc) {
				up.Derived = true
				ups = append(ups, up)
			}
			if len(ups) > 0 {
				return ups
			}
		}
	}
	return p.up(h)
}

// maxTrust bounds how many values of a key are looked at.
const maxTrust = 300

// keyFlaw says what is wrong with a key, or returns "".
func (p *prover) keyFlaw(key place, data []place, public bool) string {
	if key.value == nil {
		return ""
	}
	if p.sharesBytes(key, data) || p.sharesBytes(p.keyOf(key), data) {
		return "the key comes out of the message that it is to vouch for"
	}
	if public {
		return ""
	}
	key = p.keyOf(key)
	literal, empty, other, otherwise := "", 0, 0, false
	p.ascend(key, func(h *Hop) bool {
		if h.Guessed {
			return false
		}
		switch h.Leaf {
		case Known:
			switch v := h.Value.(type) {
			case *ssa.Const:
				text, is := literalOf(v)
				switch {
				case !is:
				case text == "":
					empty++
				default:
					if literal == "" {
						literal = text
					}
					otherwise = otherwise || atChoice(h)
				}
			case *ssa.Alloc, *ssa.MakeSlice:
				if p.untouched(h.Value) {
					empty++
				} else {
					other++
				}
			case *ssa.Global:
				if p.unset(v) {
					empty++
				} else {
					other++
				}
			default:
				other++
			}
		case Outside, Opaque, Cut:
			other++
		}
		return true
	})
	switch {
	case literal != "" && other == 0:
		return "the key stands in the source, where everybody can read it"
	case literal != "" && otherwise:
		return "the key is a literal of the source unless something else is configured"
	case empty > 0 && other == 0 && literal == "":
		return "the key is empty"
	}
	return ""
}

// keyOf goes from what holds a key to the key.
func (p *prover) keyOf(key place) place {
	for range maxFrames {
		key = p.names.bare(key)
		v := key.value
		if e, ok := v.(*ssa.Extract); ok && e.Index == 0 {
			v = e.Tuple
		}
		if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
			if f, ok := u.X.(*ssa.FieldAddr); ok {
				if stored := p.stores[fieldOf(f.X.Type(), f.Field)]; len(stored) == 1 {
					key = place{stored[0], nil}
					continue
				}
			}
			if g, ok := u.X.(*ssa.Global); ok {
				if stored := p.stores[g.Object()]; len(stored) == 1 {
					key = place{stored[0], nil}
					continue
				}
			}
		}
		call, ok := v.(*ssa.Call)
		if !ok {
			return key
		}
		if fn := p.local(call.Common()); fn != nil && !key.frame.inside(fn) {
			var only ssa.Value
			for _, ret := range returns(fn) {
				if r := ret.Results[0]; !isNilConst(r) {
					if only != nil {
						return key
					}
					only = r
				}
			}
			if only == nil {
				return key
			}
			key = place{only, p.enter(key.frame, fn, call)}
			continue
		}
		spec := p.verifier(Callee(call.Common()))
		if spec == nil || spec.Does != catalog.GoKeys {
			return key
		}
		key = place{Argument(call.Common(), spec.Key), key.frame}
	}
	return key
}

// literalOf returns the text of a constant that can be a key or a part of one.
func literalOf(c *ssa.Const) (string, bool) {
	if c.Value == nil {
		_, isSlice := c.Type().Underlying().(*types.Slice)
		return "", isSlice
	}
	switch c.Value.Kind() {
	case constant.String:
		return constant.StringVal(c.Value), true
	case constant.Int:
		return c.Value.ExactString(), isByte(c.Type())
	}
	return "", false
}

// atChoice reports a way down to the key through a variable that can hold something else,
// and not through a call by one of several callers.
func atChoice(h *Hop) bool {
	for ; h != nil; h = h.Down {
		switch h.Value.(type) {
		case *ssa.Parameter:
			return false
		case *ssa.Phi, *ssa.Global:
			return true
		}
	}
	return false
}

// untouched reports bytes that are handed to nobody who might fill them.
func (p *prover) untouched(v ssa.Value) bool {
	queue := []ssa.Value{v}
	for n := 0; n < len(queue) && n < maxAliases; n++ {
		refs := queue[n].Referrers()
		if refs == nil {
			continue
		}
		for _, ref := range *refs {
			switch ref := ref.(type) {
			case ssa.CallInstruction:
				if callee := Callee(ref.Common()); p.verifier(callee) == nil {
					return false
				}
			case *ssa.Slice:
				queue = append(queue, ref)
			case *ssa.ChangeType, *ssa.Convert, *ssa.DebugRef, *ssa.UnOp:
			default:
				return false
			}
		}
	}
	return true
}

// unset reports a variable with bytes that only the package sees, and that it never sets.
func (p *prover) unset(g *ssa.Global) bool {
	obj := g.Object()
	if obj == nil || obj.Exported() || obj.Pkg() != p.pass.Pkg || p.embedded[obj] || len(p.stores[obj]) > 0 {
		return false
	}
	if _, ok := obj.Type().Underlying().(*types.Slice); !ok {
		return false // the linker sets strings
	}
	for _, use := range p.globals[g] {
		if load, ok := use.(*ssa.UnOp); !ok || load.Op != token.MUL {
			return false
		}
	}
	return true
}

// bytesIn are the names of the bytes, texts and streams that some values are made of.
func (p *prover) bytesIn(from []place) map[string]bool {
	out := make(map[string]bool)
	for _, at := range from {
		p.ascend(at, func(h *Hop) bool {
			if h.Guessed && !ofRequest(h) {
				return false
			}
			if holdsBytes(h.Value.Type()) {
				if _, ok := h.Value.(*ssa.Const); !ok {
					out[p.names.of(place{h.Value, h.frame})] = true
				}
			}
			return true
		})
	}
	return out
}

func (p *prover) sharesBytes(a place, b []place) bool {
	theirs := p.bytesIn(b)
	for name := range p.bytesIn([]place{a}) {
		if theirs[name] {
			return true
		}
	}
	return false
}

// ofRequest reports a step over a method of net/http or net/url, which give parts of the
// request.
func ofRequest(h *Hop) bool {
	for ; h != nil && h.Guessed; h = h.Down {
		if h.Down == nil || h.Down.Guessed {
			continue
		}
		v := h.Down.Value
		if e, ok := v.(*ssa.Extract); ok {
			v = e.Tuple
		}
		call, ok := v.(*ssa.Call)
		if !ok {
			return false
		}
		callee := Callee(call.Common())
		if callee == nil || callee.Pkg() == nil {
			return false
		}
		path := callee.Pkg().Path()
		return path == "net/http" || path == "net/url" || path == "mime/multipart"
	}
	return false
}

// holdsBytes reports bytes, texts, what can be read from, and requests.
func holdsBytes(t types.Type) bool {
	switch u := types.Unalias(t).Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.String
	case *types.Slice:
		return isByte(u.Elem())
	case *types.Array:
		return isByte(u.Elem())
	case *types.Pointer:
		if a, ok := types.Unalias(u.Elem()).Underlying().(*types.Array); ok {
			return isByte(a.Elem())
		}
		if u.Elem().String() == "net/http.Request" {
			return true
		}
	}
	return hasMethod(t, "Read")
}
