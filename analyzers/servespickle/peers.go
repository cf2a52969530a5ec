package servespickle

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/spelled"
)

// peers tells writers that lead to another program.
type peers struct {
	info   *types.Info
	reader *spelled.Reader
	// kinds are net/http.ResponseWriter and net.Conn, as far as the package can know
	// of them.
	kinds []*types.Interface
	depth int
}

func newPeers(pass *analysis.Pass, reader *spelled.Reader) *peers {
	p := &peers{info: pass.TypesInfo, reader: reader}
	seen := make(map[*types.Package]bool)
	var visit func(*types.Package)
	visit = func(pkg *types.Package) {
		if seen[pkg] {
			return
		}
		seen[pkg] = true
		name := map[string]string{"net/http": "ResponseWriter", "net": "Conn"}[pkg.Path()]
		if obj := pkg.Scope().Lookup(name); name != "" && obj != nil {
			if i, ok := obj.Type().Underlying().(*types.Interface); ok {
				p.kinds = append(p.kinds, i)
			}
		}
		for _, imported := range pkg.Imports() {
			visit(imported)
		}
	}
	visit(pass.Pkg)
	return p
}

// maxWrapped bounds how many writers around each other are followed.
const maxWrapped = 10

// is reports whether what is written to an expression goes to a peer: it is a response or
// a connection, a writer around one, or a buffer that the function sends.
func (p *peers) is(e ast.Expr, around *ast.FuncDecl) bool {
	if p.depth++; p.depth > maxWrapped {
		p.depth--
		return false
	}
	defer func() { p.depth-- }()
	if p.peer(e) {
		return true
	}
	origin := p.reader.Origin(e)
	if p.peer(origin) {
		return true
	}
	if call, ok := origin.(*ast.CallExpr); ok && p.writes(call) {
		for _, arg := range call.Args {
			if p.is(arg, around) {
				return true
			}
		}
	}
	if u, ok := ast.Unparen(e).(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	if obj := p.object(e); obj != nil && around != nil && isBuffer(obj.Type()) {
		return p.sent(obj, around)
	}
	return false
}

// peer reports a response or a connection by its type. What records responses in tests
// is none.
func (p *peers) peer(e ast.Expr) bool {
	t := p.info.TypeOf(e)
	if t == nil || of(t, "net/http/httptest", "ResponseRecorder") {
		return false
	}
	for _, kind := range p.kinds {
		if types.Implements(t, kind) {
			return true
		}
	}
	return false
}

func of(t types.Type, path, name string) bool {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == path && named.Obj().Name() == name
}

func isBuffer(t types.Type) bool { return of(t, "bytes", "Buffer") }

// writes reports a call that makes a writer.
func (p *peers) writes(call *ast.CallExpr) bool {
	t := p.info.TypeOf(call)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(0).Type()
	}
	if t == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Write")
	_, ok := obj.(*types.Func)
	return ok
}

func (p *peers) object(e ast.Expr) types.Object {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		return p.info.Uses[id]
	}
	return nil
}

// requests are functions that take the body of a request, and which argument it is.
var requests = map[string]int{
	"net/http.NewRequest": 2, "net/http.NewRequestWithContext": 3, "net/http.Post": 2, "(*net/http.Client).Post": 2,
}

// sent reports whether a function sends what is in a buffer to a peer.
func (p *peers) sent(buffer types.Object, around *ast.FuncDecl) (sent bool) {
	mentions := func(e ast.Expr) (is bool) {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && p.info.Uses[id] == buffer {
				is = true
			}
			return !is
		})
		return is
	}
	ast.Inspect(around, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || sent {
			return !sent
		}
		fn := typeutil.Callee(p.info, call)
		if fn == nil {
			return true
		}
		f, ok := fn.(*types.Func)
		if !ok {
			return true
		}
		if i, ok := requests[f.FullName()]; ok && i < len(call.Args) && mentions(call.Args[i]) {
			sent = true
		}
		sel, isMethod := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		switch {
		case isMethod && f.Name() == "Write" && len(call.Args) == 1 && p.peer(sel.X) && mentions(call.Args[0]),
			f.FullName() == "io.Copy" && len(call.Args) == 2 && p.peer(call.Args[0]) && mentions(call.Args[1]),
			isMethod && f.Name() == "WriteTo" && len(call.Args) == 1 && p.peer(call.Args[0]) && mentions(sel.X):
			sent = true
		}
		return !sent
	})
	return sent
}
