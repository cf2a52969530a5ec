package container

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

const (
	carveWindow = 64 << 10
	// maxName is the longest name that a header in a gap is believed to have.
	maxName = 1024
)

// carve looks for local headers in the parts of the file that no directory
// accounts for. In an honest file there are none, so that nothing is read; where
// the directory is gone, all of the file is such a part.
func (z *zipReader) carve(b *Budget) error {
	slices.SortFunc(z.covered, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	spans := append(slices.Clone(z.covered), span{z.size, z.size})
	var at int64
	for _, s := range spans {
		if s.from > at {
			if err := z.gap(at, min(s.from, z.size), b); err != nil {
				return err
			}
		}
		at = max(at, s.to)
	}
	return nil
}

// gap looks for local headers that begin between from and to.
func (z *zipReader) gap(from, to int64, b *Budget) error {
	if to-from < localSize {
		return nil
	}
	buf := make([]byte, min(carveWindow, to-from))
	for at := from; at < to; {
		w := buf[:min(int64(len(buf)), to-at)]
		if err := b.search(len(w)); err != nil {
			return err
		}
		if err := readAt(z.data, w, at); err != nil {
			return err
		}
		i := bytes.Index(w, []byte(sigLocal))
		if i < 0 {
			// A signature may lie across the windows.
			if at += int64(len(w)); at < to {
				at -= int64(len(sigLocal) - 1)
			}
			continue
		}
		at += int64(i)
		e, ok, err := z.local(at, to)
		if err != nil {
			return err
		}
		if !ok {
			at += int64(len(sigLocal))
			continue
		}
		if len(z.entries) >= z.limit {
			return fmt.Errorf("%w: more than %d entries", ErrLimit, z.limit)
		}
		z.entries = append(z.entries, e)
		if at = e.data; e.flags&8 == 0 {
			at += e.compressed
		}
	}
	return nil
}

// local reads the local header at off as an entry of its own.
func (z *zipReader) local(off, to int64) (entry, bool, error) {
	var h [localSize]byte
	if off > z.size-localSize {
		return entry{}, false, nil
	}
	if err := readAt(z.data, h[:], off); err != nil {
		return entry{}, false, err
	}
	e := entry{
		listing: -1,
		flags:   le.Uint16(h[6:]), method: le.Uint16(h[8:]), header: off,
		compressed: int64(le.Uint32(h[18:])), declared: int64(le.Uint32(h[22:])),
	}
	nameLen, extraLen := int64(le.Uint16(h[26:])), int64(le.Uint16(h[28:]))
	e.data = off + localSize + nameLen + extraLen
	if !slices.Contains(zipMethods, e.method) || nameLen == 0 || nameLen > maxName || e.data > z.size {
		return e, false, nil
	}
	text := make([]byte, nameLen+extraLen)
	if err := readAt(z.data, text, off+localSize); err != nil {
		return e, false, err
	}
	e.name = string(text[:nameLen])
	e.zip64(text[nameLen:], false)
	if e.flags&8 != 0 || e.compressed < 0 || e.compressed > z.size-e.data {
		// The size is told behind the data, or is wrong: up to the end of
		// the gap at most.
		e.compressed = max(0, to-e.data)
		e.flags |= 8
	}
	return e, true, nil
}
