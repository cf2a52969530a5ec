package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// maxBound bounds how far a bound is looked for, in values.
const maxBound = 200

// limited reports io.LimitedReader, or a pointer to one.
func limited(t types.Type) bool {
	name := typeName(t)
	return name != nil && fullName(name) == "io.LimitedReader"
}

// bound notes on a hop whether what a function fills a value with is bounded by the value:
// a buffer takes what it has room for. What is written to a writer is gathered there.
func (w *writes) bound(a alias, up *Hop, callee *types.Func, f *catalog.GoFlow) {
	switch {
	case up.Bounded:
	case f.Bounds:
		up.Bounded = true
	case up.Gathered:
	case f.To == "recv" && callee.Name() != "ReadFrom":
		up.Gathered = true
	case isBytes(a.value.Type()):
		up.Bounded = fixed(a.value, 0)
	}
}

func isBytes(t types.Type) bool {
	s, ok := types.Unalias(t).Underlying().(*types.Slice)
	return ok && isByte(s.Elem())
}

// fixed reports a buffer of which it is not seen that its length is chosen by others: one
// that is made with a length that nothing compares with anything.
func fixed(v ssa.Value, depth int) bool {
	if depth > 20 {
		return true
	}
	switch v := v.(type) {
	case *ssa.MakeSlice:
		return checked(v.Len, 0)
	case *ssa.Slice:
		return fixed(v.X, depth+1)
	case *ssa.ChangeType:
		return fixed(v.X, depth+1)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			if !fixed(edge, depth+1) {
				return false
			}
		}
	case *ssa.UnOp:
		// What a variable holds was stored there.
		if alloc, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			for _, ref := range *alloc.Referrers() {
				if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc && !fixed(store.Val, depth+1) {
					return false
				}
			}
		}
	}
	return true
}

// checked reports a number that is a constant, is small by its type, is compared with
// another or is the least of some, or is made of such.
func checked(v ssa.Value, depth int) bool {
	if depth > 20 {
		return true
	}
	if b, ok := types.Unalias(v.Type()).Underlying().(*types.Basic); ok {
		switch b.Kind() {
		case types.Uint8, types.Int8, types.Uint16, types.Int16:
			return true
		}
	}
	if v.Referrers() != nil && compared(v) {
		return true
	}
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.Convert:
		return checked(v.X, depth+1)
	case *ssa.ChangeType:
		return checked(v.X, depth+1)
	case *ssa.BinOp:
		return v.Op == token.AND || v.Op == token.REM || checked(v.X, depth+1) && checked(v.Y, depth+1)
	case *ssa.UnOp:
		if v.Op != token.MUL || v.X.Referrers() == nil {
			return true
		}
		for _, ref := range *v.X.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && load != v && compared(load) {
				return true
			}
		}
		// A field, or a variable of the package, was set by somebody who may have looked.
		_, local := v.X.(*ssa.Alloc)
		return !local
	case *ssa.Call:
		// len of something that is there, or the least of some numbers; else what a
		// function read out of the bytes.
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			return b.Name() != "max"
		}
		return !readsNumber(Callee(v.Common()))
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return !ok || !readsNumber(Callee(call.Common()))
	}
	return true
}

// readsNumber reports a function that reads a number out of bytes.
func readsNumber(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && (fn.Pkg().Path() == "encoding/binary" || fn.Pkg().Path() == "strconv")
}

// compared reports a number, or what it is converted to, that is compared for its size.
func compared(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.BinOp:
			switch ref.Op {
			case token.LSS, token.LEQ, token.GTR, token.GEQ:
				return true
			}
		case *ssa.Convert:
			if compared(ref) {
				return true
			}
		case *ssa.ChangeType:
			if compared(ref) {
				return true
			}
		case *ssa.Call:
			if b, ok := ref.Call.Value.(*ssa.Builtin); ok && b.Name() == "min" {
				return true
			}
		}
	}
	return false
}

// boundedElsewhere reports a source that the function, what it calls, or what wraps
// handlers has put a bound around: r.Body = http.MaxBytesReader(w, r.Body, n).
func (p *Package) boundedElsewhere(h *Hop) bool {
	if p.boundsHandlers() {
		return true
	}
	addr, ok := h.Value.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	field := fieldOf(addr.X.Type(), addr.Field)
	for _, other := range p.addresses[field] {
		for _, ref := range *other.Referrers() {
			store, ok := ref.(*ssa.Store)
			if !ok || store.Addr != other || !p.isBounded(store.Val) {
				continue
			}
			of, ok := other.(*ssa.FieldAddr)
			if ok && p.concerns(of, addr.Parent()) {
				return true
			}
		}
	}
	return false
}

// isBounded reports a reader that gives no more than so much.
func (p *Package) isBounded(v ssa.Value) bool {
	found := false
	p.climb(&Hop{Value: v, walk: &walk{most: maxBound}}, func(h *Hop) bool {
		found = found || h.Bounded
		return !found
	})
	return found
}

// concerns reports whether a bound that is stored into a field is there for the use of the
// field in a function: it is set in that function, in one that it calls, or in one that
// passes the value on to whoever handles it.
func (p *Package) concerns(stored *ssa.FieldAddr, user *ssa.Function) bool {
	setter := stored.Parent()
	if outermost(setter) == outermost(user) {
		return true
	}
	for _, call := range p.callersOf(setter) {
		if outermost(call.Parent()) == outermost(user) {
			return true
		}
	}
	for _, call := range p.callersOf(user) {
		if outermost(call.Parent()) == outermost(setter) {
			return true
		}
	}
	if stored.X.Referrers() == nil {
		return false
	}
	for _, ref := range *stored.X.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if !ok {
			continue
		}
		// A handler that is not known here: that of a middleware.
		if common := call.Common(); common.Value != stored.X && (common.IsInvoke() || common.StaticCallee() == nil) {
			return true
		}
	}
	return false
}

func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// boundsHandlers reports a package that bounds all requests where it serves them.
func (p *Package) boundsHandlers() bool {
	for _, obj := range p.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Name() == "MaxBytesHandler" && fn.Pkg() != nil && fn.Pkg().Path() == "net/http" {
			return true
		}
	}
	return false
}
