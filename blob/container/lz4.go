package container

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Lz4 is the frame format of LZ4, 1.6.4, which joblib writes and lz4.frame reads,
// with its legacy frames. Frames stand one behind another.
type Lz4 struct{}

// Name implements [Format].
func (Lz4) Name() string { return "lz4" }

// Traits implements [Format].
func (Lz4) Traits() Traits { return Traits{Single: true, Coding: true, Suffixes: []string{".lz4"}} }

const (
	magicLz4       = 0x184d2204
	magicLz4Legacy = 0x184c2102
	magicZstd      = 0xfd2fb528
	// The lowest four bits of this one are free.
	magicSkippable = 0x184d2a50
)

func magic(head []byte) uint32 {
	if len(head) < 4 {
		return 0
	}
	return binary.LittleEndian.Uint32(head)
}

// Recognise implements [Format]. Frames to be skipped, which zstd has too, are
// left to [Zstd].
func (Lz4) Recognise(head []byte, _ Data) bool {
	m := magic(head)
	return m == magicLz4 || m == magicLz4Legacy
}

// Members implements [Format].
func (Lz4) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return single("lz4", data, 0, openSeries(frameStarter), b)
}

// frameStarter starts frames of lz4 and zstd. Both say that frames with data for
// others may stand between those with data.
func frameStarter() starter {
	var z zstdStream
	return func(br *bufio.Reader) (io.Reader, error) { return startFrame(br, &z) }
}

func startFrame(br *bufio.Reader, z *zstdStream) (io.Reader, error) {
	head, err := br.Peek(4)
	if err != nil {
		return nil, err
	}
	switch m := magic(head); {
	case m == magicLz4:
		return startLz4(br)
	case m == magicLz4Legacy:
		return &lz4Frame{br: br, most: lz4LegacyBlock, legacy: true}, discard(br, 4)
	case m == magicZstd:
		return z.start(br)
	case m&^0xf == magicSkippable:
		var h [8]byte
		if _, err := io.ReadFull(br, h[:]); err != nil {
			return nil, err
		}
		return nothing{}, discard(br, int64(binary.LittleEndian.Uint32(h[4:])))
	}
	return nil, errors.New("neither a frame of lz4 nor of zstd")
}

const (
	lz4Window      = 64 << 10
	lz4LegacyBlock = 8 << 20

	lz4FlagDictionary = 1
	lz4FlagSum        = 1 << 2
	lz4FlagSize       = 1 << 3
	lz4FlagBlockSum   = 1 << 4

	lz4Plain = 1 << 31 // a block that is not compressed
)

// lz4Frame is one frame: blocks that may refer to 64 KiB before them. Checksums
// are not looked at: not every loader does.
type lz4Frame struct {
	br       *bufio.Reader
	most     int // decompressed bytes of a block
	blockSum int64
	sum      int64
	legacy   bool

	in   bytes.Buffer
	out  []byte // up to 64 KiB that were handed out, and the block
	pos  int    // in out
	all  uint32
	err  error
	dict bool
}

// startLz4 reads the header of a frame. Its version and checksum say nothing
// about how to read on.
func startLz4(br *bufio.Reader) (io.Reader, error) {
	var h [6]byte
	if _, err := io.ReadFull(br, h[:]); err != nil {
		return nil, err
	}
	flags := h[4]
	f := &lz4Frame{br: br, most: 1 << (8 + 2*max(h[5]>>4&7, 4))}
	rest := int64(1)
	if flags&lz4FlagSize != 0 {
		rest += 8
	}
	if flags&lz4FlagDictionary != 0 {
		rest += 4
		f.dict = true
	}
	if flags&lz4FlagBlockSum != 0 {
		f.blockSum = 4
	}
	if flags&lz4FlagSum != 0 {
		f.sum = 4
	}
	return f, discard(br, rest)
}

// Read implements [io.Reader].
func (f *lz4Frame) Read(b []byte) (int, error) {
	for f.pos == len(f.out) {
		if f.err != nil {
			return 0, f.err
		}
		f.err = f.block()
	}
	n := copy(b, f.out[f.pos:])
	f.pos += n
	return n, nil
}

// block reads the next block. It hands out what there is before an error.
func (f *lz4Frame) block() error {
	keep := f.out[max(0, len(f.out)-lz4Window):]
	f.out = append(f.out[:0], keep...)
	f.pos = len(f.out)
	if f.legacy {
		// Nothing marks the end: the next frame does, or that of the input.
		next, err := f.br.Peek(4)
		m := magic(next)
		if ended(err) && len(next) == 0 || m == magicLz4 || m == magicLz4Legacy || m&^0xf == magicSkippable {
			return io.EOF
		}
	}
	var word [4]byte
	if _, err := io.ReadFull(f.br, word[:]); err != nil {
		return noEOF(err)
	}
	size := binary.LittleEndian.Uint32(word[:])
	if f.legacy {
		// Linux writes the size of all at the end.
		if _, err := f.br.Peek(1); ended(err) && size == f.all {
			return io.EOF
		}
	} else if size == 0 {
		return f.end()
	}
	plain := size&lz4Plain != 0 && !f.legacy
	if plain {
		size &^= lz4Plain
	}
	if int64(size) > int64(f.most)+int64(f.most)/255+16 {
		return fmt.Errorf("a block of %d bytes is larger than the frame allows", size)
	}
	f.in.Reset()
	_, err := io.CopyN(&f.in, f.br, int64(size))
	if err == nil {
		err = discard(f.br, f.blockSum)
	}
	if plain {
		f.out = append(f.out, f.in.Bytes()...)
	} else {
		var bad error
		f.out, bad = lz4Block(f.out, f.in.Bytes(), f.pos+f.most)
		if err == nil {
			err = bad
		}
	}
	f.all += uint32(len(f.out) - f.pos)
	if err != nil && f.dict {
		err = fmt.Errorf("the frame needs a dictionary that is not in it: %w", err)
	}
	return noEOF(err)
}

// end steps over what stands behind the last block.
func (f *lz4Frame) end() error {
	if err := discard(f.br, f.sum); err != nil {
		return err
	}
	return io.EOF
}
