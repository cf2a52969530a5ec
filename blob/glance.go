package blob

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/pickle-lint/pickle-lint/pickle"
)

// Files that nobody named are most of a disk, and hardly any of them holds a
// pickle. They are glanced at: a small one as a whole, a large one at its start. A
// pickle there begins with PROTO, or is text near the start; and base64 or hex that
// stands for a pickle is text wherever it is: a field of a fixture, a message, a
// dump of a database.

const (
	// glanceBytes is how much of such a file is looked at.
	glanceBytes = 1 << 20
	// glanceLarge is how much it is of a file that is larger than that.
	glanceLarge = 64 << 10
	// shortRun is how many characters of text in a row are looked at: the shortest
	// pickle that calls something with a name worth calling has 14 bytes.
	shortRun = 20
	// textBytes is how much the text of a file may stand for that is no pickle, each
	// run with all the lines that may go on with it. Then each is looked at for
	// itself.
	textBytes = 16 << 20
)

var glances = sync.Pool{New: func() any { return new([glanceBytes]byte) }}

// glance looks at a place that nobody said is a pickle, and that is nothing known.
func (s *scanner) glance(p *place) (found bool) {
	size, err := p.data.Size()
	if err != nil {
		return false // told by who has read it
	}
	n := size
	if n > glanceBytes {
		n = glanceLarge
	}
	store := glances.Get().(*[glanceBytes]byte)
	defer glances.Put(store)
	m, err := readSome(p.data, store[:n], 0)
	if err != nil {
		s.problem(p, 0, "not fully searched for pickles: %v", err)
		return false
	}
	w := store[:m]
	if compiledPython(w) {
		return false
	}
	starts := newStartSearch(w, len(w), true, false)
	for at := starts.next(); at >= 0 && !s.full; at = starts.next() {
		if s.carving.tries <= 0 || s.carving.ops <= 0 {
			return found // nobody was promised more
		}
		if behind, ok := s.try(p, size, int64(at)); ok {
			found = true
			starts.from(int(min(behind, int64(len(w)))))
		}
	}
	runs := newRunSearch(w, len(w), true)
	return s.runs(p, size, 0, runs) || found
}

// compiledPython reports whether w is a .pyc file: the literals of a program are
// full of its tests' pickles, and its source is there for whoever lints it
// (Lib/importlib/_bootstrap_external.py: a number and "\r\n", and flags).
func compiledPython(w []byte) bool {
	return len(w) >= 16 && w[2] == '\r' && w[3] == '\n' && w[4] <= 3 && w[5] == 0 && w[6] == 0 && w[7] == 0
}

// texts searches all of a place for runs of text that stand for a pickle.
func (s *scanner) texts(p *place, size int64) (found bool) {
	store := make([]byte, min(carveWindow, max(0, size)))
	for off := int64(0); off < size && !s.full; {
		if err := s.budget.Err(); err != nil {
			s.problem(p, off, "not fully searched for pickles: %v", err)
			return found
		}
		if off >= carveBytes {
			s.problem(p, off, "not fully searched for base64 and hex: %d bytes are left", size-off)
			return found
		}
		n, err := readSome(p.data, store, off)
		if err != nil || n == 0 {
			return found // told by the search for pickles
		}
		// A run near the end of the window is one of the next, which begins with
		// what stands before it.
		end := n - pickle.WrittenHead
		if off+int64(n) >= size {
			end = n
		}
		found = s.runs(p, size, off, newRunSearch(store[:n], end, off == 0)) || found
		off += int64(end) - 1
		if end == n {
			return found
		}
	}
	return found
}

// runs looks at the runs of a window that begins at off.
func (s *scanner) runs(p *place, size, off int64, runs *runSearch) (found bool) {
	for at, ok := runs.next(); ok && !s.full; at, ok = runs.next() {
		for _, at := range digitsAt(runs.w, at) {
			w := runs.w[at:]
			c := pickle.Written(w[:min(len(w), pickle.WrittenHead)], size-off-int64(at))
			if c == 0 {
				continue
			}
			n := size - off - int64(at)
			if s.text <= 0 {
				n = int64(runLength(w))
				if p.named && !s.cutText {
					s.cutText = true
					s.problem(p, off+int64(at), "not fully searched for base64 and hex: %d bytes of it were decoded for nothing, and from here on no line goes on with another", int64(textBytes))
				}
			}
			if s.textRun(p, c, off+int64(at), n) {
				found = true
				break
			}
		}
	}
	return found
}

// digitsAt returns where in a run that begins at at digits may begin: SQL writes
// 0x80 and \x80.
func digitsAt(w []byte, at int) []int {
	switch {
	case bytes.HasPrefix(w[at:], []byte("0x")):
		return []int{at, at + 2}
	case w[at] == 'x':
		return []int{at, at + 1}
	}
	return []int{at}
}

// textRun looks at what the text at off stands for. Where that is no pickle it was an
// accident, and what is wrong with it is nobody's business.
func (s *scanner) textRun(p *place, c pickle.Coding, off, n int64) bool {
	r := s.rep
	streamed := s.budget.Streamed()
	before, more := s.progress(), r.MoreProblems
	if _, found := s.literal(p, c, off, n, codingWord(c)+fmt.Sprintf(" at %d", off)); found && len(r.Streams) > before.streams {
		return true
	}
	s.text -= s.budget.Streamed() - streamed
	r.Containers, r.Ambiguities = r.Containers[:before.containers], r.Ambiguities[:before.ambiguities]
	if !p.named {
		r.Problems, r.MoreProblems = r.Problems[:before.problems-more], more
	}
	return false
}

// runLength is how long the run is that w begins with.
func runLength(w []byte) int {
	n := 0
	for n < len(w) && inRun[w[n]] {
		n++
	}
	return n
}

// runSearch finds runs of characters of base64.
type runSearch struct {
	w   []byte
	end int // runs that begin behind it are no longer looked at
	at  int
}

// newRunSearch searches w. What is not at the start of the data begins with the
// character before it.
func newRunSearch(w []byte, end int, first bool) *runSearch {
	s := &runSearch{w: w, end: end}
	if !first {
		// The rest of a run that began before.
		for s.at < len(w) && inRun[w[s.at]] {
			s.at++
		}
	}
	return s
}

// inRun has the characters of both alphabets of base64.
var inRun = func() (t [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") {
		t[c] = true
	}
	return t
}()

// next returns where the next run begins. A run of shortRun characters has one at
// every place that is a multiple of that from anywhere, so that most are not read.
func (s *runSearch) next() (int, bool) {
	for i := s.at + shortRun - 1; i < len(s.w); i += shortRun {
		if !inRun[s.w[i]] {
			s.at = i + 1
			continue
		}
		from := i
		for from > s.at && inRun[s.w[from-1]] {
			from--
		}
		to := i + 1
		for to < len(s.w) && inRun[s.w[to]] {
			to++
		}
		s.at = to
		if to-from >= shortRun {
			return from, from < s.end
		}
		i = to - 1
	}
	return 0, false
}
