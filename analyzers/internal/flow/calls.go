package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Callee returns the function or interface method that a call names, generic as it
// was written, or nil where a value is called.
func Callee(common *ssa.CallCommon) *types.Func {
	if common.IsInvoke() {
		return common.Method
	}
	fn := common.StaticCallee()
	if fn == nil {
		return nil
	}
	obj, _ := fn.Object().(*types.Func)
	if obj == nil {
		return nil
	}
	return obj.Origin()
}

// Argument returns an argument as the catalogue counts: "recv", or the index of a
// parameter. It is nil where the call has none.
func Argument(common *ssa.CallCommon, arg string) ssa.Value {
	hasRecv := common.Signature().Recv() != nil
	switch {
	case arg == "recv" && common.IsInvoke():
		return common.Value
	case arg == "recv" && hasRecv && len(common.Args) > 0:
		return common.Args[0]
	case arg == "recv" || arg == "":
		return nil
	}
	i := int(arg[0] - '0')
	if hasRecv && !common.IsInvoke() {
		i++
	}
	if i >= len(common.Args) {
		return nil
	}
	return common.Args[i]
}

// upCall goes from a result of a call to what it is made of.
func (p *Package) upCall(h *Hop, call *ssa.Call, result int) []*Hop {
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		return p.upBuiltin(h, b, common)
	}
	var ups []*Hop
	for _, fn := range p.calleesOf(common) {
		if h.frame.full(fn) {
			h.Leaf = Opaque
			continue
		}
		ups = append(ups, p.returned(h, fn, call, result)...)
	}
	if p.local(common) != nil {
		if len(ups) == 0 && h.Leaf == 0 {
			h.Leaf = Known // it never returns
		}
		return ups
	}
	callee := Callee(common)
	if callee == nil {
		if !p.knows(common) {
			ups = append(ups, p.guess(h, call, nil, resultType(call, result))...)
		}
		return ups
	}
	flows := p.flowsOf(callee)
	if h.walk.loose {
		flows = nil
	}
	if known := p.upFlows(h, call, callee, flows, result); known != nil {
		return append(ups, known...)
	}
	if h.Leaf != 0 {
		return ups
	}
	return append(ups, p.guess(h, call, callee, resultType(call, result))...)
}

// upFlows goes from a result to the arguments that the catalogue names. It returns nil
// if it names none.
func (p *Package) upFlows(h *Hop, call *ssa.Call, callee *types.Func, flows []*catalog.GoFlow, result int) []*Hop {
	if len(flows) == 0 {
		return nil
	}
	ups := []*Hop{}
	common := call.Common()
	for _, f := range flows {
		if f.To != "result" {
			continue
		}
		if f.Path && !h.walk.files {
			return nil
		}
		switch f.From {
		case "own":
			h.Leaf, h.walk.made = Known, true
		case "other":
			ups = append(ups, p.upOther(h, call, result)...)
		default:
			from := Argument(common, f.From)
			if from == nil {
				continue
			}
			up := h.through(from, call.Pos(), "it goes through "+shortName(callee))
			up.Derived = h.Derived || f.Derived
			up.Bounded = h.Bounded || f.Bounds
			if f.Path {
				up.path = true
				up.Text = "it names the file of " + shortName(callee)
				h.Leaf = Opaque
			}
			ups = append(ups, up)
		}
	}
	if len(ups) == 0 && h.Leaf == 0 {
		h.Leaf = Known
	}
	return ups
}

// upOther goes to what is written to the other results of a call.
func (p *Package) upOther(h *Hop, call *ssa.Call, result int) []*Hop {
	var ups []*Hop
	for _, ref := range *call.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index != result && refersType(x.Type()) {
			inner := h.through(x, call.Pos(), "it is written to the other end")
			ups = append(ups, p.written(inner, x)...)
		}
	}
	return ups
}

func (p *Package) upBuiltin(h *Hop, b *ssa.Builtin, common *ssa.CallCommon) []*Hop {
	switch b.Name() {
	case "append":
		ups := []*Hop{h.derived(common.Args[0]), h.derived(common.Args[1])}
		ups[1].Gathered = true
		return ups
	case "recover":
		h.Leaf = Opaque
		return nil
	case "min", "max":
		var ups []*Hop
		for _, arg := range common.Args {
			ups = append(ups, h.plain(arg))
		}
		return ups
	case "Slice", "SliceData", "String", "StringData":
		return []*Hop{h.plain(common.Args[0])}
	}
	h.Leaf = Known
	return nil
}

// resultType is the type of one result of a call.
func resultType(call *ssa.Call, result int) types.Type {
	if tuple, ok := call.Type().(*types.Tuple); ok {
		if result < tuple.Len() {
			return tuple.At(result).Type()
		}
		return types.Typ[types.Invalid]
	}
	return call.Type()
}

// returned goes into a function of the package, to what it returns.
func (p *Package) returned(h *Hop, fn *ssa.Function, call ssa.CallInstruction, result int) []*Hop {
	inner := p.enter(h.frame, fn, call)
	var ups []*Hop
	for _, block := range fn.Blocks {
		if len(block.Instrs) == 0 {
			continue
		}
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && result < len(ret.Results) {
			up := h.hop(ret.Results[result], ret.Pos(), "it is returned by "+functionName(fn))
			up.frame = inner
			ups = append(ups, up)
		}
	}
	return ups
}

// carries reports whether a value of a type can carry bytes from outside: bytes, text,
// what can be read from, and values with fields or methods.
func carries(t types.Type) bool {
	switch t := types.Unalias(t).Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString != 0
	case *types.Slice:
		return carries(t.Elem()) || isByte(t.Elem())
	case *types.Array:
		return carries(t.Elem()) || isByte(t.Elem())
	case *types.Pointer, *types.Interface, *types.Struct, *types.Map, *types.Chan:
		return true
	}
	return false
}

func isByte(t types.Type) bool {
	b, ok := types.Unalias(t).Underlying().(*types.Basic)
	return ok && b.Kind() == types.Byte
}

// shortName is a function as a reader calls it: "io.ReadAll", "Buffer.Bytes".
func shortName(fn *types.Func) string {
	if recv := fn.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if ptr, ok := t.(*types.Pointer); ok {
			t = types.Unalias(ptr.Elem())
		}
		if named, ok := t.(*types.Named); ok {
			return named.Obj().Name() + "." + fn.Name()
		}
		return fn.Name()
	}
	if fn.Pkg() == nil {
		return fn.Name()
	}
	return fn.Pkg().Name() + "." + fn.Name()
}
