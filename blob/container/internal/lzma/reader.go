package lzma

import (
	"bufio"
	"errors"
	"io"
)

// Reader reads one LZMA stream, without the header before it.
type Reader struct {
	dec  decoder
	win  window
	left int64 // bytes until the declared end; negative: the end is marked
	err  error
}

// NewReader reads from br, and no byte too many. A negative size means that an
// end marker tells the end.
func NewReader(br *bufio.Reader, props byte, dict uint32, size int64) (*Reader, error) {
	r := &Reader{left: size}
	r.win.reset(int64(dict))
	r.dec.win = &r.win
	if err := r.dec.setProps(props); err != nil {
		return nil, err
	}
	r.dec.reset()
	r.dec.rc.start(br, -1)
	return r, nil
}

// Read implements [io.Reader].
func (r *Reader) Read(b []byte) (n int, err error) {
	for n < len(b) && r.err == nil {
		if r.left == 0 {
			r.err = r.finish()
			break
		}
		room := b[n:]
		if r.left > 0 && int64(len(room)) > r.left {
			room = room[:r.left]
		}
		k := r.dec.copyPending(room)
		if k == 0 {
			lit, isLit, end, err := r.dec.step()
			switch {
			case err != nil:
				r.err = err
			case end && r.left > 0:
				r.err = io.ErrUnexpectedEOF
			case end:
				r.err = io.EOF
			case isLit:
				r.win.put(lit)
				room[0], k = lit, 1
			}
		}
		n += k
		if r.left > 0 {
			r.left -= int64(k)
		}
	}
	return n, r.err
}

// finish looks for an end marker that stands behind the declared size.
func (r *Reader) finish() error {
	if r.dec.pending > 0 {
		return ErrCorrupt
	}
	if r.dec.rc.normalise(); r.dec.rc.err != nil || r.dec.rc.code == 0 {
		return io.EOF // complete, with or without the last byte
	}
	if _, _, end, err := r.dec.step(); err != nil {
		return err
	} else if !end {
		return ErrCorrupt
	}
	return io.EOF
}

// Reader2 reads one LZMA2 stream: chunks of LZMA or of plain bytes.
type Reader2 struct {
	br  *bufio.Reader
	dec decoder
	win window

	plain              bool
	left               int64 // bytes of the chunk that are to come
	needDict, needInit bool
	n                  int64 // compressed bytes read, without those of the chunk
	packed             int64
	err                error
}

// NewReader2 reads from br, and no byte too many.
func NewReader2(br *bufio.Reader, dict int64) *Reader2 {
	r := &Reader2{br: br}
	r.dec.win = &r.win
	r.Reset(dict)
	return r
}

// Reset starts over with the next stream of the same input.
func (r *Reader2) Reset(dict int64) {
	r.win.reset(dict)
	r.left, r.n, r.packed, r.err = 0, 0, 0, nil
	r.needDict, r.needInit = true, true
}

// Consumed is how many bytes the stream took, once it is at its end.
func (r *Reader2) Consumed() int64 { return r.n }

// Read implements [io.Reader].
func (r *Reader2) Read(b []byte) (n int, err error) {
	for n < len(b) && r.err == nil {
		if r.left == 0 {
			if r.err = r.chunk(); r.err != nil {
				break
			}
		}
		room := b[n:min(int64(len(b)), int64(n)+r.left)]
		var k int
		if r.plain {
			k, err = r.br.Read(room)
			for _, c := range room[:k] {
				r.win.put(c)
			}
			r.n += int64(k)
			if err != nil {
				r.err = noEOF(err)
			}
		} else if k = r.dec.copyPending(room); k == 0 {
			lit, isLit, end, err := r.dec.step()
			switch {
			case err != nil:
				r.err = err
			case end:
				r.err = ErrCorrupt
			case isLit:
				r.win.put(lit)
				room[0], k = lit, 1
			}
		}
		n += k
		r.left -= int64(k)
	}
	return n, r.err
}

// chunk reads the header of the next chunk.
func (r *Reader2) chunk() error {
	if r.packed > 0 {
		// Behind a chunk of LZMA: it must end where it said.
		if r.dec.rc.normalise(); r.dec.rc.err != nil {
			return r.dec.rc.err
		}
		if r.dec.pending > 0 || r.dec.rc.left != 0 {
			return ErrCorrupt
		}
		r.n += r.packed
		r.packed = 0
	}
	control, err := r.byte()
	if err != nil {
		return err
	}
	if control == 0 {
		return io.EOF
	}
	if control == 1 || control >= 0xe0 {
		r.win.clear()
		r.needDict = false
	} else if r.needDict {
		return ErrCorrupt
	}
	if control > 2 && control < 0x80 {
		return ErrCorrupt
	}
	size, err := r.short()
	if err != nil {
		return err
	}
	r.plain = control < 0x80
	if r.plain {
		r.left = size + 1
		return nil
	}
	packed, err := r.short()
	if err != nil {
		return err
	}
	if control >= 0xc0 {
		props, err := r.byte()
		if err != nil {
			return err
		}
		if err := r.dec.setProps(props); err != nil {
			return err
		}
		r.needInit = false
	} else if r.needInit {
		return ErrCorrupt
	}
	if control >= 0xa0 {
		r.dec.reset()
	}
	r.left = int64(control&0x1f)<<16 + size + 1
	r.packed = packed + 1
	r.dec.rc.start(r.br, r.packed)
	return r.dec.rc.err
}

func (r *Reader2) byte() (byte, error) {
	b, err := r.br.ReadByte()
	if err != nil {
		return 0, noEOF(err)
	}
	r.n++
	return b, nil
}

func (r *Reader2) short() (int64, error) {
	hi, err := r.byte()
	if err != nil {
		return 0, err
	}
	lo, err := r.byte()
	return int64(hi)<<8 | int64(lo), err
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
