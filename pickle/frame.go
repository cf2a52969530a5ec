package pickle

import (
	"fmt"
	"math"
	"slices"
)

// A frame announces how many bytes follow. The loaders agree as long as frames
// are tiled by whole reads and hold what they announce, which is all that
// picklers write. Elsewhere each goes its own way:
//
//   - pickle.py raises when a read does not end where the frame ends, and when a
//     frame begins inside another; a frame that claims too much it takes as it is.
//   - _pickle.c ignores the end of the frame over bytes and over a file with
//     peek. Over a plain file the frame is its whole buffer: a read that does not
//     fit drops what is left of it and starts behind it. See droptail.go. From
//     3.13.15 and 3.14.7 on it raises like pickle.py.

// partial looks at an op that not all loaders read in full.
func (m *machine) partial(op *Op) *Error {
	if op.End > m.frameEnd {
		if err := m.straddle(op); err != nil {
			return err
		}
	}
	if op.Loaders == AllLoaders {
		return nil
	}
	set := op.Loaders
	if set == Py {
		// The last line has no newline. Only these three act on it before
		// the end of the input stops pickle.py too, and only outside a
		// frame does it take such a line.
		acts := op.Code == OpGlobal || op.Code == OpInst || op.Code == OpPersID
		if !acts || m.frameEnd != math.MaxInt64 && m.frameEnd >= op.End {
			set = 0
		}
	}
	return m.refuse(AllLoaders&^set, Truncated, op, "end of input inside "+op.Name())
}

// straddle looks at an op that ends behind the frame in which it may begin.
func (m *machine) straddle(op *Op) *Error {
	end := m.frameEnd
	m.frameEnd = math.MaxInt64
	if op.Offset >= end || end == op.Offset+1 {
		return nil
	}
	switch arg := steps[op.Code]; {
	case arg >= ArgLen1 && end == op.ArgOff, arg == ArgLines && end == op.Arg2Off:
		return nil
	}
	m.anomaly(FrameMismatch, op.Offset, fmt.Sprintf("a frame ends at offset %d, inside %s", end, op.Name()))
	refused := Py
	if !joins(op.Code) || end < op.ArgOff {
		refused |= CFile
		m.forkHere()
	}
	return m.refuse(refused, BadArgument, op, "a frame ends inside "+op.Name())
}

// joins reports whether _pickle.c reads the payload of code from the buffer and
// then from the file (_Unpickler_ReadInto), so that a frame may end inside it.
func joins(code byte) bool {
	switch code {
	case OpBinBytes, OpShortBinBytes, OpBinBytes8, OpByteArray8:
		return true
	}
	return false
}

// forkHere notes that a plain file is read differently from here on. It comes
// before pickle.py and the plain file are taken out of this pass.
func (m *machine) forkHere() {
	if m.live&CFile != 0 {
		m.fork = true
		m.forkAlone = m.live&^(CFile|Py) == 0
	}
}

// frame executes FRAME. Over a plain file the lexer has done so.
func (m *machine) frame(op *Op) *Error {
	if m.lex.dropTail {
		return nil
	}
	n := op.Int
	if n < 0 {
		return &Error{Kind: BadArgument, Offset: op.Offset, Text: "FRAME length exceeds 2^63-1"}
	}
	nested := false
	if m.frameEnd != math.MaxInt64 && m.frameEnd > op.End {
		rest := m.frameEnd - op.End
		m.anomaly(FrameMismatch, op.Offset, fmt.Sprintf("a frame begins %d bytes before the end of another", rest))
		refused := Py
		if nested = n <= rest; !nested {
			refused |= CFile
			m.forkHere()
		}
		if err := m.refuse(refused, BadArgument, op, "a frame begins inside another"); err != nil {
			return err
		}
	}
	if left := m.lex.size - op.End; n > left {
		m.anomaly(FrameMismatch, op.Offset, fmt.Sprintf("a frame announces %d bytes, %d are left", n, left))
		if err := m.refuse(cLoaders, Truncated, op, "a frame announces more bytes than are left"); err != nil {
			return err
		}
		n = left
	}
	if !nested {
		m.frameEnd = op.End + n
	}
	return nil
}

// mergeFork appends to first what the pass over a plain file found behind the
// place where it left the common way.
func mergeFork(first, second *Trace, m *machine, ferr *Error) {
	globals := make(map[int64]int, len(first.Globals))
	for i, g := range first.Globals {
		globals[g.Offset] = i
	}
	type place struct {
		offset int64
		kind   CallKind
	}
	calls := make(map[place]int, len(first.Calls))
	for i, c := range first.Calls {
		calls[place{c.Offset, c.Kind}] = i
	}
	mapped := func(i, from, base int, find func() (int, bool)) int {
		if i < 0 {
			return -1
		}
		if i >= from {
			return i - from + base
		}
		if j, ok := find(); ok {
			return j
		}
		return -1
	}
	gbase, cbase := len(first.Globals), len(first.Calls)
	first.Globals = append(first.Globals, second.Globals[m.forkGlobals:]...)
	for _, c := range second.Calls[m.forkCalls:] {
		g, via := c.Global, c.Via
		lookedUp := func(g int) int {
			return mapped(g, m.forkGlobals, gbase, func() (int, bool) {
				j, ok := globals[second.Globals[g].Offset]
				return j, ok
			})
		}
		c.Global = lookedUp(g)
		for i := range c.Lead {
			if a := &c.Lead[i]; a.Kind == GlobalArg {
				if a.Global = lookedUp(a.Global); a.Global < 0 {
					a.Kind = OtherArg
				}
			}
		}
		c.Via = mapped(via, m.forkCalls, cbase, func() (int, bool) {
			v := second.Calls[via]
			j, ok := calls[place{v.Offset, v.Kind}]
			return j, ok
		})
		first.Calls = append(first.Calls, c)
	}
	first.Anomalies = append(first.Anomalies, second.Anomalies[m.forkAnomalies:]...)
	first.Ops += second.Ops
	first.PersistentIDs = max(first.PersistentIDs, second.PersistentIDs)
	first.Repeated += second.Repeated
	first.MoreAnomalies += second.MoreAnomalies
	first.Loaders |= second.Loaders
	if !slices.ContainsFunc(first.Anomalies, func(a Anomaly) bool { return a.Kind == FrameMismatch }) {
		first.Anomalies = append(first.Anomalies, Anomaly{Kind: FrameMismatch, Offset: m.forkOffset, Text: "a frame ends inside an op that cannot be read"})
	}
	text := "a plain file is read differently: c-file ends at offset %d"
	if ferr != nil {
		text = "a plain file is read differently: c-file fails at offset %d"
	}
	first.Anomalies = append(first.Anomalies, Anomaly{Kind: LoaderDisagreement, Offset: m.forkOffset, Text: fmt.Sprintf(text, second.End)})
}
