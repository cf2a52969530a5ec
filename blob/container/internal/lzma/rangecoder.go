package lzma

import (
	"bufio"
	"errors"
	"io"
)

// prob is the probability of a 0, in 2048ths.
type prob = uint16

const (
	probBits = 11
	probInit = 1 << (probBits - 1)
	probMove = 5
	rangeTop = 1 << 24
)

// rangeDecoder keeps its first error; from there on it decodes zeros.
type rangeDecoder struct {
	br    *bufio.Reader
	left  int64 // bytes that may be read; negative: all there are
	code  uint32
	width uint32
	err   error
}

// start reads the first five bytes. The first is 0; liblzma before 5.2.6 did not
// look at it.
func (d *rangeDecoder) start(br *bufio.Reader, left int64) {
	*d = rangeDecoder{br: br, left: left, width: 0xffffffff}
	for range 5 {
		d.code = d.code<<8 | uint32(d.next())
	}
}

func (d *rangeDecoder) next() byte {
	if d.err != nil {
		return 0
	}
	if d.left == 0 {
		d.err = ErrCorrupt
		return 0
	}
	b, err := d.br.ReadByte()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		d.err = err
		return 0
	}
	if d.left > 0 {
		d.left--
	}
	return b
}

// normalise runs before a bit and not behind it, as in liblzma, so that the last
// bit needs no byte that is missing.
func (d *rangeDecoder) normalise() {
	if d.width < rangeTop {
		d.width <<= 8
		d.code = d.code<<8 | uint32(d.next())
	}
}

func (d *rangeDecoder) bit(p *prob) uint32 {
	d.normalise()
	bound := d.width >> probBits * uint32(*p)
	if d.code < bound {
		d.width = bound
		*p += (1<<probBits - *p) >> probMove
		return 0
	}
	d.width -= bound
	d.code -= bound
	*p -= *p >> probMove
	return 1
}

// direct decodes n bits of even chance.
func (d *rangeDecoder) direct(n int) (v uint32) {
	for range n {
		d.normalise()
		d.width >>= 1
		v <<= 1
		if d.code >= d.width {
			d.code -= d.width
			v |= 1
		}
	}
	return v
}

// tree decodes n bits, highest first; probs has 1<<n elements.
func (d *rangeDecoder) tree(probs []prob, n int) uint32 {
	m := uint32(1)
	for range n {
		m = m<<1 | d.bit(&probs[m])
	}
	return m - 1<<n
}

// reverse decodes n bits, lowest first. The root of probs is at 1.
func (d *rangeDecoder) reverse(probs []prob, n int) (v uint32) {
	m := uint32(1)
	for i := range n {
		b := d.bit(&probs[m])
		m = m<<1 | b
		v |= b << i
	}
	return v
}

func fill(probs []prob) {
	for i := range probs {
		probs[i] = probInit
	}
}

// lengths decodes the lengths of matches.
type lengths struct {
	choice [2]prob
	low    [16][8]prob
	mid    [16][8]prob
	high   [256]prob
}

func (l *lengths) reset() {
	fill(l.choice[:])
	for i := range l.low {
		fill(l.low[i][:])
		fill(l.mid[i][:])
	}
	fill(l.high[:])
}

func (l *lengths) decode(d *rangeDecoder, pos uint32) uint32 {
	if d.bit(&l.choice[0]) == 0 {
		return d.tree(l.low[pos][:], 3)
	}
	if d.bit(&l.choice[1]) == 0 {
		return 8 + d.tree(l.mid[pos][:], 3)
	}
	return 16 + d.tree(l.high[:], 8)
}
