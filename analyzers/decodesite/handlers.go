package decodesite

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/astutil"
)

// served is the method by which net/http has a server of net/rpc answer.
const served = "(*net/rpc.Server).ServeHTTP"

// handlers returns where a server of net/rpc is given away as an http.Handler: as an
// argument, a field, a result or by an assignment. No identifier names the method there.
func (f *finder) handlers() []use {
	if !f.imports("net/rpc") {
		return nil
	}
	sink, ok := f.sinks.catalog.GoSink(served)
	if !ok {
		return nil
	}
	var out []use
	for _, syntax := range f.pass.Files {
		given := func(e ast.Expr, to types.Type) {
			name := calledName(e)
			if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
				name = calledName(call.Fun)
			}
			if name == nil || to == nil {
				return
			}
			iface, ok := types.Unalias(to).Underlying().(*types.Interface)
			if !ok {
				return
			}
			method, ok := methodIn(iface, "ServeHTTP")
			if !ok || !isServer(f.pass.TypesInfo.TypeOf(e)) {
				return
			}
			u := use{syntax: syntax, ident: name, callee: method, sink: sink}
			u.path, _ = astutil.PathEnclosingInterval(syntax, name.Pos(), name.End())
			out = append(out, u)
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				sig, ok := f.pass.TypesInfo.TypeOf(n.Fun).(*types.Signature)
				for i := 0; ok && i < min(len(n.Args), sig.Params().Len()); i++ {
					given(n.Args[i], sig.Params().At(i).Type())
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok {
					if field, ok := f.pass.TypesInfo.Uses[key].(*types.Var); ok && field.IsField() {
						given(n.Value, field.Type())
					}
				}
			case *ast.ValueSpec:
				for i := 0; n.Type != nil && i < len(n.Values); i++ {
					given(n.Values[i], f.pass.TypesInfo.TypeOf(n.Type))
				}
			case *ast.FuncDecl:
				if n.Body != nil {
					returned(n.Body, f.pass.TypesInfo.TypeOf(n.Name), given)
				}
			case *ast.FuncLit:
				returned(n.Body, f.pass.TypesInfo.TypeOf(n), given)
			case *ast.AssignStmt:
				for i := 0; i < len(n.Lhs) && len(n.Lhs) == len(n.Rhs); i++ {
					given(n.Rhs[i], f.pass.TypesInfo.TypeOf(n.Lhs[i]))
				}
			}
			return true
		})
	}
	return out
}

// returned visits what a function returns, but not what literals in it do.
func returned(body *ast.BlockStmt, fn types.Type, visit func(ast.Expr, types.Type)) {
	sig, ok := fn.(*types.Signature)
	if !ok {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for i := 0; i < len(n.Results) && len(n.Results) == sig.Results().Len(); i++ {
				visit(n.Results[i], sig.Results().At(i).Type())
			}
		}
		return true
	})
}

func (f *finder) imports(path string) bool {
	for _, imported := range f.pass.Pkg.Imports() {
		if imported.Path() == path {
			return true
		}
	}
	return false
}

func isServer(t types.Type) bool {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "net/rpc" && named.Obj().Name() == "Server"
}

func methodIn(iface *types.Interface, name string) (*types.Func, bool) {
	for m := range iface.Methods() {
		if m.Name() == name {
			return m, true
		}
	}
	return nil, false
}
