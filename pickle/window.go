package pickle

import (
	"errors"
	"fmt"
	"io"
)

// skip moves n bytes on, without reading them.
func (l *Lexer) skip(n int64) {
	if n <= int64(len(l.buf)-l.pos) {
		l.pos += int(n)
		return
	}
	l.seek(l.Offset() + n)
}

func (l *Lexer) seek(off int64) {
	l.base, l.pos, l.buf = off, 0, l.buf[:0]
}

// fill moves the window so that it begins at the next byte.
func (l *Lexer) fill() {
	if l.base+int64(len(l.buf)) >= l.size && len(l.buf) > 0 {
		return
	}
	l.seek(l.Offset())
	want := min(int64(windowSize), l.size-l.base)
	if want <= 0 || l.base < 0 {
		return
	}
	if int64(len(l.store)) < want {
		l.store = make([]byte, want)
	}
	n, err := l.r.ReadAt(l.store[:want], l.base)
	n = max(0, min(n, int(want)))
	l.buf = l.store[:n]
	if n < int(want) {
		// The input is shorter than was said, or failed. What came before
		// is still read; the error is told when its place is reached.
		if err == nil || errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		l.rerr, l.size = err, l.base+int64(n)
	}
}

// window returns the n bytes at off if they are in the window, or nil. An empty
// span is always there.
func (l *Lexer) window(off, n int64) []byte {
	i := off - l.base
	if i >= 0 && i+n <= int64(len(l.buf)) {
		return l.buf[i : i+n]
	}
	if n == 0 {
		return []byte{}
	}
	return nil
}

// bytes returns the n bytes at off, from the window if they are there. The
// result is valid until the next call of bytes or next.
func (l *Lexer) bytes(off, n int64) ([]byte, error) {
	if b := l.window(off, n); b != nil {
		return b, nil
	}
	if int64(cap(l.scratch)) < n {
		l.scratch = make([]byte, n)
	}
	b := l.scratch[:n]
	return b, readFull(l.r, b, off)
}

// readFull fills b, and calls a short answer an error.
func readFull(r io.ReaderAt, b []byte, off int64) error {
	n, err := r.ReadAt(b, off)
	if n == len(b) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("reading %d bytes at offset %d: %w", len(b), off, err)
}
