package flow

import (
	"golang.org/x/tools/go/ssa"
)

// feeding is the search for what was written to the object of a digest.
type feeding struct {
	*prover
	d      *digest
	resets []ssa.Instruction
	fed    []fed
	seen   map[nameKey]bool
}

// fed is one thing that was written; anchor is where, in the function of the sum.
type fed struct {
	at          place
	anchor      ssa.Instruction
	stream, tee bool
}

// feeds finds what was written to the object whose Sum a digest is, before it was taken.
func (p *prover) feeds(d *digest) {
	call := d.sum.value.(*ssa.Call)
	recv := place{Argument(call.Common(), "recv"), d.sum.frame}
	w := &feeding{prover: p, d: d, seen: make(map[nameKey]bool)}
	object := p.names.bare(recv)
	w.scan(p.names.of(recv), call.Parent(), d.sum.frame, nil)
	// It may have been made, and fed, further out; or in a literal, where its variable
	// is captured.
	for f := d.sum.frame; f != nil; f = f.outer {
		if made := parentOf(object.value); made != nil && made != f.fn && f.call.Parent() == made {
			w.scan(p.names.of(recv), made, f.outer, nil)
		}
	}
	for _, literal := range call.Parent().AnonFuncs {
		w.scan(p.names.of(recv), literal, d.sum.frame, nil)
	}
	for _, f := range w.fed {
		if f.anchor != nil && f.anchor.Parent() == call.Parent() && (!w.precedes(f.anchor, call) || w.forgotten(f.anchor, call)) {
			continue
		}
		switch {
		case f.tee:
			d.tees = append(d.tees, f.at)
		case f.stream:
			d.streams = append(d.streams, f.at)
		default:
			d.inputs = append(d.inputs, f.at)
		}
	}
}

// precedes reports that one instruction is run before another on every way, or in the
// rounds of a loop before it.
func (w *feeding) precedes(a, b ssa.Instruction) bool {
	if dominates(a, b) {
		return true
	}
	for head := a.Block(); head != nil; head = head.Idom() {
		if head.Dominates(b.Block()) && !b.Block().Dominates(a.Block()) && reachable(a.Block(), head, nil) {
			return true
		}
	}
	return false
}

// forgotten reports a Reset between two instructions.
func (w *feeding) forgotten(a, b ssa.Instruction) bool {
	for _, r := range w.resets {
		if r.Parent() == a.Parent() && dominates(a, r) && dominates(r, b) {
			return true
		}
	}
	return false
}

func dominates(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Block().Dominates(b.Block())
	}
	return indexIn(a) < indexIn(b)
}

func indexIn(instr ssa.Instruction) int {
	for i, other := range instr.Block().Instrs {
		if other == instr {
			return i
		}
	}
	return -1
}

// reachable reports a way of at least one edge from a block to another that avoids a third.
func reachable(from, to, avoid *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{avoid: true}
	queue := append([]*ssa.BasicBlock(nil), from.Succs...)
	for len(queue) > 0 {
		b := queue[0]
		queue = queue[1:]
		if seen[b] {
			continue
		}
		seen[b] = true
		if b == to {
			return true
		}
		queue = append(queue, b.Succs...)
	}
	return false
}

// scan looks through a function for what is written to a writer of a name.
func (w *feeding) scan(name string, fn *ssa.Function, f *frame, anchor ssa.Instruction) {
	is := func(v ssa.Value) bool { return v != nil && w.names.of(place{v, f}) == name }
	add := func(v ssa.Value, instr ssa.Instruction, stream, tee bool) {
		if v == nil {
			return
		}
		if anchor != nil {
			instr = anchor
		}
		w.fed = append(w.fed, fed{place{v, f}, instr, stream, tee})
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !w.spend(1) {
				continue
			}
			common := call.Common()
			if inner := w.local(common); inner != nil {
				for _, arg := range common.Args {
					if !isWriter(arg) || !is(arg) || f.inside(inner) || f != nil && f.depth >= maxFrames {
						continue
					}
					at := anchor
					if at == nil {
						at = call
					}
					w.scan(name, inner, w.enter(f, inner, call), at)
				}
				continue
			}
			callee := Callee(common)
			if callee == nil {
				continue
			}
			arg := func(i int) ssa.Value {
				if i < len(common.Args) {
					return common.Args[i]
				}
				return nil
			}
			switch full := callee.FullName(); {
			case callee.Signature().Recv() != nil:
				if !is(Argument(common, "recv")) {
					if callee.Name() == "WriteTo" && is(Argument(common, "0")) {
						add(Argument(common, "recv"), call, true, false)
					}
					continue
				}
				switch callee.Name() {
				case "Write", "WriteString":
					add(Argument(common, "0"), call, false, false)
				case "Reset":
					w.resets = append(w.resets, call)
				}
			case full == "io.WriteString" && is(arg(0)):
				add(arg(1), call, false, false)
			case (full == "io.Copy" || full == "io.CopyBuffer" || full == "io.CopyN") && is(arg(0)):
				add(arg(1), call, true, false)
			case (full == "fmt.Fprint" || full == "fmt.Fprintln") && is(arg(0)):
				add(arg(1), call, false, false)
			case full == "fmt.Fprintf" && is(arg(0)):
				add(arg(2), call, false, false)
			case full == "encoding/binary.Write" && is(arg(0)):
				add(arg(2), call, false, false)
			case full == "io.TeeReader" && is(arg(1)):
				add(call, call, false, true)
			case full == "io.MultiWriter" || full == "bufio.NewWriter" || full == "bufio.NewWriterSize":
				w.through(call, f, is, anchor)
			}
		}
	}
}

// through follows a writer that hands on to others, if the one that is looked for is
// among them.
func (w *feeding) through(call *ssa.Call, f *frame, is func(ssa.Value) bool, anchor ssa.Instruction) {
	args := call.Call.Args[:1]
	if list := elements(args[0]); list != nil {
		args = list
	}
	among := false
	for _, a := range args {
		among = among || is(a)
	}
	key := nameKey{call, w.names.frameID(f)}
	if !among || w.seen[key] {
		return
	}
	w.seen[key] = true
	for _, a := range args {
		if !is(a) {
			w.d.siblings = append(w.d.siblings, place{a, f})
		}
	}
	w.scan(w.names.of(place{call, f}), call.Parent(), f, anchor)
}

// isWriter reports a value that can be written to by the method Write.
func isWriter(v ssa.Value) bool { return hasMethod(v.Type(), "Write") }
