package flow

import (
	"fmt"
	"go/token"
	"strconv"

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
	text, limit := p.pieces(call)
	if text == nil {
		return false
	}
	i, indexed := number(addr.Index)
	most, limited := number(limit)
	if !indexed || !limited || i >= most-1 || !onlyLooked(call) {
		return false
	}
	base := p.names.of(place{text, list.frame})
	high := fmt.Sprintf("(len(%s)-len(%s[k%d]))", base, p.names.of(list), most-1)
	for _, s := range c.slices {
		if s.base == base && s.low == 0 && s.high == high {
			return true
		}
	}
	return false
}

// pieces returns what a call cuts into pieces, and at most how many, if it is one that the
// catalogue says does that.
func (p *prover) pieces(call *ssa.Call) (text, limit ssa.Value) {
	callee := Callee(call.Common())
	if callee == nil || callee.Pkg() == nil || callee.Signature().Recv() != nil {
		return nil, nil
	}
	argument := func(index string) ssa.Value {
		if i, err := strconv.Atoi(index); err == nil && i < len(call.Call.Args) {
			return call.Call.Args[i]
		}
		return nil
	}
	for _, flow := range p.catalog.GoFlows(callee.FullName()) {
		if flow.Pieces != "" && flow.To == "result" {
			if text, limit = argument(flow.From), argument(flow.Pieces); text != nil && limit != nil {
				return text, limit
			}
		}
	}
	return nil, nil
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
