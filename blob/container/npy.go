package container

import (
	"encoding/binary"
	"fmt"
	"iter"
	"math/bits"
	"regexp"
	"strconv"
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
			if h.length >= 0 && !h.objects {
				// Raw numbers. What follows them is looked at only if it is
				// another array: nothing else is loaded from there.
				next := h.data + h.length
				var magic [len(npyMagic)]byte
				if next >= size || readAt(data, magic[:], next) != nil || string(magic[:]) != npyMagic {
					return
				}
				off = next
				continue
			}
			if err := b.entry(); err != nil {
				yield(problem("npy: %w", err))
				return
			}
			yield(Member{Name: "objects", Data: section(data, size, h.data, size-h.data)}, nil)
			return
		}
	}
}

// npyHeader is what a header says of the data behind it.
type npyHeader struct {
	data    int64 // where the data begins
	objects bool  // or in doubt
	length  int64 // bytes of raw data, -1 when that is not known
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
	h.objects, h.length = parseNpy(string(text))
	return h, nil
}

var (
	// The header is the repr of a dict. These match what numpy writes; what
	// they do not match is in doubt.
	npyDescr   = regexp.MustCompile(`^\s*\{'descr': '([<>=|]?)([a-zA-Z])([0-9]*)', 'fortran_order': (?:True|False), 'shape': \(([0-9, ]*)\),? *\}\s*$`)
	npyStrings = regexp.MustCompile(`'[^']*'|"[^"]*"`)
)

// parseNpy says whether the data holds objects, and how long it is if it is raw.
// A structured dtype that mentions an O anywhere, in a field's name too, and a
// header of another form than numpy's are in doubt, and doubt means objects: the
// data is then tried as a pickle, and raw data is none.
func parseNpy(text string) (objects bool, length int64) {
	m := npyDescr.FindStringSubmatch(text)
	if m == nil {
		for _, s := range npyStrings.FindAllString(text, -1) {
			if strings.ContainsAny(s, "O\\") || strings.Contains(s, "object") {
				return true, -1
			}
		}
		return !strings.Contains(text, "'descr': ["), -1
	}
	if m[2] == "O" {
		return true, -1
	}
	n, err := strconv.ParseUint(m[3], 10, 32)
	if err != nil {
		return false, -1
	}
	if m[2] == "U" {
		n *= 4 // UCS-4
	}
	for dim := range strings.FieldsFuncSeq(m[4], func(r rune) bool { return r == ',' || r == ' ' }) {
		d, err := strconv.ParseUint(dim, 10, 62)
		if err != nil {
			return false, -1
		}
		hi, lo := bits.Mul64(n, d)
		if hi != 0 || lo > 1<<62 {
			return false, -1
		}
		n = lo
	}
	return false, int64(n)
}
