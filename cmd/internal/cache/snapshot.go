package cache

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"
)

// blockSize is how much of a file is read at a time.
const blockSize = 64 << 10

// Snapshot is a file of which each byte is read once, when it is first asked for,
// and kept. So its digest is that of what its readers have seen, whatever others
// write to the file meanwhile. It is safe for concurrent use.
type Snapshot struct {
	r    io.ReaderAt
	size int64

	mu     sync.Mutex
	blocks [][]byte
	read   int   // blocks
	err    error // the first that reading gave
}

// NewSnapshot returns a snapshot of the size bytes of r.
func NewSnapshot(r io.ReaderAt, size int64) *Snapshot {
	return &Snapshot{r: r, size: size, blocks: make([][]byte, (size+blockSize-1)/blockSize)}
}

// ReadAt reads as [io.ReaderAt] says.
func (s *Snapshot) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	for n < len(p) && off < s.size {
		b, err := s.block(off / blockSize)
		if err != nil {
			return n, err
		}
		k := copy(p[n:], b[off%blockSize:])
		n += k
		off += int64(k)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (s *Snapshot) block(i int64) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.blocks[i]; b != nil {
		return b, nil
	}
	b := make([]byte, min(blockSize, s.size-i*blockSize))
	if n, err := s.r.ReadAt(b, i*blockSize); n < len(b) {
		if err == nil || errors.Is(err, io.EOF) {
			err = fmt.Errorf("the file has become shorter: %w", io.ErrUnexpectedEOF)
		}
		s.err = cmp.Or(s.err, err)
		return nil, err
	}
	s.blocks[i] = b
	s.read++
	return b, nil
}

// Mostly reports whether at least half of the file was read.
func (s *Snapshot) Mostly() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return 2*s.read >= len(s.blocks)
}

// Sum returns the digest of the file, for which it reads the rest. It is an error
// if any reading was one.
func (s *Snapshot) Sum() ([]byte, error) {
	h := sha256.New()
	for i := range s.blocks {
		b, err := s.block(int64(i))
		if err != nil {
			return nil, err
		}
		h.Write(b)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return h.Sum(nil), s.err
}
