package container

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// A container has an end, and whoever knows where it is can keep anything behind
// it, before it, or between what is in it: readers of the container pass over
// that, and a program that seeks does not. Those bytes are members of a kind of
// their own, see [Member.Rest].

const (
	// shortRest is how many bytes are worth a look: the shortest pickle that calls
	// something with a name worth calling, "cos\nabort\n)R.", has more.
	shortRest = 10
	// maxRests bounds how many of them one container has. A zip of aligned
	// entries has one before each.
	maxRests = 1000
	// restZeros is how many zeros before the rest are passed over.
	restZeros = 1 << 20
)

// restOf is the member for the bytes between from and to, which belong to nobody. ok
// is false if it is not worth a look.
func restOf(data Data, size, from, to int64) (m Member, ok bool) {
	from, to = max(0, from), min(to, size)
	if to-from < shortRest {
		return m, false
	}
	return Member{Name: fmt.Sprintf("at %d", from), Data: section(data, size, from, to-from), Rest: true, At: from}, true
}

// skipZeros returns where zeros end that begin at off, as far as somebody would
// pad with them.
func skipZeros(data Data, off, size int64) int64 {
	var b [4 << 10]byte
	for end := min(size, off+restZeros); off < end; {
		n := min(int64(len(b)), end-off)
		if readAt(data, b[:n], off) != nil {
			return off // told by who reads there
		}
		i := slices.IndexFunc(b[:n], func(c byte) bool { return c != 0 })
		if i >= 0 {
			return off + int64(i)
		}
		off += n
	}
	return off
}

// rests yields what no directory and no entry accounts for. Behind the directory
// stands its comment, and what somebody put there may begin with it or behind it.
func (z *zipReader) rests(b *Budget, yield func(Member, error) bool) bool {
	covered := slices.Clone(z.covered)
	for i := range z.entries {
		e := &z.entries[i]
		covered = append(covered, span{e.header, e.data + min(e.compressed, z.size)})
	}
	slices.SortFunc(covered, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	slices.Sort(z.comments)
	var at int64
	n := 0
	send := func(m Member) bool {
		if n++; n > maxRests {
			return yield(problem("zip: %w: more than %d gaps between the entries", ErrLimit, maxRests))
		}
		if err := b.value(); err != nil {
			return yield(problem("zip: %w", err))
		}
		return yield(m, nil)
	}
	for _, s := range append(covered, span{z.size, z.size}) {
		if m, ok := restOf(z.data, z.size, at, s.from); ok {
			if !send(m) {
				return false
			}
			for _, c := range z.comments {
				if c <= at || c >= s.from {
					continue
				}
				if m, ok := restOf(z.data, z.size, c, s.from); ok {
					if m.Again = c - at; !send(m) {
						return false
					}
				}
			}
			if n > maxRests {
				break
			}
		}
		at = max(at, s.to)
	}
	return true
}

// Behind returns what stands behind the end of a compressed stream, of which m is
// what it decompresses to. It reads m to its end.
func Behind(m Data) (_ Data, off int64, ok bool) {
	s, is := m.(*spool)
	if !is || !s.raw.Random() {
		return nil, 0, false
	}
	// An error is told by who looks at the member, and the end may be known still.
	if _, _ = s.Size(); s.stop <= 0 {
		return nil, 0, false
	}
	r, ok := restOf(s.raw, s.rawSize, s.stop, s.rawSize)
	return r.Data, s.stop, ok
}

// stopper is a decompressor that knows behind how many bytes of its input the
// stream has ended; 0 as long as it has not.
type stopper interface{ stop() int64 }

// position is a buffer over what a counter counts.
type position struct {
	br *bufio.Reader
	in *counter
}

func positionOf(br *bufio.Reader, raw io.Reader) position {
	in, _ := raw.(*counter)
	return position{br, in}
}

// at is how many bytes have been taken from the buffer, or 0 if nobody counts.
func (p position) at() int64 {
	if p.in == nil {
		return 0
	}
	return p.in.n - int64(p.br.Buffered())
}

// stream is the one compressed stream of its input.
type stream struct {
	io.Reader
	position
	end int64
}

// Read implements [io.Reader].
func (s *stream) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	if ended(err) {
		s.end = s.at()
	}
	return n, err
}

func (s *stream) stop() int64 { return s.end }
