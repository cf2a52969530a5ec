package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// handedTo goes from a parameter of a function literal to what whoever the literal is handed
// to may call it with: the sequence that a range statement goes through, and the bytes that a
// function of another package got together with it.
func (p *Package) handedTo(h *Hop, fn *ssa.Function, param types.Type) []*Hop {
	var ups []*Hop
	for _, call := range p.handed(fn) {
		common := call.Common()
		name := "a function value"
		if callee := Callee(common); callee != nil {
			name = shortName(callee)
		} else if fn.Synthetic != "" {
			// for x := range seq calls seq with what stands in the loop.
			up := h.derived(common.Value)
			up.frame = nil
			ups = append(ups, up)
			continue
		}
		if p.calleesOf(common) != nil || h.walk.wary && !p.carriesContent(param) {
			continue
		}
		args := common.Args
		if common.IsInvoke() {
			args = append([]ssa.Value{common.Value}, args...)
		}
		for _, arg := range args {
			if !p.carriesContent(arg.Type()) {
				continue
			}
			up := h.through(arg, call.Pos(), "it is handed on by "+name)
			up.Derived, up.Guessed, up.frame = true, true, nil
			ups = append(ups, up)
		}
	}
	return ups
}

// handed are the calls that a function literal is an argument of, where it is made.
func (p *Package) handed(fn *ssa.Function) []ssa.CallInstruction {
	var out []ssa.CallInstruction
	for _, closure := range p.closures[fn] {
		for _, ref := range *closure.Referrers() {
			if call, ok := ref.(ssa.CallInstruction); ok && call.Common().Value != closure {
				out = append(out, call)
			}
		}
	}
	return append(out, p.plainly[fn]...)
}
