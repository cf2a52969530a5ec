package container

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/pickle-lint/pickle-lint/blob/container/internal/lzma"
)

// Xz is the .xz format, 1.2.1. Python's lzma goes on behind the end of a stream
// with one of xz or of lzma, and so does this.
type Xz struct{}

// Name implements [Format].
func (Xz) Name() string { return "xz" }

// Traits implements [Format].
func (Xz) Traits() Traits { return Traits{Single: true, Suffixes: []string{".xz"}} }

const xzMagic = "\xfd7zXZ\x00"

// Recognise implements [Format].
func (Xz) Recognise(head []byte, _ Data) bool { return bytes.HasPrefix(head, []byte(xzMagic)) }

// Members implements [Format].
func (Xz) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return single("xz", data, 0, openSeries(xzStarter), b)
}

// xzStream is one stream: blocks, their index, and a footer. No checksum is
// looked at: the bytes behind a wrong one are handed out by liblzma, too, before
// it finds that out.
type xzStream struct {
	br      *bufio.Reader
	check   int64 // bytes of a checksum
	lz      *lzma.Reader2
	data    io.Reader // of the block; nil: between blocks
	unknown error     // a filter that was not undone
}

// xzChecks has the size of each kind of checksum.
var xzChecks = [16]int64{0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64}

const xzFooter = 12

func xzStarter() starter { return startXz }

// startXz starts a stream of xz, or of lzma, as lzma_auto_decoder does.
func startXz(br *bufio.Reader) (io.Reader, error) {
	head, err := br.Peek(HeadSize)
	switch {
	case (Xz{}).Recognise(head, nil):
	case (Lzma{}).Recognise(head, nil):
		return startLzma(br)
	case err != nil && !ended(err):
		return nil, err
	default:
		return nil, errors.New("neither xz nor lzma")
	}
	var h [12]byte
	if _, err := io.ReadFull(br, h[:]); err != nil {
		return nil, err
	}
	return &xzStream{br: br, check: xzChecks[h[7]&0xf]}, nil
}

// Read implements [io.Reader].
func (x *xzStream) Read(b []byte) (int, error) {
	for {
		if x.data == nil {
			more, err := x.block()
			if err != nil {
				return 0, noEOF(err)
			}
			if !more {
				if x.unknown != nil {
					return 0, &lesserError{x.unknown}
				}
				return 0, io.EOF
			}
		}
		n, err := x.data.Read(b)
		if ended(err) {
			x.data = nil
			err = discard(x.br, -x.lz.Consumed()&3+x.check)
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

const (
	xzLzma2 = 0x21
	xzDelta = 0x03
)

// block reads the header of the next block, or the index and the footer.
func (x *xzStream) block() (bool, error) {
	size, err := x.br.ReadByte()
	if err != nil {
		return false, err
	}
	if size == 0 {
		return false, x.index()
	}
	header := make([]byte, (int(size)+1)*4-1) // at most 1 KiB
	if _, err := io.ReadFull(x.br, header); err != nil {
		return false, err
	}
	flags, r := header[0], bytes.NewReader(header[1:len(header)-4])
	for _, present := range []byte{0x40, 0x80} {
		if flags&present != 0 {
			if _, _, err := varint(r); err != nil {
				return false, err
			}
		}
	}
	var undo []func(io.Reader) io.Reader
	for i := range flags&3 + 1 {
		id, _, err := varint(r)
		if err != nil {
			return false, err
		}
		n, _, err := varint(r)
		if err != nil {
			return false, err
		}
		if n > uint64(r.Len()) {
			return false, errors.New("the properties of a filter are longer than the header")
		}
		props := make([]byte, n) // at most 1 KiB
		_, _ = r.Read(props)     // which are there
		last := i == flags&3
		switch {
		case last && id == xzLzma2 && n == 1:
			x.dictionary(props[0])
		case last:
			return false, fmt.Errorf("the method is %#x and not LZMA2", id)
		case id == xzDelta && n == 1:
			undo = append(undo, func(r io.Reader) io.Reader { return &delta{Reader: r, dist: props[0]} })
		default:
			// The filters for machine code change a few bytes, and
			// hardly any of a pickle: read it as it is, and say so.
			x.unknown = fmt.Errorf("the data went through filter %#x, which was not undone", id)
		}
	}
	x.data = x.lz
	for i := len(undo) - 1; i >= 0; i-- {
		x.data = undo[i](x.data)
	}
	return true, nil
}

// dictionary starts LZMA2 with the dictionary that b stands for.
func (x *xzStream) dictionary(b byte) {
	size := lzmaDictionarySize(b)
	if x.lz == nil {
		x.lz = lzma.NewReader2(x.br, size)
		return
	}
	x.lz.Reset(size)
}

// index steps over the index and the footer. Its count is believed as far as
// there are bytes.
func (x *xzStream) index() error {
	count, n, err := varint(x.br)
	if err != nil {
		return err
	}
	n++ // the zero before it
	for ; count > 0; count-- {
		for range 2 {
			_, k, err := varint(x.br)
			if err != nil {
				return err
			}
			n += k
		}
	}
	return discard(x.br, -n&3+4+xzFooter)
}

// delta undoes the filter of that name: each byte is a difference to an earlier
// one.
type delta struct {
	io.Reader
	dist byte // less 1
	pos  byte
	past [256]byte
}

// Read implements [io.Reader].
func (d *delta) Read(b []byte) (int, error) {
	n, err := d.Reader.Read(b)
	for i := range b[:n] {
		b[i] += d.past[d.pos-d.dist-1]
		d.past[d.pos] = b[i]
		d.pos++
	}
	return n, err
}
