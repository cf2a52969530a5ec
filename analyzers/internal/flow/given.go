package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Every exported function of every dependency is asked what it gives, most of which end in
// no decoder. One that fetches something does so within maxGiven values; all those of a
// package together are looked at for maxAsked, in source order.
const (
	maxGiven = 1000
	maxAsked = 50_000
)

// Given finds out whether a result of a function of the package comes from outside on some
// way, without a proof and without having come in as an argument: who calls the function
// knows better what that was. The operator is not asked for.
// Of a field of the result, if one is named, nothing is said where anything is verified in
// the function.
func (p *Package) Given(fn *types.Func, result int, field *types.Var) (origin catalog.Origin, called string, ok bool) {
	f := p.Function(fn)
	if f == nil || field != nil && p.checking()[f] {
		return "", "", false
	}
	for _, block := range f.Blocks {
		if len(block.Instrs) == 0 {
			continue
		}
		ret, isReturn := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !isReturn || result >= len(ret.Results) {
			continue
		}
		if _, isConst := ret.Results[result].(*ssa.Const); isConst {
			continue
		}
		w := &walk{most: min(maxGiven, maxAsked-p.hopsGiven)}
		if w.most <= 0 {
			return "", "", false
		}
		t := p.taint(&Hop{Value: ret.Results[result], part: field}, w)
		p.hopsGiven += w.hops
		if t.Origin != Tainted || t.Operator || t.guessed || p.passedIn(f, t.at) {
			continue
		}
		if field == nil && p.Proof(ret, ret.Results[result], "").Standing == Verified {
			continue
		}
		switch {
		case t.Network:
			origin = t.from
		case t.from == catalog.FromRequest || t.from == catalog.FromNetwork:
			origin = catalog.FromFile // a Unix socket, or a file that a stranger names
		default:
			origin = t.from
		}
		return origin, t.Source, true
	}
	return "", "", false
}

// passedIn reports a value that a parameter of the function is, or holds. A receiver is
// none: what is in it is its own affair.
func (p *Package) passedIn(f *ssa.Function, v ssa.Value) bool {
	if v == nil {
		return true
	}
	in := false
	p.climb(&Hop{Value: v, walk: &walk{most: maxOwn}}, func(h *Hop) bool {
		if h.Guessed {
			return false // what is sent, say, to get an answer
		}
		if param, ok := h.Value.(*ssa.Parameter); ok && outermost(param.Parent()) == f {
			in = in || f.Signature.Recv() == nil || param != f.Params[0]
			return false
		}
		return !in
	})
	return in
}

// ShortName is a function as a reader calls it: "io.ReadAll", "Buffer.Bytes".
func ShortName(fn *types.Func) string { return shortName(fn) }
