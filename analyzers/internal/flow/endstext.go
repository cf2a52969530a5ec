package flow

import (
	"go/constant"
	"go/token"
	"go/types"
	"path"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// maxText bounds how deep the text of a name is looked for, maxWork the steps for one name.
const (
	maxText = 24
	maxWork = 2000
)

// text works out a text as far as the source shows it, with a hole for each part that it does
// not show.
func (e *Ends) text(v ssa.Value, f *frame, depth int) phrase {
	if e.work++; v == nil || depth > maxText || e.work > maxWork {
		return unknownText
	}
	depth++
	switch v := v.(type) {
	case *ssa.Const:
		return constantText(v)
	case *ssa.MakeInterface:
		return e.text(v.X, f, depth)
	case *ssa.ChangeInterface:
		return e.text(v.X, f, depth)
	case *ssa.ChangeType:
		return e.text(v.X, f, depth)
	case *ssa.TypeAssert:
		return e.text(v.X, f, depth)
	case *ssa.MultiConvert:
		return e.text(v.X, f, depth)
	case *ssa.Convert:
		if isText(v.X.Type()) || !isText(v.Type()) {
			return e.text(v.X, f, depth)
		}
		if s, ok := v.X.Type().Underlying().(*types.Slice); ok && isByte(s.Elem()) {
			return e.text(v.X, f, depth)
		}
	case *ssa.BinOp:
		if v.Op == token.ADD {
			return e.text(v.X, f, depth).join(e.text(v.Y, f, depth))
		}
	case *ssa.Phi:
		return e.same(v.Edges, f, depth)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return e.held(v.X, f, depth)
		}
	case *ssa.Alloc, *ssa.FieldAddr, *ssa.Global:
		return e.held(v, f, depth) // a pointer to a text
	case *ssa.Field:
		return e.field(fieldOf(v.X.Type(), v.Field), v.X, f, depth)
	case *ssa.Parameter:
		values, frames := e.passed(v, f)
		out := unknownText
		for i, value := range values {
			next := e.text(value, frames[i], depth).constantly()
			if i > 0 {
				next = out.either(next)
			}
			if out = next; out.text == hole {
				break
			}
		}
		return out
	case *ssa.FreeVar:
		return e.same(e.bindings(v), nil, depth)
	case *ssa.Call:
		return e.returned(v, 0, f, depth)
	case *ssa.Extract:
		if call := callOf(v); call != nil {
			return e.returned(call, v.Index, f, depth)
		}
	}
	return unknownText
}

func constantText(v *ssa.Const) phrase {
	switch {
	case v.Value == nil:
	case v.Value.Kind() == constant.String:
		if s := constant.StringVal(v.Value); len(s) <= maxPhrase {
			return phrase{s, fromLiteral}
		}
	case v.Value.Kind() == constant.Int:
		return phrase{v.Value.ExactString(), fromLiteral}
	}
	return unknownText
}

// same is the text of a choice, if all that may be chosen is the same.
func (e *Ends) same(values []ssa.Value, f *frame, depth int) phrase {
	out := unknownText
	for i, v := range values {
		next := e.text(v, f, depth)
		if i > 0 {
			next = out.either(next)
		}
		if out = next; out.text == hole {
			break
		}
	}
	return out
}

// held is the text that a variable or a field holds.
func (e *Ends) held(addr ssa.Value, f *frame, depth int) phrase {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return e.same(storesTo(addr), f, depth).constantly()
	case *ssa.FreeVar:
		out := unknownText
		for i, of := range e.bindings(addr) {
			next := e.held(of, nil, depth+1)
			if i > 0 {
				next = out.either(next)
			}
			out = next
		}
		return out
	case *ssa.Global:
		if addr.Pkg.Pkg == e.p.pass.Pkg && addr.Object() != nil {
			return e.same(e.p.stores[addr.Object()], nil, depth).constantly()
		}
	case *ssa.FieldAddr:
		return e.field(fieldOf(addr.X.Type(), addr.Field), addr.X, f, depth)
	case *ssa.Parameter, *ssa.Call, *ssa.Extract, *ssa.Phi:
		return e.text(addr, f, depth) // aws.ToString, and its like
	}
	return unknownText
}

// field is the text of a field: what is put into that of one value that is in sight, or what
// the package puts into that of any, if nobody else can.
func (e *Ends) field(field *types.Var, of ssa.Value, f *frame, depth int) phrase {
	if field == nil {
		return unknownText
	}
	if stored, alone := e.p.storedHere(field, of); alone {
		return e.same(stored, f, depth).constantly()
	}
	if field.Pkg() != e.p.pass.Pkg || field.Exported() && e.p.pass.Pkg.Name() != "main" {
		return unknownText
	}
	return e.same(e.p.stores[field], nil, depth).constantly()
}

// storesTo are the values that are stored in a variable, in the function and its literals.
func storesTo(addr ssa.Value) []ssa.Value {
	var out []ssa.Value
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				out = append(out, ref.Val)
			}
		case *ssa.MakeClosure:
			fn, ok := ref.Fn.(*ssa.Function)
			for i, b := range ref.Bindings {
				if ok && b == addr && i < len(fn.FreeVars) {
					out = append(out, storesTo(fn.FreeVars[i])...)
				}
			}
		}
	}
	return out
}

func (e *Ends) bindings(v *ssa.FreeVar) []ssa.Value {
	var out []ssa.Value
	for i, free := range v.Parent().FreeVars {
		if free == v {
			for _, closure := range e.p.closures[v.Parent()] {
				out = append(out, closure.Bindings[i])
			}
		}
	}
	return out
}

// passed are the arguments for a parameter: that of the call which led here, or those of all
// calls, if they are all in sight.
func (e *Ends) passed(v *ssa.Parameter, f *frame) ([]ssa.Value, []*frame) {
	fn, index := v.Parent(), parameterIndex(v)
	if f != nil && f.fn == fn {
		return []ssa.Value{argumentAt(f.call.Common(), index)}, []*frame{f.outer}
	}
	exported := fn.Object() != nil && fn.Object().Exported() && e.p.pass.Pkg.Name() != "main"
	if exported || e.p.values[fn] {
		return nil, nil
	}
	var values []ssa.Value
	for _, call := range e.p.production(fn, e.p.callersOf(fn)) {
		values = append(values, argumentAt(call.Common(), index))
	}
	return values, make([]*frame, len(values))
}

// production leaves out the calls of tests, unless the function is one of a test itself: what
// a test stores is gone with it.
func (p *Package) production(fn *ssa.Function, calls []ssa.CallInstruction) []ssa.CallInstruction {
	test := func(pos token.Pos) bool { return strings.HasSuffix(p.pass.Fset.File(pos).Name(), "_test.go") }
	if !fn.Pos().IsValid() || test(fn.Pos()) {
		return calls
	}
	var out []ssa.CallInstruction
	for _, call := range calls {
		if pos := call.Parent().Pos(); !pos.IsValid() || !test(pos) {
			out = append(out, call)
		}
	}
	return out
}

// returned is the text that a call returns.
func (e *Ends) returned(call *ssa.Call, result int, f *frame, depth int) phrase {
	if fn := e.p.local(call.Common()); fn != nil {
		if f.full(fn) {
			return unknownText
		}
		var values []ssa.Value
		for _, ret := range returns(fn) {
			if c, ok := ret.Results[result].(*ssa.Const); ok && len(ret.Results) > 1 && c.Value != nil && c.Value.ExactString() == `""` {
				continue // with an error
			}
			values = append(values, ret.Results[result])
		}
		return e.same(values, e.p.enter(f, fn, call), depth).constantly()
	}
	callee, args := Callee(call.Common()), call.Common().Args
	if callee == nil || len(args) == 0 {
		return unknownText
	}
	arg := func(i int) phrase { return e.text(args[i], f, depth) }
	switch name := callee.FullName(); name {
	case "fmt.Sprintf":
		return e.sprintf(arg(0), args[1], f, depth)
	case "path/filepath.Join", "path.Join":
		out := phrase{}
		for _, part := range e.elements(args[0], f, depth) {
			out = out.slash(e.text(part, f, depth))
		}
		return out
	case "strings.Join":
		out := phrase{}
		for i, part := range e.elements(args[0], f, depth) {
			if i > 0 {
				out = out.join(arg(1))
			}
			out = out.join(e.text(part, f, depth))
		}
		return out
	case "net.JoinHostPort":
		return arg(0).join(phrase{":", fromLiteral}).join(arg(1))
	case "path/filepath.Dir", "path.Dir":
		if s := arg(0); s.text != hole {
			return phrase{path.Dir(s.text), s.from}
		}
	case "strings.ToLower":
		s := arg(0)
		return phrase{strings.ToLower(s.text), s.from}
	case "path/filepath.Clean", "path/filepath.Abs", "path/filepath.ToSlash", "path/filepath.FromSlash", "path/filepath.EvalSymlinks",
		"path.Clean", "strings.TrimSpace", "strings.Clone", "fmt.Sprint", "os.ExpandEnv":
		if name == "fmt.Sprint" {
			if all := e.elements(args[0], f, depth); len(all) == 1 {
				return e.text(all[0], f, depth)
			}
			return unknownText
		}
		return arg(0)
	}
	if pointsTo(callee) {
		return arg(0)
	}
	return unknownText
}

// pointsTo reports a function that makes a pointer of its argument, as clients have them for
// fields that may be left out: aws.String, to.Ptr.
func pointsTo(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() != nil || sig.Params().Len() != 1 || sig.Results().Len() != 1 {
		return false
	}
	in, out := sig.Params().At(0).Type(), sig.Results().At(0).Type()
	for _, pair := range [][2]types.Type{{in, out}, {out, in}} {
		if ptr, ok := types.Unalias(pair[1]).(*types.Pointer); ok && types.Identical(ptr.Elem(), pair[0]) {
			return true
		}
	}
	return false
}
