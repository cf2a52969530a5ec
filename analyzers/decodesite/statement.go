package decodesite

import (
	"go/ast"
	"go/token"
)

// unit is the stretch of source that one justification covers.
type unit struct {
	pos, end token.Pos
	// start is where the statement begins; pos may lie behind it, see narrow.
	start token.Pos
}

// unitOf returns the unit around the node at the beginning of path, which leads
// outwards to the file. commented reports whether a comment stands between two
// positions, and line gives the physical line of one.
func unitOf(path []ast.Node, commented func(from, to token.Pos) bool, line func(token.Pos) int) unit {
	use := path[0]
	for i, n := range path {
		switch n := n.(type) {
		case ast.Stmt:
			if i+1 < len(path) {
				if whole, ok := path[i+1].(ast.Stmt); ok && isHeaderPart(whole, n) {
					n = whole
				}
			}
			start := n.Pos()
			if i+1 < len(path) {
				if label, ok := path[i+1].(*ast.LabeledStmt); ok {
					start = label.Pos()
				}
			}
			return narrow(unit{start, headerEnd(n), start}, n, use, commented)
		case *ast.ValueSpec:
			start := n.Pos()
			// A declaration without parentheses begins with its keyword.
			if decl, ok := path[i+1].(*ast.GenDecl); ok && !decl.Lparen.IsValid() {
				start = decl.Pos()
			}
			return narrow(unit{start, n.End(), start}, n, use, commented)
		case *ast.CompositeLit:
			if i == 0 {
				continue
			}
			if elt, ok := path[i-1].(ast.Expr); ok && ownLine(n, elt, line) {
				return narrow(unit{elt.Pos(), elt.End(), elt.Pos()}, elt, use, commented)
			}
		}
	}
	return unit{use.Pos(), use.End(), use.Pos()}
}

// isHeaderPart reports whether part is a simple statement in the header of
// whole: the header is read, and justified, in one go.
func isHeaderPart(whole, part ast.Stmt) bool {
	switch s := whole.(type) {
	case *ast.IfStmt:
		return part == s.Init
	case *ast.ForStmt:
		return part == s.Init || part == s.Post
	case *ast.SwitchStmt:
		return part == s.Init
	case *ast.TypeSwitchStmt:
		return part == s.Init || part == s.Assign
	case *ast.CommClause:
		return part == s.Comm
	}
	return false
}

func headerEnd(s ast.Stmt) token.Pos {
	switch s := s.(type) {
	case *ast.IfStmt:
		return s.Body.Lbrace + 1
	case *ast.ForStmt:
		return s.Body.Lbrace + 1
	case *ast.RangeStmt:
		return s.Body.Lbrace + 1
	case *ast.SwitchStmt:
		return s.Body.Lbrace + 1
	case *ast.TypeSwitchStmt:
		return s.Body.Lbrace + 1
	case *ast.CaseClause:
		return s.Colon + 1
	case *ast.CommClause:
		return s.Colon + 1
	}
	return s.End()
}

// ownLine reports whether an element of a composite literal begins a line of
// its own.
func ownLine(lit *ast.CompositeLit, elt ast.Expr, line func(token.Pos) int) bool {
	before := lit.Lbrace
	for _, e := range lit.Elts {
		if e == elt {
			return line(before) < line(elt.Pos())
		}
		before = e.End()
	}
	return false
}

// narrow cuts the bodies of function literals that do not hold the use off the
// unit, where a comment inside might be a directive for one of their own
// statements. Without a comment there is nothing to mistake, and a directive
// behind the closing brace stays valid.
func narrow(u unit, root, use ast.Node, commented func(from, to token.Pos) bool) unit {
	ast.Inspect(root, func(n ast.Node) bool {
		lit, ok := n.(*ast.FuncLit)
		if !ok {
			return true
		}
		body := lit.Body
		if body.Pos() <= use.Pos() && use.End() <= body.End() || !commented(body.Lbrace, body.Rbrace) {
			return true
		}
		switch {
		case body.Rbrace < use.Pos():
			u.pos = max(u.pos, body.Rbrace)
		case use.End() <= body.Lbrace:
			u.end = min(u.end, body.Lbrace+1)
		}
		return false
	})
	return u
}
