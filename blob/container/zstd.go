package container

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/klauspost/compress/zstd"
)

// Zstd is RFC 8878. Frames stand one behind another.
type Zstd struct{}

// Name implements [Format].
func (Zstd) Name() string { return "zstd" }

// Traits implements [Format].
func (Zstd) Traits() Traits { return Traits{Single: true, Suffixes: []string{".zst", ".zstd"}} }

// Recognise implements [Format]. A frame to be skipped may stand before one of
// lz4 as well, which then is read here.
func (Zstd) Recognise(head []byte, _ Data) bool {
	m := magic(head)
	return m == magicZstd || m&^0xf == magicSkippable
}

// Members implements [Format].
func (Zstd) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return single("zstd", data, 0, openSeries(frameStarter), b)
}

// zstdWindow is the most that a frame may reach back: the decoder allocates it.
const zstdWindow = 64 << 20

// zstdStream holds the decoder, so that many frames need one window.
type zstdStream struct{ dec *zstd.Decoder }

// start starts the frame that br is at. Wrong checksums are not looked at: not
// every loader does.
func (z *zstdStream) start(br *bufio.Reader) (io.Reader, error) {
	frame := &zstdFrame{br: br}
	if err := frame.header(); err != nil {
		return nil, err
	}
	var err error
	if z.dec == nil {
		// One decoder at a time starts no goroutine, which would have to be stopped.
		z.dec, err = zstd.NewReader(frame, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderMaxMemory(zstdWindow), zstd.IgnoreChecksum(true))
	} else {
		err = z.dec.Reset(frame)
	}
	return z, err
}

// Read implements [io.Reader]. A panic of the decoder is an error.
func (z *zstdStream) Read(b []byte) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = 0, fmt.Errorf("the decoder failed: %v", r)
		}
	}()
	n, err = z.dec.Read(b)
	if errors.Is(err, zstd.ErrUnknownDictionary) {
		err = errors.New("the frame needs a dictionary that is not in it")
	}
	return n, err
}

// zstdFrame passes the bytes of one frame on, and then ends, so that what stands
// behind it is not the decoder's matter.
type zstdFrame struct {
	br   *bufio.Reader
	head bytes.Reader // what was read to tell how long the next part is
	rest int64        // bytes of the part behind it
	sum  bool
	last bool
}

// header reads the header of the frame.
func (f *zstdFrame) header() error {
	head, err := f.br.Peek(6)
	if len(head) < 5 {
		return noEOF(err)
	}
	flags := head[4]
	single := flags&0x20 != 0
	n := 5 + []int{0, 1, 2, 4}[flags&3] + []int{0, 2, 4, 8}[flags>>6]
	switch {
	case single && flags>>6 == 0:
		n++
	case !single:
		n++
		if len(head) < 6 {
			return noEOF(err)
		}
		base := int64(1) << (10 + head[5]>>3)
		if size := base + base/8*int64(head[5]&7); size > zstdWindow {
			return fmt.Errorf("%w: a window of %d bytes, more than %d", ErrLimit, size, zstdWindow)
		}
	}
	all := make([]byte, n) // at most 18
	if _, err := io.ReadFull(f.br, all); err != nil {
		return noEOF(err)
	}
	if single {
		// The window is as large as what it decompresses to.
		var size uint64
		for i := n - 1; i >= 5+[]int{0, 1, 2, 4}[flags&3]; i-- {
			size = size<<8 | uint64(all[i])
		}
		if size > zstdWindow {
			return fmt.Errorf("%w: a window of %d bytes, more than %d", ErrLimit, size, zstdWindow)
		}
	}
	f.sum = flags&4 != 0
	f.head.Reset(all)
	return nil
}

// Read implements [io.Reader].
func (f *zstdFrame) Read(b []byte) (int, error) {
	for f.head.Len() == 0 && f.rest == 0 {
		if f.last {
			return 0, io.EOF
		}
		if err := f.block(); err != nil {
			return 0, err
		}
	}
	if f.head.Len() > 0 {
		return f.head.Read(b)
	}
	n, err := f.br.Read(b[:min(int64(len(b)), f.rest)])
	f.rest -= int64(n)
	return n, noEOF(err)
}

// block reads the header of the next block.
func (f *zstdFrame) block() error {
	var h [3]byte
	if _, err := io.ReadFull(f.br, h[:]); err != nil {
		return noEOF(err)
	}
	f.head.Reset(h[:])
	word := uint32(h[0]) | uint32(h[1])<<8 | uint32(h[2])<<16
	if f.rest = int64(word >> 3); word>>1&3 == 1 {
		f.rest = 1 // one byte, repeated
	}
	if f.last = word&1 != 0; f.last && f.sum {
		f.rest += 4
	}
	return nil
}
