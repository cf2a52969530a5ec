package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// Verifying is a function of the package that takes part in proving who wrote some bytes,
// by what stands in it.
type Verifying struct {
	Func *types.Func
	catalog.GoVerifier
}

// Verifying returns the exported functions that verify their arguments on every way on
// which they succeed, that give only what they verified, or that make MACs, in source order.
func (p *Package) Verifying() []Verifying {
	p.build()
	if len(p.checking()) == 0 {
		return nil
	}
	var out []Verifying
	for _, fn := range p.funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || !p.checking()[fn] || p.declaredVerifiers()[obj] != nil {
			continue
		}
		pr := p.newProver()
		if v := pr.verifying(fn, obj); v != nil {
			out = append(out, Verifying{obj, *v})
		}
	}
	return out
}

func (p *prover) verifying(fn *ssa.Function, obj *types.Func) *catalog.GoVerifier {
	sig := obj.Signature()
	results := sig.Results()
	all := returns(fn)
	if len(all) == 0 {
		return nil
	}
	v := &catalog.GoVerifier{Does: catalog.GoVerifies}
	p.gather(fn, nil)
	last, o := results.Len()-1, outcome{kind: isTrue}
	if last < 0 || !isVerdict(results.At(last).Type()) {
		return p.making(fn, all)
	}
	if isErrorType(results.At(last).Type()) {
		o = outcome{kind: isNull}
	}
	for i, param := range fn.Params {
		if !carries(param.Type()) {
			continue
		}
		var good []*check
		for _, c := range p.checks {
			if c.flaw == "" && p.covers(c, &Hop{Value: param, walk: &walk{most: maxHops}}) {
				good = append(good, c)
			}
		}
		if len(good) > 0 && p.summary(p.newGoal(good, false, false), fn, nil, last, o) {
			if arg := argument(sig, i); arg != "" {
				v.Data = append(v.Data, arg)
			}
		}
	}
	if last > 0 && p.opens(all, o) {
		v.Does = catalog.GoOpens
		if len(v.Data) == 0 {
			v.Data = []string{argument(sig, 0)}
		}
	}
	if len(v.Data) == 0 || v.Data[0] == "" {
		return nil
	}
	return v
}

// opens reports that the first result of a function is verified wherever the last one says
// so.
func (p *prover) opens(all []*ssa.Return, o outcome) bool {
	anchored := false
	for _, ret := range all {
		if p.never(ret.Results[len(ret.Results)-1], o) {
			continue
		}
		c := &climber{prover: p, mode: strict, seen: make(map[nameKey]bool)}
		if !c.proven(&Hop{Value: ret.Results[0], walk: &walk{most: maxHops}}, []point{{instr: ret, succeeds: &o}}, 0) {
			return false
		}
		anchored = anchored || c.anchored
	}
	return anchored
}

// making is what a function that returns a MAC of its arguments does, or nil.
func (p *prover) making(fn *ssa.Function, all []*ssa.Return) *catalog.GoVerifier {
	if fn.Signature.Results().Len() != 1 || len(all) != 1 {
		return nil
	}
	d := p.digestOf(place{all[0].Results[0], nil})
	if d == nil || d.spec.Does != catalog.GoMACs || d.short || p.keyFlaw(d.key, d.inputs, false) != "" {
		return nil
	}
	v := &catalog.GoVerifier{Does: catalog.GoMACs}
	key := p.names.bare(d.key).value
	for i, param := range fn.Params {
		arg := argument(fn.Signature, i)
		if arg == "" {
			continue
		}
		if key == ssa.Value(param) {
			v.Key = arg
			continue
		}
		for _, in := range d.inputs {
			if p.names.of(in) == p.names.of(place{param, nil}) {
				v.Data = append(v.Data, arg)
				break
			}
		}
	}
	if len(v.Data) == 0 {
		return nil
	}
	return v
}

// argument is how the catalogue names parameter i of a function, in which a receiver is the
// first; or "" where it has no name for it.
func argument(sig *types.Signature, i int) string {
	if sig.Recv() != nil {
		if i == 0 {
			return "recv"
		}
		i--
	}
	if i > 9 || i >= sig.Params().Len() {
		return ""
	}
	return string(rune('0' + i))
}
