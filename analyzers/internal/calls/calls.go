// Package calls finds the uses of functions that the catalogue gives a part in a rule,
// by their objects: however a package is imported, and whether a method is promoted or
// not.
package calls

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// Use is a use of a function.
type Use struct {
	Fact *catalog.GoCall
	// Node is the call, or for a function that is not called where it is named the
	// name.
	Node ast.Expr
	// Call is nil where the function is only named.
	Call *ast.CallExpr
	// Path leads from the name to the file.
	Path []ast.Node
	// args are those of the function, without the receiver of a method expression.
	args []ast.Expr
}

// Arg returns the argument with a part, or nil.
func (u *Use) Arg(part string) ast.Expr {
	if i, ok := u.Fact.Args[part]; ok && i < len(u.args) {
		return u.args[i]
	}
	return nil
}

// Around returns the declared function that a path leads out of first, or nil.
func Around(path []ast.Node) *ast.FuncDecl {
	for _, n := range path {
		if decl, ok := n.(*ast.FuncDecl); ok {
			return decl
		}
	}
	return nil
}

// Name is the identifier that names the function.
func (u *Use) Name() *ast.Ident {
	name, _ := u.Path[0].(*ast.Ident)
	return name
}

// From returns the arguments from the one with a part on.
func (u *Use) From(part string) []ast.Expr {
	if i, ok := u.Fact.Args[part]; ok && i < len(u.args) {
		return u.args[i:]
	}
	return nil
}

// Find returns the uses of all functions of a keyword, in the order of the source.
func Find(pass *analysis.Pass, cat *catalog.Catalog, keyword string) []*Use {
	packages := make(map[string]bool)
	for _, g := range cat.GoCalls(keyword) {
		packages[library.Path(g.Name)] = true
	}
	type named struct {
		ident *ast.Ident
		fact  *catalog.GoCall
	}
	var found []named
	for ident, obj := range pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == nil || !packages[fn.Pkg().Path()] {
			continue
		}
		if g, ok := cat.GoCall(keyword, fn.Origin().FullName()); ok {
			found = append(found, named{ident, g})
		}
	}
	slices.SortFunc(found, func(a, b named) int { return cmp.Compare(a.ident.Pos(), b.ident.Pos()) })
	var out []*Use
	for _, n := range found {
		if file := FileOf(pass, n.ident.Pos()); file != nil {
			u := &Use{Fact: n.fact}
			u.Path, _ = astutil.PathEnclosingInterval(file, n.ident.Pos(), n.ident.End())
			u.settle(pass.TypesInfo)
			out = append(out, u)
		}
	}
	return out
}

// Kept returns the calls of the variable or the field that a function is kept in, for one
// that is only named: var command = exec.Command.
func (u *Use) Kept(pass *analysis.Pass) []*Use {
	obj := u.keptIn(pass.TypesInfo)
	if u.Call != nil || obj == nil || obj.Pkg() != pass.Pkg {
		return nil
	}
	var out []*Use
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			var name *ast.Ident
			switch fun := ast.Unparen(call.Fun).(type) {
			case *ast.Ident:
				name = fun
			case *ast.SelectorExpr:
				name = fun.Sel
			}
			if name != nil && pass.TypesInfo.Uses[name] == obj {
				use := &Use{Fact: u.Fact, Node: call, Call: call, args: call.Args}
				use.Path, _ = astutil.PathEnclosingInterval(file, name.Pos(), name.End())
				out = append(out, use)
			}
			return true
		})
	}
	return out
}

// keptIn returns the variable or the field that a function is kept in, or nil.
func (u *Use) keptIn(info *types.Info) types.Object {
	name := func(e ast.Expr) types.Object {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			if obj := info.Defs[e]; obj != nil {
				return obj
			}
			return info.Uses[e]
		case *ast.SelectorExpr:
			return info.Uses[e.Sel]
		}
		return nil
	}
	for _, n := range u.Path {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for i, v := range n.Values {
				if ast.Unparen(v) == u.Node && i < len(n.Names) {
					return info.Defs[n.Names[i]]
				}
			}
			return nil
		case *ast.AssignStmt:
			for i, v := range n.Rhs {
				if ast.Unparen(v) == u.Node && i < len(n.Lhs) {
					return name(n.Lhs[i])
				}
			}
			return nil
		case *ast.KeyValueExpr:
			if ast.Unparen(n.Value) == u.Node {
				if field, ok := name(n.Key).(*types.Var); ok && field.IsField() {
					return field
				}
			}
			return nil
		}
	}
	return nil
}

// settle finds the call around the name.
func (u *Use) settle(info *types.Info) {
	expr := u.Path[0].(ast.Expr)
	u.Node = expr
	for _, n := range u.Path[1:] {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if n.Sel != expr {
				return
			}
		case *ast.ParenExpr:
		case *ast.IndexExpr:
			if n.X != expr {
				return
			}
		case *ast.IndexListExpr:
			if n.X != expr {
				return
			}
		case *ast.CallExpr:
			if n.Fun != expr {
				return
			}
			u.Node, u.Call, u.args = n, n, n.Args
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
				if s := info.Selections[sel]; s != nil && s.Kind() == types.MethodExpr && len(u.args) > 0 {
					u.args = u.args[1:]
				}
			}
			return
		default:
			return
		}
		expr = n.(ast.Expr)
		u.Node = expr
	}
}

// FileOf returns the file around a position, or nil.
func FileOf(pass *analysis.Pass, pos token.Pos) *ast.File {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}
