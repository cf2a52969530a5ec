package draft

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
)

// ofType are the boundaries that a type speaks for, by its full name. Where the type leaves
// it open who is at the other end, the guess is the least trusted: a claim is then asked to
// show more, not less.
var ofType = map[string]string{
	"net/http.Request":                  "public",
	"net.Conn":                          "public",
	"net.TCPConn":                       "public",
	"net.UDPConn":                       "public",
	"net.PacketConn":                    "public",
	"mime/multipart.File":               "public",
	"mime/multipart.Part":               "public",
	"mime/multipart.FileHeader":         "public",
	"net/url.Values":                    "public",
	"net/http.Response":                 "partner",
	"crypto/tls.Conn":                   "cluster",
	"net.UnixConn":                      "host",
	"os.File":                           "host",
	"os.Root":                           "host",
	"io/fs.File":                        "host",
	"embed.FS":                          "build",
	"database/sql.Row":                  "internal",
	"database/sql.Rows":                 "internal",
	"github.com/gorilla/websocket.Conn": "public",
}

// ofName are those of functions and variables, by package and name.
var ofName = map[string]string{
	"os.Stdin": "operator", "os.Args": "operator", "os.Getenv": "operator", "os.LookupEnv": "operator", "flag.Arg": "operator", "flag.Args": "operator",
	"os.Open": "host", "os.OpenFile": "host", "os.ReadFile": "host", "io/ioutil.ReadFile": "host", "io/fs.ReadFile": "host",
	"net.Dial": "public", "net.DialTimeout": "public",
	"net/http.Get": "partner", "net/http.Post": "partner", "net/http.PostForm": "partner",
}

// deepest bounds the steps backwards from what is decoded.
const deepest = 12

// boundary guesses behind which boundary the bytes of a site were written, or returns "".
func (d *Drafter) boundary(site *decodesite.Site) string {
	if site.Decoded == nil {
		return ""
	}
	g := &guess{info: d.pass.TypesInfo}
	for _, file := range d.pass.Files {
		if file.FileStart <= site.Node.Pos() && site.Node.Pos() < file.FileEnd {
			g.around(file, site.Node.Pos())
		}
	}
	return g.of(site.Decoded, deepest)
}

// guess looks for where a value comes from, in the function around it.
type guess struct {
	info *types.Info
	// function is the declaration around the site, params what comes into it and into
	// the literals around the site.
	function *ast.FuncDecl
	params   map[types.Object]bool
}

func (g *guess) around(file *ast.File, at token.Pos) {
	g.params = make(map[types.Object]bool)
	take := func(fields *ast.FieldList) {
		for _, field := range fields.List {
			for _, name := range field.Names {
				g.params[g.info.Defs[name]] = true
			}
		}
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || at < fn.Pos() || fn.End() <= at {
			continue
		}
		g.function = fn
		take(fn.Type.Params)
		ast.Inspect(fn, func(n ast.Node) bool {
			if lit, ok := n.(*ast.FuncLit); ok && lit.Pos() <= at && at < lit.End() {
				take(lit.Type.Params)
			}
			return true
		})
	}
}

func (g *guess) of(e ast.Expr, left int) string {
	if left == 0 {
		return ""
	}
	if word := g.named(e); word != "" {
		return word
	}
	if word := ofType[typeName(g.info.TypeOf(e))]; word != "" {
		return word
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit, *ast.CompositeLit:
		return "build"
	case *ast.CallExpr:
		return g.ofCall(e, left)
	case *ast.SelectorExpr:
		return g.of(e.X, left-1)
	case *ast.IndexExpr:
		return g.of(e.X, left-1)
	case *ast.SliceExpr:
		return g.of(e.X, left-1)
	case *ast.StarExpr:
		return g.of(e.X, left-1)
	case *ast.UnaryExpr:
		return g.of(e.X, left-1)
	case *ast.TypeAssertExpr:
		return g.of(e.X, left-1)
	case *ast.Ident:
		return g.ofVariable(e, left)
	}
	return ""
}

// named looks a function or a variable of a package up.
func (g *guess) named(e ast.Expr) string {
	e = ast.Unparen(e)
	if call, ok := e.(*ast.CallExpr); ok {
		e = ast.Unparen(call.Fun)
	}
	var id *ast.Ident
	switch e := e.(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return ""
	}
	obj := g.info.Uses[id]
	if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
		return ""
	}
	return ofName[obj.Pkg().Path()+"."+obj.Name()]
}

// ofCall asks what a call is made with: the receiver, then the arguments. That one of them
// came in as a parameter says less than what another one is.
func (g *guess) ofCall(call *ast.CallExpr, left int) string {
	from := call.Args
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && g.info.Selections[sel] != nil {
		from = slices.Concat([]ast.Expr{sel.X}, from)
	}
	found := ""
	for _, arg := range from {
		if _, literal := ast.Unparen(arg).(*ast.BasicLit); literal {
			continue // a size, a name
		}
		if word := g.of(arg, left-1); word != "" && (found == "" || found == "caller") {
			found = word
		}
	}
	return found
}

func (g *guess) ofVariable(id *ast.Ident, left int) string {
	obj, ok := g.info.Uses[id].(*types.Var)
	if !ok {
		return ""
	}
	if g.params[obj] {
		return "caller"
	}
	if g.function == nil || obj.Pos() < g.function.Pos() || g.function.End() <= obj.Pos() {
		return ""
	}
	if value := g.assigned(obj, id.Pos()); value != nil {
		return g.of(value, left-1)
	}
	switch typeName(obj.Type()) {
	case "bytes.Buffer", "strings.Builder":
		return "process" // it begins empty
	}
	return ""
}

// assigned returns what a variable was last given before a place in the source.
func (g *guess) assigned(obj *types.Var, before token.Pos) (last ast.Expr) {
	give := func(name ast.Expr, values []ast.Expr, i int) {
		id, ok := name.(*ast.Ident)
		if !ok || g.info.ObjectOf(id) != obj || len(values) == 0 {
			return
		}
		last = values[min(i, len(values)-1)]
	}
	ast.Inspect(g.function, func(n ast.Node) bool {
		if n == nil || n.Pos() >= before {
			return false
		}
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, name := range n.Lhs {
				if n.End() <= before {
					give(name, n.Rhs, i)
				}
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				give(name, n.Values, i)
			}
		case *ast.RangeStmt:
			if n.Value != nil {
				give(n.Value, []ast.Expr{n.X}, 0)
			}
		}
		return true
	})
	return last
}

// typeName returns the full name of a type, or of what it points to.
func typeName(t types.Type) string {
	if t == nil {
		return ""
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return named.Obj().Pkg().Path() + "." + named.Obj().Name()
}
