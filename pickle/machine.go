package pickle

import (
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"time"
)

const cLoaders = CMem | CFile | CPeek

// Run follows the one stream of r that starts at off, for all loaders at once:
// it goes on as long as any of them would, and [Global.Loaders] and
// [Call.Loaders] say who gets there. Where the C unpickler over a plain file
// object reads other bytes than the rest (see [FrameMismatch]), what it does is
// followed in a second pass, and its facts stand behind those of the first.
//
// The trace is never nil. The error is nil or an *Error; the trace then holds
// everything up to it.
func Run(r io.ReaderAt, size, off int64, lim Limits) (*Trace, error) {
	return RunLoaders(r, size, off, lim, AllLoaders)
}

// RunLoaders is Run for some of the loaders.
func RunLoaders(r io.ReaderAt, size, off int64, lim Limits, set LoaderSet) (*Trace, error) {
	lim = lim.orDefault()
	m := machines.Get().(*machine)
	defer m.release()
	m.reset(r, size, off, lim, set&AllLoaders)
	// Alone, a plain file is followed exactly.
	m.lex.dropTail = m.live == CFile
	err := m.run()
	trace := m.trace
	if m.fork {
		alone, start := m.forkAlone, m.start
		m.reset(r, size, off, lim, CFile)
		m.start = start // the clock is for both
		m.lex.dropTail = true
		ferr := m.run()
		if m.forkOffset >= 0 {
			mergeFork(trace, m.trace, m, ferr)
		}
		notRead := ferr != nil && (ferr.Kind == LimitReached || ferr.Kind == ReadFailed)
		switch {
		case alone:
			// Nobody but the plain file went on.
			trace.End, trace.FrameEnd, trace.Complete = m.trace.End, m.trace.FrameEnd, m.trace.Complete
			trace.Protocol = m.trace.Protocol
			err = ferr
		case err == nil && notRead:
			err = ferr
		}
	}
	if err != nil {
		return trace, err
	}
	return trace, nil
}

// machine is the state of one pass over one stream.
type machine struct {
	lex   Lexer
	lim   Limits
	trace *Trace
	// live are the loaders that have come this far. Whoever refuses an op is
	// taken out, and the pass ends when nobody is left.
	live LoaderSet

	nodes []node
	kids  []ref
	pin   ref // nodes below it outlive the marks below them
	full  bool

	stack []ref
	marks []mark
	fence int // position of the top mark: no operand comes from below it
	memo  memo

	proto    int
	frameEnd int64 // math.MaxInt64 outside a frame
	// tainted: something that came from a look-up was changed in place.
	tainted bool

	// fork: a plain file is read differently from some op on. The pass over
	// the plain file notes what it had found until then.
	fork, forkAlone                       bool
	forkOffset                            int64
	forkGlobals, forkCalls, forkAnomalies int

	facts facts
	text  []byte // scratch of renderings
	start time.Time
}

// mark is a position on the stack and the size the slab had there.
type mark struct {
	pos  uint32
	slab ref
}

var machines = sync.Pool{New: func() any { return new(machine) }}

func (m *machine) reset(r io.ReaderAt, size, off int64, lim Limits, set LoaderSet) {
	m.lex.reset(r, size, off, lim.Line)
	m.lim = lim
	m.trace = &Trace{Offset: off, End: off, FrameEnd: off}
	m.live = set
	m.nodes, m.kids, m.pin, m.full = m.nodes[:0], m.kids[:0], 0, false
	m.stack, m.marks, m.fence = m.stack[:0], m.marks[:0], 0
	m.memo.reset()
	m.proto, m.frameEnd, m.tainted = 0, math.MaxInt64, false
	m.fork, m.forkAlone, m.forkOffset, m.forkGlobals, m.forkCalls, m.forkAnomalies = false, false, -1, 0, 0, 0
	m.facts = facts{}
	m.start = time.Now()
}

// pooled is how many entries of each slice a resting machine may hold.
const pooled = 1 << 18

// release puts the machine back for the next stream, without what an unusually
// large one left behind.
func (m *machine) release() {
	m.trace, m.facts, m.lex.r, m.lex.rerr = nil, facts{}, nil, nil
	if cap(m.nodes) > pooled || cap(m.kids) > pooled || cap(m.stack) > pooled || cap(m.marks) > pooled ||
		cap(m.memo.dense) > pooled || cap(m.lex.scratch) > windowSize || cap(m.text) > windowSize {
		store := m.lex.store
		*m = machine{}
		m.lex.store = store
	}
	m.memo.sparse = nil
	machines.Put(m)
}

// checkEvery is how many ops pass between looks at the clock.
const checkEvery = 1 << 14

// run executes ops until STOP.
func (m *machine) run() *Error {
	var op Op
	var ops int64
	finish := func(err *Error) *Error {
		m.trace.Ops = ops
		m.trace.End = op.End
		m.trace.FrameEnd = op.End
		frameEnd := min(m.frameEnd, m.lex.frameEnd)
		if frameEnd != math.MaxInt64 && frameEnd > op.End {
			m.trace.FrameEnd = frameEnd
		}
		m.trace.Protocol = m.proto
		m.trace.Complete = err == nil
		if err == nil {
			m.trace.Loaders = m.live
		}
		return err
	}
	op.Offset, op.End = m.trace.Offset, m.trace.Offset
	if m.live == 0 {
		return finish(&Error{Kind: BadOperand, Offset: op.Offset, Text: "no loader to follow"})
	}
	for {
		var err *Error
		if m.lex.dropTail {
			err = m.lex.nextDrop(&op)
			if m.lex.dropped && m.forkOffset < 0 {
				m.forkOffset = op.Offset
				m.forkGlobals, m.forkCalls = len(m.trace.Globals), len(m.trace.Calls)
				m.forkAnomalies = len(m.trace.Anomalies)
			}
		} else {
			err = m.lex.next(&op)
		}
		if err != nil {
			if m.frameEnd > op.Offset && m.frameEnd <= m.lex.size && !m.lex.dropTail {
				// A frame ends inside what cannot be read in one piece.
				// A plain file may well go on behind it.
				m.forkHere()
				m.forkAlone = false
			}
			return finish(err)
		}
		ops++
		if op.End > m.frameEnd || op.Loaders != AllLoaders {
			if err := m.partial(&op); err != nil {
				return finish(err)
			}
		}
		if op.Code == OpStop {
			if len(m.stack) <= m.fence {
				return finish(m.underflow(&op))
			}
			return finish(nil)
		}
		if err := m.exec(&op); err != nil {
			return finish(err)
		}
		if len(m.stack)+len(m.marks) > m.lim.Stack || m.memo.filled > m.lim.Memo || m.full || ops&(checkEvery-1) == 0 {
			if err := m.limits(&op, ops); err != nil {
				return finish(err)
			}
		}
	}
}

// limits says which bound was hit, if one was. The clock and the number of ops
// are looked at now and then only.
func (m *machine) limits(op *Op, ops int64) *Error {
	var text string
	switch {
	case len(m.stack)+len(m.marks) > m.lim.Stack:
		text = fmt.Sprintf("more than %d items on the stack", m.lim.Stack)
	case m.memo.filled > m.lim.Memo || len(m.memo.sparse) > m.lim.Memo/16+denseSlack:
		text = fmt.Sprintf("more than %d memo entries", m.memo.filled-1)
	case m.full:
		text = "more values or facts than are kept"
	case ops >= m.lim.Ops:
		text = fmt.Sprintf("more than %d opcodes", m.lim.Ops)
	case time.Since(m.start) > m.lim.Duration:
		text = "time limit of " + m.lim.Duration.String()
	default:
		return nil
	}
	return &Error{Kind: LimitReached, Offset: op.Offset, Text: text}
}

// refuse takes loaders out. It returns an error when nobody is left, and
// otherwise notes that the loaders part here.
func (m *machine) refuse(set LoaderSet, k ErrorKind, op *Op, text string) *Error {
	if m.live&^set == 0 {
		m.live = 0
		return &Error{Kind: k, Offset: op.Offset, Text: text}
	}
	if m.live&set != 0 {
		m.live &^= set
		m.anomaly(LoaderDisagreement, op.Offset, text+": left are "+joinLoaders(m.live))
	}
	return nil
}

func (m *machine) underflow(op *Op) *Error {
	text := op.Name() + " needs an operand, the stack is empty"
	if len(m.marks) > 0 {
		text = op.Name() + " needs an operand, there is none above the mark"
	}
	return &Error{Kind: StackUnderflow, Offset: op.Offset, Text: text}
}

// reclaim forgets the values that were made above a mark, if nothing that
// outlives the mark refers to them. A list of a billion floats stays small.
func (m *machine) reclaim(mk mark) {
	if m.pin <= mk.slab {
		m.nodes = m.nodes[:mk.slab]
	}
}

func (m *machine) anomaly(k AnomalyKind, off int64, text string) {
	if m.facts.anomalies[k] >= maxAnomalies {
		m.trace.MoreAnomalies++
		return
	}
	m.facts.anomalies[k]++
	m.trace.Anomalies = append(m.trace.Anomalies, Anomaly{Kind: k, Offset: off, Text: text})
}

// maxAnomalies is how many oddities of one kind a trace lists.
const maxAnomalies = 100

// joinLoaders names the loaders of a set for a message.
func joinLoaders(set LoaderSet) string { return strings.Join(set.Names(), ", ") }
