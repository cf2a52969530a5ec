package container

import (
	"fmt"
	"io"
)

// number reads a number of 7z: as many ones lead the first byte as bytes follow,
// lowest first, and its other bits are the highest.
func (h *sevenHeader) number() (uint64, error) {
	first, err := h.r.ReadByte()
	if err != nil {
		return 0, noEOF(err)
	}
	var v uint64
	mask := byte(0x80)
	for i := range 8 {
		if first&mask == 0 {
			return v | uint64(first&(mask-1))<<(8*i), nil
		}
		b, err := h.r.ReadByte()
		if err != nil {
			return 0, noEOF(err)
		}
		v |= uint64(b) << (8 * i)
		mask >>= 1
	}
	return v, nil
}

// size reads a number that counts bytes of a file.
func (h *sevenHeader) size() (int64, error) {
	v, err := h.number()
	if err == nil && v > 1<<61 {
		err = fmt.Errorf("a size of %d bytes", v)
	}
	return int64(v), err
}

func (h *sevenHeader) want(kind uint64) error {
	got, err := h.number()
	if err == nil && got != kind {
		err = fmt.Errorf("part %#x where %#x belongs", got, kind)
	}
	return err
}

// take reads n bytes, which are there or nothing is made for them.
func (h *sevenHeader) take(n uint64) ([]byte, error) {
	if n > uint64(h.r.Len()) {
		return nil, io.ErrUnexpectedEOF
	}
	b := make([]byte, n)
	_, err := io.ReadFull(&h.r, b)
	return b, err
}

// sums steps over checksums, of which some may be left out, and tells which are
// there.
func (h *sevenHeader) sums(n uint64, there func(i int)) error {
	all, err := h.r.ReadByte()
	if err != nil {
		return noEOF(err)
	}
	if n > uint64(h.r.Len())*8 {
		return io.ErrUnexpectedEOF
	}
	var bits []byte
	if all == 0 {
		if bits, err = h.take((n + 7) / 8); err != nil {
			return err
		}
	}
	for i := range int(n) {
		if all == 0 && bits[i/8]&(0x80>>(i%8)) == 0 {
			continue
		}
		if _, err := h.take(4); err != nil {
			return err
		}
		there(i)
	}
	return nil
}
