package spelled

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// builds are the calls that write to a buffer, by the variable that holds it.
func (r *Reader) builds() map[types.Object][]*ast.CallExpr {
	if r.built != nil {
		return r.built
	}
	r.built = make(map[types.Object][]*ast.CallExpr)
	for _, file := range r.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			fn := typeutil.StaticCallee(r.info, call)
			if fn == nil || fn.Pkg() == nil {
				return true
			}
			switch fn.FullName() {
			case "(*strings.Builder).WriteString", "(*strings.Builder).Write", "(*bytes.Buffer).WriteString", "(*bytes.Buffer).Write":
				if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
					r.build(sel.X, call)
				}
			case "io.WriteString", "fmt.Fprint", "fmt.Fprintln", "fmt.Fprintf":
				r.build(call.Args[0], call)
			}
			return true
		})
	}
	return r.built
}

func (r *Reader) build(to ast.Expr, call *ast.CallExpr) {
	if obj := r.buffer(to); obj != nil {
		r.built[obj] = append(r.built[obj], call)
	}
}

// buffer returns the variable of a buffer or builder that an expression names or points at.
func (r *Reader) buffer(e ast.Expr) types.Object {
	e = ast.Unparen(e)
	if u, ok := e.(*ast.UnaryExpr); ok {
		e = ast.Unparen(u.X)
	}
	v, ok := r.object(e).(*types.Var)
	if !ok {
		return nil
	}
	t := v.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	switch types.TypeString(t, nil) {
	case "strings.Builder", "bytes.Buffer":
		return v
	}
	return nil
}

// written works out what is in a buffer: what it begins with, and what is written to it, in
// the order of the source.
func (r *Reader) written(buffer types.Object) (*Text, bool) {
	out, known := new(Text), false
	add := func(t *Text, ok bool, e ast.Expr) {
		if ok {
			out.all(t)
			known = true
		} else {
			out.hole(e.Pos())
		}
	}
	r.index()
	if values := r.values[buffer]; len(values) > 0 && values[0].value != nil {
		if t, ok := r.Text(values[0].value); ok {
			add(t, true, nil)
		}
	}
	for _, call := range r.builds()[buffer] {
		args := call.Args
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); !ok || r.info.Selections[sel] == nil {
			args = args[1:] // the first is the buffer
		}
		if fn := typeutil.StaticCallee(r.info, call); fn.Name() == "Fprintf" && len(args) > 0 {
			format, ok := r.Text(args[0])
			if ok && !call.Ellipsis.IsValid() {
				format = r.sprintf(format, args[1:])
			}
			add(format, ok, args[0])
			continue
		}
		for _, arg := range args {
			t, ok := r.Text(arg)
			add(t, ok, arg)
		}
		if len(out.Bytes) > maxText {
			return nil, false
		}
	}
	return out, known
}
