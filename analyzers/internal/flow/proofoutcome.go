package flow

import (
	"go/constant"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// outcome is how a value comes out: true or false, nil or not, or a number that a
// condition holds for.
type outcome struct {
	kind outcomeKind
	// of is the condition on a number.
	op token.Token
	n  int64
	// not turns it round.
	not bool
}

type outcomeKind int

const (
	isTrue outcomeKind = iota
	isFalse
	isNull
	isSet
	isNumber
)

func truth(is bool) outcome {
	if is {
		return outcome{kind: isTrue}
	}
	return outcome{kind: isFalse}
}

// holds reports that the condition of an outcome holds for a number.
func (o outcome) holds(n int64) bool {
	var is bool
	switch o.op {
	case token.EQL:
		is = n == o.n
	case token.NEQ:
		is = n != o.n
	case token.LSS:
		is = n < o.n
	case token.LEQ:
		is = n <= o.n
	case token.GTR:
		is = n > o.n
	case token.GEQ:
		is = n >= o.n
	}
	return is != o.not
}

// not reports that a value can never come out in a way.
func (p *prover) never(v ssa.Value, o outcome) bool {
	switch v := v.(type) {
	case *ssa.Const:
		switch o.kind {
		case isTrue, isFalse:
			return v.Value != nil && v.Value.Kind() == constant.Bool && constant.BoolVal(v.Value) != (o.kind == isTrue)
		case isNull:
			return v.Value != nil
		case isSet:
			return v.Value == nil
		case isNumber:
			n, ok := number(v)
			return ok && !o.holds(n)
		}
	case *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeClosure, *ssa.Function:
		return o.kind == isNull
	case *ssa.Call:
		if callee := Callee(v.Common()); callee != nil && o.kind == isNull {
			switch callee.FullName() {
			case "errors.New", "fmt.Errorf", "google.golang.org/grpc/status.Error", "google.golang.org/grpc/status.Errorf", "github.com/pkg/errors.New", "github.com/pkg/errors.Errorf":
				return true
			}
		}
	case *ssa.UnOp:
		// Variables with errors in them are set where they are declared.
		if g, ok := v.X.(*ssa.Global); ok && v.Op == token.MUL && o.kind == isNull && isErrorType(v.Type()) {
			return strings.HasPrefix(strings.ToLower(g.Name()), "err") || len(p.stores[g.Object()]) == 1 || g.Pkg.Pkg != p.pass.Pkg
		}
	}
	return false
}

// establishes reports that a goal holds wherever a value comes out in a way. s is the state
// of the function that the question is asked in.
func (p *prover) establishes(s *state, v ssa.Value, f *frame, o outcome, through map[ssa.Value]bool) bool {
	if !p.spend(1) {
		return false
	}
	if p.never(v, o) {
		return !s.goal.inverted || len(through) > 0
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		switch v.Op {
		case token.NOT:
			switch o.kind {
			case isTrue:
				return p.establishes(s, v.X, f, outcome{kind: isFalse}, through)
			case isFalse:
				return p.establishes(s, v.X, f, outcome{kind: isTrue}, through)
			}
		case token.MUL:
			return p.establishesCell(s, v, f, o, through)
		}
	case *ssa.BinOp:
		return p.establishesComparison(s, v, f, o, through)
	case *ssa.Phi:
		return p.establishesPhi(s, v, f, o, through)
	case *ssa.Call:
		return p.establishesCall(s, v, 0, f, o)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return p.establishesCall(s, call, v.Index, f, o)
		}
	case *ssa.ChangeType:
		return p.establishes(s, v.X, f, o, through)
	case *ssa.ChangeInterface:
		return p.establishes(s, v.X, f, o, through)
	case *ssa.Convert:
		return p.establishes(s, v.X, f, o, through)
	case *ssa.Parameter, *ssa.FreeVar:
		if out, ok := p.names.outside(place{v, f}); ok {
			if out.value.Parent() == nil || s.fn == out.value.Parent() && p.sameFrame(s.frame, out.frame) {
				return p.establishes(s, out.value, out.frame, o, through)
			}
			there := p.run(s.goal, out.value.Parent(), out.frame, false)
			return p.establishes(there, out.value, out.frame, o, through)
		}
	}
	return false
}

func (p *prover) establishesComparison(s *state, v *ssa.BinOp, f *frame, o outcome, through map[ssa.Value]bool) bool {
	if o.kind == isNumber {
		// "a & b" is 1 only if both are.
		if v.Op == token.AND && o.holds(1) && !o.holds(0) {
			return p.establishes(s, v.X, f, o, through) || p.establishes(s, v.Y, f, o, through)
		}
		return false
	}
	if o.kind != isTrue && o.kind != isFalse {
		return false
	}
	is := o.kind == isTrue
	for _, c := range s.goal.checks {
		if c.instr == ssa.Instruction(v) && p.sameFrame(c.frame, f) {
			return (is == (v.Op == token.EQL)) != s.goal.inverted
		}
	}
	x, op := v.X, v.Op
	c, ok := v.Y.(*ssa.Const)
	if !ok {
		if c, ok = v.X.(*ssa.Const); !ok {
			return false
		}
		x, op = v.Y, mirrored[op]
	}
	if c.Value == nil {
		if op != token.EQL && op != token.NEQ {
			return false
		}
		if is == (op == token.EQL) {
			return p.establishes(s, x, f, outcome{kind: isNull}, through)
		}
		return p.establishes(s, x, f, outcome{kind: isSet}, through)
	}
	switch c.Value.Kind() {
	case constant.Bool:
		return p.establishes(s, x, f, truth(constant.BoolVal(c.Value) == (is == (op == token.EQL))), through)
	case constant.Int:
		n, _ := number(c)
		return p.establishes(s, x, f, outcome{kind: isNumber, op: op, n: n, not: !is}, through)
	}
	return false
}

// mirrored are comparisons with their sides exchanged.
var mirrored = map[token.Token]token.Token{
	token.EQL: token.EQL, token.NEQ: token.NEQ, token.LSS: token.GTR, token.LEQ: token.GEQ, token.GTR: token.LSS, token.GEQ: token.LEQ,
}

// establishesPhi asks every way on which a variable can have got its value. What was
// checked in one round of a loop says nothing of the bytes of the next.
func (p *prover) establishesPhi(s *state, v *ssa.Phi, f *frame, o outcome, through map[ssa.Value]bool) bool {
	if through[v] {
		return true
	}
	if s.fn != v.Parent() || !p.sameFrame(s.frame, f) {
		return false
	}
	inner := map[ssa.Value]bool{v: true}
	for k := range through {
		inner[k] = true
	}
	block := v.Block()
	for i, edge := range v.Edges {
		pred := block.Preds[i]
		if p.never(edge, o) {
			continue
		}
		if block.Dominates(pred) && p.madeIn(s.goal, block) {
			return false
		}
		if s.out[pred.Index] || p.edge(s, pred, block) || p.establishes(s, edge, f, o, inner) {
			continue
		}
		return false
	}
	return true
}

// madeIn reports that the bytes of a goal are made in the loop of a block, anew in each
// round.
func (p *prover) madeIn(g *goal, head *ssa.BasicBlock) bool {
	for _, c := range g.checks {
		for _, at := range c.data {
			at = p.names.bare(at)
			instr, ok := at.value.(ssa.Instruction)
			if ok && instr.Parent() == head.Parent() && head.Dominates(instr.Block()) && reachable(instr.Block(), head, nil) && !p.fixed(at, head) {
				return true
			}
		}
	}
	return false
}

// fixed reports a value that is the same in each round of a loop, though it is made there:
// its parts are.
func (p *prover) fixed(at place, head *ssa.BasicBlock) bool {
	same := func(v ssa.Value) bool {
		instr, ok := v.(ssa.Instruction)
		return v == nil || !ok || instr.Parent() != head.Parent() || !head.Dominates(instr.Block()) || p.fixed(place{v, at.frame}, head)
	}
	switch v := at.value.(type) {
	case *ssa.Slice:
		return same(v.X) && same(v.Low) && same(v.High)
	case *ssa.Convert:
		return same(v.X)
	case *ssa.ChangeType:
		return same(v.X)
	case *ssa.MakeInterface:
		return same(v.X)
	case *ssa.FieldAddr:
		return same(v.X)
	case *ssa.UnOp:
		return v.Op == token.MUL && same(v.X) && isCell(v.X)
	}
	return false
}

func isCell(addr ssa.Value) bool {
	switch addr.(type) {
	case *ssa.FieldAddr, *ssa.Alloc, *ssa.FreeVar:
		return true
	}
	return false
}
