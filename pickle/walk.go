package pickle

import (
	"io"
	"time"
)

// Step is one op as the machine sees it, after it was executed.
type Step struct {
	Op *Op
	// Trace is what was found so far.
	Trace *Trace
	// Depth counts the items on the stack, Marks the marks among them.
	Depth, Marks int
	// Memo is the index that the op wrote to or read from the memo; -1 if it
	// did neither, or if the index does not fit 64 bits.
	Memo int64
	// Loaders are those that have come this far, Left those that refused
	// this op.
	Loaders, Left LoaderSet
	// These are what this op added to the trace.
	Globals    []Global
	Calls      []Call
	Persistent []PersistentID
	Implicit   []Implicit
	Anomalies  []Anomaly
	// Err is why the stream ends here, before its STOP.
	Err *Error
}

// Walk is Run op by op, in one pass: the way in which a file object may be read
// differently is told as an anomaly and not followed, unless o asks for that
// loader alone. visit must not keep what a Step points to; it returns false to
// end the walk.
func Walk(r io.ReaderAt, size, off int64, o Options, visit func(*Step) bool) (*Trace, error) {
	m := machines.Get().(*machine)
	defer m.release()
	m.start = time.Now()
	set := o.set()
	m.begin(r, size, off, &o, set)
	var s Step
	var globals, calls, ids, implicit, anomalies int
	live := m.live
	stopped := false
	m.memoAt = -1
	m.observe = func(op *Op, err *Error) {
		if stopped {
			return
		}
		t := m.trace
		s = Step{
			Op: op, Trace: t, Depth: len(m.stack), Marks: len(m.marks), Memo: m.memoAt, Loaders: m.live, Left: live &^ m.live, Err: err,
			Globals: t.Globals[globals:], Calls: t.Calls[calls:], Persistent: t.Persistent[ids:], Implicit: t.Implicit[implicit:],
			Anomalies: t.Anomalies[anomalies:],
		}
		if err != nil && m.live == 0 {
			s.Left = live
		}
		globals, calls, ids, implicit, anomalies = len(t.Globals), len(t.Calls), len(t.Persistent), len(t.Implicit), len(t.Anomalies)
		live, m.memoAt = m.live, -1
		if stopped = !visit(&s); stopped {
			m.lex.seek(m.lex.size) // nothing is left to execute
		}
	}
	err := m.run()
	if stopped {
		err = &Error{Kind: LimitReached, Offset: s.Op.End, Text: "not followed further"}
	}
	return result(m.trace, err)
}
