package spelled

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/embedded"
)

// Reader works out expressions of one package.
type Reader struct {
	pass *analysis.Pass
	info *types.Info
	// values are what is assigned to variables, by the variable, once somebody asks.
	values map[types.Object][]assigned
	embeds map[types.Object]*embedded.Variable
	// results are the expressions that functions of one result return.
	bodies map[types.Object]*ast.FuncDecl
	// built are the writes to buffers, once somebody asks.
	built map[types.Object][]*ast.CallExpr
	depth int
	// work counts the steps for one expression.
	work int
}

// assigned is one value of a variable.
type assigned struct {
	// value is nil where something is assigned that is not an expression of its own:
	// one of several results, an element of a range, whatever a pointer leads to.
	value ast.Expr
	op    token.Token // DEFINE, ASSIGN or ADD_ASSIGN
	// of is what the variable is an element of, in a range over it.
	of ast.Expr
	// tuple is the call of which the variable is the first result.
	tuple *ast.CallExpr
}

// New returns a reader for a package.
func New(pass *analysis.Pass) *Reader { return &Reader{pass: pass, info: pass.TypesInfo} }

// maxDepth bounds how deep names and calls are followed, and maxWork how many are for one
// expression: a variable may stand in each of the next twice.
const (
	maxDepth = 40
	maxWork  = 20_000
)

// deeper reports whether one more step may be taken; done takes it back.
func (r *Reader) deeper() bool {
	if r.depth == 0 {
		r.work = 0
	}
	r.depth++
	r.work++
	return r.depth <= maxDepth && r.work <= maxWork
}

func (r *Reader) done() { r.depth-- }

// index notes what is assigned to which variable.
func (r *Reader) index() {
	if r.values != nil {
		return
	}
	r.values = make(map[types.Object][]assigned)
	r.bodies = make(map[types.Object]*ast.FuncDecl)
	for _, file := range r.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				r.bodies[r.info.Defs[n.Name]] = n
			case *ast.ValueSpec:
				r.assign(identExprs(n.Names), n.Values, token.DEFINE)
			case *ast.AssignStmt:
				r.assign(n.Lhs, n.Rhs, n.Tok)
			case *ast.RangeStmt:
				if n.Key != nil {
					r.note(n.Key, assigned{})
				}
				if n.Value != nil {
					r.note(n.Value, assigned{of: n.X})
				}
			case *ast.UnaryExpr:
				// A pointer to a string may change it.
				if n.Op == token.AND {
					r.note(n.X, assigned{})
				}
			}
			return true
		})
	}
}

func identExprs(names []*ast.Ident) []ast.Expr {
	out := make([]ast.Expr, len(names))
	for i, n := range names {
		out[i] = n
	}
	return out
}

func (r *Reader) assign(lhs, rhs []ast.Expr, op token.Token) {
	if op != token.DEFINE && op != token.ASSIGN && op != token.ADD_ASSIGN {
		for _, l := range lhs {
			r.note(l, assigned{})
		}
		return
	}
	for i, l := range lhs {
		switch {
		case len(lhs) == len(rhs):
			r.note(l, assigned{value: rhs[i], op: op})
		case len(rhs) == 1:
			call, _ := ast.Unparen(rhs[0]).(*ast.CallExpr)
			if i > 0 {
				call = nil
			}
			r.note(l, assigned{tuple: call, op: op})
		}
	}
}

func (r *Reader) note(l ast.Expr, a assigned) {
	if element, ok := ast.Unparen(l).(*ast.IndexExpr); ok {
		l = element.X // one of its elements is assigned
	}
	id, ok := ast.Unparen(l).(*ast.Ident)
	if !ok {
		return
	}
	obj := r.info.Defs[id]
	if obj == nil {
		obj = r.info.Uses[id]
	}
	if v, ok := obj.(*types.Var); ok && !v.IsField() {
		r.values[v] = append(r.values[v], a)
	}
}

// object returns the variable or constant that an expression names, or nil.
func (r *Reader) object(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return r.info.Uses[e]
	case *ast.SelectorExpr:
		if r.info.Selections[e] == nil {
			return r.info.Uses[e.Sel]
		}
	}
	return nil
}

// Origin follows a variable that is assigned once to the expression it is given, or to
// the call of which it is the first result.
func (r *Reader) Origin(e ast.Expr) ast.Expr {
	for range maxDepth {
		obj, ok := r.object(e).(*types.Var)
		if !ok {
			break
		}
		r.index()
		values := r.values[obj]
		if len(values) != 1 {
			break
		}
		switch a := values[0]; {
		case a.value != nil && a.op != token.ADD_ASSIGN:
			e = a.value
		case a.tuple != nil:
			return a.tuple
		default:
			return e
		}
	}
	return ast.Unparen(e)
}

// Embed returns what is embedded in the variable that an expression names, or nil.
func (r *Reader) Embed(e ast.Expr) *embedded.Variable {
	obj := r.object(e)
	if obj == nil || obj.Pkg() != r.pass.Pkg {
		return nil
	}
	if r.embeds == nil {
		r.embeds = make(map[types.Object]*embedded.Variable)
		for _, v := range embedded.Find(r.pass) {
			if o := r.info.Defs[v.Name]; o != nil {
				r.embeds[o] = v
			}
		}
	}
	return r.embeds[obj]
}

// Constant reports whether an expression has no value but those that the package
// spells.
func (r *Reader) Constant(e ast.Expr) bool {
	if !r.deeper() {
		r.done()
		return false
	}
	defer r.done()
	if r.info.Types[e].Value != nil {
		return true
	}
	if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok {
		for _, elt := range lit.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			if !r.Constant(elt) {
				return false
			}
		}
		return true
	}
	if element, ok := ast.Unparen(e).(*ast.IndexExpr); ok && r.object(element.X) != nil {
		return r.Constant(element.X)
	}
	v, ok := r.object(e).(*types.Var)
	if !ok {
		t, ok := r.Text(e)
		return ok && !t.Holes
	}
	if r.Embed(e) != nil {
		return true
	}
	if v.Exported() && v.Parent() == r.pass.Pkg.Scope() {
		return false // other packages may set it
	}
	r.index()
	for _, a := range r.values[v] {
		switch {
		case a.value != nil && r.Constant(a.value):
		case a.of != nil && r.Constant(a.of):
		default:
			return false
		}
	}
	return len(r.values[v]) > 0
}

// number returns the constant number that an expression is.
func (r *Reader) number(e ast.Expr) (int, bool) {
	v := r.info.Types[e].Value
	if v == nil || v.Kind() != constant.Int {
		return 0, false
	}
	n, ok := constant.Int64Val(v)
	return int(n), ok && n >= 0 && n <= maxElements
}

// Element returns an element of a list that is known by its number, as args[0], or nil.
func (r *Reader) Element(e ast.Expr) ast.Expr {
	element, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok {
		return nil
	}
	n, ok := r.number(element.Index)
	elts, _ := r.Slice(element.X)
	if !ok || n >= len(elts) {
		return nil
	}
	return elts[n]
}

// stringValue returns the constant value of an expression.
func (r *Reader) stringValue(e ast.Expr) (string, bool) {
	v := r.info.Types[e].Value
	if v == nil || v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}
