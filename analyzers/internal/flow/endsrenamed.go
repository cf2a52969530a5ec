package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/lint"
)

// renamed gives a file the name that it has in the end: what must never be seen half written is
// written under another name, and renamed in the same function.
func (e *Ends) renamed(c *lint.Channel, call ssa.CallInstruction, f *frame) {
	if c.Kind != lint.FileChannel {
		return
	}
	all := []*ssa.Function{call.Parent()}
	for len(all) > 0 {
		fn := all[0]
		all = append(all[1:], fn.AnonFuncs...)
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				rename, ok := instr.(ssa.CallInstruction)
				if !ok || fullNameOf(Callee(rename.Common())) != "os.Rename" {
					continue
				}
				args := rename.Common().Args
				if !e.isName(args[0], c, call, f) {
					continue
				}
				e.work = 0
				to := e.text(args[1], f, 0)
				c.Name, c.From = to.text, to.from
				c.Normalize()
				return
			}
		}
	}
}

// isName reports that a text is the name under which a call opens a file: the same value, what the
// file says of itself, or the same text.
func (e *Ends) isName(v ssa.Value, c *lint.Channel, call ssa.CallInstruction, f *frame) bool {
	if args := call.Common().Args; len(args) > 0 && args[0] == v {
		return true
	}
	if named, ok := v.(*ssa.Call); ok && fullNameOf(Callee(named.Common())) == "(*os.File).Name" {
		opened := false
		e.p.climb(&Hop{Value: named.Call.Args[0], frame: f, walk: &walk{most: maxOwn}}, func(h *Hop) bool {
			opened = opened || callOf(h.Value) == call
			return !opened && !h.Guessed
		})
		return opened
	}
	e.work = 0
	text := e.text(v, f, 0)
	same := lint.Channel{Kind: lint.FileChannel, Name: text.text}
	same.Normalize()
	return same.Name == c.Name && same.Name != hole
}
