package flow

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Place returns where an expression that uses a function runs, and the value that is
// its argument, as the catalogue counts them: of a call, or of a method value, whose
// receiver is bound there. Both are nil where nothing runs, or where the function is
// a value like any other.
func (p *Package) Place(expr ast.Expr, name *ast.Ident, arg string) (ssa.Instruction, ssa.Value) {
	p.build()
	if call, ok := expr.(*ast.CallExpr); ok {
		instr := p.calls[call.Lparen]
		if instr == nil {
			return nil, nil
		}
		if v := Argument(instr.Common(), arg); v != nil {
			return instr, v
		}
		return instr, expressed(instr.Common(), arg)
	}
	if bound := p.bounds[name.Pos()]; bound != nil && arg == "recv" {
		return bound, bound.Bindings[0]
	}
	return nil, nil
}

// expressed returns an argument of a call of a method expression, (*T).Decode(d, v),
// whose receiver stands among the arguments.
func expressed(common *ssa.CallCommon, arg string) ssa.Value {
	fn := common.StaticCallee()
	if fn == nil || fn.Synthetic == "" || len(common.Args) == 0 {
		return nil
	}
	if arg == "recv" {
		return common.Args[0]
	}
	return nil
}

// Parameter is one of a function, and whether it is the name of the file that holds the
// bytes rather than the bytes.
type Parameter struct {
	*ssa.Parameter
	File bool
}

// Parameters returns the parameters of functions of the package that callers out of
// sight fill and that the bytes of v are made of, each once, in the order in which
// they are met.
func (p *Package) Parameters(v ssa.Value) []Parameter {
	var out []Parameter
	p.build()
	p.climb(&Hop{Value: v, walk: &walk{most: maxHops, files: true}}, func(h *Hop) bool {
		param, ok := h.Value.(*ssa.Parameter)
		if !ok || h.Leaf != Outside || h.Guessed {
			return true
		}
		known := slices.IndexFunc(out, func(q Parameter) bool { return q.Parameter == param })
		if known < 0 {
			out = append(out, Parameter{param, h.path})
		} else {
			// Who fills it writes the bytes, whatever else is done with it.
			out[known].File = out[known].File && h.path
		}
		return true
	})
	return out
}

// Types visits the types that a value of an interface, or of a type parameter, is
// known to have. Where visit returns false, what such a value was taken out of is not
// looked at: a slice, a field, a reflect.Value.
func (p *Package) Types(v ssa.Value, visit func(types.Type) bool) {
	p.Up(v, func(h *Hop) bool {
		if h.Guessed {
			return false
		}
		t := h.Value.Type()
		if call := callOf(h.Value); call != nil {
			if Callee(call.Common()) == nil && call == h.Value {
				// A value is called that may be a function of another package.
				for _, fn := range p.elsewhere(call) {
					if results := fn.Signature().Results(); results.Len() == 1 && !types.IsInterface(results.At(0).Type()) {
						visit(results.At(0).Type())
					}
				}
			}
			if fn := call.Common().StaticCallee(); fn != nil && len(fn.TypeArgs()) > 0 && origin(fn).String() == "reflect.TypeFor" {
				t = fn.TypeArgs()[0]
			}
		}
		if _, isParam := types.Unalias(t).(*types.TypeParam); isParam || types.IsInterface(t) {
			return true
		}
		return visit(t)
	})
}

// Givers visits the functions of other packages that a value may be a result of.
func (p *Package) Givers(v ssa.Value, visit func(fn *types.Func, result int)) {
	p.Up(v, func(h *Hop) bool {
		if h.Guessed {
			return false
		}
		if call := callOf(h.Value); call != nil && p.local(call.Common()) == nil {
			if fn := Callee(call.Common()); fn != nil {
				result := 0
				if x, ok := h.Value.(*ssa.Extract); ok {
					result = x.Index
				}
				visit(fn, result)
			}
		}
		return true
	})
}

// Returned are the values that a function of the package returns as one of its results.
func (p *Package) Returned(fn *types.Func, result int) []ssa.Value {
	f := p.Function(fn)
	if f == nil {
		return nil
	}
	var out []ssa.Value
	for _, ret := range returns(f) {
		if result < len(ret.Results) {
			out = append(out, ret.Results[result])
		}
	}
	return out
}
