package spelled

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Texts returns what an expression may be: a variable that is assigned several
// constants is each of them, and so is an element of a table, or what a loop over one
// gives.
func (r *Reader) Texts(e ast.Expr) []*Text {
	if t, ok := r.Text(e); ok {
		return []*Text{t}
	}
	if element, ok := ast.Unparen(e).(*ast.IndexExpr); ok {
		return r.elements(element.X)
	}
	v, ok := r.object(e).(*types.Var)
	if !ok {
		return nil
	}
	r.index()
	var out []*Text
	for _, a := range r.values[v] {
		switch {
		case a.of != nil:
			out = append(out, r.elements(a.of)...)
		case a.value == nil || a.op == token.ADD_ASSIGN:
		default:
			if t, ok := r.Text(a.value); ok {
				out = append(out, t)
			}
		}
	}
	return out
}

// elements returns what the elements of a table may be.
func (r *Reader) elements(table ast.Expr) (out []*Text) {
	elts, _ := r.Slice(table)
	for _, e := range elts {
		if t, ok := r.Text(e); ok {
			out = append(out, t)
		}
	}
	return out
}

// Text works out a string or a slice of bytes. It reports false where no part of it is
// known, or where it is too long.
func (r *Reader) Text(e ast.Expr) (*Text, bool) {
	if !r.deeper() {
		r.done()
		return nil, false
	}
	defer r.done()
	t, ok := r.text(ast.Unparen(e))
	if !ok {
		// A constant of another package, or one that is computed in a way of its own.
		value, is := r.stringValue(e)
		if !is {
			return nil, false
		}
		t = new(Text)
		t.add([]byte(value), e.Pos(), true)
	}
	return t, len(t.Bytes) <= maxText
}

func (r *Reader) text(e ast.Expr) (*Text, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return r.literal(e)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return r.sum(e)
		}
	case *ast.CallExpr:
		return r.call(e)
	case *ast.Ident, *ast.SelectorExpr, *ast.UnaryExpr:
		if buffer := r.buffer(e); buffer != nil && len(r.builds()[buffer]) > 0 {
			return r.written(buffer)
		}
		return r.name(e)
	}
	return nil, false
}

// sum adds operands up. Chains lean to the left and may be long.
func (r *Reader) sum(e *ast.BinaryExpr) (*Text, bool) {
	var operands []ast.Expr
	for x := ast.Expr(e); ; {
		b, ok := ast.Unparen(x).(*ast.BinaryExpr)
		if !ok || b.Op != token.ADD {
			operands = append(operands, x)
			break
		}
		operands = append(operands, b.Y)
		x = b.X
	}
	out, known := new(Text), false
	for i := len(operands) - 1; i >= 0 && len(out.Bytes) <= maxText; i-- {
		if t, ok := r.Text(operands[i]); ok {
			out.all(t)
			known = true
		} else {
			out.hole(operands[i].Pos())
		}
	}
	return out, known
}

// hole adds what stands for something that is not known.
func (t *Text) hole(pos token.Pos) {
	t.add([]byte("_"), pos, true)
	t.Holes = true
}

// literal reads a string literal.
func (r *Reader) literal(lit *ast.BasicLit) (*Text, bool) {
	if lit.Kind != token.STRING {
		return nil, false
	}
	t := new(Text)
	body := lit.Value[1 : len(lit.Value)-1]
	pos := lit.Pos() + 1
	if lit.Value[0] == '`' {
		// The parser has taken carriage returns out, so each line is found anew.
		file := r.pass.Fset.File(lit.Pos())
		line := file.PositionFor(lit.Pos(), false).Line
		for text := range strings.Lines(body) {
			t.add([]byte(text), pos, false)
			if line++; line <= file.LineCount() {
				pos = file.LineStart(line)
			}
		}
		return t, true
	}
	for len(body) > 0 {
		c, wide, rest, err := strconv.UnquoteChar(body, '"')
		if err != nil {
			return nil, false
		}
		n := len(body) - len(rest)
		var b []byte
		if wide {
			b = utf8.AppendRune(nil, c)
		} else {
			b = []byte{byte(c)}
		}
		t.add(b, pos, body[0] == '\\')
		pos += token.Pos(n)
		body = rest
	}
	return t, true
}

// name follows a name to its value.
func (r *Reader) name(e ast.Expr) (*Text, bool) {
	switch obj := r.object(e).(type) {
	case *types.Const:
		if spec := r.constant(obj); spec != nil {
			return r.Text(spec)
		}
	case *types.Var:
		if v := r.Embed(e); v != nil {
			return fileText(v, "")
		}
		r.index()
		return r.variable(r.values[obj])
	}
	return nil, false
}

// variable works out a variable that is given one value, to which others may be added.
func (r *Reader) variable(values []assigned) (*Text, bool) {
	if len(values) == 0 {
		return nil, false
	}
	out, known := new(Text), false
	for i, a := range values {
		switch {
		case i == 0 && a.tuple != nil:
			return r.first(a.tuple)
		case i == 0 && a.value == nil, i > 0 && a.op != token.ADD_ASSIGN:
			return nil, false
		case a.value == nil:
			return nil, false
		}
		if t, ok := r.Text(a.value); ok {
			out.all(t)
			known = true
		} else {
			out.hole(a.value.Pos())
		}
		if len(out.Bytes) > maxText {
			return nil, false
		}
	}
	return out, known
}

// constant returns the expression of a constant of this package.
func (r *Reader) constant(obj *types.Const) ast.Expr {
	if obj.Pkg() != r.pass.Pkg {
		return nil
	}
	for _, file := range r.pass.Files {
		if obj.Pos() < file.FileStart || obj.Pos() >= file.FileEnd {
			continue
		}
		var found ast.Expr
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || found != nil || obj.Pos() < n.Pos() || obj.Pos() >= n.End() {
				return found == nil && n != nil && n.Pos() <= obj.Pos() && obj.Pos() < n.End()
			}
			if spec, ok := n.(*ast.ValueSpec); ok {
				for i, name := range spec.Names {
					if name.Pos() == obj.Pos() && i < len(spec.Values) {
						found = spec.Values[i]
					}
				}
			}
			return true
		})
		return found
	}
	return nil
}
