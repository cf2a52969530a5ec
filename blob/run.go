package blob

import (
	"time"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// run follows the stream at off under what is left of the limits, and tells what
// of it was not looked at. It returns nil if nothing is left.
func (s *scanner) run(p *place, size, off int64) *Stream {
	if len(s.rep.Streams) >= s.lim.Streams || s.facts <= 0 {
		s.full = true
		s.problem(p, off, "not fully read: more than %d streams, or than %d look-ups and calls", s.lim.Streams, s.lim.Facts)
		return nil
	}
	if err := s.budget.Err(); err != nil {
		s.full = true
		s.problem(p, off, "not fully read: %v", err)
		return nil
	}
	lim := s.lim.Pickle
	if lim.Duration <= 0 {
		lim.Duration = pickle.DefaultLimits().Duration
	}
	if left, bounded := s.budget.Left(); bounded && left < lim.Duration {
		// Not zero, which would mean the default.
		lim.Duration = max(left, time.Nanosecond)
	}
	reading := s.reading
	reading.Limits = lim
	trace, err := pickle.Run(p.data, size, off, reading)
	st := &Stream{Member: p.member, Literal: p.literal, Trace: trace, Err: asError(err, off), data: p.data, size: size}
	if e := st.Err; e != nil && (e.Kind == pickle.LimitReached || e.Kind == pickle.ReadFailed) {
		text := e.Text
		if left, bounded := s.budget.Left(); bounded && left <= 0 && e.Kind == pickle.LimitReached {
			text = "out of time" // what was left of it says nothing
		}
		s.problem(p, e.Offset, "not fully read: %s", text)
	}
	return st
}

// take counts a stream that is in the report, and tells what its trace leaves
// out. Look-ups and calls that repeat others change no verdict.
func (s *scanner) take(p *place, st *Stream) {
	t := st.Trace
	s.facts -= len(t.Globals) + len(t.Calls)
	if t.MoreAnomalies > 0 {
		s.problem(p, t.Offset, "not fully looked at: %d oddities of the stream are not listed", t.MoreAnomalies)
	}
}

// report puts streams that were taken into the report, and looks into their
// literals.
func (s *scanner) report(p *place, streams ...*Stream) {
	s.rep.Streams = append(s.rep.Streams, streams...)
	for _, st := range streams {
		s.embedded(p, st)
	}
}
