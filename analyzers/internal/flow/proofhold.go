package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// onlyStore returns what a variable holds that is stored to once, as a whole, and never
// handed to anybody who might.
func onlyStore(a *ssa.Alloc) ssa.Value {
	var val ssa.Value
	queue := []ssa.Value{a}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr == v {
					if val != nil || v != ssa.Value(a) {
						return nil
					}
					val = ref.Val
				} else {
					return nil
				}
			case *ssa.UnOp, *ssa.Slice, *ssa.DebugRef:
				// A slice of an array that somebody writes to is not followed: what is
				// written into bytes between a check and a decode is asked elsewhere.
			case *ssa.FieldAddr:
				queue = append(queue, ref)
			case *ssa.IndexAddr:
				queue = append(queue, ref)
			case *ssa.MakeClosure:
				for i, b := range ref.Bindings {
					if fn, ok := ref.Fn.(*ssa.Function); ok && b == v && i < len(fn.FreeVars) {
						queue = append(queue, fn.FreeVars[i])
					}
				}
			case *ssa.MakeInterface, *ssa.Phi, *ssa.MapUpdate, *ssa.Send, *ssa.Return:
				return nil
			case *ssa.Call:
				// A pointer receiver may change its value; most only read it.
				if _, isStruct := ref.Type().(*types.Struct); isStruct {
					return nil
				}
			}
		}
	}
	return val
}

// onlyField returns what a field of a local struct holds that is set once, and that
// nobody else can set.
func onlyField(a *ssa.Alloc, field int) ssa.Value {
	var val ssa.Value
	for _, ref := range *a.Referrers() {
		switch ref := ref.(type) {
		case *ssa.FieldAddr:
			if ref.Field != field {
				continue
			}
			for _, use := range *ref.Referrers() {
				switch use := use.(type) {
				case *ssa.Store:
					if use.Addr != ssa.Value(ref) || val != nil {
						return nil
					}
					val = use.Val
				case *ssa.UnOp, *ssa.Slice, *ssa.DebugRef, *ssa.FieldAddr, *ssa.IndexAddr:
				default:
					return nil
				}
			}
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Call:
			// A method of the value itself.
			if len(ref.Call.Args) == 0 || ref.Call.Args[0] != ssa.Value(a) || ref.Call.Signature().Recv() == nil {
				return nil
			}
		default:
			return nil
		}
	}
	return val
}
