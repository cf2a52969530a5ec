package decodesite

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// dynamic returns the uses of sinks that no identifier names: methods of interfaces
// and of type parameters, where the type behind them is known, and methods that
// reflection looks up.
//
// Only a package that imports the library can put its decoder behind an interface of
// its own, so most packages are left without a look at their calls.
func (f *finder) dynamic() []use {
	methods := f.methodNames()
	if len(methods) == 0 {
		return nil
	}
	var out []use
	for ident, obj := range f.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Signature().Recv() == nil {
			continue
		}
		recv := fn.Signature().Recv().Type()
		reflected := (fn.Name() == "MethodByName" || fn.Name() == "Method") && fn.Pkg() != nil && fn.Pkg().Path() == "reflect"
		if !reflected && (!types.IsInterface(recv) || !methods[fn.Name()]) {
			continue
		}
		u := use{ident: ident, callee: fn.Origin()}
		if u.syntax = f.fileOf(ident.Pos()); u.syntax == nil {
			continue
		}
		u.path, _ = astutil.PathEnclosingInterval(u.syntax, ident.Pos(), ident.End())
		node, _ := expression(u.path)
		name := fn.Name()
		if reflected {
			// By number, or by a name that is computed, it may be any of them.
			name = f.constantArgument(node)
			if name != "" && !methods[name] {
				continue
			}
		}
		if u.sink = f.behind(node, ident, name); u.sink != nil {
			u.sizeOnly = u.sink.Optional && !f.sinks.optional
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b use) int { return cmp.Compare(a.ident.Pos(), b.ident.Pos()) })
	return out
}

// methodNames are the names of the methods that are sinks in a package that this one
// imports: elsewhere it has no values from whose type could be known here.
func (f *finder) methodNames() map[string]bool {
	out := make(map[string]bool)
	if f.sinks.libraries.ImportedBy(f.pass.Pkg) {
		maps.Copy(out, f.sinks.methods)
	}
	for _, of := range []map[*types.Func]*catalog.GoSink{f.declared, f.wrapped} {
		for fn := range of {
			if fn.Signature().Recv() != nil && slices.Contains(f.pass.Pkg.Imports(), fn.Pkg()) {
				out[fn.Name()] = true
			}
		}
	}
	f.given(out)
	return out
}

// throughValues returns the calls of values that are functions which decode what they are
// given and say nothing of it. Where such a function is made a value nothing is decoded
// yet, and where the value is called the bytes are seen.
func (f *finder) throughValues(named []use) []use {
	made := func(u use) bool {
		_, form := expression(u.path)
		return form == Value && f.wrapped[u.callee] != nil
	}
	if !slices.ContainsFunc(named, made) {
		return nil
	}
	var out []use
	for _, syntax := range f.pass.Files {
		ast.Inspect(syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := calledName(call.Fun)
			if name == nil {
				return true
			}
			if _, isVar := f.pass.TypesInfo.Uses[name].(*types.Var); !isVar {
				return true
			}
			for _, fn := range f.flow.Elsewhere(call) {
				if sink := f.wrapped[fn]; sink != nil {
					u := use{syntax: syntax, ident: name, callee: fn, sink: sink}
					u.path, _ = astutil.PathEnclosingInterval(syntax, name.Pos(), name.End())
					out = append(out, u)
					break
				}
			}
			return true
		})
	}
	return out
}

// calledName is the name of the variable that is called, or that holds what is called.
func calledName(fun ast.Expr) *ast.Ident {
	for {
		switch x := ast.Unparen(fun).(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			return x.Sel
		case *ast.IndexExpr:
			fun = x.X
		default:
			return nil
		}
	}
}

// behind returns the sink that a method is, of one of the types that its receiver is
// known to have; for no name, one of its methods that is a sink.
func (f *finder) behind(node ast.Expr, name *ast.Ident, method string) *catalog.GoSink {
	_, recv := f.flow.Place(node, name, "recv")
	if recv == nil {
		return nil
	}
	var sink *catalog.GoSink
	f.flow.Types(recv, func(t types.Type) bool {
		fn := methodOf(t, method)
		if fn != nil && name.Name == method && !fits(t, recv.Type()) {
			return true // it is a part of what the receiver may be
		}
		if method == "" {
			fn = f.someSink(t)
		}
		if fn != nil && (sink == nil || sink.Optional) {
			if s := f.sink(fn); s != nil {
				sink = s
			}
		}
		return fn == nil
	})
	if sink != nil || method == "" {
		return sink
	}
	f.flow.Givers(recv, func(fn *types.Func, result int) {
		if sink == nil {
			sink = f.givenBy(fn, result, method)
		}
	})
	return sink
}

// fits reports whether a value of a type may stand in one of an interface, or of a type
// parameter. A reflect.Value takes everything.
func fits(t, in types.Type) bool {
	iface, ok := types.Unalias(in).Underlying().(*types.Interface)
	return !ok || types.Satisfies(t, iface) || types.Satisfies(types.NewPointer(t), iface)
}

// someSink returns the first method of a type that is a sink.
func (f *finder) someSink(t types.Type) *types.Func {
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if fn, ok := set.At(i).Obj().(*types.Func); ok && f.sink(fn.Origin()) != nil {
			return fn.Origin()
		}
	}
	return nil
}

func methodOf(t types.Type, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	fn, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	return fn.Origin()
}

// constantArgument returns the constant text that is the first argument of a call.
func (f *finder) constantArgument(node ast.Expr) string {
	call, ok := node.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return ""
	}
	value := f.pass.TypesInfo.Types[call.Args[0]].Value
	if value == nil || value.Kind() != constant.String {
		return ""
	}
	return constant.StringVal(value)
}
