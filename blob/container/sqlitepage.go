package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// sqliteFile reads pages. It holds a few of them: rows are read where they
// stand, and reading a row again reads its page again.
type sqliteFile struct {
	data   Data
	size   int64
	page   int // bytes of a page
	usable int // without those in reserve
	pages  uint32
	wide   binary.ByteOrder // of UTF-16, or nil where text is UTF-8

	end int64 // where its last page ends, or 0

	log *sqliteLog // nil: page n stands where n says

	cache [8]struct {
		n uint32
		b []byte
	}
	next int
	// seen has the pages of trees and of overflow chains, 512 to an entry. A
	// page has one place, so that the work is linear and ends.
	seen map[uint32]*[8]uint64
}

// mark takes page n, and reports whether it exists and was not taken before.
func (f *sqliteFile) mark(n uint32) bool {
	if n == 0 || n > f.pages {
		return false
	}
	bits := f.seen[n>>9]
	if bits == nil {
		bits = new([8]uint64)
		f.seen[n>>9] = bits
	}
	bit := uint64(1) << (n & 63)
	if bits[n>>6&7]&bit != 0 {
		return false
	}
	bits[n>>6&7] |= bit
	return true
}

// place is where page n stands.
func (f *sqliteFile) place(n uint32) int64 {
	if f.log != nil {
		return logHeader + int64(n)*frameHeader + int64(n-1)*int64(f.page)
	}
	return int64(n-1) * int64(f.page)
}

// first reports whether page n is the first of the database, which has a header.
func (f *sqliteFile) first(n uint32) bool {
	if f.log != nil {
		return f.log.numbers[n-1] == 1
	}
	return n == 1
}

// get returns page n, until the next call. The last page of a file that was cut
// is short.
func (f *sqliteFile) get(n uint32) ([]byte, error) {
	for i := range f.cache {
		if f.cache[i].n == n && n != 0 {
			return f.cache[i].b, nil
		}
	}
	if n == 0 || n > f.pages {
		return nil, fmt.Errorf("page %d is outside the file", n)
	}
	c := &f.cache[f.next]
	f.next = (f.next + 1) % len(f.cache)
	c.n = 0
	if c.b == nil {
		c.b = make([]byte, f.page)
	}
	off := f.place(n)
	c.b = c.b[:min(int64(f.page), f.size-off)]
	if err := readAt(f.data, c.b, off); err != nil {
		c.b = nil
		return nil, err
	}
	c.n = n
	if len(c.b) < f.page {
		b := c.b
		c.n, c.b = 0, nil // not for the next page
		return b, nil
	}
	return c.b, nil
}

// Kinds of pages, by their first byte.
const (
	indexInterior = 2
	tableInterior = 5
	indexLeaf     = 10
	tableLeaf     = 13
)

type sqliteHeader struct {
	kind     byte
	at       int // of the header in the page
	pointers int // where the pointers to cells begin
	cells    int
}

func (h *sqliteHeader) interior() bool { return h.kind == indexInterior || h.kind == tableInterior }

func (f *sqliteFile) header(n uint32) (sqliteHeader, error) {
	b, err := f.get(n)
	if err != nil {
		return sqliteHeader{}, err
	}
	var h sqliteHeader
	if f.first(n) {
		h.at = 100
	}
	if len(b) < h.at+12 {
		return h, fmt.Errorf("page %d is cut short", n)
	}
	h.kind, h.cells, h.pointers = b[h.at], int(binary.BigEndian.Uint16(b[h.at+3:])), h.at+8
	switch h.kind {
	case indexInterior, tableInterior:
		h.pointers = h.at + 12
	case indexLeaf, tableLeaf:
	default:
		return h, fmt.Errorf("page %d is of no kind that is in a tree: %#02x", n, h.kind)
	}
	if h.pointers+2*h.cells > f.page {
		return h, fmt.Errorf("page %d has %d cells, more than fit", n, h.cells)
	}
	return h, nil
}

// sqliteCell is a child, a row, or in an interior page of an index both.
type sqliteCell struct {
	child   uint32
	row     int64
	payload *sqlitePayload
}

var errCut = errors.New("cut short, or outside its page")

// cell reads cell i of page n; behind the last cell of an interior page stands
// one more child.
func (f *sqliteFile) cell(n uint32, h sqliteHeader, i int) (c sqliteCell, err error) {
	b, err := f.get(n)
	if err != nil {
		return c, err
	}
	if i == h.cells {
		if h.interior() {
			c.child = binary.BigEndian.Uint32(b[h.at+8:])
		}
		return c, nil
	}
	p := h.pointers + 2*i
	if p+2 > len(b) {
		return c, errCut
	}
	at := int(binary.BigEndian.Uint16(b[p:]))
	b = b[:min(len(b), f.usable)]
	if at < h.pointers || at >= len(b) {
		return c, errCut
	}
	if h.interior() {
		if at+4 > len(b) {
			return c, errCut
		}
		if c.child = binary.BigEndian.Uint32(b[at:]); h.kind == tableInterior {
			return c, nil
		}
		at += 4
	}
	size, k := sqlitePayloadSize(b[at:])
	at += k
	if k == 0 {
		return c, errCut
	}
	most := (f.usable-12)*64/255 - 23
	if h.kind == tableLeaf {
		most = f.usable - 35
		if c.row, k = sqliteVarint(b[at:]); k == 0 {
			return c, errCut
		}
		at += k
	}
	pl := &sqlitePayload{f: f, page: n, at: at, local: int(min(size, int64(most))), size: size, table: h.kind == tableLeaf}
	if size > int64(most) {
		least := (f.usable-12)*32/255 - 23
		if pl.local = least + int((size-int64(least))%int64(f.usable-4)); pl.local > most {
			pl.local = least
		}
	}
	// No row is larger than the file, whatever its length says.
	pl.size = min(size, int64(f.pages)*int64(f.page))
	c.payload = pl
	if at+pl.local > len(b) {
		// What is there can still be a row for SQLite.
		pl.local = len(b) - at
		pl.size = int64(pl.local)
	}
	return c, nil
}

// sqlitePayload is the content of a cell: the bytes in its page, and those in a
// chain of overflow pages.
type sqlitePayload struct {
	f         *sqliteFile
	page      uint32
	at, local int
	size      int64
	table     bool
	chain     []uint32 // as far as it was followed
	broken    error    // why it ends there
}

func (p *sqlitePayload) Size() (int64, error) { return p.size, nil }
func (p *sqlitePayload) Random() bool         { return p.f.data.Random() }
func (p *sqlitePayload) Release()             {}
func (p *sqlitePayload) under() Data          { return p.f.data }

func (p *sqlitePayload) ReadAt(b []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	n := 0
	for n < len(b) {
		at := off + int64(n)
		if at >= p.size {
			return n, io.EOF
		}
		from, page := p.at+int(min(at, int64(p.local))), p.page
		end := p.at + p.local
		if at >= int64(p.local) {
			room := int64(p.f.usable - 4)
			var err error
			if page, err = p.overflow((at - int64(p.local)) / room); err != nil {
				return n, err
			}
			from, end = 4+int((at-int64(p.local))%room), p.f.usable
		}
		content, err := p.f.get(page)
		if err != nil {
			return n, err
		}
		if end = min(end, len(content)); from >= end {
			return n, fmt.Errorf("page %d is cut short", page)
		}
		n += copy(b[n:min(int64(len(b)), p.size-off)], content[from:end])
	}
	return n, nil
}

// overflow returns page i of the chain.
func (p *sqlitePayload) overflow(i int64) (uint32, error) {
	for int64(len(p.chain)) <= i && p.broken == nil {
		from, at := p.page, p.at+p.local
		if k := len(p.chain); k > 0 {
			from, at = p.chain[k-1], 0
		}
		b, err := p.f.get(from)
		if err != nil {
			return 0, err
		}
		if at+4 > len(b) {
			p.broken = fmt.Errorf("page %d is cut short", from)
			break
		}
		next := binary.BigEndian.Uint32(b[at:])
		if p.f.log != nil {
			frame, ok := p.f.log.follow(next, from)
			if !ok {
				p.broken = fmt.Errorf("page %d is not in the log", next)
				break
			}
			p.chain = append(p.chain, frame)
			continue
		}
		if !p.f.mark(next) {
			p.broken = fmt.Errorf("the chain of overflow pages breaks behind page %d: page %d has another use, or is outside the file", from, next)
			break
		}
		p.chain = append(p.chain, next)
	}
	if i < int64(len(p.chain)) {
		return p.chain[i], nil
	}
	return 0, p.broken
}

// sqlitePayloadSize reads the length of a row as SQLite does: modulo 2³², and
// with seven bits of the ninth byte.
func sqlitePayloadSize(b []byte) (size int64, n int) {
	var v uint32
	for i, c := range b[:min(len(b), 9)] {
		v = v<<7 | uint32(c&0x7f)
		if c < 0x80 || i == 8 {
			return int64(v), i + 1
		}
	}
	return 0, 0
}

// sqliteVarint reads a big-endian number of one to nine bytes; n is 0 if it is
// cut short.
func sqliteVarint(b []byte) (v int64, n int) {
	for i, c := range b[:min(len(b), 9)] {
		if i == 8 {
			return v<<8 | int64(c), 9
		}
		v = v<<7 | int64(c&0x7f)
		if c < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}
