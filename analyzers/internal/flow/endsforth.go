package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/lint"
)

// way is a value on the way from where bytes are made to where they leave the process. A
// writer is something that they are written to, and what is no writer holds them.
type way struct {
	value  ssa.Value
	frame  *frame
	writer bool
}

// forth follows bytes from where they are made.
type forth struct {
	e     *Ends
	best  answer
	seen  map[way]bool
	queue []way
	// escaped: some of them went where nobody looks.
	escaped bool
}

// To returns where the bytes go that a value holds, or that are written to it, or nil where
// they stay in the process.
func (e *Ends) To(v ssa.Value, writer bool) *lint.Channel {
	f := &forth{e: e, seen: make(map[way]bool)}
	f.add(v, nil, writer)
	for len(f.queue) > 0 {
		w := f.queue[0]
		f.queue = f.queue[1:]
		if len(f.seen) > maxHops {
			f.escaped = true
			break
		}
		if w.writer {
			f.written(w)
		} else {
			f.held(w)
		}
	}
	if f.best.channel == nil && !f.escaped {
		return nil
	}
	return f.best.or()
}

// ToFile returns the file of which a value is the name.
func (e *Ends) ToFile(name ssa.Value) *lint.Channel { return e.file(name, nil, "") }

func (f *forth) add(v ssa.Value, in *frame, writer bool) {
	if v == nil {
		f.escaped = true
		return
	}
	if w := (way{v, in, writer}); !f.seen[w] {
		f.seen[w] = true
		f.queue = append(f.queue, w)
	}
}

// held follows what holds the bytes to all that is done with it.
func (f *forth) held(w way) {
	if c, ok := f.e.typed(w.value.Type()); ok {
		f.best.add(c, byType)
	}
	for _, ref := range f.e.p.usesOf(w.value) {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val == w.value {
				f.kept(w, ref.Addr)
			}
		case *ssa.MapUpdate:
			if ref.Value == w.value {
				f.add(ref.Map, w.frame, false)
			}
		case *ssa.Send:
			if ref.X == w.value {
				f.sent(w, ref.Chan)
			}
		case *ssa.UnOp:
			if ref.Op == token.MUL || ref.Op == token.ARROW {
				f.add(ref, w.frame, false)
			}
		case *ssa.Slice, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Convert, *ssa.MultiConvert, *ssa.TypeAssert, *ssa.Phi,
			*ssa.Extract, *ssa.Lookup, *ssa.Range, *ssa.Next:
			f.add(ref.(ssa.Value), w.frame, false)
		case *ssa.MakeClosure:
			if fn, ok := ref.Fn.(*ssa.Function); ok {
				for i, b := range ref.Bindings {
					if b == w.value && i < len(fn.FreeVars) {
						f.add(fn.FreeVars[i], nil, false)
					}
				}
			}
		case *ssa.Return:
			f.returned(w, ref)
		case ssa.CallInstruction:
			f.called(w, ref)
		}
	}
}

// kept follows the bytes to where they are kept.
func (f *forth) kept(w way, addr ssa.Value) {
	switch addr := addr.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		f.add(addr, w.frame, false)
		if free, ok := addr.(*ssa.FreeVar); ok {
			for _, of := range f.e.bindings(free) {
				f.add(of, nil, false)
			}
		}
	case *ssa.IndexAddr:
		f.within(w, addr.X)
	case *ssa.FieldAddr:
		field := fieldOf(addr.X.Type(), addr.Field)
		if field != nil && field.Pkg() == f.e.p.pass.Pkg {
			for _, other := range f.e.p.addresses[field] {
				if other != addr {
					f.add(other, nil, false)
				}
			}
			f.escaped = f.escaped || field.Exported()
		}
		f.within(w, addr.X)
	case *ssa.Global:
		f.add(addr, nil, false)
	default:
		f.escaped = true
	}
}

// within follows the struct, or the array, of which the bytes are a part: only one that is made
// here is handed on for their sake.
func (f *forth) within(w way, of ssa.Value) {
	switch of := of.(type) {
	case *ssa.Alloc:
		f.add(of, w.frame, false)
	case *ssa.FieldAddr:
		f.within(w, of.X)
	case *ssa.IndexAddr:
		f.within(w, of.X)
	case *ssa.MakeSlice, *ssa.Slice, *ssa.UnOp:
		f.add(of, w.frame, false)
	}
}

// sent follows the bytes into a channel of Go: one of a client is a queue, or it is received
// from somewhere.
func (f *forth) sent(w way, channel ssa.Value) {
	if call := callOf(channel); call != nil {
		if c, ok := f.e.called(call, w.frame); ok {
			f.best.add(c, byName)
			return
		}
	}
	f.add(channel, w.frame, false)
	f.escaped = true
}

// returned follows the bytes out of a function.
func (f *forth) returned(w way, ret *ssa.Return) {
	fn := ret.Parent()
	out := func(call ssa.CallInstruction, in *frame) {
		v := call.Value()
		if v == nil {
			return
		}
		for i, result := range ret.Results {
			if result != w.value {
				continue
			}
			if len(ret.Results) == 1 {
				f.add(v, in, false)
				continue
			}
			for _, ref := range *v.Referrers() {
				if x, ok := ref.(*ssa.Extract); ok && x.Index == i {
					f.add(x, in, false)
				}
			}
		}
	}
	if w.frame != nil && w.frame.fn == fn {
		out(w.frame.call, w.frame.outer)
		return
	}
	for _, call := range f.e.p.production(fn, f.e.p.callersOf(fn)) {
		out(call, nil)
	}
	f.escaped = f.escaped || f.e.p.values[fn] || fn.Object() == nil || fn.Object().Exported()
}

// called follows the bytes into a call.
func (f *forth) called(w way, call ssa.CallInstruction) {
	p, common := f.e.p, call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "append":
			f.add(call.Value(), w.frame, false)
		case "copy":
			if common.Args[1] == w.value {
				f.within(w, common.Args[0])
			}
		}
		return
	}
	inside := false
	for _, fn := range p.calleesOf(common) {
		inside = true
		if w.frame.full(fn) {
			continue
		}
		for i, param := range fn.Params {
			if argumentAt(common, i) == w.value {
				f.add(param, p.enter(w.frame, fn, call), false)
			}
		}
	}
	if inside && p.local(common) != nil {
		return
	}
	callee := Callee(common)
	if callee == nil {
		f.escaped = f.escaped || !p.knows(common)
		return
	}
	if t := f.e.line(callee); t != nil && !f.names(w, call) {
		if c, ok := f.e.called(call, w.frame); ok {
			f.e.renamed(&c, call, w.frame)
			f.best.add(c, byName)
			return
		}
	}
	f.outside(w, call, callee)
}

// names reports a call of which the bytes are the name of the channel, and not what goes
// through it.
func (f *forth) names(w way, call ssa.CallInstruction) bool {
	for _, parts := range f.e.line(Callee(call.Common())).Names {
		for _, part := range parts {
			if len(part.Path) == 0 && Argument(call.Common(), part.Arg) == w.value {
				return true
			}
		}
	}
	return false
}

// outside follows the bytes through a function of another package.
func (f *forth) outside(w way, call ssa.CallInstruction, callee *types.Func) {
	p, common := f.e.p, call.Common()
	flows, moved := p.flowsOf(callee), false
	if _, sink := p.catalog.GoSink(callee.FullName()); sink {
		return // they are objects again
	}
	for _, flow := range flows {
		if Argument(common, flow.From) != w.value {
			continue
		}
		moved = true
		if flow.To == "result" {
			f.results(w, call)
		} else if to := Argument(common, flow.To); to != nil {
			f.add(to, w.frame, true)
		}
	}
	if moved || len(flows) > 0 || callee.Pkg() != nil && p.catalog.GoQuiet(callee.Pkg().Path()) {
		return
	}
	f.escaped = true
	// What nothing is known of may give them back in another form: compressed, signed, as a request.
	if v := call.Value(); v != nil && carries(v.Type()) {
		f.add(v, w.frame, false)
	} else if v != nil {
		f.results(w, call)
	}
}
