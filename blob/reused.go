package blob

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// reused looks at what stands behind a stream and is no stream of its own, as
// somebody reads it who loads again and again with one Unpickler: its memo holds
// what the streams before have put there.
// joblib is what its loader reads.
func (s *scanner) reused(p *place, size, off int64, joblib []*Stream) {
	var store [1]byte
	if n, err := readSome(p.data, store[:], off); n == 0 || err != nil {
		return // told by others
	}
	first := s.rep.Streams[len(s.rep.Streams)-1]
	if opcode, ok := pickle.Lookup(store[0]); !ok || opcode.Name == "STOP" {
		return
	}
	reading := s.reading
	s.reading.Reuse = true
	st := s.run(p, size, s.firstOf(first))
	s.reading = reading
	if st == nil {
		return
	}
	behind := func(at int64) bool { return at >= off }
	if slices.ContainsFunc(st.Trace.Globals, func(g pickle.Global) bool { return behind(g.Offset) && plausible(&g) }) {
		s.take(p, st)
		st.Carved = true
		if joblib != nil {
			st.noteMisread(joblib[0].Trace.Offset, joblib[0].Trace.JoblibEnd-joblib[0].Trace.Offset, joblib...)
		}
		// Those of the streams before have been looked into.
		st.Trace.Embedded = slices.DeleteFunc(st.Trace.Embedded, func(e pickle.Embedded) bool { return !behind(e.At) })
		s.report(p, st)
	}
}

// firstOf is where the streams of the member of st begin.
func (s *scanner) firstOf(st *Stream) int64 {
	first := st.Trace.Offset
	for i := len(s.rep.Streams) - 1; i >= 0 && slices.Equal(s.rep.Streams[i].Member, st.Member); i-- {
		first = min(first, s.rep.Streams[i].Trace.Offset)
	}
	return first
}
