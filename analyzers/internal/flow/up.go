package flow

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// up returns the values that h's are made of, and marks the ends. What is written
// through a value comes first, what it was made of next.
func (p *Package) up(h *Hop) []*Hop {
	var ups []*Hop
	if refers(h.Value) {
		ups = p.written(h, h.Value)
	}
	ups = append(ups, p.made(h)...)
	switch h.Value.(type) {
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap:
		switch {
		case h.part == nil && p.reads(h.Value.Type()):
			h.Leaf = Opaque
		case len(ups) == 0:
			h.Leaf = Known
		}
	case *ssa.MakeChan:
		if len(ups) == 0 {
			h.Leaf = Opaque
		}
	}
	return ups
}

// refers reports whether something can be written through a value.
func refers(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin, *ssa.MakeClosure:
		return false
	case *ssa.Extract:
		return refersType(v.Type())
	case *ssa.Next, *ssa.Range:
		return false
	}
	return refersType(v.Type())
}

func refersType(t types.Type) bool {
	switch types.Unalias(t).Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Interface:
		return true
	}
	return false
}

// holders are packages whose readers give what was put into them, as it is, decompressed or
// decoded, and nothing else.
var holders = map[string]bool{
	"bytes": true, "bufio": true, "io": true, "strings": true,
	"compress/bzip2": true, "compress/flate": true, "compress/gzip": true, "compress/lzw": true, "compress/zlib": true,
}

// reads reports a type of readers of which their methods say what they give, and not
// what was put into them.
func (p *Package) reads(t types.Type) bool {
	name := typeName(t)
	if name == nil || holders[name.Pkg().Path()] || types.IsInterface(name.Type()) {
		return false
	}
	answer, ok := p.reading[name]
	if !ok {
		if p.reading == nil {
			p.reading = make(map[*types.TypeName]bool)
		}
		answer = readerLike(types.NewPointer(name.Type()))
		p.reading[name] = answer
	}
	return answer
}

// made goes to what a value was made of.
func (p *Package) made(h *Hop) []*Hop {
	switch v := h.Value.(type) {
	case *ssa.Const:
		h.Leaf = Known
		h.walk.made = h.walk.made || v.Value != nil && (v.Value.Kind() != constant.String || constant.StringVal(v.Value) != "")
	case *ssa.Parameter:
		return p.upParameter(h, v)
	case *ssa.FreeVar:
		return p.upFreeVar(h, v)
	case *ssa.Global:
		return p.upGlobal(h, v)
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan:
		// What they hold was written there.
	case *ssa.Phi:
		var ups []*Hop
		for _, edge := range v.Edges {
			ups = append(ups, h.plain(edge))
		}
		return ups
	case *ssa.Slice:
		return []*Hop{h.plain(v.X)}
	case *ssa.ChangeType:
		return []*Hop{h.plain(v.X)}
	case *ssa.ChangeInterface:
		return []*Hop{h.plain(v.X)}
	case *ssa.MakeInterface:
		if p.reads(v.X.Type()) && h.walk.wary {
			return []*Hop{h.end(v.X, v.Pos(), Opaque), h.plain(v.X)}
		}
		return []*Hop{h.plain(v.X)}
	case *ssa.Convert:
		return []*Hop{h.plain(v.X)}
	case *ssa.MultiConvert:
		return []*Hop{h.plain(v.X)}
	case *ssa.SliceToArrayPointer:
		return []*Hop{h.plain(v.X)}
	case *ssa.TypeAssert:
		return []*Hop{h.plain(v.X)}
	case *ssa.BinOp:
		if b, ok := types.Unalias(v.Type()).Underlying().(*types.Basic); ok && b.Info()&types.IsBoolean != 0 {
			h.Leaf = Known
			return nil
		}
		return []*Hop{h.derived(v.X), h.derived(v.Y)}
	case *ssa.UnOp:
		return p.upUnOp(h, v)
	case *ssa.Field:
		return p.upField(h, fieldOf(v.X.Type(), v.Field), v.X)
	case *ssa.FieldAddr:
		return p.upField(h, fieldOf(v.X.Type(), v.Field), v.X)
	case *ssa.Index:
		return []*Hop{h.derived(v.X)}
	case *ssa.IndexAddr:
		return []*Hop{h.derived(v.X)}
	case *ssa.Lookup:
		return []*Hop{h.derived(v.X)}
	case *ssa.Next:
		return []*Hop{h.derived(v.Iter)}
	case *ssa.Range:
		return []*Hop{h.derived(v.X)}
	case *ssa.Extract:
		return p.upExtract(h, v)
	case *ssa.Call:
		return p.upCall(h, v, 0)
	default:
		// A function that is a reader gives whatever it likes.
		h.Leaf = Opaque
	}
	return nil
}

func (p *Package) upUnOp(h *Hop, v *ssa.UnOp) []*Hop {
	switch v.Op {
	case token.MUL, token.ARROW:
		return []*Hop{h.plain(v.X)}
	case token.SUB, token.XOR:
		return []*Hop{h.derived(v.X)}
	}
	h.Leaf = Known
	return nil
}

func (p *Package) upExtract(h *Hop, v *ssa.Extract) []*Hop {
	switch t := v.Tuple.(type) {
	case *ssa.Call:
		return p.upCall(h, t, v.Index)
	case *ssa.Select:
		var ups []*Hop
		// The first two results are which case it was, and whether something came.
		received := 2
		for _, state := range t.States {
			if state.Dir == types.RecvOnly {
				if received == v.Index {
					ups = append(ups, h.plain(state.Chan))
				}
				received++
			}
		}
		return ups
	default:
		return []*Hop{h.plain(v.Tuple)}
	}
}

// upParameter goes to the argument of the call that led into the function, or to
// those of all calls that the package holds.
func (p *Package) upParameter(h *Hop, v *ssa.Parameter) []*Hop {
	fn := v.Parent()
	index := parameterIndex(v)
	if f := h.frame; f != nil && f.fn == fn {
		arg := argumentAt(f.call.Common(), index)
		if arg == nil {
			h.Leaf = Outside
			return nil
		}
		up := h.hop(arg, f.call.Pos(), "it is passed to "+functionName(fn))
		up.frame = f.outer
		return []*Hop{up}
	}
	var ups []*Hop
	callers := p.callersOf(fn)
	if h.walk.product {
		callers = p.production(fn, callers)
	}
	for _, call := range callers {
		if arg := argumentAt(call.Common(), index); arg != nil {
			up := h.hop(arg, call.Pos(), "it is passed to "+functionName(fn))
			up.frame = nil
			ups = append(ups, up)
		}
	}
	if len(ups) == 0 && fn.Parent() != nil {
		ups = p.handedTo(h, fn, v.Type())
	}
	// Nobody out of sight can write a field that only the package sees.
	inside := h.part != nil && h.part.Pkg() == p.pass.Pkg && !h.part.Exported()
	if (len(ups) == 0 || p.values[fn] || fn.Object() != nil && fn.Object().Exported()) && !inside {
		h.Leaf = Outside
	}
	return ups
}

func parameterIndex(v *ssa.Parameter) int {
	for i, param := range v.Parent().Params {
		if param == v {
			return i
		}
	}
	return -1
}

// argumentAt returns the argument for parameter i of a function, receivers counted.
func argumentAt(common *ssa.CallCommon, i int) ssa.Value {
	args := common.Args
	if common.IsInvoke() {
		if i == 0 {
			return common.Value
		}
		i--
	}
	if i < 0 || i >= len(args) {
		return nil
	}
	return args[i]
}

func (p *Package) upFreeVar(h *Hop, v *ssa.FreeVar) []*Hop {
	fn := v.Parent()
	var ups []*Hop
	for i, free := range fn.FreeVars {
		if free != v {
			continue
		}
		for _, closure := range p.closures[fn] {
			up := h.plain(closure.Bindings[i])
			up.frame = nil
			ups = append(ups, up)
		}
	}
	if len(ups) == 0 {
		h.Leaf = Opaque
	}
	return ups
}

// functionName is a function of the package as a reader calls it.
func functionName(fn *ssa.Function) string {
	if obj, ok := fn.Object().(*types.Func); ok {
		return obj.Name()
	}
	return "a function literal"
}
