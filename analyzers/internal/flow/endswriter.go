package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// written goes from something that bytes are written to, to what it was made as: a file, a
// connection, a buffer, or something around another writer.
func (f *forth) written(w way) {
	e := f.e
	if memory(w.value.Type()) {
		f.inMemory(w)
		return
	}
	if c, ok := e.typed(w.value.Type()); ok {
		f.best.add(c, byType)
	}
	switch v := w.value.(type) {
	case *ssa.MakeInterface:
		f.add(v.X, w.frame, true)
	case *ssa.ChangeInterface:
		f.add(v.X, w.frame, true)
	case *ssa.ChangeType:
		f.add(v.X, w.frame, true)
	case *ssa.TypeAssert:
		f.add(v.X, w.frame, true)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			f.add(edge, w.frame, true)
		}
	case *ssa.Slice:
		for _, el := range e.elements(v, w.frame, 0) {
			f.add(el, w.frame, true)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			f.loaded(w, v.X)
		}
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
		f.loaded(w, v)
	case *ssa.Field:
		f.fieldOf(w, fieldOf(v.X.Type(), v.Field), v.X)
	case *ssa.Parameter:
		f.parameter(w, v)
	case *ssa.FreeVar:
		for _, of := range e.bindings(v) {
			f.add(of, nil, true)
		}
	case *ssa.Call, *ssa.Extract:
		f.maker(w)
	case *ssa.Const:
	default:
		f.escaped = true
	}
}

// memory reports a buffer.
func memory(t types.Type) bool {
	name := typeName(t)
	return name != nil && name.Pkg() != nil && (fullName(name) == "bytes.Buffer" || fullName(name) == "strings.Builder")
}

// inMemory follows what a buffer holds. A variable has many names: that of a field are all places
// that take its address.
func (f *forth) inMemory(w way) {
	switch v := w.value.(type) {
	case *ssa.MakeInterface:
		f.add(v.X, w.frame, true)
	case *ssa.Parameter:
		f.add(v, w.frame, false)
		f.parameter(w, v)
	case *ssa.FreeVar:
		for _, of := range f.e.bindings(v) {
			f.add(of, nil, true)
		}
	case *ssa.FieldAddr:
		if field := fieldOf(v.X.Type(), v.Field); field != nil {
			for _, other := range f.e.p.addresses[field] {
				f.add(other, nil, false)
			}
		}
	case *ssa.UnOp:
		f.add(v, w.frame, false)
		f.loaded(w, v.X)
		if at, ok := v.X.(*ssa.FieldAddr); ok {
			f.inMemory(way{at, w.frame, true}) // a pointer to one is in the field
		}
		if _, ok := v.X.(*ssa.Alloc); ok {
			f.add(v.X, w.frame, false)
		}
	default:
		f.add(v, w.frame, false)
	}
}

// loaded goes to what is stored in a variable of which the value is a writer.
func (f *forth) loaded(w way, addr ssa.Value) {
	e := f.e
	switch addr := addr.(type) {
	case *ssa.Alloc:
		for _, v := range storesTo(addr) {
			f.add(v, w.frame, true)
		}
		f.around(w, addr)
	case *ssa.FreeVar:
		for _, of := range e.bindings(addr) {
			f.loaded(way{of, nil, true}, of)
		}
	case *ssa.Global:
		if addr.Object() == nil {
			return
		}
		if addr.Pkg.Pkg != e.p.pass.Pkg {
			if c, ok := e.variable(addr); ok {
				f.best.add(c, byName)
			} else {
				f.escaped = true
			}
			return
		}
		for _, v := range e.p.stores[addr.Object()] {
			f.add(v, nil, true)
		}
	case *ssa.FieldAddr:
		f.fieldOf(w, fieldOf(addr.X.Type(), addr.Field), addr.X)
	case *ssa.Parameter:
		f.parameter(w, addr)
	case *ssa.Call, *ssa.Extract, *ssa.UnOp, *ssa.Phi:
		f.add(addr, w.frame, true)
	default:
		f.escaped = true
	}
}

// around goes to the writers that a struct of the package holds, of which the method Write is its
// own.
func (f *forth) around(w way, addr *ssa.Alloc) {
	name := typeName(addr.Type())
	if name == nil || name.Pkg() != f.e.p.pass.Pkg || !writable(types.NewPointer(name.Type())) {
		return
	}
	for _, ref := range *addr.Referrers() {
		if at, ok := ref.(*ssa.FieldAddr); ok && at.X == addr {
			for _, v := range storesTo(at) {
				if writable(v.Type()) {
					f.add(v, w.frame, true)
				}
			}
		}
	}
}

func (f *forth) fieldOf(w way, field *types.Var, of ssa.Value) {
	if field == nil {
		f.escaped = true
		return
	}
	stored, alone := f.e.p.storedHere(field, of)
	in := w.frame
	if !alone {
		stored, in = f.e.p.stores[field], nil
	}
	for _, v := range stored {
		f.add(v, in, true)
	}
	f.escaped = f.escaped || len(stored) == 0 || !alone && field.Exported()
}

// parameter goes to what whoever calls gives.
func (f *forth) parameter(w way, v *ssa.Parameter) {
	e, fn, index := f.e, v.Parent(), parameterIndex(v)
	if w.frame != nil && w.frame.fn == fn {
		f.add(argumentAt(w.frame.call.Common(), index), w.frame.outer, true)
		return
	}
	for _, call := range e.p.handed(fn) {
		if c, ok := e.called(call, nil); ok {
			f.best.add(c, byName)
			return
		}
	}
	calls := e.p.production(fn, e.p.callersOf(fn))
	for _, call := range calls {
		f.add(argumentAt(call.Common(), index), nil, true)
	}
	f.escaped = f.escaped || len(calls) == 0 || e.p.values[fn] || fn.Object() != nil && fn.Object().Exported()
}

// maker goes to what a call made the writer of.
func (f *forth) maker(w way) {
	e, call := f.e, callOf(w.value)
	if call == nil {
		f.escaped = true
		return
	}
	if c, ok := e.called(call, w.frame); ok {
		e.renamed(&c, call, w.frame)
		f.best.add(c, byName)
		return
	}
	common := call.Common()
	for _, fn := range e.p.calleesOf(common) {
		if w.frame.full(fn) {
			continue
		}
		in, result := e.p.enter(w.frame, fn, call), 0
		if x, ok := w.value.(*ssa.Extract); ok {
			result = x.Index
		}
		for _, ret := range returns(fn) {
			if result < len(ret.Results) {
				f.add(ret.Results[result], in, true)
			}
		}
	}
	if e.p.local(common) != nil {
		return
	}
	callee, moved := Callee(common), false
	if callee != nil {
		for _, flow := range e.p.flowsOf(callee) {
			if flow.From == "result" {
				moved = true
				f.add(Argument(common, flow.To), w.frame, true)
			}
		}
	}
	if moved {
		return
	}
	// Most writers are made around one.
	for _, arg := range common.Args {
		if writable(arg.Type()) {
			moved = true
			f.add(arg, w.frame, true)
		}
	}
	f.escaped = f.escaped || !moved
}

// writable reports a type with the method Write of package io.
func writable(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "Write")
	fn, ok := obj.(*types.Func)
	return ok && shape(fn) == byShape["Write"]
}

// results follows the bytes to the results of a call, besides an error.
func (f *forth) results(w way, call ssa.CallInstruction) {
	v := call.Value()
	if v == nil {
		return
	}
	tuple, several := v.Type().(*types.Tuple)
	if !several {
		f.add(v, w.frame, false)
		return
	}
	for _, ref := range *v.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x.Index < tuple.Len() && !ignored(x.Type()) && carries(x.Type()) {
			f.add(x, w.frame, false)
		}
	}
}
