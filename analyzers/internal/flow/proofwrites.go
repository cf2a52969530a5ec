package flow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// writesInside reports a call of a function of the package that writes to the bytes of a goal.
func (p *prover) writesInside(s *state, fn *ssa.Function, call ssa.CallInstruction) bool {
	if !p.scribbles(fn) || s.frame.inside(fn) || s.frame != nil && s.frame.depth >= maxFrames {
		return false
	}
	inner := &state{goal: s.goal, fn: fn, frame: p.enter(s.frame, fn, call)}
	key := stateKey{s.goal.id, p.names.frameID(inner.frame), fn, false}
	if writes, ok := p.writing[key]; ok {
		return writes
	}
	p.writing[key] = false // while it is found out
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if !p.spend(1) {
				return false
			}
			if p.writes(inner, instr) {
				p.writing[key] = true
				return true
			}
		}
	}
	return false
}

// scribbles reports a function of the package in which, or below which, something is
// written to memory that others may see.
func (p *Package) scribbles(fn *ssa.Function) bool {
	if p.scribbling == nil {
		p.scribbling = make(map[*ssa.Function]bool)
		var queue []*ssa.Function
		for _, fn := range p.funcs {
			if p.scribblesItself(fn) {
				p.scribbling[fn] = true
				queue = append(queue, fn)
			}
		}
		for len(queue) > 0 {
			fn := queue[0]
			queue = queue[1:]
			for _, call := range p.callers[fn] {
				if outer := call.Parent(); !p.scribbling[outer] {
					p.scribbling[outer] = true
					queue = append(queue, outer)
				}
			}
		}
	}
	return p.scribbling[fn]
}

func (p *Package) scribblesItself(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if _, own := instr.Addr.(*ssa.Alloc); !own {
					return true
				}
			case *ssa.Call:
				common := instr.Common()
				if b, ok := common.Value.(*ssa.Builtin); ok {
					if b.Name() == "copy" || b.Name() == "clear" {
						return true
					}
					continue
				}
				callee := Callee(common)
				if callee == nil || callee.Pkg() == nil || p.local(common) != nil {
					continue
				}
				for _, f := range p.flowsOf(callee) {
					if f.To != "result" {
						return true
					}
				}
			}
		}
	}
	return false
}

// survives reports that a function which goes on after a panic of its own does not come out
// in a way in which nothing was checked: a recovered panic returns what the results hold.
func (p *prover) survives(s *state, index int, o outcome) bool {
	literals := recovering(s.fn)
	if len(literals) == 0 || s.fn.Recover == nil {
		return true
	}
	ret, ok := s.fn.Recover.Instrs[len(s.fn.Recover.Instrs)-1].(*ssa.Return)
	if !ok || index < 0 || index >= len(ret.Results) {
		return false
	}
	result := ret.Results[index]
	load, ok := result.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || o.kind != isNull {
		return p.establishes(s, result, s.frame, o, nil)
	}
	// What recovers puts an error into the result.
	for _, lit := range literals {
		for _, free := range lit.FreeVars {
			if out, ok := p.names.outside(place{free, s.frame}); !ok || out.value != load.X {
				continue
			}
			for _, ref := range *free.Referrers() {
				if store, ok := ref.(*ssa.Store); ok && store.Addr == ssa.Value(free) && !isNilConst(store.Val) {
					return true
				}
			}
		}
	}
	return false
}

// recovering are the functions that a function defers and that recover from a panic.
func recovering(fn *ssa.Function) (out []*ssa.Function) {
	if fn.Recover == nil {
		return nil
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			d, ok := instr.(*ssa.Defer)
			if !ok {
				continue
			}
			if deferred := d.Common().StaticCallee(); deferred != nil && recoversItself(deferred) {
				out = append(out, deferred)
			}
		}
	}
	return out
}

func recoversItself(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "recover" {
					return true
				}
			}
		}
	}
	return false
}
