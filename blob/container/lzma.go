package container

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/bits"

	"github.com/pickle-lint/pickle-lint/blob/container/internal/lzma"
)

// Lzma is the older format of one LZMA stream behind 13 bytes of header, which
// joblib writes with compress="lzma" and Python calls FORMAT_ALONE.
type Lzma struct{}

// Name implements [Format].
func (Lzma) Name() string { return "lzma" }

// Traits implements [Format].
func (Lzma) Traits() Traits { return Traits{Single: true, Suffixes: []string{".lzma"}} }

const (
	lzmaHeader = 13
	// lzmaUnknown is the size of a stream that ends with a mark.
	lzmaUnknown = 1<<64 - 1
	// lzmaMost is the largest size that lzma_auto_decoder believes.
	lzmaMost = 1 << 38
)

// Recognise implements [Format]. There is no magic, only a header that can be
// one: properties that liblzma takes, the two zero bytes that joblib looks for or
// a dictionary of a size that lzma_auto_decoder takes, and a size. So the head
// must decompress, too.
func (Lzma) Recognise(head []byte, _ Data) bool {
	if len(head) <= lzmaHeader || head[0] >= 225 || head[0]%9+head[0]/9%5 > 4 {
		return false
	}
	dict := binary.LittleEndian.Uint32(head[1:])
	size := binary.LittleEndian.Uint64(head[5:])
	if size == 0 || size != lzmaUnknown && size >= lzmaMost {
		return false
	}
	usual := bytes.HasPrefix(head, []byte{0x5d, 0, 0})
	if usual && size == lzmaUnknown {
		return true // long enough to be no accident
	}
	if !usual && !lzmaDictionary(dict) {
		return false
	}
	r, err := startLzma(bufio.NewReaderSize(bytes.NewReader(head), HeadSize))
	if err != nil {
		return false
	}
	var out [64]byte
	n, err := io.ReadFull(r, out[:])
	return err == nil || n > 0 && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF))
}

// lzmaDictionary reports 2^n, 2^n + 2^(n-1), and the largest number there is, from
// 4 KiB on.
func lzmaDictionary(n uint32) bool {
	if n < 4<<10 {
		return false
	}
	top := uint32(1) << (bits.Len32(n) - 1)
	return n == top || n == top|top>>1 || n == 1<<32-1
}

// lzmaDictionarySize is the size that LZMA2 writes as one byte.
func lzmaDictionarySize(b byte) int64 { return int64(2|b&1) << (min(b, 40)/2 + 11) }

// Members implements [Format].
func (Lzma) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return single("lzma", data, 0, openSeries(xzStarter), b)
}

func startLzma(br *bufio.Reader) (io.Reader, error) {
	var h [lzmaHeader]byte
	if _, err := io.ReadFull(br, h[:]); err != nil {
		return nil, err
	}
	size := int64(binary.LittleEndian.Uint64(h[5:])) // unknown is -1
	if size < -1 {
		return nil, errors.New("no lzma header")
	}
	return lzma.NewReader(br, h[0], binary.LittleEndian.Uint32(h[1:]), size)
}

// flagLzmaEnd says that an entry of a zip ends with a mark.
const flagLzmaEnd = 1 << 1

// openZipLzma opens method 14 of zip (APPNOTE 5.8), which Python's zipfile reads:
// two bytes of version, two that are the length of the properties, and those.
func openZipLzma(flags uint16) opener {
	return func(raw io.Reader) (io.Reader, error) {
		br := bufio.NewReaderSize(raw, spoolChunk)
		var h [9]byte
		if _, err := io.ReadFull(br, h[:]); err != nil {
			return nil, noEOF(err)
		}
		if n := binary.LittleEndian.Uint16(h[2:]); n != 5 {
			return nil, fmt.Errorf("%d bytes of properties, not 5", n)
		}
		r, err := lzma.NewReader(br, h[4], binary.LittleEndian.Uint32(h[5:]), -1)
		if err != nil || flags&flagLzmaEnd != 0 {
			return r, err
		}
		// The end of the entry is that of the data, then. The sizes that it
		// declares are not believed.
		return lenient{r, io.ErrUnexpectedEOF}, nil
	}
}
