package lzma

import "errors"

// MaxWindow is how many bytes a stream can reach back. Declared dictionaries may
// be larger: then a match that needs more is an error.
const MaxWindow = 64 << 20

// minWindow is the smallest dictionary there is.
const minWindow = 4 << 10

// ErrWindow says that a match reaches back further than MaxWindow.
var ErrWindow = errors.New("a match reaches back more than 64 MiB")

// ErrCorrupt says that the stream cannot go on.
var ErrCorrupt = errors.New("corrupt LZMA data")

// window holds the latest bytes, in a ring once it is full.
type window struct {
	buf      []byte
	limit    int
	declared int64
	pos      int   // where the next byte goes
	total    int64 // bytes since the last reset
}

func (w *window) reset(declared int64) {
	w.declared = max(declared, minWindow)
	w.limit = int(min(w.declared, MaxWindow))
	w.clear()
}

func (w *window) clear() {
	w.buf, w.pos, w.total = w.buf[:0], 0, 0
}

func (w *window) put(b byte) {
	w.total++
	if len(w.buf) < w.limit {
		w.buf = append(w.buf, b)
		w.pos = len(w.buf)
		return
	}
	if w.pos == w.limit {
		w.pos = 0
	}
	w.buf[w.pos] = b
	w.pos++
}

// check reports whether the byte dist bytes back (from 1 on) is there.
func (w *window) check(dist int64) error {
	switch {
	case dist > w.total || dist > w.declared:
		return ErrCorrupt
	case dist > int64(w.limit):
		return ErrWindow
	}
	return nil
}

// back returns the byte dist bytes back, which check allows, or 0 if there is none.
func (w *window) back(dist int64) byte {
	if dist > int64(len(w.buf)) {
		return 0
	}
	i := w.pos - int(dist)
	if i < 0 {
		i += len(w.buf)
	}
	return w.buf[i]
}
