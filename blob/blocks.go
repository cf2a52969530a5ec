package blob

import "io"

// dbm.dumb, which shelve uses where there is nothing better, keeps values in a
// .dat file without a magic: each begins at a multiple of 512 bytes, zeros fill
// what is left of the last block, and what a shorter value did not overwrite
// stays (Lib/dbm/dumb.py). Where they stand is told by another file, .dir.
//
// So every block behind a pickle is tried. What stands there may also be the
// weights of an old PyTorch file, parts of which look like a pickle now and then:
// only what ends well or calls something counts.

const (
	dumbBlock = 512
	// blockWindow is how much is searched for pickles at once.
	blockWindow = 64 << 10
)

func blockBehind(off int64) int64 { return (off + dumbBlock - 1) / dumbBlock * dumbBlock }

// blocks looks at the blocks behind off, where streams have ended, and returns
// where there are streams, and where each of them ends.
func (s *scanner) blocks(p *place, size, off int64) map[int64]int64 {
	at := blockBehind(off)
	if at >= size {
		return nil
	}
	found := make(map[int64]int64)
	store := make([]byte, blockWindow)
	for at < size && !s.full {
		if err := s.budget.Err(); err != nil {
			s.problem(p, at, "not fully read: %v", err)
			return found
		}
		n, err := readSome(p.data, store, at)
		if err == nil && n == 0 {
			err = io.ErrUnexpectedEOF // there is less than size said
		}
		if err != nil {
			s.problem(p, at, "not fully read: %v", err)
			return found
		}
		from, next := at, at+blockWindow
		for i := 0; i < n && !s.full; i += dumbBlock {
			if !mayBegin(store[i:n]) {
				continue
			}
			if end, ok := s.block(p, size, from+int64(i)); ok {
				found[from+int64(i)] = end
				if end = blockBehind(end); end >= from+int64(n) {
					next = end
					break
				}
				i = int(end-from) - dumbBlock
			}
		}
		at = next
	}
	return found
}

// block takes the stream at off, if it is one for sure, and returns its end.
func (s *scanner) block(p *place, size, off int64) (int64, bool) {
	if s.enough(p, off, size) {
		return 0, false
	}
	head := make([]byte, 2)
	n, err := readSome(p.data, head, off)
	if err != nil {
		s.problem(p, off, "not fully read: %v", err)
		return 0, false
	}
	t, e := s.probe(p, size, off)
	if !t.Complete && !calledPlainly(t) || !recognised(t, e, head[:n], size, false, 0) {
		return 0, false
	}
	// It is one, and is worth the full bounds.
	st := s.run(p, size, off)
	if st == nil {
		return 0, false
	}
	t = st.Trace
	s.take(p, st)
	s.report(p, st)
	if !t.Complete {
		return off + 1, true // other loaders may see another end
	}
	return t.End, true
}
