package cache

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
)

// moving is a file that is written to between readings.
type moving struct {
	data []byte
	read int
}

func (m *moving) ReadAt(p []byte, off int64) (int, error) {
	n, err := bytes.NewReader(m.data).ReadAt(p, off)
	m.read += n
	for i := range m.data {
		m.data[i]++
	}
	return n, err
}

func TestSnapshotIsAReader(t *testing.T) {
	for _, size := range []int{0, 1, blockSize - 1, blockSize, blockSize + 1, 3*blockSize + 17} {
		data := bytes.Repeat([]byte("0123456789abcde"), size/15+1)[:size]
		s := NewSnapshot(bytes.NewReader(data), int64(size))
		if err := iotest.TestReader(io.NewSectionReader(s, 0, int64(size)), data); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
		want := sha256.Sum256(data)
		if sum, err := s.Sum(); err != nil || !bytes.Equal(sum, want[:]) {
			t.Errorf("%d bytes: digest %x, %v", size, sum, err)
		}
	}
}

// What was read once stays as it was, and its digest is that of what was read.
func TestSnapshotStands(t *testing.T) {
	file := &moving{data: make([]byte, 4*blockSize)}
	s := NewSnapshot(file, int64(len(file.data)))
	first := make([]byte, 100)
	if _, err := s.ReadAt(first, 2*blockSize-50); err != nil {
		t.Fatal(err)
	}
	if first[0] == first[99] {
		t.Fatal("the file does not move")
	}
	if !s.Mostly() {
		t.Error("two of four blocks are less than half")
	}
	again := make([]byte, 100)
	if _, err := s.ReadAt(again, 2*blockSize-50); err != nil || !bytes.Equal(first, again) {
		t.Errorf("read again: %v", err)
	}
	sum, err := s.Sum()
	if err != nil {
		t.Fatal(err)
	}
	all := make([]byte, len(file.data))
	if _, err := s.ReadAt(all, 0); err != nil {
		t.Fatal(err)
	}
	if want := sha256.Sum256(all); !bytes.Equal(sum, want[:]) {
		t.Error("the digest is not that of what was read")
	}
	if file.read != len(file.data) {
		t.Errorf("%d bytes were read, want each once", file.read)
	}
}

func TestSnapshotReadsLittle(t *testing.T) {
	file := &moving{data: make([]byte, 100*blockSize)}
	s := NewSnapshot(file, int64(len(file.data)))
	if _, err := s.ReadAt(make([]byte, 10), 0); err != nil {
		t.Fatal(err)
	}
	if s.Mostly() || file.read != blockSize {
		t.Errorf("%d bytes were read", file.read)
	}
}

// A file that is cut short while it is read is an error from then on, not a fault
// and not other bytes.
func TestSnapshotOfATruncatedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, make([]byte, 3*blockSize), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	s := NewSnapshot(f, 3*blockSize)
	p := make([]byte, 10)
	if _, err := s.ReadAt(p, 0); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, blockSize+100); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ReadAt(p, blockSize); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("behind the cut: %v", err)
	}
	if _, err := s.ReadAt(p, 0); err != nil {
		t.Errorf("before the cut: %v", err)
	}
	if _, err := s.Sum(); err == nil {
		t.Error("there is a digest of what nobody has read")
	}
}
