package container

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
)

const (
	endSize     = 22
	end64Size   = 56
	locatorSize = 20
	entrySize   = 46
	localSize   = 30
	// tailSize is where the last end record can stand: its comment has at
	// most 65535 bytes, and miniz searches in steps of 4093 that end behind
	// them.
	tailSize = 4096 + 16*4093
	// maxEnds bounds the end records that are followed. More than one is
	// already a trick.
	maxEnds = 16
)

// zipReader collects entries.
type zipReader struct {
	data    Data
	size    int64
	limit   int // entries to collect
	entries []entry
	// ended: some directory was there, though perhaps empty.
	ended bool
	// cut: there are more entries than limit.
	cut     bool
	covered []span
	// comments is where the comments of end records end.
	comments []int64
	// first: the file begins with a local header.
	first bool
	// listings are the directories that were read; miniz and python say which
	// of them each reader follows.
	listings      []listing
	miniz, python layout
}

// span is a range of the file that is accounted for.
type span struct{ from, to int64 }

// tails keeps buffers for the end of files: every file is asked for its end.
var tails = sync.Pool{New: func() any { return new([tailSize]byte) }}

var le = binary.LittleEndian

// directories reads every directory that an end record may mean: where it says
// (miniz), directly before it (zipfile, which then moves all offsets), and the
// same for a ZIP64 record.
func (z *zipReader) directories() error {
	start := max(0, z.size-tailSize)
	store := tails.Get().(*[tailSize]byte)
	defer tails.Put(store)
	tail := store[:z.size-start]
	if err := readAt(z.data, tail, start); err != nil {
		return err
	}
	var head [len(sigLocal)]byte
	if z.size >= int64(len(head)) {
		if err := readAt(z.data, head[:], 0); err != nil {
			return err
		}
		z.first = string(head[:]) == sigLocal
	}
	ends := signatures(tail)
	z.miniz, z.python = z.minizLayout(tail, start, ends), z.pythonLayout(tail, start, ends)
	seen := make(map[[2]int64]bool)
	read := func(declared, at int64) error {
		key := [2]int64{at, at - declared}
		if at < 0 || at >= z.size || seen[key] {
			return nil
		}
		seen[key] = true
		return z.directory(at, at-declared)
	}
	var errs []error
	for _, i := range slices.Backward(ends[max(0, len(ends)-maxEnds):]) {
		if len(tail)-i < endSize {
			continue
		}
		end := tail[i:]
		at := start + int64(i)
		length, declared := int64(le.Uint32(end[12:])), int64(le.Uint32(end[16:]))
		if length == 0 && declared <= at {
			z.ended = true // an empty zip
		}
		z.cover(at, at+endSize)
		if n := int64(le.Uint16(end[endSize-2:])); n > 0 {
			z.comments = append(z.comments, at+endSize+n)
		}
		errs = append(errs, read(declared, declared), read(declared, at-length), z.end64(at, read))
	}
	return errors.Join(errs...)
}

// signatures returns where end records may begin. Searching forwards is many
// times faster than from the end.
func signatures(tail []byte) (ends []int) {
	for at := 0; ; at += len(sigEnd) {
		i := bytes.Index(tail[at:], []byte(sigEnd))
		if i < 0 {
			return ends
		}
		at += i
		ends = append(ends, at)
	}
}

// end64 follows the locator before the end record at, if there is one.
func (z *zipReader) end64(at int64, read func(declared, at int64) error) error {
	var loc [locatorSize]byte
	if at < locatorSize {
		return nil
	}
	if err := readAt(z.data, loc[:], at-locatorSize); err != nil {
		return err
	}
	if string(loc[:4]) != sigLocator64 {
		return nil
	}
	z.cover(at-locatorSize, at)
	var errs []error
	for _, where := range []int64{int64(le.Uint64(loc[8:])), at - locatorSize - end64Size} {
		if where < 0 || where > z.size-end64Size {
			continue
		}
		var end [end64Size]byte
		if err := readAt(z.data, end[:], where); err != nil {
			return err
		}
		if string(end[:4]) != sigEnd64 {
			continue
		}
		z.cover(where, where+end64Size)
		length, declared := int64(le.Uint64(end[40:])), int64(le.Uint64(end[48:]))
		if length < 0 || declared < 0 {
			continue
		}
		errs = append(errs, read(declared, declared), read(declared, where-length))
	}
	return errors.Join(errs...)
}

// directory reads entries from at on as long as they look like entries: the
// count in the end record is not believed. Offsets are moved by shift.
func (z *zipReader) directory(at, shift int64) error {
	r := bufio.NewReader(io.NewSectionReader(z.data, at, z.size-at))
	pos := at
	list := listing{at: at, shift: shift}
	defer func() {
		if len(list.ends) > 0 {
			z.listings = append(z.listings, list)
		}
	}()
	for {
		var h [entrySize]byte
		n, err := io.ReadFull(r, h[:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("directory at offset %d: %w", pos, err)
		}
		if n < len(h) || string(h[:4]) != sigDirectory {
			break // the end of the file, or of what looks like entries
		}
		if len(z.entries) >= z.limit {
			z.cut = true
			break
		}
		name := make([]byte, le.Uint16(h[28:]))
		extra := make([]byte, le.Uint16(h[30:]))
		comment := int(le.Uint16(h[32:]))
		torn := rest(r, pos, &name, &extra, comment)
		if torn != nil && !errors.Is(torn, io.EOF) && !errors.Is(torn, io.ErrUnexpectedEOF) {
			return torn
		}
		z.ended = true
		e := entry{
			listing: len(z.listings), record: len(list.ends), crc: le.Uint32(h[16:]),
			name: string(name), flags: le.Uint16(h[8:]), method: le.Uint16(h[10:]),
			compressed: int64(le.Uint32(h[20:])), declared: int64(le.Uint32(h[24:])), header: int64(le.Uint32(h[42:])),
		}
		e.zip64(extra, true)
		e.path = unicodePath(extra)
		e.header += shift
		pos += int64(entrySize + len(name) + len(extra) + comment)
		list.ends = append(list.ends, pos)
		if torn != nil {
			extra = nil // zipfile's ends with the directory
		}
		if list.refused == 0 && zipfileRefuses(h[:], name, extra) {
			list.refused = len(list.ends)
		}
		if err := errors.Join(z.add(e), torn); err != nil {
			return err // of a record that is cut off zipfile takes what there is
		}
	}
	z.cover(at, pos)
	return nil
}

// rest reads what follows the fixed part of a record, as far as there is some.
func rest(r *bufio.Reader, pos int64, name, extra *[]byte, comment int) error {
	n, err := io.ReadFull(r, *name)
	if *name = (*name)[:n]; err != nil {
		*extra = nil
		return fmt.Errorf("name of the entry at offset %d: %w", pos, err)
	}
	n, err = io.ReadFull(r, *extra)
	if *extra = (*extra)[:n]; err != nil {
		return fmt.Errorf("extra field of the entry at offset %d: %w", pos, err)
	}
	if _, err := r.Discard(comment); err != nil {
		return fmt.Errorf("comment of the entry at offset %d: %w", pos, err)
	}
	return nil
}

// zip64 replaces the sizes that say "see the extra field".
func (e *entry) zip64(extra []byte, header bool) {
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			return
		}
		field := extra[:n]
		extra = extra[n:]
		if id != 1 {
			continue
		}
		for _, v := range []*int64{&e.declared, &e.compressed, &e.header} {
			if *v != math.MaxUint32 || v == &e.header && !header {
				continue
			}
			if len(field) < 8 {
				return
			}
			*v = int64(le.Uint64(field))
			field = field[8:]
		}
		return
	}
}

// add takes an entry whose local header is where the directory says. Where it is
// not, no reader gets at the data through this directory.
func (z *zipReader) add(e entry) error {
	if e.header < 0 || e.header > z.size-localSize || e.compressed < 0 {
		return nil
	}
	h := make([]byte, min(int64(localSize+len(e.name)), z.size-e.header))
	if err := readAt(z.data, h, e.header); err != nil {
		return err
	}
	if string(h[:4]) != sigLocal {
		return nil
	}
	e.localFlags = le.Uint16(h[6:])
	nameLen := int64(le.Uint16(h[26:]))
	e.localName = string(h[localSize:min(int64(len(h)), localSize+nameLen)])
	if nameLen > int64(len(e.name)) {
		e.localName += "…" // longer, and so another
	}
	e.data = e.header + localSize + nameLen + int64(le.Uint16(h[28:]))
	z.take(e)
	return nil
}

func (z *zipReader) take(e entry) {
	z.entries = append(z.entries, e)
	// A descriptor of 12 to 24 bytes may follow the data.
	end := e.data + min(e.compressed, z.size)
	if e.flags&8 != 0 {
		end += 24
	}
	z.cover(e.header, end)
}

func (z *zipReader) cover(from, to int64) { z.covered = append(z.covered, span{from, to}) }

// sort orders entries by place and drops those that are listed twice.
func (z *zipReader) sort() {
	slices.SortStableFunc(z.entries, compareEntries)
	out := z.entries[:0]
	for _, e := range z.entries {
		if n := len(out); n > 0 && compareEntries(out[n-1], e) == 0 {
			out[n-1].seen |= e.seen
			continue
		}
		out = append(out, e)
	}
	z.entries = out
}

func compareEntries(a, b entry) int {
	return cmp.Or(cmp.Compare(a.header, b.header), cmp.Compare(a.compressed, b.compressed),
		cmp.Compare(a.method, b.method), cmp.Compare(a.name, b.name), cmp.Compare(a.flags, b.flags), cmp.Compare(a.declared, b.declared))
}
