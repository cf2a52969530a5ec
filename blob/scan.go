package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// Scan looks for pickles in the size bytes of r and says what they do. path is
// only a name, for reports. The report is never nil; what could not be read is
// among its problems. r must stay readable until the report has been judged.
func Scan(ctx context.Context, path string, r io.ReaderAt, size int64, opt Options) *Report {
	lim := opt.Limits.orDefault()
	ctx, cancel := context.WithTimeout(ctx, lim.Duration)
	defer cancel()
	s := &scanner{
		lim:    lim,
		budget: container.NewBudget(ctx, lim.Container),
		rep:    &Report{Path: path, Size: size, Named: opt.Named, limit: lim.Duration},
		facts:  lim.Facts,

		reading:  watching(opt.Reading, opt.Catalog),
		carving:  newSearch(),
		literals: lim.Literals,
		text:     textBytes,
		member:   opt.Member,
	}
	s.look(place{data: container.Plain(r, max(0, size)), named: opt.Named, forced: opt.Forced})
	// The excerpts of findings read members again, under the same bounds but
	// without this clock.
	s.budget.Rest()
	return s.rep
}

type scanner struct {
	lim    Limits
	budget *container.Budget
	rep    *Report
	facts  int  // left
	full   bool // no more streams are taken

	reading  pickle.Options
	carving  search
	literals int   // left
	text     int64 // left of textBytes
	cutText  bool  // that was told
	member   func([]string, []byte, func(int64) ([]byte, error))
}

// place is a file or a member.
type place struct {
	data   container.Data
	member []string
	named  bool
	value  bool // see container.Member
	forced bool // its first stream is taken, whatever it is

	rest container.Format // of which the bytes are no member, or nil

	interleaved bool // there is other data between the streams
	// literal: this is, or is inside, a literal of a stream.
	literal bool
	// around are the containers and codings around it.
	around nesting
}

// nesting counts what is inside each other.
type nesting struct{ containers, codings int }

// room reports whether one more coding, or else container, may be around a place
// of p, and tells if not; n is with it.
func (s *scanner) room(p *place, off int64, coding bool) (n nesting, ok bool) {
	n = p.around
	what, most, is := "containers", s.budget.Depth, &n.containers
	if coding {
		what, most, is = "codings and literals", s.budget.Codings, &n.codings
	}
	if *is++; *is > most {
		s.problem(p, off, "not fully read: %s are nested deeper than %d", what, most)
		return n, false
	}
	return n, true
}

func (s *scanner) problem(p *place, off int64, format string, args ...any) {
	if len(s.rep.Problems) >= s.lim.Problems {
		s.rep.MoreProblems++
		return
	}
	s.rep.Problems = append(s.rep.Problems, Problem{slices.Clone(p.member), off, fmt.Sprintf(format, args...)})
}

// look takes a place for everything it can be. It calls itself for members, as
// deep as the limits of containers and codings allow.
func (s *scanner) look(p place) (found bool) {
	var store [container.HeadSize]byte
	n, err := readSome(p.data, store[:], 0)
	head := store[:n]
	// A value that looks compressed and holds nothing is none that is loaded,
	// unless nobody knows what it holds.
	var unread *container.InputError
	if err != nil && (n > 0 || !p.value || p.data.Random() || errors.As(err, &unread)) {
		s.problem(&p, 0, "%v", err)
	}
	if n == 0 && !p.forced {
		return false
	}
	s.show(&p, head)
	pickles := s.streams(&p, head)
	found = pickles
	coded := false
	for _, f := range container.Formats {
		if f.Recognise(head, p.data) && (p.rest == nil || p.rest != container.Format(container.Zip{}) || f != p.rest) {
			if p.literal && dull(f, head) {
				continue
			}
			found = true
			coded = coded || f == container.Format(container.Base64{})
			s.open(&p, f, pickles)
		}
	}
	if (p.literal || p.value || p.named) && !coded {
		found = s.decoded(&p, head) || found
	}
	_, carrier := container.Carrier(head)
	if !found && (p.named || carrier) {
		if size, err := p.data.Size(); err == nil || size > 0 {
			found = s.carve(&p, size, 0, nil)
			found = s.texts(&p, size) || found
		}
	} else if !found && !p.literal && p.data.Random() {
		found = s.glance(&p)
	}
	return found
}

// open looks at the members of a container. pickles says that it is a sequence of
// pickles, too.
func (s *scanner) open(p *place, f container.Format, pickles bool) {
	around, ok := s.room(p, 0, f.Traits().Coding)
	if !ok {
		return
	}
	s.rep.Containers = append(s.rep.Containers, Container{f.Name(), slices.Clone(p.member)})
	last := 0 // the streams before the last Rest
	for m, err := range f.Members(p.data, s.budget) {
		inner := place{data: m.Data, member: append(slices.Clip(p.member), m.Name), literal: p.literal, around: around}
		if m.Data == nil && m.Name == "" {
			inner.member = p.member
		}
		if err != nil {
			s.problem(&inner, 0, "%v", err)
		}
		if m.Data == nil {
			s.doubts(p, &m, PromisesPickle(m.Name))
			continue
		}
		before := len(s.rep.Streams)
		if m.Rest {
			if m.Again == 0 {
				last = before
			}
			if !pickles && (m.Again == 0 || !s.begins(last, m.Again)) || pickles && m.At > 0 && !protoAt(m.Data) {
				s.leftover(p, f, m.Data, inner.member, pickles || m.Again > 0)
			}
			m.Data.Release()
			if s.full {
				return
			}
			continue
		}
		inner.named = PromisesPickle(m.Name) || p.named && f.Traits().Single || m.Promised
		inner.interleaved = m.Interleaved
		inner.value = m.Value || p.value && f.Traits().Single
		found := s.look(inner)
		if !found && inner.named {
			s.unrecognised(&inner)
		}
		s.damaged(&inner, found)
		if f.Traits().Single {
			s.trailing(p, f, m.Data, inner.named || found)
		}
		holds := len(s.rep.Streams) > before
		if holds {
			s.stated(&inner, &m)
		}
		s.doubts(p, &m, holds || PromisesPickle(m.Name))
		m.Data.Release()
		if s.full {
			return
		}
	}
}

// unrecognised notes a member that was to be a pickle and is none.
func (s *scanner) unrecognised(p *place) {
	var b [1]byte
	n, err := readSome(p.data, b[:], 0)
	switch {
	case err != nil:
		// Told already.
	case n == 0:
		s.problem(p, 0, "the member is empty")
	default:
		s.problem(p, 0, "no pickle was recognised in the member")
	}
}

// damaged notes why compressed data ends before its end. Of a member in which
// nothing was found only the head was read; nothing else is known of it.
func (s *scanner) damaged(p *place, found bool) {
	if !found || p.data.Random() {
		return
	}
	if _, err := p.data.Size(); err != nil {
		s.problem(p, 0, "not fully read: %v", err)
	}
}

// streams takes a place for a sequence of pickles, and reports whether it is one.
func (s *scanner) streams(p *place, head []byte) bool {
	if !mayBegin(head) && !p.forced {
		return false
	}
	size, err := p.data.Size()
	if err != nil && size == 0 && !p.forced {
		return false
	}
	if p.interleaved {
		return s.interleaved(p, size)
	}
	todo := starts{0}
	reused := false
	done := map[int64]bool{}
	var last *Stream
	// Streams that are too small to tell are pickles if one of the next is.
	var small []*Stream
	var ops, end int64
	var first []*Stream // of the place, while it can be PyTorch's
	storages := int64(-1)
	inside := int64(-1)  // where the arrays end that joblib steps over
	var joblib []*Stream // what joblib reads of the stream they are in
	for len(todo) > 0 && !s.full {
		off := todo.next()
		if done[off] || off >= size && (off > 0 || !p.forced) {
			continue
		}
		if len(done) > maxStarts {
			clear(done)
		}
		done[off] = true
		st, sure := s.stream(p, size, off, ops)
		if st == nil {
			if last != nil && off != storages {
				s.behind(p, size, off)
				if !reused {
					reused = true
					s.reused(p, size, off, joblib)
				}
			}
			continue
		}
		ops += st.Trace.Ops
		// Other loaders leave the stream at the STOP of an array of objects, and
		// what they find there is its rest.
		if st.Carved = off <= inside; st.Carved && joblib != nil {
			st.noteMisread(off, joblib[0].Trace.JoblibEnd-off, joblib...)
		}
		inside = max(inside, steppedOver(st.Trace))
		small = append(small, st)
		if sure {
			if last != nil {
				last.Trailing = 0
			}
			last = st
			st.Trailing = max(0, size-st.Trace.End)
			s.report(p, small...)
			small = nil
			if at, ok := wrapped(st.Trace); ok {
				if own := s.arrays(p, st); own != nil {
					joblib = own
				} else if t := st.Trace; !t.JoblibCut || !t.Complete || t.End < size {
					// Or else it is a wrapper that was pickled alone.
					s.frames(p, size, at)
					s.namesBehind(p, size, at)
				}
			}
		}
		if !st.Trace.Complete {
			continue
		}
		if len(first) < legacyStreams {
			if first = append(first, st); len(first) == legacyStreams && sure {
				if stop, ok := s.legacy(p, size, first); ok {
					storages = st.Trace.End
					st.Trailing = size - stop
					st.tensors = stop == size
					todo.add(stop)
					end = max(end, stop)
				}
			}
		}
		end = max(end, st.Trace.End, st.Trace.JoblibEnd)
		// Loaders that take frames whole go on behind the frame.
		for _, next := range st.Trace.Next {
			todo.add(next.Offset)
		}
	}
	var blocks map[int64]int64
	if end > 0 && !s.full {
		blocks = s.blocks(p, size, end)
	}
	if last != nil && len(blocks) > 0 {
		last.Trailing = 0
	}
	if (last != nil && !last.Unlikely || len(blocks) > 0) && !s.full {
		from := end
		if last != nil {
			from = last.accounted()
		}
		if storages >= 0 {
			from = max(from, end) // the bytes of tensors
		}
		s.carve(p, size, from, blocks)
	}
	return last != nil || len(blocks) > 0
}

// maxStarts is how many offsets are remembered as done. Starts only grow, so
// that an old one does not come back.
const maxStarts = 1 << 16

// stream runs the stream at off. It returns nil if there is none, and whether it
// is one for sure; before is how many ops the streams before it had.
func (s *scanner) stream(p *place, size, off, before int64) (_ *Stream, sure bool) {
	var store [streamHead]byte
	n, err := readSome(p.data, store[:], off)
	if err != nil {
		s.problem(p, off, "not fully read: %v", err)
		return nil, false
	}
	forced := p.forced && off == 0
	if !mayBegin(store[:n]) && !forced {
		return nil, false
	}
	st := s.run(p, size, off)
	if st == nil {
		return nil, false
	}
	trace := st.Trace
	sure = recognised(trace, st.Err, store[:n], size, p.named && off == 0, before)
	sure = sure && (!p.value || believable(trace, store[:n], size, before))
	if p.literal && off == 0 {
		if sure = surely(trace, store[:n]); !sure {
			return nil, false
		}
	}
	st.Unlikely = forced && !sure
	sure = sure || forced
	if !sure && lookedUp(trace) && len(s.rep.doubtful) < s.lim.Problems {
		s.rep.doubtful = append(s.rep.doubtful, st)
	}
	if !sure && !trace.Complete {
		return nil, false
	}
	s.take(p, st)
	return st, sure
}

// behind looks for compressed data behind a stream: Django's file cache is a
// pickle of the expiry time and then the value, compressed.
func (s *scanner) behind(p *place, size, off int64) {
	var store [container.HeadSize]byte
	rest := container.Plain(io.NewSectionReader(p.data, off, size-off), size-off)
	n, err := readSome(rest, store[:], 0)
	if err != nil {
		s.problem(p, off, "%v", err)
		return
	}
	for _, f := range container.Formats {
		if f.Traits().Single && f.Recognise(store[:n], rest) {
			s.open(&place{data: rest, member: append(slices.Clip(p.member), fmt.Sprintf("at %d", off)), literal: p.literal, around: p.around}, f, false)
		}
	}
}
