package flow

import (
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// goal is a question about some checks of the same bytes: is one of them passed?
type goal struct {
	id     int
	checks []*check
	// inverted asks whether one of them failed, steady leaves out what is written to the
	// bytes after it.
	inverted, steady bool
	// bases are the names of the memory in which the bytes are, cells those of variables.
	bases, cells map[string]bool
}

// state is, for each block of a function, whether a goal holds where it begins and where it
// ends.
type state struct {
	goal    *goal
	fn      *ssa.Function
	frame   *frame
	in, out []bool
}

type stateKey struct {
	goal, frame int
	fn          *ssa.Function
	entry       bool
}

// run finds the state of a function. entry says whether the goal holds where it begins.
// It starts from the best case and takes back what does not hold, until nothing changes.
func (p *prover) run(g *goal, fn *ssa.Function, f *frame, entry bool) *state {
	key := stateKey{g.id, p.names.frameID(f), fn, entry}
	if s, ok := p.states[key]; ok {
		return s
	}
	s := &state{goal: g, fn: fn, frame: f, in: make([]bool, len(fn.Blocks)), out: make([]bool, len(fn.Blocks))}
	none := &state{goal: g, fn: fn, frame: f, in: make([]bool, len(fn.Blocks)), out: make([]bool, len(fn.Blocks))}
	p.states[key] = none // while it is found out: a function that calls itself
	for i := range fn.Blocks {
		s.in[i], s.out[i] = true, true
	}
	for changed := true; changed; {
		changed = false
		for _, b := range fn.Blocks {
			if !p.spend(1 + len(b.Instrs)/8) {
				return none
			}
			in := len(b.Preds) > 0
			if b.Index == 0 {
				in = entry
			}
			for _, pred := range b.Preds {
				in = in && (s.out[pred.Index] || p.edge(s, pred, b))
			}
			out := in
			for _, instr := range b.Instrs {
				out = p.transfer(s, instr, out)
			}
			if s.in[b.Index] != in || s.out[b.Index] != out {
				s.in[b.Index], s.out[b.Index] = in, out
				changed = true
			}
		}
	}
	p.states[key] = s
	return s
}

// before reports whether a goal holds before an instruction, in the call by which its
// function is reached.
func (p *prover) before(g *goal, instr ssa.Instruction, f *frame, depth int) bool {
	fn := instr.Parent()
	if depth > 2*maxFrames {
		return false
	}
	s := p.run(g, fn, f, p.entry(g, fn, f, depth))
	held := s.in[instr.Block().Index]
	for _, other := range instr.Block().Instrs {
		if other == instr {
			break
		}
		held = p.transfer(s, other, held)
	}
	return held
}

// entry reports whether a goal holds where a function begins: where it is called, or where
// its literal is made.
func (p *prover) entry(g *goal, fn *ssa.Function, f *frame, depth int) bool {
	if f != nil && f.fn == fn {
		return p.before(g, f.call, f.outer, depth+1)
	}
	if made := p.closures[fn]; len(made) == 1 {
		return p.before(g, made[0], frameOf(f, made[0].Parent()), depth+1)
	}
	if calls := p.callers[fn]; fn.Parent() != nil && len(calls) == 1 && !p.values[fn] {
		return p.before(g, calls[0], frameOf(f, calls[0].Parent()), depth+1)
	}
	return false
}

// transfer is what an instruction does to a goal.
func (p *prover) transfer(s *state, instr ssa.Instruction, held bool) bool {
	if held {
		return s.goal.steady || s.goal.inverted || !p.writes(s, instr)
	}
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	for _, c := range s.goal.checks {
		// What gives nothing where it fails needs no asking.
		if c.instr == ssa.Instruction(call) && p.sameFrame(c.frame, s.frame) && c.opens && !s.goal.inverted && !tells(call) {
			return true
		}
	}
	fn := p.local(call.Common())
	if fn == nil || s.goal.inverted || !p.enters(s, fn) {
		return false
	}
	return p.summary(s.goal, fn, p.enter(s.frame, fn, call), -1, outcome{})
}

// tells reports a call whose last result says whether a check was passed.
func tells(call *ssa.Call) bool {
	t := call.Type()
	if tuple, ok := t.(*types.Tuple); ok {
		if tuple.Len() == 0 {
			return false
		}
		t = tuple.At(tuple.Len() - 1).Type()
	}
	return isVerdict(t)
}

func (p *prover) enters(s *state, fn *ssa.Function) bool {
	return (p.checkingNamed(fn) || takesVerdict(fn)) && !s.frame.inside(fn) && (s.frame == nil || s.frame.depth < maxFrames)
}

// takesVerdict reports a small function that is given what a check tells, as one that panics
// for an error.
func takesVerdict(fn *ssa.Function) bool {
	if len(fn.Blocks) > 20 {
		return false
	}
	for _, param := range fn.Params {
		if isVerdict(param.Type()) {
			return true
		}
	}
	return false
}

func (p *prover) sameFrame(a, b *frame) bool {
	return a == b || p.names.frameID(a) == p.names.frameID(b)
}

// summary reports that a goal holds when a function returns, whenever result number index
// comes out in some way; index -1 stands for whenever it returns at all.
func (p *prover) summary(g *goal, fn *ssa.Function, f *frame, index int, o outcome) bool {
	s := p.run(g, fn, f, false)
	all := returns(fn)
	for _, ret := range all {
		b := ret.Block()
		held := s.in[b.Index]
		for _, instr := range b.Instrs {
			held = p.transfer(s, instr, held)
		}
		if !held && (index < 0 || index >= len(ret.Results) || !p.establishes(s, ret.Results[index], f, o, nil)) {
			return false
		}
	}
	return len(all) > 0 && p.survives(s, index, o)
}

// edge reports that a goal holds on the way from one block to the next, by the condition
// between them.
func (p *prover) edge(s *state, from, to *ssa.BasicBlock) bool {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok || from.Succs[0] == from.Succs[1] {
		return false
	}
	return p.establishes(s, branch.Cond, s.frame, truth(from.Succs[0] == to), nil)
}

// writes reports an instruction that puts something else in the place of the bytes of a
// goal, or of a part of them.
func (p *prover) writes(s *state, instr ssa.Instruction) bool {
	g := s.goal
	at := func(v ssa.Value) bool {
		if v == nil {
			return false
		}
		base := p.baseOf(place{v, s.frame})
		for _, c := range g.checks {
			if c.covered[base] {
				return true
			}
		}
		return g.bases[base]
	}
	switch instr := instr.(type) {
	case *ssa.Store:
		if i, ok := instr.Addr.(*ssa.IndexAddr); ok {
			return at(i.X)
		}
		return g.cells[p.names.load(place{instr.Addr, s.frame}, maxName)] && !p.onlyStored(instr)
	case *ssa.Call:
		common := instr.Common()
		if b, ok := common.Value.(*ssa.Builtin); ok {
			return (b.Name() == "copy" || b.Name() == "clear") && at(common.Args[0])
		}
		if fn := p.local(common); fn != nil {
			return p.writesInside(s, fn, instr)
		}
		callee := Callee(common)
		if callee == nil || callee.Pkg() == nil {
			return false
		}
		for _, f := range p.flowsOf(callee) {
			if f.To == "result" || p.verifier(callee) != nil {
				continue
			}
			to := Argument(common, f.To)
			if to == nil {
				continue
			}
			if at(to) {
				return true
			}
			if isPointer(p.names.bare(place{to, s.frame}).value.Type()) && g.cells[p.names.load(place{to, s.frame}, maxName)] {
				return true
			}
		}
	}
	return false
}

// onlyStored reports the one store to a variable, which is how it begins.
func (p *prover) onlyStored(store *ssa.Store) bool {
	return held(p.names.bare(place{store.Addr, nil}).value) == store.Val
}

// baseOf is the name of the memory that a value is, or is a part of.
func (p *prover) baseOf(at place) string {
	for range maxName {
		at = p.names.bare(at)
		switch v := at.value.(type) {
		case *ssa.Slice:
			at.value = v.X
			continue
		case *ssa.IndexAddr:
			at.value = v.X
			continue
		}
		break
	}
	return p.names.of(at)
}

// newGoal is a goal for some checks.
func (p *prover) newGoal(checks []*check, inverted, steady bool) *goal {
	var b strings.Builder
	for _, c := range checks {
		b.WriteString(strconv.Itoa(c.id) + " ")
	}
	if inverted {
		b.WriteByte('!')
	}
	if steady {
		b.WriteByte('=')
	}
	key := b.String()
	if g := p.goals[key]; g != nil {
		return g
	}
	g := &goal{id: len(p.goals) + 1, checks: checks, inverted: inverted, steady: steady, bases: make(map[string]bool), cells: make(map[string]bool)}
	for _, c := range checks {
		for _, at := range c.data {
			g.bases[p.baseOf(at)] = true
		}
		for name := range c.covered {
			if len(name) > 0 && name[0] == '*' {
				for i := range name {
					if name[i] == '.' {
						g.cells[name[:i]] = true
					}
				}
				g.cells[name] = true
			}
			if c.opens {
				g.bases[name] = true
			}
		}
	}
	p.goals[key] = g
	return g
}
