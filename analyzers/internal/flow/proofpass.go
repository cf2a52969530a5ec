package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// establishesCell asks every store to a variable that lies in memory because a literal
// captures it, or something points at it.
func (p *prover) establishesCell(s *state, load *ssa.UnOp, f *frame, o outcome, through map[ssa.Value]bool) bool {
	if through[load] {
		return false
	}
	at := p.names.bare(place{load.X, f})
	if field, ok := at.value.(*ssa.FieldAddr); ok {
		return p.establishesField(s, field, f, o)
	}
	alloc, ok := at.value.(*ssa.Alloc)
	if !ok {
		return false
	}
	inner := map[ssa.Value]bool{load: true}
	for k := range through {
		inner[k] = true
	}
	there := s
	if s.fn != alloc.Parent() || !p.sameFrame(s.frame, at.frame) {
		there = p.run(s.goal, alloc.Parent(), at.frame, false)
	}
	covered := o.kind == isTrue || o.kind == isSet // a variable begins with false, or nil
	stores := 0
	queue := []ssa.Value{alloc}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr != v {
					return false
				}
				stores++
				in := there
				if ref.Parent() != there.fn {
					in = p.run(s.goal, ref.Parent(), nil, false)
				}
				covered = covered || ref.Parent() == load.Parent() && dominates(ref, load)
				if !p.never(ref.Val, o) && !in.out[ref.Block().Index] && !p.establishes(in, ref.Val, in.frame, o, inner) {
					return false
				}
			case *ssa.UnOp, *ssa.DebugRef:
			case *ssa.MakeClosure:
				for i, b := range ref.Bindings {
					if fn, ok := ref.Fn.(*ssa.Function); ok && b == v && i < len(fn.FreeVars) {
						queue = append(queue, fn.FreeVars[i])
					}
				}
			default:
				return false
			}
		}
	}
	return stores > 0 && covered
}

// establishesField asks what is stored into a field, which must all be in the function of
// the state.
func (p *prover) establishesField(s *state, field *ssa.FieldAddr, f *frame, o outcome) bool {
	stored := p.stores[fieldOf(field.X.Type(), field.Field)]
	some := false
	for _, v := range stored {
		if p.never(v, o) {
			continue
		}
		if parentOf(v) != s.fn || !p.sameFrame(s.frame, f) || !p.establishes(s, v, f, o, nil) {
			return false
		}
		some = true
	}
	return some && (o.kind == isTrue || o.kind == isSet) // it begins with false, or nil
}

func (p *prover) establishesCall(s *state, call *ssa.Call, index int, f *frame, o outcome) bool {
	for _, c := range s.goal.checks {
		if c.instr == ssa.Instruction(call) && p.sameFrame(c.frame, f) {
			return p.passes(c, call, index, o, s.goal.inverted)
		}
	}
	fn := p.local(call.Common())
	if fn == nil {
		if callee := Callee(call.Common()); callee != nil && o.kind == isNull && len(call.Call.Args) > 0 {
			switch callee.FullName() {
			case "errors.Join": // nil only if all are
				for _, e := range elements(call.Call.Args[0]) {
					if p.establishes(s, e, f, o, nil) {
						return true
					}
				}
			case "github.com/pkg/errors.Wrap", "github.com/pkg/errors.Wrapf", "github.com/pkg/errors.WithStack", "github.com/pkg/errors.WithMessage":
				return p.establishes(s, call.Call.Args[0], f, o, nil)
			}
		}
		return false
	}
	if !p.checkingNamed(fn) || f.inside(fn) || f != nil && f.depth >= maxFrames {
		return false
	}
	return p.summary(s.goal, fn, p.enter(f, fn, call), index, o)
}

// passes reports that a check was passed where a result of its call comes out in a way.
func (p *prover) passes(c *check, call *ssa.Call, index int, o outcome, inverted bool) bool {
	if c.aside {
		return false
	}
	t := call.Type()
	last := 0
	if tuple, ok := t.(*types.Tuple); ok {
		last = tuple.Len() - 1
		t = tuple.At(last).Type()
	}
	if tuple, ok := call.Type().(*types.Tuple); ok && last > 0 && isErrorType(t) {
		// What tells by a bool and an error tells by the bool.
		if before := tuple.At(last - 1).Type(); isVerdict(before) && !isErrorType(before) {
			if index == last-1 {
				return o.kind == isTrue && !inverted || o.kind == isFalse && inverted
			}
			if c.said {
				return false
			}
		}
	}
	if index != last {
		return false
	}
	if c.when >= 0 && o.kind == isNumber {
		domain := []int64{0, 1}
		if c.when == 0 {
			domain = []int64{-1, 0, 1}
		}
		some := false
		for _, n := range domain {
			if o.holds(n) {
				some = true
				if (n == c.when) == inverted {
					return false
				}
			}
		}
		return some
	}
	switch {
	case isErrorType(t):
		return o.kind == isNull && !inverted || o.kind == isSet && inverted
	case isVerdict(t):
		return o.kind == isTrue && !inverted || o.kind == isFalse && inverted
	}
	return o.kind == isSet && !inverted // what is opened is there
}
