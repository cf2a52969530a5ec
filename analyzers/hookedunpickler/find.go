package hookedunpickler

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/flow"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/library"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// hook is a place where a hook is set.
type hook struct {
	fact  *catalog.GoHook
	field string
	// node is the assignment or the element of a composite literal, value what is set;
	// it is nil where one call gives several values.
	node  ast.Node
	value ast.Expr
}

// find returns the places where hooks are set, in the order of the source.
func find(pass *analysis.Pass, cat *catalog.Catalog) []hook {
	var names []string
	for _, h := range cat.GoHooks() {
		names = append(names, h.Name)
	}
	libraries := library.New(names)
	if !libraries.ImportedBy(pass.Pkg) {
		return nil
	}
	// of returns the hook that a field of a type is.
	of := func(t types.Type, field string) *catalog.GoHook {
		if t == nil {
			return nil
		}
		if ptr, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		named, ok := types.Unalias(t).(*types.Named)
		if !ok || named.Obj().Pkg() == nil {
			return nil
		}
		full := "(" + named.Obj().Pkg().Path() + "." + named.Obj().Name() + ")." + field
		h, ok := cat.GoHook(libraries.Name(named.Obj().Pkg(), full))
		if !ok {
			return nil
		}
		return h
	}
	var out []hook
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
				if !ok {
					continue
				}
				if h := of(owner(pass.TypesInfo, sel), sel.Sel.Name); h != nil {
					set := hook{fact: h, field: sel.Sel.Name, node: n}
					if len(n.Lhs) == len(n.Rhs) {
						set.value = n.Rhs[i]
					}
					out = append(out, set)
				}
			}
		case *ast.UnaryExpr:
			// Whoever has its address may set it to anything.
			if sel, ok := ast.Unparen(n.X).(*ast.SelectorExpr); ok && n.Op == token.AND {
				if h := of(owner(pass.TypesInfo, sel), sel.Sel.Name); h != nil {
					out = append(out, hook{fact: h, field: sel.Sel.Name, node: n})
				}
			}
		case *ast.CompositeLit:
			t := pass.TypesInfo.TypeOf(n)
			for i, elt := range n.Elts {
				switch elt := elt.(type) {
				case *ast.KeyValueExpr:
					if key, ok := elt.Key.(*ast.Ident); ok {
						if h := of(t, key.Name); h != nil {
							out = append(out, hook{h, key.Name, elt, elt.Value})
						}
					}
				default:
					if s, ok := types.Unalias(t).Underlying().(*types.Struct); ok && i < s.NumFields() {
						if h := of(t, s.Field(i).Name()); h != nil {
							out = append(out, hook{h, s.Field(i).Name(), elt, elt})
						}
					}
				}
			}
		}
		return true
	}
	for _, file := range pass.Files {
		ast.Inspect(file, visit)
	}
	return out
}

// owner returns the type whose field a selector names, which may be that of an embedded
// struct.
func owner(info *types.Info, sel *ast.SelectorExpr) types.Type {
	s := info.Selections[sel]
	if s == nil || s.Kind() != types.FieldVal {
		return nil
	}
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		if ptr, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
		fields, ok := types.Unalias(t).Underlying().(*types.Struct)
		if !ok {
			return nil
		}
		t = fields.Field(i).Type()
	}
	return t
}

// nothing reports whether a hook is taken away.
func nothing(pass *analysis.Pass, value ast.Expr) bool {
	return value != nil && pass.TypesInfo.Types[value].IsNil()
}

// listed reports whether a hook is a function of this package that refuses what it does
// not list. Of any other nothing is known.
func listed(pass *analysis.Pass, pkg *flow.Package, value ast.Expr) bool {
	if value == nil {
		return false
	}
	var fn *ssa.Function
	switch value := ast.Unparen(value).(type) {
	case *ast.FuncLit:
		fn = pkg.Literal(value)
	case *ast.Ident:
		fn = function(pass, pkg, value)
	case *ast.SelectorExpr:
		fn = function(pass, pkg, value.Sel)
	}
	return fn != nil && pkg.Allows(fn)
}

// function returns the function that an identifier names, or the one that a variable is
// set to and never to another.
func function(pass *analysis.Pass, pkg *flow.Package, id *ast.Ident) *ssa.Function {
	switch obj := pass.TypesInfo.Uses[id].(type) {
	case *types.Func:
		return pkg.Function(obj.Origin())
	case *types.Var:
		var found *ssa.Function
		n := 0
		for _, file := range pass.Files {
			ast.Inspect(file, func(node ast.Node) bool {
				for name, value := range assigned(node) {
					if pass.TypesInfo.ObjectOf(name) != obj {
						continue
					}
					n++
					if lit, ok := ast.Unparen(value).(*ast.FuncLit); ok {
						found = pkg.Literal(lit)
					}
				}
				return true
			})
		}
		if n == 1 {
			return found
		}
	}
	return nil
}

// assigned yields what a node puts into which name.
func assigned(n ast.Node) func(func(*ast.Ident, ast.Expr) bool) {
	return func(yield func(*ast.Ident, ast.Expr) bool) {
		var lhs, rhs []ast.Expr
		switch n := n.(type) {
		case *ast.AssignStmt:
			lhs, rhs = n.Lhs, n.Rhs
		case *ast.ValueSpec:
			for _, name := range n.Names {
				lhs = append(lhs, name)
			}
			rhs = n.Values
		}
		for i, l := range lhs {
			if name, ok := l.(*ast.Ident); ok && len(lhs) == len(rhs) && !yield(name, rhs[i]) {
				return
			}
		}
	}
}
