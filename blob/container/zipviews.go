package container

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"
)

// The two readers whose views are compared. PyTorch reads zips with miniz
// (miniz.c, mz_zip_reader_read_central_dir), everything else in Python with
// zipfile (Lib/zipfile, _EndRecData and _RealGetContents).
type views uint8

const (
	byMiniz views = 1 << iota
	byPython
)

// listing is one directory that was read.
type listing struct {
	at, shift int64
	ends      []int64 // the place behind each record
	// refused: because of one of the first so many records zipfile opens
	// nothing; 0 if there is none.
	refused int
}

// layout is where a reader looks for the directory.
type layout struct {
	ok                bool
	at, shift, length int64
	count             int64 // records, or -1: as many as fit into length
}

// minizLayout: the last signature with a whole record behind it, the ZIP64
// record wherever the locator says, offsets as they are, as many records as the
// count field says.
func (z *zipReader) minizLayout(tail []byte, start int64, ends []int) layout {
	for len(ends) > 0 && len(tail)-ends[len(ends)-1] < endSize {
		ends = ends[:len(ends)-1]
	}
	if len(ends) == 0 {
		return layout{}
	}
	i := ends[len(ends)-1]
	end, at := tail[i:], start+int64(i)
	l := layout{ok: true, at: int64(le.Uint32(end[16:])), length: int64(le.Uint32(end[12:])), count: int64(le.Uint16(end[10:]))}
	here := int64(le.Uint16(end[8:]))
	if where, ok := z.locator(at); ok {
		if where < 0 || where > z.size-end64Size {
			return layout{}
		}
		if e, ok := z.record64(where); ok {
			l.at, l.length, l.count, here = int64(le.Uint64(e[48:])), int64(le.Uint64(e[40:])), int64(le.Uint64(e[32:])), int64(le.Uint64(e[24:]))
		}
	}
	// Directories of several disks, and such as cannot be where they say.
	if here != l.count || l.at < 0 || l.length < 0 || l.count < 0 || l.at > z.size-l.length || l.length/entrySize < l.count {
		return layout{}
	}
	return l
}

// pythonLayout: an end record without a comment at the very end, or else the
// last signature, even if there is no room for a record behind it; the directory
// directly before it or before the ZIP64 record that is directly before it;
// offsets are moved by as much as the directory is.
func (z *zipReader) pythonLayout(tail []byte, start int64, ends []int) layout {
	const reach = 1<<16 - 1 + endSize
	i := len(tail) - endSize
	if i < 0 {
		return layout{}
	}
	if !bytes.HasPrefix(tail[i:], []byte(sigEnd)) || tail[len(tail)-1] != 0 || tail[len(tail)-2] != 0 {
		if len(ends) == 0 {
			return layout{}
		}
		if i = ends[len(ends)-1]; len(tail)-i < endSize || len(tail)-i > reach {
			return layout{}
		}
	}
	end, at := tail[i:], start+int64(i)
	declared, length := int64(le.Uint32(end[16:])), int64(le.Uint32(end[12:]))
	before := at
	if _, ok := z.locator(at); ok {
		if e, ok := z.record64(at - locatorSize - end64Size); ok {
			before = at - locatorSize - end64Size
			declared, length = int64(le.Uint64(e[48:])), int64(le.Uint64(e[40:]))
		}
	}
	if declared < 0 || length < 0 || length > before {
		return layout{}
	}
	return layout{ok: true, at: before - length, shift: before - length - declared, length: length, count: -1}
}

// mark notes which entries the reader v sees that follows l, and reports whether
// it opens the file at all.
func (z *zipReader) mark(v views, l layout) bool {
	if !l.ok {
		return false
	}
	if l.length == 0 || l.count == 0 {
		return true // empty
	}
	d := slices.IndexFunc(z.listings, func(d listing) bool { return d.at == l.at && d.shift == l.shift })
	if d < 0 {
		return false
	}
	list, n := &z.listings[d], 0
	switch {
	case l.count >= 0:
		n = int(min(l.count, int64(len(list.ends))))
		if int64(n) < l.count && !z.cut || n > 0 && list.ends[n-1] > l.at+l.length {
			return false
		}
	default:
		for last := l.at; n < len(list.ends) && last < l.at+l.length; n++ {
			last = list.ends[n]
		}
		if n == len(list.ends) && list.ends[n-1] < l.at+l.length && !z.cut {
			return false // something else stands among the records
		}
		if list.refused > 0 && list.refused <= n {
			return false
		}
	}
	for i := range z.entries {
		if e := &z.entries[i]; e.listing == d && e.record < n {
			e.seen |= v
		}
	}
	return true
}

// zipfileRefuses reports whether zipfile opens no archive with such a record: it
// needs a later version than there is, its name is no UTF-8 though it says so, or
// its extra field is not made of fields.
func zipfileRefuses(h []byte, name, extra []byte) bool {
	const latest = 63
	if h[6] > latest || le.Uint16(h[8:])&0x800 != 0 && !utf8.Valid(name) {
		return true
	}
	for len(extra) >= 4 {
		n := 4 + int(le.Uint16(extra[2:]))
		if n > len(extra) {
			return true
		}
		extra = extra[n:]
	}
	return false
}

// locator returns where the locator before the end record at says that the ZIP64
// record is. What cannot be read is told by those who read the directories.
func (z *zipReader) locator(at int64) (int64, bool) {
	var b [locatorSize]byte
	if at < locatorSize || readAt(z.data, b[:], at-locatorSize) != nil || string(b[:4]) != sigLocator64 {
		return 0, false
	}
	return int64(le.Uint64(b[8:])), true
}

func (z *zipReader) record64(at int64) (b [end64Size]byte, ok bool) {
	if at < 0 || at > z.size-end64Size || readAt(z.data, b[:], at) != nil {
		return b, false
	}
	return b, string(b[:4]) == sigEnd64
}

// within returns a function that tells whether an offset is inside an entry that
// some reader sees: a zip that is stored in a zip is no hidden part of it. Nor is
// what stands in front, where the file begins with something else: a tar whose
// last member is a zip has others before that.
func (z *zipReader) within() func(off int64) bool {
	var spans []span
	for i := range z.entries {
		if e := &z.entries[i]; e.seen != 0 {
			spans = append(spans, span{e.header, e.data + min(e.compressed, z.size)})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		spans[i].to = max(spans[i].to, spans[i-1].to)
	}
	return func(off int64) bool {
		if !z.first && len(spans) > 0 && off < spans[0].from {
			return true
		}
		i, found := slices.BinarySearchFunc(spans, off, func(s span, off int64) int { return cmp.Compare(s.from, off) })
		return found || i > 0 && off < spans[i-1].to
	}
}
