package container

import (
	"bufio"
	"errors"
	"io"
)

// lzfReader decompresses LZF (src/lzf_d.c). References reach back 8 KiB.
type lzfReader struct {
	r      *bufio.Reader
	left   uint64 // as announced; more is not read
	window [8192]byte
	pos    int
	rest   []byte // not yet handed out
	store  [512]byte
}

func (z *lzfReader) Read(b []byte) (int, error) {
	if len(z.rest) == 0 {
		if err := z.more(); err != nil {
			return 0, err
		}
	}
	n := copy(b, z.rest)
	z.rest = z.rest[n:]
	return n, nil
}

// more decompresses one step: at most 264 bytes.
func (z *lzfReader) more() error {
	if z.left == 0 {
		return io.EOF
	}
	c, err := z.r.ReadByte()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // less than announced
		}
		return err
	}
	out := z.store[:0]
	put := func(c byte) {
		z.window[z.pos%len(z.window)] = c
		z.pos++
		out = append(out, c)
	}
	if c < 32 {
		for range int(c) + 1 {
			if c, err = z.r.ReadByte(); err != nil {
				break
			}
			put(c)
		}
	} else {
		length, back := int(c>>5), int(c&0x1f)<<8
		if length == 7 {
			more, err := z.r.ReadByte()
			if err != nil {
				return io.ErrUnexpectedEOF
			}
			length += int(more)
		}
		low, err := z.r.ReadByte()
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		if back += int(low) + 1; back > z.pos || back > len(z.window) {
			return errors.New("a reference to before the start")
		}
		for range length + 2 {
			put(z.window[(z.pos-back)%len(z.window)])
		}
	}
	z.rest = out[:min(uint64(len(out)), z.left)]
	z.left -= uint64(len(z.rest))
	if len(z.rest) == 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}
