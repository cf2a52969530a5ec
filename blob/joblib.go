package blob

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// joblib writes the bytes of an array into the stream, behind the BUILD of a
// NumpyArrayWrapper (joblib/numpy_pickle.py). The decoder follows the stream twice:
// as plain loaders do, for which they are noise or a payload, and as joblib does.
//
// Where the stream does not say how long an array is, joblib's reading ends there,
// and the stream is told as not fully read. Behind each array honest streams go on
// with a frame, and what frames there are is followed for itself: without the memo
// of the stream, which an honest rest needs and a payload does not. A payload needs
// no frame either, so that what looks up a name that is known to be dangerous is told
// wherever it stands.

const joblibWrapper = "joblib.numpy_pickle.NumpyArrayWrapper"

const (
	// maxFrames bounds the places that are tried as frames behind an array.
	maxFrames = 10_000
	// maxCarvedOps bounds the ops that are followed from all of them.
	maxCarvedOps = 64 << 20
	// frameHeader is FRAME with its length.
	frameHeader = 9
	// frameWindow is how much is searched for frames at once.
	frameWindow = 64 << 10
)

// wrapped returns where the first array of joblib begins, if there is one.
func wrapped(t *pickle.Trace) (int64, bool) {
	for i := range t.Calls {
		if c := &t.Calls[i]; c.Kind == pickle.KindSetState && c.Target == joblibWrapper {
			return c.Offset + 1, true
		}
	}
	return 0, false
}

// steppedOver returns where the last array of a stream ends that joblib reads to
// its STOP, or -1.
func steppedOver(t *pickle.Trace) int64 {
	if !t.Joblib || len(t.Arrays) == 0 {
		return -1
	}
	a := t.Arrays[len(t.Arrays)-1]
	return a.Offset + a.Length
}

// arrays looks at the arrays of a stream that joblib reads to its STOP, and returns
// what joblib reads, or nothing if it does not. One of objects is a pickle of its own.
func (s *scanner) arrays(p *place, st *Stream) []*Stream {
	t := st.Trace
	if !t.Joblib {
		return nil
	}
	own := []*Stream{st}
	if t.MoreArrays > 0 {
		s.problem(p, t.Offset, "not fully read: %d arrays of the stream are not listed", t.MoreArrays)
	}
	for _, a := range t.Arrays {
		if !a.Pickled {
			continue
		}
		inner := s.run(p, a.Offset+a.Length, a.Offset)
		if inner == nil {
			break
		}
		own = append(own, inner)
		st.noteMisread(a.Offset, a.Length, inner)
		s.take(p, inner)
		s.report(p, inner)
	}
	return own
}

// frames follows the frames behind off, each for itself.
func (s *scanner) frames(p *place, size, off int64) {
	s.problem(p, off, "not fully read: the stream goes on behind an array of joblib, whose length is not known")
	store := make([]byte, frameWindow)
	for tries, ops := 0, int64(0); off < size; {
		if err := s.budget.Err(); err != nil {
			s.problem(p, off, "not fully read: %v", err)
			return
		}
		n, err := readSome(p.data, store, off)
		if err == nil && n == 0 {
			err = io.ErrUnexpectedEOF // there is less than size said
		}
		if err != nil {
			s.problem(p, off, "not fully read: %v", err)
			return
		}
		w := store[:n]
		last := off+int64(n) >= size
		for {
			i := bytes.IndexByte(w, pickle.OpFrame)
			if i < 0 {
				off += int64(len(w))
				break
			}
			if len(w)-i < frameHeader {
				// The header may go on in the next window.
				off += int64(i)
				if last {
					return
				}
				break
			}
			at := off + int64(i)
			length := binary.LittleEndian.Uint64(w[i+1:])
			w = w[i+1:]
			off = at + 1
			if length == 0 || length > uint64(size-at-frameHeader) {
				continue
			}
			if tries++; tries > maxFrames || ops > maxCarvedOps {
				s.problem(p, at, "not fully read: more than %d places look like frames, or what they hold is more than %d ops", maxFrames, maxCarvedOps)
				return
			}
			st := s.run(p, size, at)
			if st == nil {
				return
			}
			ops += st.Trace.Ops
			if called(st.Trace, false) || lookedUp(st.Trace) {
				s.take(p, st)
				st.Carved = true
				s.report(p, st)
			}
		}
	}
}

// namesBehind notes what looks names up behind off, where ops begin at nobody knows
// which byte. Among the numbers of arrays anything looks like an op now and then.
func (s *scanner) namesBehind(p *place, size, off int64) {
	store := make([]byte, min(carveWindow+carveHead, max(0, size-off)))
	for off < size && !s.full && !s.enough(p, off, size) {
		if err := s.budget.Err(); err != nil {
			s.problem(p, off, "not fully searched for pickles: %v", err)
			return
		}
		n, err := readSome(p.data, store, off)
		if err != nil || n == 0 {
			return // told by who searches for frames
		}
		end := min(n, carveWindow)
		if off+int64(n) >= size {
			end = n
		}
		for i, c := range store[:end] {
			if c != pickle.OpGlobal && c != pickle.OpShortBinUnicode && c != pickle.OpBinUnicode || !pickle.LooksUp(store[i:min(n, i+carveHead)]) {
				continue
			}
			if s.enough(p, off+int64(i), size) {
				return
			}
			trace, e := s.probe(p, size, off+int64(i))
			if lookedUp(trace) && len(s.rep.doubtful) < s.lim.Problems {
				s.rep.doubtful = append(s.rep.doubtful, &Stream{Member: p.member, Literal: p.literal, Carved: true, Trace: trace, Err: e, data: p.data, size: size})
			}
		}
		s.carving.bytes -= int64(end)
		off += int64(end)
	}
}
