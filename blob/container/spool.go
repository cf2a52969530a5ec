package container

import (
	"errors"
	"fmt"
	"io"
)

// opener starts decompression of what raw holds.
type opener func(raw io.Reader) (io.Reader, error)

// spool makes a compressed stream readable at random without a file on disk and
// without holding it all: the first and the latest decompressed bytes are
// cached, and reading before the latest starts over. Pickles and containers
// are read forwards, with short steps back.
type spool struct {
	raw     Data
	rawSize int64
	open    opener
	budget  *Budget
	memory  int64 // bytes that may be cached

	src   io.Reader // nil: not started
	taken *counter  // compressed bytes read
	pos   int64     // decompressed bytes read
	head  []byte    // the bytes from 0
	tail  []byte    // the bytes up to pos
	chunk []byte

	size int64 // -1: not known
	stop int64 // where in raw the stream has ended, or 0
	err  error // why the end at size is not the real one
}

func newSpool(raw Data, rawSize int64, open opener, b *Budget) *spool {
	s := &spool{raw: raw, rawSize: rawSize, open: open, budget: b, size: -1, memory: b.Memory}
	// Those around this one are in use as well, and there may be many.
	for data := raw; data != nil; data = within(data) {
		if outer, ok := data.(*spool); ok {
			s.memory = max(outer.memory/2, min(minMemory, b.Memory))
			break
		}
	}
	return s
}

// minMemory is what a spool may cache in any case. It is several times what is
// searched at once: stepping back further than to the cache means to start over,
// and so do all those around.
const minMemory = 2 << 20

// counter counts what is read through it.
type counter struct {
	r      io.Reader
	n      int64
	budget *Budget
	file   bool // it reads the file itself, and nothing that is decompressed
}

// InputError is in the chain of an error of compressed data if it is the file that
// could not be read, and not its bytes that make no sense.
type InputError struct{ Err error }

// Error implements [error].
func (e *InputError) Error() string { return e.Err.Error() }

// Unwrap returns what the file said.
func (e *InputError) Unwrap() error { return e.Err }

// Read looks at the clock, too: there is input that decompresses to nothing.
func (c *counter) Read(b []byte) (int, error) {
	if err := c.budget.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(b)
	c.n += int64(n)
	if err != nil && c.file && !ended(err) {
		err = &InputError{err}
	}
	return n, err
}

const spoolChunk = 32 << 10

func (s *spool) Random() bool { return false }

func (s *spool) Release() {
	s.src, s.taken, s.head, s.tail, s.chunk, s.pos = nil, nil, nil, nil, nil, 0
}

func (s *spool) Size() (int64, error) {
	for s.size < 0 {
		s.more()
	}
	return s.size, s.err
}

func (s *spool) ReadAt(b []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	n := 0
	for n < len(b) {
		at := off + int64(n)
		if m := s.cached(b[n:], at); m > 0 {
			n += m
			continue
		}
		if s.size >= 0 && at >= s.size {
			return n, io.EOF
		}
		if at < s.pos {
			// It has gone from the cache: start over.
			s.restart()
		}
		before := s.pos
		s.more()
		if s.pos == before && s.size >= 0 && at >= s.pos {
			if s.err != nil {
				return n, s.err
			}
			return n, io.EOF
		}
	}
	return n, nil
}

// cached copies what is in memory.
func (s *spool) cached(b []byte, at int64) int {
	if at < int64(len(s.head)) {
		return copy(b, s.head[at:])
	}
	if start := s.pos - int64(len(s.tail)); at >= start && at < s.pos {
		return copy(b, s.tail[at-start:])
	}
	return 0
}

func (s *spool) restart() {
	s.src, s.taken, s.pos, s.tail = nil, nil, 0, s.tail[:0]
}

// end notes that nothing follows. A second pass that gets less far than the
// first (the budget was used up) makes the data shorter.
func (s *spool) end(err error) {
	if s.size < 0 || s.pos < s.size {
		s.size, s.err = s.pos, err
		if p, ok := s.src.(stopper); ok {
			s.stop = p.stop()
		}
	}
}

// more decompresses one chunk.
func (s *spool) more() {
	if s.src == nil {
		s.taken = &counter{r: io.NewSectionReader(s.raw, 0, s.rawSize), budget: s.budget, file: s.raw.Random()}
		src, err := s.open(s.taken)
		if err != nil {
			s.src = nothing{}
			s.end(fmt.Errorf("decompressing: %w", err))
			return
		}
		s.src = src
	}
	if s.chunk == nil {
		s.chunk = make([]byte, spoolChunk)
	}
	// At the end of what is known nothing more is asked of the source.
	if s.size >= 0 && s.pos >= s.size {
		return
	}
	n, err := s.src.Read(s.chunk)
	s.keep(s.chunk[:n])
	if err == nil {
		err = s.bound(n)
	}
	switch {
	case errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		s.end(nil)
	case errors.Is(err, ErrLimit):
		s.end(err)
	case err != nil:
		s.end(fmt.Errorf("decompressing, behind %d bytes: %w", s.pos, err))
	}
}

type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, io.EOF }

// bound checks the limits behind a chunk of n bytes.
func (s *spool) bound(n int) error {
	if err := s.budget.stream(n); err != nil {
		return err
	}
	if s.pos > s.budget.Bytes {
		return fmt.Errorf("%w: more than %d bytes decompressed", ErrLimit, s.budget.Bytes)
	}
	if s.pos > s.budget.RatioFloor && s.pos/s.budget.Ratio > s.taken.n {
		return fmt.Errorf("%w: decompresses more than %d:1", ErrLimit, s.budget.Ratio)
	}
	return nil
}

// keep moves a chunk into the caches, half of the memory for each.
func (s *spool) keep(b []byte) {
	half := s.memory / 2
	if s.pos == int64(len(s.head)) && s.pos < half {
		s.head = append(s.head, b[:min(int64(len(b)), half-s.pos)]...)
	}
	if int64(len(s.tail)+len(b)) > half {
		// Keep a quarter, so that moving is rare.
		from := max(0, len(s.tail)-int(half/2))
		s.tail = append(s.tail[:0], s.tail[from:]...)
	}
	s.tail = append(s.tail, b...)
	s.pos += int64(len(b))
}
