package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// reaching returns what a field holds where it is read, if the function has put it there
// itself before, on every way: r.Body = io.NopCloser(bytes.NewReader(b)).
func (p *prover) reaching(v ssa.Value, f *frame) (ssa.Value, *ssa.Store) {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil, nil
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil, nil
	}
	name := p.names.load(place{addr, f}, maxName)
	var last *ssa.Store
	var stores []*ssa.Store
	for _, other := range p.addresses[fieldOf(addr.X.Type(), addr.Field)] {
		at, ok := other.(*ssa.FieldAddr)
		if !ok || at.Parent() != load.Parent() || p.names.load(place{at, f}, maxName) != name {
			continue
		}
		for _, ref := range *at.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr != ssa.Value(at) {
					return nil, nil
				}
				stores = append(stores, ref)
				if dominates(ref, load) && (last == nil || dominates(last, ref)) {
					last = ref
				}
			case *ssa.UnOp, *ssa.DebugRef:
			default:
				return nil, nil // somebody has its address
			}
		}
	}
	if last == nil {
		return nil, nil
	}
	for _, store := range stores {
		if store != last && !dominates(store, last) || reachable(load.Block(), store.Block(), last.Block()) {
			return nil, nil
		}
	}
	if p.handedOver(last, load) {
		return nil, nil
	}
	return last.Val, last
}

// handedOver reports a call between two instructions by which a function of the package may
// put something else into a field.
func (p *prover) handedOver(from, to ssa.Instruction) bool {
	for _, block := range to.Parent().Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || !dominates(from, call) || call.Block() != to.Block() && !reachable(call.Block(), to.Block(), nil) || call.Block() == to.Block() && indexIn(call) > indexIn(to) {
				continue
			}
			if _, builtin := call.Common().Value.(*ssa.Builtin); builtin {
				continue
			}
			fn := p.local(call.Common())
			if fn == nil && Callee(call.Common()) != nil {
				continue // other packages do not replace what somebody has put there
			}
			if fn == nil || p.scribbles(fn) && leadsOn(call.Common()) {
				return true
			}
		}
	}
	return false
}

// leadsOn reports a call that is given more than texts, numbers and bytes: what it is given
// may lead to anything.
func leadsOn(common *ssa.CallCommon) bool {
	if _, literal := common.Value.(*ssa.MakeClosure); literal {
		return true
	}
	for _, arg := range common.Args {
		switch t := types.Unalias(arg.Type()).Underlying().(type) {
		case *types.Basic:
		case *types.Slice:
			if !isByte(t.Elem()) {
				return true
			}
		default:
			return true
		}
	}
	return false
}
