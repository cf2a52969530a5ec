package blob

import (
	"bytes"
	"encoding/binary"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// Before its legacy format PyTorch wrote tars. Their members storages and tensors
// are pickles with other data between them (torch/serialization.py, legacy_load):
// how many there are; then for each a tuple, behind which a storage has a count
// of elements and the elements, and a tensor the number of its dimensions and
// these; then, of storages, a list of views. All of them are loaded by the plain
// loader, the first before anything was looked at.

const (
	// maxDims bounds the dimensions of a tensor; PyTorch has 64.
	maxDims = 64
	// maxCarved bounds the places that are tried as pickles. In random bytes
	// such a place comes every 16 KiB.
	maxCarved = 10_000
	// tarWindow is how much is searched for pickles at once.
	tarWindow = 64 << 10
)

// interleaved follows pickles with other data between them: at the places where
// the data says that the next one is, and where these end before the member does,
// wherever a pickle seems to begin.
func (s *scanner) interleaved(p *place, size int64) bool {
	store := make([]byte, min(tarWindow, size))
	done := make(map[int64]bool)
	todo := starts{0}
	var last *Stream
	var reached, ops int64
	for tries := 0; !s.full; {
		if len(todo) == 0 {
			at, ok := s.nextProto(p, size, reached, store)
			if !ok {
				break
			}
			if tries++; tries > maxCarved {
				s.problem(p, at, "not fully read: more than %d places look like pickles", maxCarved)
				break
			}
			reached = at + 1
			todo.add(at)
		}
		off := todo.next()
		if done[off] || off >= size {
			if off == size {
				reached = size // all of it is accounted for
			}
			continue
		}
		if len(done) > maxStarts {
			clear(done)
		}
		done[off] = true
		st, sure := s.stream(p, size, off, ops)
		if st == nil {
			continue
		}
		t := st.Trace
		// What is complete is counted in, however small: a number is all that
		// the first one is.
		if sure || t.Complete && off == 0 {
			last = st
			s.report(p, st)
		}
		ops += t.Ops
		if !t.Complete {
			reached = max(reached, off+1)
			continue
		}
		reached = max(reached, t.End)
		for _, next := range t.Next {
			todo.add(next.Offset)
		}
		for _, at := range s.nextInterleaved(p, size, t) {
			todo.add(at)
		}
	}
	return last != nil
}

// nextInterleaved returns where the next pickle is, if t is about a tensor or a
// storage.
func (s *scanner) nextInterleaved(p *place, size int64, t *pickle.Trace) []int64 {
	var b [8]byte
	n, err := readSome(p.data, b[:], t.End)
	if err != nil || n < len(b) {
		return nil
	}
	var out []int64
	if dims := binary.LittleEndian.Uint32(b[:]); dims <= maxDims {
		out = append(out, t.End+8+16*int64(dims)+8)
	}
	// What class the storage has is for the stream to say, and for what it
	// calls.
	count := binary.LittleEndian.Uint64(b[:])
	for _, each := range []int64{1, 2, 4, 8, 16} {
		if rest := size - t.End - 8; count <= uint64(rest)/uint64(each) {
			out = append(out, t.End+8+int64(count)*each)
		}
	}
	return out
}

// nextProto searches for what begins like a pickle of protocol 2 or later.
func (s *scanner) nextProto(p *place, size, off int64, store []byte) (int64, bool) {
	for off < size {
		if err := s.budget.Err(); err != nil {
			s.problem(p, off, "not fully read: %v", err)
			return 0, false
		}
		n, err := readSome(p.data, store, off)
		if err != nil {
			s.problem(p, off, "not fully read: %v", err)
			return 0, false
		}
		if n < 2 {
			return 0, false
		}
		for i := 0; i+1 < n; i++ {
			j := bytes.IndexByte(store[i:n-1], pickle.OpProto)
			if j < 0 {
				break
			}
			if i += j; store[i+1] >= 2 && store[i+1] <= 5 {
				return off + int64(i), true
			}
		}
		off += int64(n) - 1
		if off+1 >= size {
			return 0, false
		}
	}
	return 0, false
}
