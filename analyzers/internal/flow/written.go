package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// maxAliases bounds how many names of one value are looked at for writes.
const maxAliases = 200

// alias is a name of a value. A holder holds the value, or a pointer to it, among
// other things.
type alias struct {
	value  ssa.Value
	frame  *frame
	holder bool
}

// scan is a look at a name, for the writes to all of the value or to a field.
type scan struct {
	alias
	part *types.Var
}

// writes looks for what is written into a value.
type writes struct {
	p     *Package
	h     *Hop
	seen  map[scan]bool
	queue []alias
	ups   []*Hop
}

// written goes to what is written into a value that can be written to: by stores, by
// copy, by sending to it, by calls that the catalogue knows to fill an argument, and by
// functions of the package that do so. Whether that is before or after the place is not
// asked.
func (p *Package) written(h *Hop, v ssa.Value) []*Hop {
	w := &writes{p: p, h: h, seen: make(map[scan]bool)}
	if h.walk.wary {
		// Each name is looked at once: the walk has the writes already.
		if h.walk.scanned == nil {
			h.walk.scanned = make(map[scan]bool)
		}
		w.seen = h.walk.scanned
	}
	before := len(w.seen)
	w.add(alias{v, h.frame, false})
	for len(w.queue) > 0 {
		a := w.queue[0]
		w.queue = w.queue[1:]
		if len(w.seen)-before > maxAliases {
			w.escapes(a)
			break
		}
		for _, ref := range p.usesOf(a.value) {
			w.use(a, ref)
		}
	}
	return w.ups
}

// usesOf returns the instructions that use a value, in the order of the source.
func (p *Package) usesOf(v ssa.Value) []ssa.Instruction {
	if g, ok := v.(*ssa.Global); ok {
		return p.globals[g]
	}
	if refs := v.Referrers(); refs != nil {
		return *refs
	}
	return nil
}

func (w *writes) add(a alias) {
	if key := (scan{a, w.h.part}); !w.seen[key] {
		w.seen[key] = true
		w.queue = append(w.queue, a)
	}
}

// same adds a further name for what a names.
func (w *writes) same(a alias, v ssa.Value) { w.add(alias{v, a.frame, a.holder}) }

func (w *writes) up(a alias, up *Hop) {
	up.frame = a.frame
	w.ups = append(w.ups, up)
}

// escapes notes that the value is where nobody looks, and may be written there.
func (w *writes) escapes(a alias) {
	if w.h.walk.wary {
		w.ups = append(w.ups, w.h.end(a.value, a.value.Pos(), Opaque))
	}
}

// use follows one use of a name.
func (w *writes) use(a alias, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.Store:
		if ref.Addr == a.value && !a.holder {
			w.up(a, w.stored(a, ref.Val))
		}
		if ref.Val == a.value {
			w.kept(a, ref.Addr)
		}
	case *ssa.MapUpdate:
		if ref.Map == a.value && !a.holder {
			w.up(a, w.h.derived(ref.Value))
		}
		if ref.Value == a.value {
			w.add(alias{ref.Map, a.frame, true})
		}
	case *ssa.Send:
		if ref.Chan == a.value && !a.holder {
			w.up(a, w.h.hop(ref.X, ref.Pos(), "it is sent to a channel"))
		}
		if ref.X == a.value {
			w.escapes(a)
		}
	case *ssa.Select:
		for _, state := range ref.States {
			if state.Dir == types.SendOnly && state.Chan == a.value && !a.holder {
				w.up(a, w.h.hop(state.Send, state.Pos, "it is sent to a channel"))
			}
			if state.Send == a.value {
				w.escapes(a)
			}
		}
	case *ssa.IndexAddr:
		if ref.X == a.value {
			w.same(a, ref)
		}
	case *ssa.FieldAddr:
		if !a.holder && (w.h.part == nil || fieldOf(ref.X.Type(), ref.Field) == w.h.part) {
			w.same(a, ref)
		}
	case *ssa.Slice, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.TypeAssert, *ssa.Phi, *ssa.SliceToArrayPointer:
		w.same(a, ref.(ssa.Value))
	case *ssa.Extract:
		if refersType(ref.Type()) {
			w.same(a, ref)
		}
	case *ssa.UnOp:
		// What a pointer, slice or map in a variable leads to.
		if refersType(ref.Type()) {
			w.add(alias{ref, a.frame, false})
		}
	case *ssa.Lookup:
		if a.holder && ref.X == a.value {
			w.add(alias{ref, a.frame, false})
		}
	case *ssa.MakeClosure:
		if fn, ok := ref.Fn.(*ssa.Function); ok {
			for i, b := range ref.Bindings {
				if b == a.value && i < len(fn.FreeVars) {
					w.add(alias{fn.FreeVars[i], nil, a.holder})
				}
			}
		}
	case *ssa.Return:
		w.returned(a, ref)
	case ssa.CallInstruction:
		w.called(a, ref)
	}
}

// stored is the way of a value that is stored under a name.
func (w *writes) stored(a alias, v ssa.Value) *Hop {
	up := w.h.plain(v)
	switch addr := a.value.(type) {
	case *ssa.FieldAddr:
		up.part = nil
		up.Bounded = up.Bounded || limited(addr.X.Type())
		up.Derived = true
		if field := fieldOf(addr.X.Type(), addr.Field); field != nil {
			up.Text, up.Pos = "it is kept in "+field.Name(), v.Pos()
		}
	case *ssa.IndexAddr:
		up.Derived = true
	}
	return up
}

// kept follows a value to where a pointer to it is kept.
func (w *writes) kept(a alias, addr ssa.Value) {
	switch addr := addr.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		w.add(alias{addr, a.frame, true})
	case *ssa.IndexAddr:
		w.add(alias{addr.X, a.frame, true})
	case *ssa.FieldAddr:
		field := fieldOf(addr.X.Type(), addr.Field)
		if field == nil || field.Pkg() != w.p.pass.Pkg || field.Exported() {
			w.escapes(a)
		}
		if field != nil {
			for _, other := range w.p.addresses[field] {
				w.add(alias{other, nil, true})
			}
		}
	case *ssa.Global:
		if addr.Pkg.Pkg != w.p.pass.Pkg || addr.Object() == nil || addr.Object().Exported() {
			w.escapes(a)
		}
		w.add(alias{addr, nil, true})
	default:
		w.escapes(a)
	}
}

// returned follows a value out of the call that it was passed to.
func (w *writes) returned(a alias, ret *ssa.Return) {
	if a.frame == nil || a.frame.fn != ret.Parent() {
		return
	}
	call := a.frame.call.Value()
	if call == nil {
		return
	}
	for i, result := range ret.Results {
		if result != a.value {
			continue
		}
		if len(ret.Results) == 1 {
			w.add(alias{call, a.frame.outer, a.holder})
			continue
		}
		for _, ref := range *call.Referrers() {
			if x, ok := ref.(*ssa.Extract); ok && x.Index == i {
				w.add(alias{x, a.frame.outer, a.holder})
			}
		}
	}
}

// called follows a value into a call, or goes to what the call fills it with.
func (w *writes) called(a alias, call ssa.CallInstruction) {
	p, h := w.p, w.h
	common := call.Common()
	if b, ok := common.Value.(*ssa.Builtin); ok {
		switch {
		case b.Name() == "copy" && common.Args[0] == a.value && !a.holder:
			w.up(a, h.hop(common.Args[1], call.Pos(), "it is copied"))
		case b.Name() == "append" && call.Value() != nil:
			w.add(alias{call.Value(), a.frame, a.holder || common.Args[0] != a.value})
		}
		return
	}
	for _, fn := range p.calleesOf(common) {
		if a.frame.full(fn) {
			w.escapes(a)
			continue
		}
		for i, param := range fn.Params {
			if argumentAt(common, i) == a.value {
				w.add(alias{param, p.enter(a.frame, fn, call), a.holder})
			}
		}
	}
	if p.local(common) != nil {
		return
	}
	callee := Callee(common)
	if callee == nil {
		if common.Value != a.value && !p.knows(common) {
			w.escapes(a)
		}
		return
	}
	w.filled(a, call, callee)
}

// filled goes to what a function of another package fills a value with.
func (w *writes) filled(a alias, call ssa.CallInstruction, callee *types.Func) {
	p, h := w.p, w.h
	common := call.Common()
	if s := p.sourceNamed(callee); s != nil {
		for _, to := range s.To {
			if to != "result" && Argument(common, to) == a.value {
				up := h.end(a.value, call.Pos(), 0)
				up.source, up.by = s, call
				w.up(a, up)
			}
		}
	}
	flows := p.flowsOf(callee)
	for _, f := range flows {
		if f.To == "result" || Argument(common, f.To) != a.value {
			continue
		}
		switch f.From {
		case "result":
			// What is written to the result arrives here.
			if v := call.Value(); v != nil {
				w.add(alias{v, a.frame, false})
			}
		case "own":
			h.walk.made = true
		default:
			if from := Argument(common, f.From); from != nil {
				up := h.through(from, call.Pos(), "it is read by "+shortName(callee))
				up.Derived = h.Derived || f.Derived
				w.bound(a, up, callee, f)
				w.up(a, up)
			}
		}
	}
	if len(flows) > 0 || callee.Pkg() != nil && p.catalog.GoQuiet(callee.Pkg().Path()) {
		return
	}
	if h.walk.wary {
		w.guess(a, call, callee)
	}
}

// guess takes what else a function got that nothing is known of for what it may have
// filled a value with, if its name speaks of that.
func (w *writes) guess(a alias, call ssa.CallInstruction, callee *types.Func) {
	w.escapes(a)
	if !fills(callee.Name()) {
		return
	}
	common := call.Common()
	args := common.Args
	if common.IsInvoke() {
		args = append([]ssa.Value{common.Value}, args...)
	}
	for _, arg := range args {
		if arg == a.value || !w.p.carriesContent(arg.Type()) {
			continue
		}
		up := w.h.through(arg, call.Pos(), "it is read by "+shortName(callee))
		up.Derived, up.Guessed = true, true
		w.up(a, up)
	}
}
