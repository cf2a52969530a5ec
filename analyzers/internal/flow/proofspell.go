package flow

import (
	"go/ast"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// mentions reports a name in the call of the site.
func (p *prover) mentions(name string) bool {
	site, ok := p.site.(ssa.CallInstruction)
	if !ok {
		return false
	}
	pos := site.Common().Pos()
	found := false
	for _, file := range p.pass.Files {
		if pos < file.FileStart || pos >= file.FileEnd {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || call.Lparen != pos {
				return true
			}
			ast.Inspect(call, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && id.Name == name {
					found = true
				}
				return true
			})
			return false
		})
	}
	return found
}

// spelledAs is a value as the source names it, or "".
func spelledAs(v ssa.Value) string {
	for range maxName {
		switch x := v.(type) {
		case *ssa.Parameter:
			return x.Name()
		case *ssa.FreeVar:
			return x.Name()
		case *ssa.Global:
			return x.Name()
		case *ssa.Alloc:
			return word(x.Comment)
		case *ssa.Phi:
			return word(x.Comment)
		case *ssa.UnOp:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.FieldAddr:
			return dotted(spelledAs(x.X), fieldName(x.X, x.Field))
		case *ssa.Field:
			return dotted(spelledAs(x.X), fieldName(x.X, x.Field))
		case *ssa.Slice:
			if base := spelledAs(x.X); base != "" {
				return base + bounds(x)
			}
			return ""
		default:
			return ""
		}
	}
	return ""
}

func fieldName(x ssa.Value, field int) string {
	if f := fieldOf(x.Type(), field); f != nil {
		return f.Name()
	}
	return ""
}

func dotted(first, last string) string {
	if first == "" {
		return last
	}
	return first + "." + last
}

func bounds(s *ssa.Slice) string {
	if s.Low == nil && s.High == nil {
		return ""
	}
	bound := func(v ssa.Value) string {
		if v == nil {
			return ""
		}
		if n, ok := number(v); ok {
			return strconv.FormatInt(n, 10)
		}
		return "…"
	}
	return "[" + bound(s.Low) + ":" + bound(s.High) + "]"
}

// word is a comment of SSA that is the name of a variable.
func word(comment string) string {
	if comment == "" || strings.ContainsAny(comment, " .&*()") || comment == "complit" || comment == "varargs" || comment == "slicelit" {
		return ""
	}
	return comment
}
