package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"sort"
)

// BerkeleyDB is a hash or btree of Berkeley DB from release 3 on
// (src/dbinc/db_page.h). It is what dbm.ndbm is on Debian, and so what shelve
// writes there. The members are the items of all pages, keys and values; an item
// that is too large for a page is a chain of pages.
//
// Pages are read one after another, whatever tree or bucket they are in.
type BerkeleyDB struct{}

const (
	bdbHash  = 0x061561
	bdbBtree = 0x053162
	// bdbHeader is the header of a page, behind which its items are listed.
	bdbHeader = 26
)

// Kinds of pages.
const (
	bdbHashUnsorted = 2
	bdbLeaf         = 5
	bdbRecords      = 6
	bdbOverflow     = 7
	bdbDuplicates   = 12
	bdbHashPage     = 13
)

// Kinds of items.
const (
	bdbData      = 1
	bdbDuplicate = 2 // on a hash page: several values, each between two lengths
	bdbOffPage   = 3
)

// Name implements [Format].
func (BerkeleyDB) Name() string { return "berkeley-db" }

// Traits implements [Format].
func (BerkeleyDB) Traits() Traits { return Traits{} }

// Recognise implements [Format].
func (BerkeleyDB) Recognise(head []byte, _ Data) bool {
	order, page := bdbMeta(head)
	return order != nil && page > 0
}

// bdbMeta reads the first page. order is nil if it is none.
func bdbMeta(head []byte) (order binary.ByteOrder, page int) {
	if len(head) < 72 {
		return nil, 0
	}
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		if m := order.Uint32(head[12:]); m == bdbHash || m == bdbBtree {
			page := order.Uint32(head[20:])
			if page < 512 || page > 1<<16 || page&(page-1) != 0 {
				return order, 0
			}
			return order, int(page)
		}
	}
	return nil, 0
}

// Members implements [Format].
func (BerkeleyDB) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("berkeley-db: %w", err)) {
			return
		}
		head := make([]byte, 72)
		if err := readAt(data, head, 0); err != nil {
			yield(problem("berkeley-db: %w", err))
			return
		}
		r := &bdbReader{data: data, size: size, budget: b, yield: yield, used: make(map[uint32]bool)}
		if r.order, r.page = bdbMeta(head); r.page == 0 {
			yield(problem("berkeley-db: the first page is none"))
			return
		}
		if encrypted, flags := head[24], head[26]; encrypted != 0 || flags&1 != 0 {
			yield(problem("berkeley-db: pages that are encrypted or have checksums are not read"))
			return
		}
		if pages := int64(r.order.Uint32(head[32:])) + 1; pages > size/int64(r.page) {
			if err := r.damaged("of %d pages the file has %d", pages, size/int64(r.page)); err != nil {
				return
			}
		}
		if err := r.all(); err != nil && !errors.Is(err, errEnough) {
			yield(problem("berkeley-db: %w", err))
		}
	}
}

// bdbReader reads the pages of a database.
type bdbReader struct {
	data   Data
	size   int64
	order  binary.ByteOrder
	page   int
	budget *Budget
	yield  func(Member, error) bool
	used   map[uint32]bool // pages of chains
	bad    int
}

func (r *bdbReader) all() error {
	b := make([]byte, r.page)
	for n := uint32(1); int64(n)*int64(r.page) < r.size; n++ {
		if err := r.budget.Err(); err != nil {
			return err
		}
		b = b[:min(int64(r.page), r.size-int64(n)*int64(r.page))]
		if err := readAt(r.data, b, int64(n)*int64(r.page)); err != nil {
			return err
		}
		if len(b) < r.page {
			return fmt.Errorf("page %d is cut short", n)
		}
		var err error
		switch b[25] {
		case bdbHashUnsorted, bdbHashPage:
			err = r.items(b, n, true)
		case bdbLeaf, bdbRecords, bdbDuplicates:
			err = r.items(b, n, false)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// items reads the items of page n.
func (r *bdbReader) items(b []byte, n uint32, hash bool) error {
	end := len(b)
	for i := range int(r.order.Uint16(b[20:])) {
		p := bdbHeader + 2*i
		if p+2 > len(b) {
			return r.damaged("page %d has more items than fit", n)
		}
		at := int(r.order.Uint16(b[p:]))
		if at < bdbHeader || at+3 > len(b) || hash && at >= end {
			if err := r.damaged("page %d, item %d: outside the page", n, i); err != nil {
				return err
			}
			continue
		}
		var err error
		name := fmt.Sprintf("page %d/%d", n, i)
		if hash {
			// An item reaches to the one before it.
			err = r.hashItem(name, b[at:end], n, at)
			end = at
		} else {
			err = r.treeItem(name, b[at:], n, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hashItem reads an item of a hash page: its kind and the data.
func (r *bdbReader) hashItem(name string, item []byte, n uint32, at int) error {
	switch item[0] {
	case bdbData:
		return r.member(name, n, at+1, len(item)-1)
	case bdbOffPage:
		if len(item) < 12 {
			return r.damaged("%s: cut short", name)
		}
		return r.chain(name, r.order.Uint32(item[4:]), r.order.Uint32(item[8:]))
	case bdbDuplicate:
		for i, k := 1, 0; i+2 <= len(item); k++ {
			size := int(r.order.Uint16(item[i:]))
			if i+2+size > len(item) {
				return r.damaged("%s: value %d is cut short", name, k)
			}
			if err := r.member(fmt.Sprintf("%s/%d", name, k), n, at+i+2, size); err != nil {
				return err
			}
			i += size + 4
		}
	}
	return nil
}

// treeItem reads an item of a leaf: a length, the kind and the data. The highest
// bit of the kind says that it was deleted.
func (r *bdbReader) treeItem(name string, item []byte, n uint32, at int) error {
	switch item[2] {
	case bdbData:
		size := int(r.order.Uint16(item))
		if 3+size > len(item) {
			return r.damaged("%s: cut short", name)
		}
		return r.member(name, n, at+3, size)
	case bdbOffPage:
		if len(item) < 12 {
			return r.damaged("%s: cut short", name)
		}
		return r.chain(name, r.order.Uint32(item[4:]), r.order.Uint32(item[8:]))
	}
	return nil
}

func (r *bdbReader) member(name string, n uint32, at, size int) error {
	return r.send(name, section(r.data, r.size, int64(n)*int64(r.page)+int64(at), int64(size)), int64(size))
}

func (r *bdbReader) send(name string, d Data, size int64) error {
	if size < shortValue {
		return nil
	}
	if err := r.budget.value(); err != nil {
		return err
	}
	if !r.yield(Member{Name: name, Data: d, Value: true}, nil) {
		return errEnough
	}
	return nil
}

// damaged tells that something cannot be read.
func (r *bdbReader) damaged(format string, args ...any) error {
	if r.bad++; r.bad > sqliteDamaged {
		return fmt.Errorf("%w: more than %d damaged places, and the rest is not read", ErrLimit, sqliteDamaged)
	}
	if !r.yield(problem("berkeley-db: "+format, args...)) {
		return errEnough
	}
	return nil
}

// chain reads an item that begins on page n. Each page has one use, so that the
// work is linear and ends; a value that a duplicate shares is read once.
func (r *bdbReader) chain(name string, n, size uint32) error {
	c := &bdbChain{data: r.data}
	if r.used[n] {
		return nil
	}
	var h [bdbHeader]byte
	for total := int64(0); total < int64(size); {
		off := int64(n) * int64(r.page)
		if n == 0 || off >= r.size || r.used[n] || readAt(r.data, h[:], off) != nil || h[25] != bdbOverflow {
			if err := r.damaged("%s: its chain of pages breaks after %d of %d bytes, at page %d", name, total, size, n); err != nil {
				return err
			}
			break
		}
		r.used[n] = true
		k := min(int64(r.order.Uint16(h[22:])), int64(r.page-bdbHeader), int64(size)-total)
		total += k
		c.starts = append(c.starts, off+bdbHeader)
		c.ends = append(c.ends, total)
		n = r.order.Uint32(h[16:])
		if err := r.budget.Err(); err != nil {
			return err
		}
	}
	length, _ := c.Size() // of a list, which has no error
	return r.send(name, c, length)
}

// bdbChain is an item in several pages: where its parts start in the file, and
// where they end in the item.
type bdbChain struct {
	data         Data
	starts, ends []int64
}

// Size implements [Data].
func (c *bdbChain) Size() (int64, error) {
	if len(c.ends) == 0 {
		return 0, nil
	}
	return c.ends[len(c.ends)-1], nil
}

// Random implements [Data].
func (c *bdbChain) Random() bool { return c.data.Random() }

// Release implements [Data].
func (c *bdbChain) Release() {}

func (c *bdbChain) under() Data { return c.data }

// ReadAt implements [io.ReaderAt].
func (c *bdbChain) ReadAt(b []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("negative offset")
	}
	for i := sort.Search(len(c.ends), func(i int) bool { return c.ends[i] > off }); i < len(c.ends) && n < len(b); i++ {
		from := int64(0)
		if i > 0 {
			from = c.ends[i-1]
		}
		part := b[n:min(int64(len(b)), int64(n)+c.ends[i]-off)]
		if err := readAt(c.data, part, c.starts[i]+off-from); err != nil {
			return n, err
		}
		n += len(part)
		off += int64(len(part))
	}
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}
