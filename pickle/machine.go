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

// machine is the state of one pass over one stream.
type machine struct {
	lex     Lexer
	lim     Limits
	reading reading
	trace   *Trace
	// live are the loaders that have come this far. Whoever refuses an op is
	// taken out, and the pass ends when nobody is left.
	live LoaderSet

	nodes []node
	kids  []ref
	pin   ref // nodes below it outlive the marks below them
	words int // see word
	keep  int // children of a container that are remembered
	full  bool

	stack []ref
	marks []mark
	fence int // position of the top mark: no operand comes from below it
	memo  memo

	proto    int
	frameEnd int64 // math.MaxInt64 outside a frame
	// tainted: something that came from a look-up was changed in place.
	tainted bool
	// parted: a file object is read differently from some op on.
	parted bool
	// rebound: a dict of which nothing is remembered was given a key as of a
	// rebinding one.
	rebound bool
	// reuse: the pass goes on behind STOP, with the memo as it is.
	reuse bool

	// states and keys: see Options.States; keys are those of the look-ups so far.
	states  map[string][]string
	keys    []string
	stating stating
	// apart: see Options.Apart; found has those of the look-ups so far.
	apart map[string]bool
	found []string
	// named: see Options.Named.
	named map[string]bool

	facts  facts
	arrays arrays
	text   []byte // scratch of renderings
	given  []ref  // scratch of escape
	state  [1]ref // scratch of setState
	start  time.Time
	// observe is called after each op, and with the error of the last one, if
	// it is set. memoAt is the memo index that the op used.
	observe func(op *Op, err *Error)
	// before is called before each op that was read, if it is set.
	before func(op *Op)
	memoAt int64
}

// mark is a position on the stack and the size the slab had there.
type mark struct {
	pos  uint32
	slab ref
}

var machines = sync.Pool{New: func() any { return new(machine) }}

func (m *machine) reset(r io.ReaderAt, size, off int64, o *Options, set LoaderSet) {
	m.lim = o.Limits.orDefault()
	m.lex.reset(r, size, off, m.lim.Line)
	m.reading = o.reading()
	m.trace = &Trace{Offset: off, End: off, FrameEnd: off}
	m.live = set
	m.nodes, m.kids, m.pin, m.words, m.full = m.nodes[:0], m.kids[:0], 0, 0, false
	m.keep = m.lim.Text/3 + 2 // an item takes three bytes of a rendering: "1, "
	m.stack, m.marks, m.fence = m.stack[:0], m.marks[:0], 0
	m.memo.reset()
	m.proto, m.frameEnd, m.tainted, m.parted, m.rebound = 0, math.MaxInt64, false, false, false
	m.facts.reset()
	m.arrays = arrays{on: o.joblib}
	m.reuse = o.Reuse
	m.states, m.keys = o.States, nil
	m.stating = stating{on: o.Stored}
	if o.Stored {
		m.keep = max(m.keep, stateItems)
	}
	m.apart, m.found = o.Apart, nil
	m.named = o.Named
	m.observe, m.before = nil, nil
}

// pooled is how many entries of each slice a resting machine may hold.
const pooled = 1 << 20

// release puts the machine back for the next stream, without what an unusually
// large one left behind.
func (m *machine) release() {
	m.trace, m.lex.r, m.lex.rerr, m.observe, m.before = nil, nil, nil, nil, nil
	m.facts.reset()
	if cap(m.nodes) > pooled || cap(m.kids) > pooled || cap(m.stack) > pooled || cap(m.marks) > pooled ||
		cap(m.memo.dense) > pooled || cap(m.lex.scratch) > windowSize || cap(m.text) > windowSize || cap(m.given) > pooled {
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
	op.Offset, op.End = m.trace.Offset, m.trace.Offset
	if m.live == 0 {
		return m.finish(&op, &Error{Kind: BadOperand, Offset: op.Offset, Text: "no loader to follow"})
	}
	for {
		var err *Error
		if m.arrays.to > 0 {
			m.stepOver()
		}
		if m.lex.file.on {
			if err = m.lex.nextBuffered(&op); m.lex.file.dropped && !m.parted {
				m.parted = true
				m.anomaly(FrameMismatch, op.Offset, "a frame ends inside an op, and what is left of the frame is lost")
			}
		} else {
			err = m.lex.next(&op)
		}
		if err != nil {
			// A frame ends inside what cannot be read in one piece. Over
			// a file the ops may well go on behind it.
			if m.frameEnd > op.Offset && m.frameEnd != math.MaxInt64 && m.live&(CFile|CPeek) != 0 {
				m.parted = m.parted || m.reading.laxFrames
			}
			return m.finish(&op, err)
		}
		m.trace.Ops++
		if m.before != nil {
			m.before(&op)
		}
		if op.End > m.frameEnd || op.Loaders != AllLoaders {
			if err := m.partial(&op); err != nil {
				return m.finish(&op, err)
			}
		}
		if op.Code == OpStop {
			if len(m.stack) <= m.fence {
				err = m.underflow(&op)
			}
			if err == nil && m.reuse && op.End < m.lex.size {
				m.again(&op)
				continue
			}
			return m.finish(&op, err)
		}
		if err := m.exec(&op); err != nil {
			return m.finish(&op, err)
		}
		if m.observe != nil {
			m.observe(&op, nil)
		}
		if len(m.stack)+len(m.marks) > m.lim.Stack || m.memo.filled > m.lim.Memo || m.full || m.trace.Ops&(checkEvery-1) == 0 {
			if err := m.limits(&op); err != nil {
				return m.finish(&op, err)
			}
		}
	}
}

// again begins the next load of the same Unpickler: all but the memo is new.
// pickle.py forgets what is left of a frame, _pickle.c goes on in it.
func (m *machine) again(op *Op) {
	if m.live == Py && m.frameEnd != math.MaxInt64 {
		m.lex.seek(max(op.End, m.frameEnd))
	}
	m.stack, m.marks, m.fence = m.stack[:0], m.marks[:0], 0
	m.proto, m.frameEnd = 0, math.MaxInt64
}

// finish closes the trace of a pass that ended with op.
func (m *machine) finish(op *Op, err *Error) *Error {
	if m.observe != nil {
		m.observe(op, err)
	}
	t := m.trace
	t.End, t.FrameEnd = op.End, op.End
	switch {
	case m.lex.file.on:
		t.FrameEnd = max(op.End, m.lex.file.next(op.End))
	default:
		t.FrameEnd = m.filePosition(op)
	}
	t.Protocol = m.proto
	t.Complete = err == nil
	if err == nil {
		t.Loaders = m.live
		t.Next = t.next(m.live)
	}
	return err
}

// limits says which bound was hit, if one was. The clock and the number of ops
// are looked at now and then only.
func (m *machine) limits(op *Op) *Error {
	var text string
	switch {
	case len(m.stack)+len(m.marks) > m.lim.Stack:
		text = fmt.Sprintf("more than %d items on the stack", m.lim.Stack)
	case m.memo.filled > m.lim.Memo || len(m.memo.sparse) > m.lim.Memo/16+denseSlack:
		text = fmt.Sprintf("more than %d memo entries", m.memo.filled-1)
	case m.full:
		text = "more values or facts than are kept"
	case m.trace.Ops >= m.lim.Ops:
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
		m.anomaly(LoaderDisagreement, op.Offset, text+"; who goes on: "+joinLoaders(m.live))
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
	if m.pin <= mk.slab && !m.reading.python2 {
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
