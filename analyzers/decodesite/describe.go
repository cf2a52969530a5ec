package decodesite

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// maxArgument bounds the text of an argument in a site, in bytes.
const maxArgument = 120

// expression returns the expression around an identifier that names a function:
// the call, or for a value the name with its qualifier, receiver and type
// arguments.
func expression(path []ast.Node) (ast.Expr, Form) {
	expr := path[0].(ast.Expr)
	for i := 1; i < len(path); i++ {
		switch n := path[i].(type) {
		case *ast.SelectorExpr:
			if n.Sel != expr {
				return expr, Value
			}
			expr = n
		case *ast.ParenExpr:
			expr = n
		case *ast.IndexExpr:
			if n.X != expr {
				return expr, Value
			}
			expr = n
		case *ast.IndexListExpr:
			if n.X != expr {
				return expr, Value
			}
			expr = n
		case *ast.CallExpr:
			if n.Fun != expr {
				return expr, Value
			}
			switch path[i+1].(type) {
			case *ast.DeferStmt:
				return n, Defer
			case *ast.GoStmt:
				return n, Go
			}
			return n, Call
		default:
			return expr, Value
		}
	}
	return expr, Value
}

// decodedExpr returns the expression that is decoded, or nil where none is
// written: a function value has no arguments, and a call of f(g()) with several
// results has none of its own.
func decodedExpr(node ast.Expr, sink *catalog.GoSink, info *types.Info) ast.Expr {
	return argument(node, sink.Arg, info)
}

// argument returns an argument of a use, as the catalogue counts them.
func argument(node ast.Expr, arg string, info *types.Info) ast.Expr {
	call, _ := node.(*ast.CallExpr)
	name := node
	if call != nil {
		name = call.Fun
	}
	shift := 0
	if sel, ok := funcName(name).(*ast.SelectorExpr); ok {
		if s := info.Selections[sel]; s != nil {
			switch s.Kind() {
			case types.MethodVal:
				if arg == "recv" {
					return sel.X
				}
			case types.MethodExpr:
				shift = 1
			}
		}
	}
	if call == nil || arg == "" {
		return nil
	}
	index := shift
	if arg == "recv" {
		index = 0
	} else {
		index += int(arg[0] - '0')
	}
	if index >= len(call.Args) {
		return nil
	}
	return call.Args[index]
}

func funcName(e ast.Expr) ast.Expr {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		default:
			return x
		}
	}
}

// oneLine returns a piece of source with every run of white space as one space.
func oneLine(src []byte) string { return strings.Join(strings.Fields(string(src)), " ") }

// words returns the tokens of a piece of source, so that neither formatting nor
// comments are part of what a site is about.
func words(src []byte) string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	// The piece is cut out of a file that parsed, so errors can only come from
	// the cut; the handler drops them and the tokens stay.
	s.Init(fset.AddFile("", -1, len(src)), src, func(token.Position, string) {}, 0)
	var b strings.Builder
	for {
		_, tok, text := s.Scan()
		switch {
		case tok == token.EOF:
			return b.String()
		case tok == token.SEMICOLON && text == "\n":
			continue
		case text == "":
			text = tok.String()
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
}
