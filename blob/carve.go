package blob

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// A program can read the second pickle of a file from anywhere in it: behind a
// length, behind garbage, behind the bytes of a tensor. Loaders cannot say where,
// so bytes that nothing accounts for are searched for what begins like a pickle.
// What is found counts only if it looks something up or calls it.
//
// Searched are the bytes behind a pickle, and files and members that are nothing
// known and that somebody said are pickles, or that begin as stores do whose
// format is not taken apart. All others stay cheap.

const (
	// carveBytes is how much of one file is searched.
	carveBytes = 1 << 30
	// carveTries is how many places of one file are tried as a pickle.
	carveTries = 1 << 18
	// carveOps is how many ops all the tries of a file may take together.
	carveOps = 1 << 26
	// carveTry is how many ops of one of them are followed, if it begins
	// without PROTO.
	carveTry = 1 << 20
	// carveFact is how many ops a look-up or a call counts as, which are written
	// down.
	carveFact = 64
	// carveWindow is how much is searched at once, carveHead what of it is
	// looked at for a start.
	carveWindow = 256 << 10
	carveHead   = 512
)

// search is what is left of the bounds for carving.
type search struct {
	bytes, ops int64
	tries      int
	told, cut  bool
}

func newSearch() search { return search{bytes: carveBytes, ops: carveOps, tries: carveTries} }

// enough tells, once, that the bounds are used up.
func (s *scanner) enough(p *place, off, size int64) bool {
	c := &s.carving
	if c.bytes > 0 && c.tries > 0 && c.ops > 0 {
		return false
	}
	if !c.told {
		c.told = true
		s.problem(p, off, "not fully searched for pickles: %d bytes are left, and %d bytes, %d starts or %d ops of a file are what is tried",
			size-off, int64(carveBytes), carveTries, int64(carveOps))
	}
	return true
}

// accounted is where the bytes end that are known to be the stream's. An op that
// announces more than there is has none of it.
func (s *Stream) accounted() int64 {
	if e := s.Err; !s.Trace.Complete && e != nil {
		return max(s.Trace.Offset+1, min(e.Offset, s.Trace.End))
	}
	return max(s.Trace.End, s.Trace.FrameEnd, s.Trace.JoblibEnd)
}

// carve searches p from off on. It reports whether there was something. known are
// streams that were followed already: where they begin, and where they end.
func (s *scanner) carve(p *place, size, off int64, known map[int64]int64) (found bool) {
	start := off
	store := make([]byte, min(carveWindow+carveHead, max(0, size-off)))
	for off < size && !s.full {
		if s.enough(p, off, size) {
			return found
		}
		if err := s.budget.Err(); err != nil {
			s.problem(p, off, "not fully searched for pickles: %v", err)
			return found
		}
		n, err := readSome(p.data, store, off)
		if err != nil || n == 0 {
			if err != nil {
				s.problem(p, off, "not fully searched for pickles: %v", err)
			}
			return found
		}
		w := store[:n]
		// A start near the end of the window is one of the next.
		end := min(n, carveWindow)
		if off+int64(n) >= size {
			end = n
		}
		next := off + int64(end)
		starts := newStartSearch(w, end, off == start, true)
		for at := starts.next(); at >= 0 && !s.full; at = starts.next() {
			if s.enough(p, off+int64(at), size) {
				return found
			}
			behind, ok := known[off+int64(at)]
			if !ok {
				behind, ok = s.try(p, size, off+int64(at))
			}
			if ok {
				found = true
				if behind >= next {
					next = behind
					break
				}
				starts.from(int(behind - off))
			}
		}
		s.carving.bytes -= next - off
		off = next
	}
	return found
}

// atStart are the places near the first byte where text may begin: there, and behind
// a length of one, two, four or eight bytes.
var atStart = [16]bool{0: true, 1: true, 2: true, 4: true, 8: true}

// startSearch finds the places of a window where a pickle may begin: a PROTO, and a
// look-up without PROTO where the bytes begin, behind a length, and where a line
// begins.
type startSearch struct {
	w     []byte
	end   int
	first bool // these are the first bytes that are searched
	lines bool // text may begin where a line does
	// proto and text are the next of each kind that was not handed out; end if
	// there is none.
	proto, text int
}

func newStartSearch(w []byte, end int, first, lines bool) *startSearch {
	s := &startSearch{w: w, end: end, first: first, lines: lines}
	s.from(0)
	return s
}

// from goes on at a place of the window.
func (s *startSearch) from(at int) { s.proto, s.text = s.nextProto(at), s.nextText(at) }

// next returns the next place, or -1.
func (s *startSearch) next() int {
	at := min(s.proto, s.text)
	if at >= s.end {
		return -1
	}
	if at == s.proto {
		s.proto = s.nextProto(at + 1)
	}
	if at == s.text {
		s.text = s.nextText(at + 1)
	}
	return at
}

func (s *startSearch) nextProto(at int) int {
	for at < s.end {
		i := bytes.IndexByte(s.w[at:s.end], pickle.OpProto)
		if i < 0 {
			break
		}
		if at += i; likelyProto(s.w[at:]) {
			return at
		}
		at++
	}
	return s.end
}

func (s *startSearch) nextText(at int) int {
	for at < s.end {
		begins := s.lines && at > 0 && s.w[at-1] == '\n' || s.first && atStart[at&15] && at < 16
		if begins && likelyText(s.w[at:]) {
			return at
		}
		if s.first && at < 8 {
			at++
			continue
		}
		if !s.lines {
			break
		}
		i := bytes.IndexByte(s.w[at:s.end], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return s.end
}

// likelyProto reports whether b begins with PROTO of a protocol that has one, and
// an op that can stand behind it.
func likelyProto(b []byte) bool {
	return len(b) >= 4 && b[1] >= 2 && b[1] <= 5 && canBegin[b[2]]
}

// likelyText reports whether b begins with a look-up, or with a few literals
// before one.
func likelyText(b []byte) bool {
	return canBegin[b[0]] && b[0] != pickle.OpProto && pickle.LooksUp(b[:min(len(b), carveHead)])
}

// probe follows what may be a stream at off as far as the bounds of the search
// allow.
func (s *scanner) probe(p *place, size, off int64) (*pickle.Trace, *pickle.Error) {
	c := &s.carving
	c.tries--
	most := s.lim.Pickle.Ops
	if most <= 0 {
		most = pickle.DefaultLimits().Ops
	}
	probe := s.reading
	probe.Limits = s.lim.Pickle
	probe.Limits.Ops = min(most, c.ops, carveTry)
	probe.Limits.Memo = carveTry // of scattered entries it allows a part
	trace, runErr := pickle.Run(p.data, size, off, probe)
	c.ops -= trace.Ops + carveFact*int64(len(trace.Globals)+len(trace.Calls))
	e := asError(runErr, off)
	if e != nil && e.Kind == pickle.LimitReached {
		c.ops -= carveTry // its ops are dear, as scattered memo entries are
	}
	if e != nil && e.Kind == pickle.LimitReached && !c.cut {
		c.cut = true
		s.problem(p, off, "not fully searched for pickles: what begins here was not followed to its end: %s", e.Text)
	}
	return trace, e
}

// try follows what may be a stream at off, and takes it into the report if it is
// one. behind is where it ends.
func (s *scanner) try(p *place, size, off int64) (behind int64, ok bool) {
	var head [2]byte
	n, err := readSome(p.data, head[:], off)
	if err != nil || n == 0 {
		return 0, false // told by who searches
	}
	trace, _ := s.probe(p, size, off)
	if !lookedUp(trace) && !called(trace, true) || !surely(trace, head[:n]) {
		return 0, false
	}
	// It is one, and is worth the full bounds.
	st := s.run(p, size, off)
	if st == nil {
		return 0, false
	}
	st.Carved = true
	s.take(p, st)
	s.report(p, st)
	return max(off+1, st.Trace.End), true
}
