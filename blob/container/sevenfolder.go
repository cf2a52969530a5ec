package container

import (
	"errors"
	"fmt"
)

// sevenFolder is one compressed stream.
type sevenFolder struct {
	coders  []sevenCoder
	next    map[int]int // which coder takes what a coder hands out
	start   int         // the coder that takes the packed stream
	complex bool        // coders with several inputs
	packs   int         // packed streams
	sum     bool        // there is a checksum

	at, packedSize int64
	files          []int64 // their sizes
	first          int     // how many files are in the folders before
}

type sevenCoder struct {
	id    uint64
	props []byte
	size  int64 // decompressed
}

// size is that of what the last coder hands out.
func (f *sevenFolder) size() int64 {
	for i := range f.coders {
		if _, ok := f.next[i]; !ok {
			return f.coders[i].size
		}
	}
	return 0
}

// folderHeader reads the coders of a folder and how they are joined.
func (h *sevenHeader) folderHeader() error {
	n, err := h.number()
	if err != nil {
		return err
	}
	if n == 0 || n > sevenCoders {
		return fmt.Errorf("a folder of %d coders", n)
	}
	f := sevenFolder{next: map[int]int{}}
	inputs := n
	for range n {
		flags, err := h.r.ReadByte()
		if err != nil {
			return noEOF(err)
		}
		var c sevenCoder
		id, err := h.take(uint64(flags & 15))
		if err != nil {
			return err
		}
		for _, b := range id {
			c.id = c.id<<8 | uint64(b)
		}
		if flags&0x10 != 0 {
			f.complex = true
			in, err := h.number()
			if err != nil {
				return err
			}
			out, err := h.number()
			if err != nil {
				return err
			}
			if in == 0 || in > sevenCoders || out != 1 {
				return fmt.Errorf("a coder from %d streams to %d", in, out)
			}
			inputs += in - 1
		}
		if flags&0x20 != 0 {
			size, err := h.number()
			if err != nil {
				return err
			}
			if c.props, err = h.take(size); err != nil {
				return err
			}
		}
		if flags&0xc0 != 0 {
			return errors.New("a coder of a kind that is not known")
		}
		f.coders = append(f.coders, c)
	}
	for range n - 1 {
		in, err := h.number()
		if err != nil {
			return err
		}
		out, err := h.number()
		if err != nil {
			return err
		}
		if in >= inputs || out >= n {
			return errors.New("coders are joined that are not there")
		}
		f.next[int(out)] = int(in)
	}
	if inputs < n-1 {
		return errors.New("coders without an input")
	}
	f.packs = int(inputs - (n - 1))
	if f.packs == 1 {
		fed := map[int]bool{}
		for _, in := range f.next {
			fed[in] = true
		}
		for f.start < len(f.coders)-1 && fed[f.start] {
			f.start++
		}
	} else {
		f.complex = true
		for range f.packs {
			if _, err := h.number(); err != nil {
				return err
			}
		}
	}
	h.folders = append(h.folders, f)
	return nil
}
