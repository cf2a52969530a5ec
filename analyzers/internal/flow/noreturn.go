package flow

import (
	"go/ast"
	"go/types"
)

// neverReturn are functions of the standard library that end the program or the
// goroutine. The analyzer ctrlflow finds them out, by a graph of every function of
// every package, which costs more than all passes here; panic SSA knows by itself.
var neverReturn = map[string]bool{
	"(*log.Logger).Fatal":       true,
	"(*log.Logger).Fatalf":      true,
	"(*log.Logger).Fatalln":     true,
	"(*log.Logger).Panic":       true,
	"(*log.Logger).Panicf":      true,
	"(*log.Logger).Panicln":     true,
	"(*testing.common).FailNow": true,
	"(*testing.common).Fatal":   true,
	"(*testing.common).Fatalf":  true,
	"(*testing.common).Skip":    true,
	"(*testing.common).SkipNow": true,
	"(*testing.common).Skipf":   true,
	"(testing.TB).FailNow":      true,
	"(testing.TB).Fatal":        true,
	"(testing.TB).Fatalf":       true,
	"(testing.TB).Skip":         true,
	"(testing.TB).SkipNow":      true,
	"(testing.TB).Skipf":        true,
	"log.Fatal":                 true,
	"log.Fatalf":                true,
	"log.Fatalln":               true,
	"log.Panic":                 true,
	"log.Panicf":                true,
	"log.Panicln":               true,
	"os.Exit":                   true,
	"runtime.Goexit":            true,
	"syscall.Exit":              true,
}

// noReturn tells which functions never return: those of the list, and the functions
// of this package that end with a call of one and return nowhere.
func (p *Package) noReturn() func(*types.Func) bool {
	own := make(map[*types.Func]bool)
	never := func(fn *types.Func) bool {
		return own[fn] || fn.Pkg() != nil && neverReturn[fn.FullName()]
	}
	// A function that ends with one found in a later round is found in the next.
	for again := true; again; {
		again = false
		for _, file := range p.pass.Files {
			for _, decl := range file.Decls {
				decl, ok := decl.(*ast.FuncDecl)
				if !ok || decl.Body == nil || len(decl.Body.List) == 0 {
					continue
				}
				fn, ok := p.pass.TypesInfo.Defs[decl.Name].(*types.Func)
				if ok && !own[fn] && p.endsFor(decl.Body, never) {
					own[fn], again = true, true
				}
			}
		}
	}
	return never
}

// endsFor reports whether a body ends with a call that never returns, and cannot be
// left before it.
func (p *Package) endsFor(body *ast.BlockStmt, never func(*types.Func) bool) bool {
	last, ok := body.List[len(body.List)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := last.X.(*ast.CallExpr)
	if !ok || !p.never(call, never) {
		return false
	}
	returns := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			returns = true
		case *ast.CallExpr:
			// A deferred recover brings the function back to its caller.
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "recover" {
				returns = true
			}
		case *ast.DeferStmt, *ast.BranchStmt:
			returns = true
		}
		return !returns
	})
	return !returns
}

func (p *Package) never(call *ast.CallExpr, never func(*types.Func) bool) bool {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return false
	}
	switch obj := p.pass.TypesInfo.Uses[id].(type) {
	case *types.Builtin:
		return obj.Name() == "panic"
	case *types.Func:
		return never(obj.Origin())
	}
	return false
}
