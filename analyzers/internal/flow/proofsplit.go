package flow

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// piece reports that a value is a piece of a text that was split, and that all pieces but
// the last are vouched for: "date|value|mac" is cut at two bars, and the sum is one of
// the text without what stands behind the second. Nothing else may be done with the list
// of pieces than to read it.
func (p *prover) piece(c *check, at place) bool {
	load, ok := at.value.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || len(c.slices) == 0 {
		return false
	}
	addr, ok := load.X.(*ssa.IndexAddr)
	if !ok {
		return false
	}
	list := p.names.bare(place{addr.X, at.frame})
	call, ok := list.value.(*ssa.Call)
	if !ok {
		return false
	}
	callee := Callee(call.Common())
	if callee == nil || callee.FullName() != "bytes.SplitN" && callee.FullName() != "strings.SplitN" {
		return false
	}
	i, indexed := number(addr.Index)
	most, limited := number(call.Call.Args[2])
	if !indexed || !limited || i >= most-1 || !onlyLooked(call) {
		return false
	}
	base := p.names.of(place{call.Call.Args[0], list.frame})
	high := fmt.Sprintf("(len(%s)-len(%s[k%d]))", base, p.names.of(list), most-1)
	for _, s := range c.slices {
		if s.base == base && s.low == 0 && s.high == high {
			return true
		}
	}
	return false
}

// onlyLooked reports a list of which nothing is known to anyone but its length, and its
// elements where they are read.
func onlyLooked(list *ssa.Call) bool {
	for _, ref := range *list.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.IndexAddr:
			for _, use := range *ref.Referrers() {
				if load, ok := use.(*ssa.UnOp); !ok || load.Op != token.MUL {
					return false
				}
			}
		case *ssa.Call:
			if b, ok := ref.Call.Value.(*ssa.Builtin); !ok || b.Name() != "len" {
				return false
			}
		default:
			return false
		}
	}
	return true
}
