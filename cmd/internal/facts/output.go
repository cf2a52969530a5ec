package facts

import (
	"fmt"
	"io"
)

// output collects text and writes it in large pieces. The first error ends all
// writing and is kept.
type output struct {
	w   io.Writer
	buf []byte
	err error
}

// pieceSize is when collected text is written.
const pieceSize = 32 << 10

func (o *output) printf(format string, args ...any) {
	o.buf = fmt.Appendf(o.buf, format, args...)
	o.spill(pieceSize)
}

func (o *output) text(s string) {
	o.buf = append(o.buf, s...)
	o.spill(pieceSize)
}

// spill writes what was collected, if it is at least that much.
func (o *output) spill(least int) {
	if len(o.buf) < least {
		return
	}
	if o.err == nil {
		_, o.err = o.w.Write(o.buf)
	}
	o.buf = o.buf[:0]
}

// flush writes the rest and returns what went wrong so far.
func (o *output) flush() error {
	o.spill(1)
	return o.err
}

// Write lets others write between.
func (o *output) Write(b []byte) (int, error) {
	o.buf = append(o.buf, b...)
	o.spill(pieceSize)
	return len(b), o.err
}
