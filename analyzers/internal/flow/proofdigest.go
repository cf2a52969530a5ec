package flow

import (
	"go/constant"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// digest is what stands for some bytes: a MAC, a digest or a checksum of them.
type digest struct {
	spec *catalog.GoVerifier
	// by is the name of what makes it.
	by     string
	key    place
	inputs []place
	// streams are the inputs of which it is known only that they were read to the end, tees
	// those that are in it as far as somebody has read them.
	streams, tees []place
	// siblings are writers that got whatever it got.
	siblings []place
	// sum is where it was taken.
	sum   place
	short bool
}

// minDigest is the shortest part of a MAC that may be compared alone, in bytes: 80 bits
// (RFC 2104, section 5).
const minDigest = 10

// spelling are functions that write bytes in another way, and the argument with the bytes.
var spelling = map[string]int{
	"(*encoding/base32.Encoding).EncodeToString": 1, "(*encoding/base64.Encoding).EncodeToString": 1, "encoding/hex.EncodeToString": 0,
	"(*encoding/base64.Encoding).DecodeString": 1, "encoding/hex.DecodeString": 0,
	"bytes.Clone": 0, "bytes.ToLower": 0, "bytes.ToUpper": 0, "bytes.TrimSpace": 0, "slices.Clone": 0, "strings.Clone": 0,
	"bytes.TrimPrefix": 0, "strings.TrimPrefix": 0, "strings.ToLower": 0, "strings.ToUpper": 0, "strings.TrimSpace": 0,
}

// digestOf returns the digest that a value is, whatever form it has, or nil.
func (p *prover) digestOf(at place) *digest {
	short := false
	for range maxName {
		if !p.spend(1) {
			return nil
		}
		at = p.names.bare(at)
		if known, ok := p.digests[nameKey{at.value, p.names.frameID(at.frame)}]; ok {
			return shortened(known, short)
		}
		var next ssa.Value
		switch v := at.value.(type) {
		case *ssa.Slice:
			high, known := number(v.High)
			short = short || known && high < minDigest || isLen(v.High)
			next = v.X
			if isPointer(v.X.Type()) {
				next = held(p.names.bare(place{v.X, at.frame}).value)
			}
		case *ssa.UnOp:
			addr := p.names.bare(place{v.X, at.frame})
			next = held(addr.value)
			at.frame = addr.frame
		case *ssa.BinOp: // "sha256=" + digest
			for _, pair := range [][2]ssa.Value{{v.X, v.Y}, {v.Y, v.X}} {
				if _, ok := pair[0].(*ssa.Const); ok {
					next = pair[1]
				}
			}
		case *ssa.Extract:
			if call, ok := v.Tuple.(*ssa.Call); ok {
				return p.digestOfCall(place{call, at.frame}, v.Index, short)
			}
		case *ssa.Call:
			if callee := Callee(v.Common()); callee != nil {
				if arg, ok := spelling[callee.FullName()]; ok && arg < len(v.Call.Args) {
					next = v.Call.Args[arg]
				}
				if callee.FullName() == "fmt.Sprintf" && len(v.Call.Args) == 2 {
					if list := elements(v.Call.Args[1]); len(list) == 1 {
						next = list[0]
					}
				}
			}
			if next == nil {
				return p.digestOfCall(at, 0, short)
			}
		}
		if next == nil {
			return nil
		}
		at.value = next
	}
	return nil
}

// shortened is a digest of which only a few bytes may be compared.
func shortened(d *digest, short bool) *digest {
	if d == nil || !short || d.short {
		return d
	}
	cut := *d
	cut.short = true
	return &cut
}

// isLen reports the length of something: who chooses that chooses how much of the digest is
// compared.
func isLen(v ssa.Value) bool { return isBuiltin(v, "len") }

// isCap reports the capacity of a slice.
func isCap(v ssa.Value) bool { return isBuiltin(v, "cap") }

func isBuiltin(v ssa.Value, name string) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == name
}

// held returns what a variable or a field of a local struct holds, if that is set once.
func held(addr ssa.Value) ssa.Value {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return onlyStore(addr)
	case *ssa.FieldAddr:
		if alloc, ok := addr.X.(*ssa.Alloc); ok {
			return onlyField(alloc, addr.Field)
		}
	}
	return nil
}

func number(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(c.Value)
}

// digestOfCall is the digest that a call makes: a function that is known to, the method
// Sum of an object that was fed, or a function of the package that returns one.
func (p *prover) digestOfCall(at place, result int, short bool) *digest {
	key := nameKey{at.value, p.names.frameID(at.frame)}
	call := at.value.(*ssa.Call)
	common := call.Common()
	callee := Callee(common)
	if spec := p.verifier(callee); spec != nil {
		if !isDigest(spec) || len(spec.Data) == 0 {
			return nil
		}
		d := &digest{spec: spec, by: shortName(callee), sum: at, short: short}
		for _, arg := range spec.Data {
			if v := Argument(common, arg); v != nil {
				d.inputs = append(d.inputs, place{v, at.frame})
			}
		}
		if v := Argument(common, spec.Key); v != nil {
			d.key = place{v, at.frame}
		}
		p.digests[key] = d
		return d
	}
	if fn := p.local(common); fn != nil {
		if at.frame.inside(fn) || at.frame != nil && at.frame.depth >= maxFrames {
			return nil
		}
		inner := p.enter(at.frame, fn, call)
		var found *digest
		for _, ret := range returns(fn) {
			if result >= len(ret.Results) {
				return nil
			}
			if _, ok := ret.Results[result].(*ssa.Const); ok {
				continue
			}
			d := p.digestOf(place{ret.Results[result], inner})
			if d == nil || found != nil {
				return nil
			}
			found = d
		}
		return shortened(found, short)
	}
	if callee == nil || !strings.HasPrefix(callee.Name(), "Sum") || callee.Signature().Recv() == nil {
		return nil
	}
	d := p.object(place{Argument(common, "recv"), at.frame}, 0)
	if d == nil {
		return nil
	}
	d.sum, d.short = at, short
	p.feeds(d)
	p.digests[key] = d
	return d
}

func isDigest(spec *catalog.GoVerifier) bool {
	return spec.Does == catalog.GoMACs || spec.Does == catalog.GoDigests || spec.Does == catalog.GoSums
}

func returns(fn *ssa.Function) []*ssa.Return {
	var out []*ssa.Return
	for _, block := range fn.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && block != fn.Recover {
			out = append(out, ret)
		}
	}
	return out
}

// object returns what the hash.Hash at a place makes, before it is known what it was fed.
func (p *prover) object(at place, depth int) *digest {
	at = p.names.bare(at)
	if depth > maxFrames {
		return nil
	}
	switch v := at.value.(type) {
	case *ssa.UnOp:
		addr := p.names.bare(place{v.X, at.frame})
		if val := held(addr.value); val != nil {
			return p.object(place{val, addr.frame}, depth+1)
		}
		if f, ok := addr.value.(*ssa.FieldAddr); ok {
			if stored := p.stores[fieldOf(f.X.Type(), f.Field)]; len(stored) == 1 {
				return p.object(place{stored[0], nil}, depth+1)
			}
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok && v.Index == 0 {
			return p.maker(call, at.frame, depth)
		}
	case *ssa.Call:
		return p.maker(v, at.frame, depth)
	}
	return nil
}

func (p *prover) maker(call *ssa.Call, f *frame, depth int) *digest {
	common := call.Common()
	if fn := p.local(common); fn != nil {
		if f.inside(fn) || f != nil && f.depth >= maxFrames {
			return nil
		}
		for _, ret := range returns(fn) {
			if _, ok := ret.Results[0].(*ssa.Const); !ok {
				return p.object(place{ret.Results[0], p.enter(f, fn, call)}, depth+1)
			}
		}
		return nil
	}
	callee := Callee(common)
	spec := p.verifier(callee)
	if spec == nil || !isDigest(spec) || len(spec.Data) > 0 {
		return nil
	}
	d := &digest{spec: spec, by: shortName(callee)}
	if v := Argument(common, spec.Key); v != nil {
		d.key = place{v, f}
	}
	return d
}

// elements returns the elements of a slice that is written out, as those of a variadic
// argument are.
func elements(v ssa.Value) []ssa.Value {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return nil
	}
	alloc, ok := s.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	return elementsOf(alloc)
}
