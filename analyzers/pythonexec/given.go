package pythonexec

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// stdin returns what a command is given on standard input, as far as the function around
// it says: the reader that is assigned, or what is written to its pipe.
func (f *finder) stdin(c *command) (out []ast.Expr) {
	if c.stdin != nil {
		out = append(out, c.stdin)
	}
	cmd := f.bound(c)
	if cmd == nil {
		return out
	}
	var pipe types.Object
	until := f.until(c, cmd)
	ast.Inspect(c.around.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || assign.End() <= c.at.Pos() || assign.Pos() >= until {
			return true
		}
		for i, l := range assign.Lhs {
			if sel, ok := l.(*ast.SelectorExpr); ok && sel.Sel.Name == "Stdin" && f.object(sel.X) == cmd && i < len(assign.Rhs) {
				out = append(out, assign.Rhs[i])
			}
		}
		if call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "StdinPipe" && f.object(sel.X) == cmd {
				pipe = f.object(assign.Lhs[0])
			}
		}
		return true
	})
	if pipe != nil {
		out = append(out, f.written(c.around, pipe)...)
	}
	return out
}

// until returns where the variable of a command gets another one.
func (f *finder) until(c *command, cmd types.Object) token.Pos {
	until := c.around.End()
	ast.Inspect(c.around.Body, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok && assign.Pos() > c.at.End() && assign.Pos() < until {
			for _, l := range assign.Lhs {
				if f.object(l) == cmd {
					until = assign.Pos()
				}
			}
		}
		return true
	})
	return until
}

// more returns the words of a command with those that its arguments get later.
func (f *finder) more(c *command) []ast.Expr {
	out := c.words[:len(c.words):len(c.words)]
	cmd := f.bound(c)
	if cmd == nil || len(out) == 0 {
		return out
	}
	until := f.until(c, cmd)
	ast.Inspect(c.around.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 || assign.End() <= c.at.Pos() || assign.Pos() >= until {
			return true
		}
		sel, ok := assign.Lhs[0].(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Args" || f.object(sel.X) != cmd {
			return true
		}
		call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			if elts, _ := f.reader.Slice(assign.Rhs[0]); len(elts) > 0 {
				out = append(out[:1:1], elts[1:]...) // the program is named apart
			}
			return true
		}
		from, ok := call.Args[0].(*ast.SelectorExpr)
		if !ok || from.Sel.Name != "Args" || f.object(from.X) != cmd {
			return true
		}
		if call.Ellipsis.IsValid() {
			elts, _ := f.reader.Slice(call.Args[len(call.Args)-1])
			out = append(out, elts...)
		} else {
			out = append(out, call.Args[1:]...)
		}
		return true
	})
	return out
}

// written returns what a function writes to something that a variable holds.
func (f *finder) written(around *ast.FuncDecl, to types.Object) (out []ast.Expr) {
	ast.Inspect(around.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && f.object(sel.X) == to && len(call.Args) == 1 {
			switch sel.Sel.Name {
			case "Write", "WriteString":
				out = append(out, call.Args[0])
			}
		}
		fn := typeutil.StaticCallee(f.info, call)
		if fn == nil || len(call.Args) < 2 || f.object(call.Args[0]) != to {
			return true
		}
		switch fn.FullName() {
		case "io.WriteString", "io.Copy", "fmt.Fprint", "fmt.Fprintln", "fmt.Fprintf":
			out = append(out, call.Args[1])
		}
		return true
	})
	return out
}

// contents returns what the function around a command has written to the file that it
// runs.
func (f *finder) contents(c *command, path ast.Expr) (out []ast.Expr) {
	if c.around == nil || c.around.Body == nil {
		return nil
	}
	// f.Name() is the file that f is.
	if call, ok := f.reader.Origin(path).(*ast.CallExpr); ok {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Name" {
			if obj := f.object(sel.X); obj != nil {
				return f.written(c.around, obj)
			}
		}
	}
	obj := f.object(path)
	name, known := f.word(path)
	ast.Inspect(c.around.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			return true
		}
		fn := typeutil.StaticCallee(f.info, call)
		if fn == nil || !strings.HasSuffix(fn.FullName(), ".WriteFile") {
			return true
		}
		if fn.FullName() != "os.WriteFile" && fn.FullName() != "io/ioutil.WriteFile" {
			return true
		}
		other, same := f.word(call.Args[0])
		if obj != nil && f.object(call.Args[0]) == obj || known && same && other == name {
			out = append(out, call.Args[1])
		}
		return true
	})
	return out
}
