package flow

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Allows reports whether a function answers only what it lists: every way to a return
// without an error passes a comparison of one of its parameters with a constant, or a
// look-up of one in a map or a slice, and takes the branch where it was found.
//
// A comparison of a prefix, or of what is forbidden, is none.
func (p *Package) Allows(fn *ssa.Function) bool {
	p.build()
	if len(fn.Blocks) == 0 || len(fn.Params) == 0 || p.learns(fn) || p.answersPanics(fn) {
		return false
	}
	// What is reached without taking any branch of a list.
	reached := map[*ssa.BasicBlock]bool{fn.Blocks[0]: true}
	queue := []*ssa.BasicBlock{fn.Blocks[0]}
	taken := make(map[crossing]bool)
	for len(queue) > 0 {
		block := queue[0]
		queue = queue[1:]
		listed := -1
		if branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If); ok {
			listed = p.listed(branch.Cond)
		}
		for i, next := range block.Succs {
			if i == listed {
				continue
			}
			taken[crossing{block, next}] = true
			if !reached[next] {
				reached[next] = true
				queue = append(queue, next)
			}
		}
	}
	for block := range reached {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && !refuses(ret, taken) {
			return false
		}
	}
	return true
}

// crossing is a way from one block to the next.
type crossing struct{ from, to *ssa.BasicBlock }

// learns reports a function that puts what it is asked for into a map itself.
func (p *Package) learns(fn *ssa.Function) bool {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			if update, ok := instr.(*ssa.MapUpdate); ok && p.asked(update.Key) {
				return true
			}
		}
	}
	return false
}

// answersPanics reports a function that recovers from a panic with results that have names,
// and puts no error among them.
func (p *Package) answersPanics(fn *ssa.Function) bool {
	literals := recovering(fn)
	if len(literals) == 0 || fn.Signature.Results().Len() == 0 || fn.Signature.Results().At(0).Name() == "" {
		return false
	}
	for _, lit := range literals {
		for _, block := range lit.Blocks {
			for _, instr := range block.Instrs {
				if store, ok := instr.(*ssa.Store); ok && isErrorType(store.Val.Type()) && !isNil(store.Val) {
					return false
				}
			}
		}
	}
	return true
}

// listed returns which successor of a branch is taken where a parameter was found in a
// list, or -1 if the condition is about something else.
func (p *Package) listed(cond ssa.Value) int {
	switch c := cond.(type) {
	case *ssa.BinOp:
		var found int
		switch c.Op {
		case token.EQL:
			found = 0
		case token.NEQ:
			found = 1
		default:
			return -1
		}
		switch {
		case isConst(c.X) && !isNil(c.X) && p.asked(c.Y), isConst(c.Y) && !isNil(c.Y) && p.asked(c.X):
			return found
		case isNil(c.X) && p.lookedUp(c.Y), isNil(c.Y) && p.lookedUp(c.X):
			return 1 - found
		}
	case *ssa.UnOp:
		if c.Op == token.NOT {
			if found := p.listed(c.X); found >= 0 {
				return 1 - found
			}
		}
	case *ssa.Extract:
		if c.Index == 1 && p.lookedUp(c.Tuple) {
			return 0
		}
	case *ssa.Lookup:
		// A set: map[string]bool.
		if p.lookedUp(c) {
			return 0
		}
	case *ssa.Call:
		if callee := Callee(c.Common()); callee != nil && callee.FullName() == "slices.Contains" && p.asked(c.Call.Args[1]) && !p.asked(c.Call.Args[0]) {
			return 0
		}
	}
	return -1
}

// lookedUp reports whether a value was looked up by a parameter.
func (p *Package) lookedUp(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Lookup:
		return p.asked(v.Index)
	case *ssa.Extract:
		return p.lookedUp(v.Tuple)
	}
	return false
}

// asked reports whether a value is made of a parameter of its function.
func (p *Package) asked(v ssa.Value) bool {
	found := false
	p.Up(v, func(h *Hop) bool {
		if _, ok := h.Value.(*ssa.Parameter); ok {
			found = true
			return false
		}
		return !found && h.depth < 40
	})
	return found
}

// refuses reports whether a return surely gives an error, whichever of the blocks that
// were reached it is reached from.
func refuses(ret *ssa.Return, taken map[crossing]bool) bool {
	if len(ret.Results) == 0 {
		return false
	}
	last := ret.Results[len(ret.Results)-1]
	if !types.Identical(last.Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	if phi, ok := last.(*ssa.Phi); ok && phi.Block() == ret.Block() {
		for i, edge := range phi.Edges {
			if pred := ret.Block().Preds[i]; taken[crossing{pred, ret.Block()}] && !isError(edge, pred) {
				return false
			}
		}
		return true
	}
	return isError(last, ret.Block())
}

// isError reports whether a value of type error is surely none that is nil, at the end
// of a block: a variable of a package, what errors.New and fmt.Errorf give, a value of
// a type of its own, or something that was found not to be nil.
func isError(v ssa.Value, at *ssa.BasicBlock) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.UnOp:
		if _, ok := v.X.(*ssa.Global); ok && v.Op == token.MUL {
			return true
		}
	case *ssa.Call:
		if callee := Callee(v.Common()); callee != nil {
			switch callee.FullName() {
			case "errors.New", "fmt.Errorf":
				return true
			}
		}
	}
	refs := v.Referrers()
	if refs == nil {
		return false
	}
	for _, ref := range *refs {
		cmp, ok := ref.(*ssa.BinOp)
		if !ok || cmp.Op != token.NEQ && cmp.Op != token.EQL || !isNil(cmp.X) && !isNil(cmp.Y) {
			continue
		}
		for _, use := range *cmp.Referrers() {
			branch, ok := use.(*ssa.If)
			if !ok {
				continue
			}
			failed := branch.Block().Succs[0]
			if cmp.Op == token.EQL {
				failed = branch.Block().Succs[1]
			}
			if len(failed.Preds) == 1 && failed.Dominates(at) {
				return true
			}
		}
	}
	return false
}

func isConst(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.MakeInterface:
		return isConst(v.X)
	}
	return false
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}
