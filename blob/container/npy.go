package container

import (
	"encoding/binary"
	"fmt"
	"iter"
	"strings"
)

// Npy is the format of numpy.save, versions 1 to 3 (numpy/lib/format.py). If
// the dtype of an array holds objects, the data is one pickle; else it is raw.
// Several arrays may follow each other.
type Npy struct{}

const npyMagic = "\x93NUMPY"

// maxNpyHeader bounds the header that is read, in bytes. numpy itself refuses
// more than 10 000 unless pickles are allowed.
const maxNpyHeader = 1 << 20

// Name implements [Format].
func (Npy) Name() string { return "npy" }

// Traits implements [Format].
func (Npy) Traits() Traits { return Traits{} }

// Recognise implements [Format].
func (Npy) Recognise(head []byte, _ Data) bool {
	return len(head) >= 8 && strings.HasPrefix(string(head[:8]), npyMagic)
}

// Members implements [Format].
func (Npy) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("npy: %w", err)) {
			return
		}
		for off := int64(0); off < size; {
			h, err := readNpy(data, size, off)
			if err != nil {
				yield(problem("npy: header at offset %d: %w", off, err))
				return
			}
			if h.kind == npyRaw {
				// Raw numbers. What follows them is another array, or what a program
				// has written behind one.
				next := h.data + h.length
				var magic [len(npyMagic)]byte
				if next >= size {
					return
				}
				if readAt(data, magic[:], next) == nil && string(magic[:]) == npyMagic {
					off = next
					continue
				}
				if err := b.value(); err != nil {
					yield(problem("npy: %w", err))
					return
				}
				yield(Member{Name: fmt.Sprintf("at %d", next), Data: section(data, size, next, size-next), Rest: true, At: next}, nil)
				return
			}
			if err := b.value(); err != nil {
				yield(problem("npy: %w", err))
				return
			}
			// In doubt the data is tried as a pickle; raw data is none.
			yield(Member{Name: "objects", Data: section(data, size, h.data, size-h.data), Promised: h.kind == npyObjects}, nil)
			return
		}
	}
}

// npyHeader is what a header says of the data behind it.
type npyHeader struct {
	data   int64 // where the data begins
	kind   npyData
	length int64 // bytes of raw data
}

func readNpy(data Data, size, off int64) (npyHeader, error) {
	var head [12]byte
	n := 10
	if err := readAt(data, head[:n], off); err != nil {
		return npyHeader{}, err
	}
	length := int64(binary.LittleEndian.Uint16(head[8:]))
	switch head[6] {
	case 1:
	case 2, 3:
		n = 12
		if err := readAt(data, head[8:], off+8); err != nil {
			return npyHeader{}, err
		}
		length = int64(binary.LittleEndian.Uint32(head[8:]))
	default:
		return npyHeader{}, fmt.Errorf("version %d.%d", head[6], head[7])
	}
	h := npyHeader{data: off + int64(n) + length}
	if h.data > size {
		return h, fmt.Errorf("announces %d bytes, %d are left", length, size-off-int64(n))
	}
	if length > maxNpyHeader {
		return h, fmt.Errorf("%w: %d bytes", ErrLimit, length)
	}
	text := make([]byte, length)
	if err := readAt(data, text, off+int64(n)); err != nil {
		return h, err
	}
	h.kind, h.length = npyHeaderData(string(text))
	return h, nil
}
