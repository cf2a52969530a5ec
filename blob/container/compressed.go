package container

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/zlib"
	"errors"
	"io"
	"iter"
	"math"
)

// single yields the one member of a compressed stream that starts at off.
func single(name string, data Data, off int64, open opener, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		// The entries of a file are few, and it may have many values of one entry
		// each: a cache is full of compressed ones.
		if err := b.value(); err != nil {
			yield(problem("%s: %w", name, err))
			return
		}
		raw, size, err := forwards(data, off)
		if err != nil && !yield(problem("%s: %w", name, err)) {
			return
		}
		yield(Member{Name: name, Data: newSpool(raw, size, open, b)}, nil)
	}
}

// forwards returns what data holds from off on, for who reads it from front to
// back. The size of compressed data is not asked for: that would read it to its
// end, and what is around it again, for each of many codings. Its end comes while
// it is read, with the reason if there is one.
func forwards(data Data, off int64) (raw Data, size int64, err error) {
	size = math.MaxInt64
	if data.Random() {
		size, err = data.Size()
	}
	return section(data, size, off, size-off), max(0, size-off), err
}

// lenient turns a wrong checksum at the end into the end: all bytes have been
// handed out by then, and not every loader looks at it.
type lenient struct {
	io.Reader
	forgive error
}

func (l lenient) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	if errors.Is(err, l.forgive) {
		err = io.EOF
	}
	return n, err
}

// Zlib is RFC 1950, bare or behind the "ZF" header of joblib up to 0.9.
type Zlib struct{}

// Name implements [Format].
func (Zlib) Name() string { return "zlib" }

// Traits implements [Format].
func (Zlib) Traits() Traits {
	return Traits{Single: true, Coding: true, Suffixes: []string{".z", ".zlib"}}
}

// Recognise implements [Format]. Two bytes are a weak sign ("x^" is text), so
// the head must decompress, too.
func (Zlib) Recognise(head []byte, _ Data) bool {
	off := zlibStart(head)
	if off < 0 {
		return false
	}
	z, err := zlib.NewReader(bytes.NewReader(head[off:]))
	if err != nil {
		return false
	}
	var out [64]byte
	n, err := io.ReadFull(z, out[:])
	if err == nil {
		return true
	}
	// A short stream may end in the head, a long one goes on behind it.
	ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zlib.ErrChecksum)
	return ended && (n > 0 || len(head) < HeadSize)
}

// Members implements [Format].
func (Zlib) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	head := make([]byte, 32)
	n, err := data.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return func(yield func(Member, error) bool) { yield(problem("zlib: %w", err)) }
	}
	return single("zlib", data, int64(max(0, zlibStart(head[:n]))), openZlib, b)
}

// zlibStart returns where the zlib header stands, or -1. A ZF header is the two
// letters, a length of len(hex(2**64)) characters, and before joblib 0.8.4
// under Python 2 one space more (numpy_pickle_compat.read_zfile).
func zlibStart(head []byte) int {
	off := 0
	if bytes.HasPrefix(head, []byte("ZF0x")) {
		if off = 2 + len("0x10000000000000000"); len(head) > off && head[off] == ' ' {
			off++
		}
	}
	if len(head) < off+2 || head[off] != 0x78 || (int(head[off])<<8|int(head[off+1]))%31 != 0 {
		return -1
	}
	return off
}

func openZlib(raw io.Reader) (io.Reader, error) {
	p := positionOf(bufio.NewReader(raw), raw)
	z, err := zlib.NewReader(p.br)
	if err != nil {
		return nil, err
	}
	return &stream{Reader: lenient{z, zlib.ErrChecksum}, position: p}, nil
}

// Bzip2 is the format of bzip2 1.0.
type Bzip2 struct{}

// Name implements [Format].
func (Bzip2) Name() string { return "bzip2" }

// Traits implements [Format].
func (Bzip2) Traits() Traits { return Traits{Single: true, Coding: true, Suffixes: []string{".bz2"}} }

// Recognise implements [Format]: the header and the mark of the first block, or
// of the end of an empty stream.
func (Bzip2) Recognise(head []byte, _ Data) bool {
	return len(head) >= 10 && bytes.HasPrefix(head, []byte("BZh")) && head[3] >= '1' && head[3] <= '9' &&
		(bytes.HasPrefix(head[4:], []byte{0x31, 0x41, 0x59, 0x26, 0x53, 0x59}) ||
			bytes.HasPrefix(head[4:], []byte{0x17, 0x72, 0x45, 0x38, 0x50, 0x90}))
}

// Members implements [Format].
func (Bzip2) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return single("bzip2", data, 0, openBzip2, b)
}

// openBzip2 reads streams that stand one behind another as one, as bzip2.NewReader
// does; what follows them and is none is an error that tells where it stands.
func openBzip2(raw io.Reader) (io.Reader, error) {
	p := positionOf(bufio.NewReader(raw), raw)
	return &bzipStream{stream{Reader: bzip2.NewReader(p.br), position: p}}, nil
}

// bzipStream ends where the reader finds no magic behind a stream.
type bzipStream struct{ stream }

// Read implements [io.Reader].
func (s *bzipStream) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	var bad bzip2.StructuralError
	if errors.As(err, &bad) && bad == "bad magic value in continuation file" {
		s.end = s.at() - bzipMagic
	}
	return n, err
}

// bzipMagic is how much the reader has taken by then.
const bzipMagic = 2
