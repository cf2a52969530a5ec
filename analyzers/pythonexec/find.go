package pythonexec

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/spelled"
	"github.com/pickle-lint/pickle-lint/catalog"
)

// command is a command line that the package starts.
type command struct {
	// at is the call or the literal, and api what starts it.
	at  ast.Expr
	api string
	// words are those of the command line, of which more may follow that are not known
	// unless whole; or line is the command line in one.
	words []ast.Expr
	whole bool
	line  ast.Expr
	// spread is the list that the last words come from, if it is not known.
	spread ast.Expr
	// stdin is what the literal says of standard input, or nil.
	stdin ast.Expr
	// around is the function around it, or nil.
	around *ast.FuncDecl
}

type finder struct {
	pass   *analysis.Pass
	info   *types.Info
	reader *spelled.Reader
	cat    *catalog.Catalog
	// callers are the calls of each function of the package, once somebody asks.
	callers map[*types.Func][]callSite
}

type callSite struct {
	call   *ast.CallExpr
	around *ast.FuncDecl
}

// commands returns the commands of the package in the order of the source, as far as
// calls go; literals follow.
func (f *finder) commands() []*command {
	var out []*command
	var uses []*calls.Use
	for _, use := range calls.Find(f.pass, f.cat, catalog.GoExec) {
		if use.Call == nil {
			uses = append(uses, use.Kept(f.pass)...)
		} else {
			uses = append(uses, use)
		}
	}
	for _, use := range uses {
		c := &command{at: use.Call, api: use.Fact.Name, around: calls.Around(use.Path)}
		c.line = use.Arg("line")
		if argv := use.Arg("argv"); argv != nil {
			c.words, c.whole = f.reader.Slice(argv)
			// The program is named apart, and argv[0] may be anything.
			if i := use.Fact.Args["argv"]; i > 0 && len(c.words) > 0 && len(use.Call.Args) > 0 {
				c.words = append([]ast.Expr{use.Call.Args[0]}, c.words[1:]...)
			}
		} else if words := use.From("first"); len(words) > 0 {
			c.words, c.whole = words, true
			if use.Call.Ellipsis.IsValid() && len(words) > 1 {
				last := len(words) - 1
				more, all := f.reader.Slice(words[last])
				c.words, c.whole = slices.Concat(words[:last], more), all
				if len(more) == 0 && !all {
					c.spread = words[last]
				}
			}
			if program := f.reader.Element(c.words[0]); program != nil {
				c.words[0] = program
			}
		}
		out = append(out, c)
		out = append(out, f.handed(c, maxHanded)...)
	}
	return append(out, f.literals()...)
}

// literals returns the commands that are written as literals of exec.Cmd.
func (f *finder) literals() []*command {
	if !imports(f.pass.Pkg, "os/exec") {
		return nil
	}
	var out []*command
	for _, file := range f.pass.Files {
		var around *ast.FuncDecl
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				around = n
			case *ast.CompositeLit:
				if isCmd(f.info.TypeOf(n)) {
					out = append(out, f.literal(n, around))
				}
			}
			return true
		})
	}
	return out
}

func (f *finder) literal(lit *ast.CompositeLit, around *ast.FuncDecl) *command {
	c := &command{at: lit, api: "os/exec.Cmd", around: around}
	var program ast.Expr
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, ok := kv.Key.(*ast.Ident)
		if !ok {
			continue
		}
		switch key.Name {
		case "Path":
			program = kv.Value
		case "Args":
			c.words, c.whole = f.reader.Slice(kv.Value)
		case "Stdin":
			c.stdin = kv.Value
		}
	}
	switch {
	case program != nil && len(c.words) > 0:
		c.words = append([]ast.Expr{program}, c.words[1:]...)
	case program != nil:
		// Args may be left out, and set later.
		c.words, c.whole = []ast.Expr{program}, true
	}
	return c
}

func imports(pkg *types.Package, path string) bool {
	for _, p := range pkg.Imports() {
		if p.Path() == path {
			return true
		}
	}
	return false
}

func isCmd(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "os/exec" && named.Obj().Name() == "Cmd"
}

// bound returns the variable that a command is assigned to, or nil.
func (f *finder) bound(c *command) types.Object {
	if c.around == nil || c.around.Body == nil {
		return nil
	}
	var found types.Object
	at := c.at
	ast.Inspect(c.around.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || len(assign.Rhs) != 1 || len(assign.Lhs) != 1 {
			return found == nil
		}
		value := ast.Unparen(assign.Rhs[0])
		if u, ok := value.(*ast.UnaryExpr); ok {
			value = u.X
		}
		if value == at {
			found = f.object(assign.Lhs[0])
		}
		return found == nil
	})
	return found
}

// object returns the variable that an expression names, or nil.
func (f *finder) object(e ast.Expr) types.Object {
	if e == nil {
		return nil
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	if obj := f.info.Defs[id]; obj != nil {
		return obj
	}
	return f.info.Uses[id]
}

// parameter returns which parameter of the function around it an expression names.
func (f *finder) parameter(e ast.Expr, around *ast.FuncDecl) (fn *types.Func, index int, ok bool) {
	if around == nil {
		return nil, 0, false
	}
	fn, _ = f.info.Defs[around.Name].(*types.Func)
	obj := f.object(e)
	if fn == nil || obj == nil {
		return nil, 0, false
	}
	params := fn.Signature().Params()
	for i := range params.Len() {
		if params.At(i) == obj {
			return fn, i, true
		}
	}
	return nil, 0, false
}

// callersOf returns the calls of a function in the package.
func (f *finder) callersOf(fn *types.Func) []callSite {
	if f.callers == nil {
		f.callers = make(map[*types.Func][]callSite)
		for _, file := range f.pass.Files {
			var around *ast.FuncDecl
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					around = n
				case *ast.CallExpr:
					if callee := typeutil.StaticCallee(f.info, n); callee != nil && callee.Pkg() == f.pass.Pkg {
						callee = callee.Origin()
						f.callers[callee] = append(f.callers[callee], callSite{n, around})
					}
				}
				return true
			})
		}
	}
	return f.callers[fn]
}
