package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// maxResolved bounds how many values are looked at to find what a function value is.
const maxResolved = 100

// targets are the functions of the package that a call of a value, or of a method of an
// interface, may enter. closed: it enters no others.
type targets struct {
	fns    []*ssa.Function
	closed bool
}

// calleesOf returns the functions of the package that a call enters, or may.
func (p *Package) calleesOf(common *ssa.CallCommon) []*ssa.Function {
	if fn := p.local(common); fn != nil {
		return []*ssa.Function{fn}
	}
	if !common.IsInvoke() && common.StaticCallee() != nil {
		return nil
	}
	p.resolve()
	return p.resolved[common].fns
}

// knows reports whether all functions that a call may enter are of the package.
func (p *Package) knows(common *ssa.CallCommon) bool {
	p.resolve()
	return p.resolved[common].closed
}

// callersOf returns the calls of a function from inside the package.
func (p *Package) callersOf(fn *ssa.Function) []ssa.CallInstruction {
	p.resolve()
	static, dynamic := p.callers[fn], p.dynamically[fn]
	return append(static[:len(static):len(static)], dynamic...)
}

// resolve finds out what the calls of values enter. A value may come out of a call that
// is only found in an earlier round, as that of an iterator does.
func (p *Package) resolve() {
	if p.resolved != nil {
		return
	}
	p.resolved = make(map[*ssa.CallCommon]targets)
	p.dynamically = make(map[*ssa.Function][]ssa.CallInstruction)
	methods := p.methods()
	noted := make(map[entry]bool)
	for range 3 {
		for _, call := range p.dynamic {
			common := call.Common()
			var t targets
			if common.IsInvoke() {
				t.fns = implementers(common, methods[common.Method.Name()])
			} else {
				t = p.functionsOf(common.Value)
			}
			p.resolved[common] = t
			for _, fn := range t.fns {
				if key := (entry{fn, call, nil}); !noted[key] {
					noted[key] = true
					p.dynamically[fn] = append(p.dynamically[fn], call)
				}
			}
		}
	}
}

// methods are the methods that the package declares, by name, in source order.
func (p *Package) methods() map[string][]*ssa.Function {
	out := make(map[string][]*ssa.Function)
	for _, fn := range p.funcs {
		if fn.Signature.Recv() != nil && len(fn.Blocks) > 0 {
			out[fn.Name()] = append(out[fn.Name()], fn)
		}
	}
	return out
}

// implementers are the methods that a call through an interface of the package may
// enter. Interfaces of others have too many implementers for that to say anything.
func implementers(common *ssa.CallCommon, methods []*ssa.Function) []*ssa.Function {
	iface, ok := types.Unalias(common.Value.Type()).Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var out []*ssa.Function
	for _, fn := range methods {
		if common.Method.Pkg() == nil || fn.Pkg == nil || common.Method.Pkg() != fn.Pkg.Pkg {
			continue
		}
		recv := fn.Signature.Recv().Type()
		if types.Implements(recv, iface) {
			out = append(out, fn)
		} else if _, ok := recv.(*types.Pointer); !ok && types.Implements(types.NewPointer(recv), iface) {
			out = append(out, fn)
		}
	}
	return out
}

// functionsOf goes back from a value to the functions that it may be.
func (p *Package) functionsOf(v ssa.Value) targets {
	t := targets{closed: true}
	seen := map[ssa.Value]bool{v: true}
	queue := []ssa.Value{v}
	found := make(map[*ssa.Function]bool)
	for len(queue) > 0 {
		v, queue = queue[0], queue[1:]
		if len(seen) > maxResolved {
			t.closed = false
			break
		}
		ups, fn, closed := p.functionUp(v)
		t.closed = t.closed && closed
		if fn != nil && !found[fn] {
			found[fn] = true
			t.fns = append(t.fns, fn)
		}
		for _, up := range ups {
			if !seen[up] {
				seen[up] = true
				queue = append(queue, up)
			}
		}
	}
	t.closed = t.closed && len(t.fns) > 0
	return t
}

// Elsewhere returns the functions of other packages that a call of a value may be of, in
// the order in which they are met: as they are, or methods that are bound to a receiver.
func (p *Package) Elsewhere(call *ast.CallExpr) []*types.Func {
	p.build()
	instr := p.calls[call.Lparen]
	if instr == nil {
		return nil
	}
	return p.elsewhere(instr)
}

func (p *Package) elsewhere(instr ssa.CallInstruction) []*types.Func {
	if instr.Common().IsInvoke() {
		return nil
	}
	p.resolve()
	var out []*types.Func
	seen := map[ssa.Value]bool{instr.Common().Value: true}
	for queue := []ssa.Value{instr.Common().Value}; len(queue) > 0 && len(seen) <= maxResolved; {
		v := queue[0]
		queue = queue[1:]
		if fn := declaredAs(v); fn != nil && fn.Pkg() != p.pass.Pkg && !slices.Contains(out, fn) {
			out = append(out, fn)
		}
		ups, _, _ := p.functionUp(v)
		for _, up := range ups {
			if !seen[up] {
				seen[up] = true
				queue = append(queue, up)
			}
		}
	}
	return out
}

// declaredAs returns the declared function that a value is. A method expression is none:
// its receiver stands among the arguments.
func declaredAs(v ssa.Value) *types.Func {
	closure, bound := v.(*ssa.MakeClosure)
	if bound {
		v = closure.Fn
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		return nil
	}
	obj, ok := origin(fn).Object().(*types.Func)
	if !ok || bound != (obj.Signature().Recv() != nil) {
		return nil
	}
	return obj.Origin()
}

// functionUp is one step back from a function value: to others, or to the function of
// the package that it is. closed: there is nothing else that it may be.
func (p *Package) functionUp(v ssa.Value) (ups []ssa.Value, fn *ssa.Function, closed bool) {
	switch v := v.(type) {
	case *ssa.Function:
		if fn := origin(v); len(fn.Blocks) > 0 && (fn.Synthetic == "" || fn.Parent() != nil) {
			return nil, fn, true
		}
		return nil, nil, false
	case *ssa.MakeClosure:
		return p.functionUp(v.Fn)
	case *ssa.Const:
		return nil, nil, true
	case *ssa.Phi:
		return v.Edges, nil, true
	case *ssa.ChangeType:
		return []ssa.Value{v.X}, nil, true
	case *ssa.MakeInterface:
		return []ssa.Value{v.X}, nil, true
	case *ssa.Parameter:
		fn := v.Parent()
		i := parameterIndex(v)
		for _, call := range append(p.callers[fn][:len(p.callers[fn]):len(p.callers[fn])], p.dynamically[fn]...) {
			if arg := argumentAt(call.Common(), i); arg != nil {
				ups = append(ups, arg)
			}
		}
		return ups, nil, len(ups) > 0 && !p.values[fn] && (fn.Object() == nil || !fn.Object().Exported())
	case *ssa.FreeVar:
		for i, free := range v.Parent().FreeVars {
			if free == v {
				for _, closure := range p.closures[v.Parent()] {
					ups = append(ups, closure.Bindings[i])
				}
			}
		}
		return ups, nil, true
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return nil, nil, false
		}
		if _, ok := v.X.(*ssa.IndexAddr); ok {
			return p.heldFunctions(v.X), nil, false
		}
		return p.storedFunctions(v.X)
	case *ssa.Lookup, *ssa.Index, *ssa.Extract:
		return p.heldFunctions(v), nil, false
	case *ssa.Call:
		for _, fn := range p.known(v.Common()) {
			ups = append(ups, results(fn)...)
		}
		return ups, nil, p.local(v.Common()) != nil
	}
	return nil, nil, false
}

// heldFunctions are the functions that are put into a map or a slice, or that are among
// the results of a call.
func (p *Package) heldFunctions(v ssa.Value) []ssa.Value {
	var out []ssa.Value
	p.climb(&Hop{Value: v, walk: &walk{most: 2 * maxResolved}}, func(h *Hop) bool {
		switch h.Value.(type) {
		case *ssa.Function, *ssa.MakeClosure:
			out = append(out, h.Value)
		}
		return true
	})
	return out
}

// known are the functions that a call enters, as far as it is known so far.
func (p *Package) known(common *ssa.CallCommon) []*ssa.Function {
	if fn := p.local(common); fn != nil {
		return []*ssa.Function{fn}
	}
	return p.resolved[common].fns
}

func results(fn *ssa.Function) []ssa.Value {
	var out []ssa.Value
	for _, block := range fn.Blocks {
		if len(block.Instrs) > 0 {
			if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 {
				out = append(out, ret.Results[0])
			}
		}
	}
	return out
}

// storedFunctions are the values that are put into a variable or a field.
func (p *Package) storedFunctions(addr ssa.Value) (ups []ssa.Value, fn *ssa.Function, closed bool) {
	if obj := stored(addr); obj != nil {
		own := obj.Pkg() == p.pass.Pkg && !obj.Exported()
		return p.stores[obj], nil, own && len(p.stores[obj]) > 0
	}
	switch addr := addr.(type) {
	case *ssa.Alloc:
		for _, ref := range *addr.Referrers() {
			if s, ok := ref.(*ssa.Store); ok && s.Addr == addr {
				ups = append(ups, s.Val)
			}
		}
		return ups, nil, len(ups) > 0
	case *ssa.FreeVar:
		ups, _, closed = p.functionUp(addr)
		var out []ssa.Value
		for _, cell := range ups {
			inner, _, ok := p.storedFunctions(cell)
			out = append(out, inner...)
			closed = closed && ok
		}
		return out, nil, closed
	}
	return nil, nil, false
}
