package container

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"
)

// The words of 7zFormat.txt for the parts of a header.
const (
	sevenEnd = iota
	sevenMain
	sevenArchive
	sevenMore
	sevenStreams
	sevenFiles
	sevenPack
	sevenUnpack
	sevenSub
	sevenSize
	sevenSum
	sevenFolders
	sevenUnpackSize
	sevenCount
	sevenEmpty
)

const (
	sevenNames   = 0x11
	sevenEncoded = 0x17

	// sevenCoders is how many coders 7-Zip takes in a folder, too.
	sevenCoders = 32
)

// sevenHeader is what a header says, as far as it was read. Nothing is made by a
// count in it: lists grow with the bytes that are there, up to most.
type sevenHeader struct {
	most    int
	packed  int64 // where the compressed data begins
	sizes   []int64
	folders []sevenFolder
	names   []string
	end     int64 // where the archive ends, or 0

	r bytes.Reader
}

// parse reads a header, and reports whether it only says where the real one is.
func (h *sevenHeader) parse(raw []byte) (encoded bool, err error) {
	h.r.Reset(raw)
	// What was read counts, whatever follows.
	defer h.place()
	kind, err := h.number()
	if err != nil {
		return false, err
	}
	if kind == sevenEncoded {
		return true, h.streams()
	}
	if kind != sevenMain {
		return false, fmt.Errorf("part %#x is no header", kind)
	}
	for {
		switch kind, err = h.number(); {
		case err != nil:
			return false, err
		case kind == sevenEnd:
			return false, nil
		case kind == sevenArchive:
			err = h.properties(func(uint64, []byte) error { return nil })
		case kind == sevenStreams:
			err = h.streams()
		case kind == sevenFiles:
			return false, h.files()
		default:
			err = fmt.Errorf("part %#x is not known", kind)
		}
		if err != nil {
			return false, err
		}
	}
}

// place says where the stream of each folder is.
func (h *sevenHeader) place() {
	at, pack, first := int64(0), 0, 0
	for i := range h.folders {
		f := &h.folders[i]
		if f.files == nil {
			f.files = []int64{f.size()}
		}
		f.at, f.first = at, first
		first += len(f.files)
		for k := range f.packs {
			if pack+k >= len(h.sizes) {
				break
			}
			if k == 0 {
				f.packedSize = h.sizes[pack]
			}
			at = addSizes(at, h.sizes[pack+k])
		}
		pack += f.packs
	}
}

// addSizes stays at the largest number there is.
func addSizes(a, b int64) int64 {
	if a > 1<<61-b {
		return 1 << 61
	}
	return a + b
}

// streams reads where the compressed data is and how it is compressed.
func (h *sevenHeader) streams() error {
	for {
		kind, err := h.number()
		switch {
		case err != nil:
			return err
		case kind == sevenEnd:
			return nil
		case kind == sevenPack:
			err = h.pack()
		case kind == sevenUnpack:
			err = h.unpack()
		case kind == sevenSub:
			err = h.sub()
		default:
			err = fmt.Errorf("part %#x of the streams is not known", kind)
		}
		if err != nil {
			return err
		}
	}
}

func (h *sevenHeader) pack() error {
	off, err := h.size()
	if err != nil {
		return err
	}
	h.packed = addSizes(off, sevenStart)
	n, err := h.number()
	if err != nil {
		return err
	}
	for {
		kind, err := h.number()
		switch {
		case err != nil:
			return err
		case kind == sevenEnd:
			return nil
		case kind == sevenSize:
			for range n {
				size, err := h.size()
				if err != nil {
					return err
				}
				h.sizes = append(h.sizes, size)
			}
		case kind == sevenSum:
			if err := h.sums(n, func(int) {}); err != nil {
				return err
			}
		default:
			return fmt.Errorf("part %#x of the packed streams is not known", kind)
		}
	}
}

func (h *sevenHeader) unpack() error {
	if err := h.want(sevenFolders); err != nil {
		return err
	}
	n, err := h.number()
	if err != nil {
		return err
	}
	if err := h.want(0); err != nil { // not elsewhere
		return err
	}
	for range n {
		if len(h.folders) >= h.most {
			return fmt.Errorf("%w: more than %d folders", ErrLimit, h.most)
		}
		if err := h.folderHeader(); err != nil {
			return err
		}
	}
	if err := h.want(sevenUnpackSize); err != nil {
		return err
	}
	for i := range h.folders {
		for k := range h.folders[i].coders {
			if h.folders[i].coders[k].size, err = h.size(); err != nil {
				return err
			}
		}
	}
	for {
		kind, err := h.number()
		switch {
		case err != nil:
			return err
		case kind == sevenEnd:
			return nil
		case kind == sevenSum:
			if err := h.sums(n, func(i int) { h.folders[i].sum = true }); err != nil {
				return err
			}
		default:
			return fmt.Errorf("part %#x of the folders is not known", kind)
		}
	}
}

// sub reads how the stream of a folder is cut into files.
func (h *sevenHeader) sub() error {
	counts := make([]uint64, len(h.folders))
	for i := range counts {
		counts[i] = 1
	}
	kind, err := h.number()
	if err == nil && kind == sevenCount {
		for i := range counts {
			if counts[i], err = h.number(); err != nil {
				return err
			}
		}
		kind, err = h.number()
	}
	if err != nil {
		return err
	}
	total := 0
	for i, n := range counts {
		f := &h.folders[i]
		f.files = []int64{}
		left := f.size()
		for k := range n {
			size := left
			if k+1 < n {
				if kind != sevenSize {
					return errors.New("files without a size")
				}
				if size, err = h.size(); err != nil {
					return err
				}
			}
			if total++; total > 2*h.most {
				return fmt.Errorf("%w: more than %d files", ErrLimit, 2*h.most)
			}
			if size > left {
				// The rest is where it would be all the same.
				size = left
			}
			left -= size
			f.files = append(f.files, size)
		}
	}
	if kind == sevenSize {
		kind, err = h.number()
	}
	for ; err == nil && kind != sevenEnd; kind, err = h.number() {
		if kind != sevenSum {
			return fmt.Errorf("part %#x of the files is not known", kind)
		}
		n := uint64(0)
		for i := range h.folders {
			if f := &h.folders[i]; len(f.files) != 1 || !f.sum {
				n += uint64(len(f.files))
			}
		}
		if err := h.sums(n, func(int) {}); err != nil {
			return err
		}
	}
	return err
}

// files reads the names of files that have data.
func (h *sevenHeader) files() error {
	if _, err := h.number(); err != nil {
		return err
	}
	var empty, names []byte
	err := h.properties(func(kind uint64, b []byte) error {
		switch kind {
		case sevenEmpty:
			empty = b
		case sevenNames:
			if len(b) > 0 && b[0] == 0 {
				names = b[1:]
			}
		}
		return nil
	})
	var name []uint16
	for i := 0; len(names) >= 2 && len(h.names) < 2*h.most; names = names[2:] {
		if c := binary.LittleEndian.Uint16(names); c != 0 {
			name = append(name, c)
			continue
		}
		if i/8 >= len(empty) || empty[i/8]&(0x80>>(i%8)) == 0 {
			h.names = append(h.names, string(utf16.Decode(name)))
		}
		name = name[:0]
		i++
	}
	return err
}

// properties reads parts that say how long they are.
func (h *sevenHeader) properties(each func(kind uint64, b []byte) error) error {
	for {
		kind, err := h.number()
		if err != nil || kind == sevenEnd {
			return err
		}
		n, err := h.number()
		if err != nil {
			return err
		}
		b, err := h.take(n)
		if err != nil {
			return err
		}
		if err := each(kind, b); err != nil {
			return err
		}
	}
}
