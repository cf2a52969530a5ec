package container

import (
	"errors"
	"fmt"
	"strconv"
)

// Kinds of values (src/rdb.h).
const (
	rdbString = iota
	rdbList
	rdbSet
	rdbZSet
	rdbHash
	rdbZSet2
	rdbModuleOld
	rdbModule
	_
	rdbZipmap
	rdbListZiplist
	rdbIntset
	rdbZSetZiplist
	rdbHashZiplist
	rdbQuicklist
	rdbStream
	rdbHashListpack
	rdbZSetListpack
	rdbQuicklist2
	rdbStream2
	rdbSetListpack
	rdbStream3
)

// value reads a value of a kind.
func (r *rdbReader) value(name string, kind byte) error {
	switch kind {
	case rdbString:
		s, err := r.str()
		if err != nil {
			return err
		}
		return r.member(name, s)
	case rdbIntset:
		_, err := r.str() // numbers
		return err
	case rdbListZiplist, rdbZSetZiplist, rdbHashZiplist:
		return r.packed(name, (*rdbReader).ziplist)
	case rdbHashListpack, rdbZSetListpack, rdbSetListpack:
		return r.packed(name, (*rdbReader).listpack)
	case rdbModule:
		return r.module(name)
	case rdbModuleOld, rdbZipmap:
		return fmt.Errorf("a value of kind %d is not read", kind)
	}
	if kind > rdbStream3 || kind == 8 {
		return fmt.Errorf("a value of kind %d is not known", kind)
	}
	n, err := r.length()
	if err != nil {
		return err
	}
	switch kind {
	case rdbHash:
		if n > 1<<62 {
			return fmt.Errorf("a hash of %d fields", n)
		}
		return r.items(name, 2*n, false)
	case rdbZSet:
		return r.items(name, n, true)
	case rdbList, rdbSet:
		return r.items(name, n, false)
	case rdbStream, rdbStream2, rdbStream3:
		return r.stream(name, n, kind)
	}
	for i := range n {
		item := name + "/" + strconv.FormatUint(i, 10)
		switch kind {
		case rdbZSet2:
			err = r.value(item, rdbString)
			if err == nil {
				err = r.skip(8)
			}
		case rdbQuicklist:
			err = r.packed(item, (*rdbReader).ziplist)
		case rdbQuicklist2:
			var node uint64
			if node, err = r.length(); err != nil {
				return err
			}
			if node == 1 { // an item by itself
				err = r.value(item, rdbString)
			} else {
				err = r.packed(item, (*rdbReader).listpack)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// packed reads a string in which several are packed. One that cannot be read is
// told; the dump goes on behind it.
func (r *rdbReader) packed(name string, read func(*rdbReader, string, *storeReader) error) error {
	d, err := r.str()
	if err != nil {
		return err
	}
	size, err := d.Size()
	if err != nil && !r.yield(problem("rdb: %s: %w", name, err)) {
		return errEnough
	}
	inner := newStoreReader(d, size, 0)
	err = read(r, name, &inner)
	switch {
	case errors.Is(err, errEnough) || errors.Is(err, ErrLimit):
		return err
	case err != nil && !r.yield(problem("rdb: %s: %w", name, err)):
		return errEnough
	}
	return nil
}

// ziplist reads src/ziplist.c.
func (r *rdbReader) ziplist(name string, in *storeReader) error {
	if err := in.skip(10); err != nil {
		return err
	}
	for i := 0; ; i++ {
		before, err := in.u8()
		if err != nil {
			return err
		}
		if before == 0xff {
			return nil
		}
		if before == 0xfe {
			if err := in.skip(4); err != nil {
				return err
			}
		}
		c, err := in.u8()
		if err != nil {
			return err
		}
		var n uint64
		switch {
		case c>>6 == 0:
			n = uint64(c)
		case c>>6 == 1:
			n, err = in.big(1)
			n |= uint64(c&0x3f) << 8
		case c == 0x80:
			n, err = in.big(4)
		default:
			width, ok := map[byte]int64{0xc0: 2, 0xd0: 4, 0xe0: 8, 0xf0: 3, 0xfe: 1}[c]
			if !ok && (c < 0xf1 || c > 0xfd) {
				return fmt.Errorf("an entry of encoding %#x", c)
			}
			if err := in.skip(width); err != nil {
				return err
			}
			continue
		}
		if err == nil {
			err = r.packedItem(name, i, in, n)
		}
		if err != nil {
			return err
		}
	}
}

// listpack reads src/listpack.c.
func (r *rdbReader) listpack(name string, in *storeReader) error {
	if err := in.skip(6); err != nil {
		return err
	}
	for i := 0; ; i++ {
		start := in.off
		c, err := in.u8()
		if err != nil {
			return err
		}
		var n uint64
		text := false
		switch {
		case c == 0xff:
			return nil
		case c < 0x80:
		case c>>6 == 2:
			n, text = uint64(c&0x3f), true
		case c>>5 == 6:
			err = in.skip(1)
		case c>>4 == 0xe:
			n, err = in.big(1)
			n |= uint64(c&0xf) << 8
			text = true
		case c == 0xf0:
			n, err = in.number(4)
			text = true
		case c <= 0xf4:
			err = in.skip([]int64{2, 3, 4, 8}[c-0xf1])
		default:
			err = fmt.Errorf("an entry of encoding %#x", c)
		}
		if err == nil && text {
			err = r.packedItem(name, i, in, n)
		}
		if err != nil {
			return err
		}
		// The length of the entry stands behind it, in groups of seven bits.
		back := int64(1)
		for long := in.off - start; long > 127 && back < 5; long >>= 7 {
			back++
		}
		if err := in.skip(back); err != nil {
			return err
		}
	}
}

func (r *rdbReader) packedItem(name string, i int, in *storeReader, n uint64) error {
	d, err := in.bytes(n)
	if err != nil {
		return err
	}
	return r.member(name+"/"+strconv.Itoa(i), d)
}

// stream reads a stream: listpacks of entries, and consumer groups.
func (r *rdbReader) stream(name string, n uint64, kind byte) error {
	for i := range n {
		if _, err := r.str(); err != nil { // the first id
			return err
		}
		if err := r.packed(name+"/"+strconv.FormatUint(i, 10), (*rdbReader).listpack); err != nil {
			return err
		}
	}
	numbers := 3
	if kind >= rdbStream2 {
		numbers = 8
	}
	if err := r.lengths(numbers); err != nil {
		return err
	}
	groups, err := r.length()
	if err != nil {
		return err
	}
	for range groups {
		if err := r.value(name+"/group", rdbString); err != nil {
			return err
		}
		numbers := 2
		if kind >= rdbStream2 {
			numbers = 3
		}
		if err := r.lengths(numbers); err != nil {
			return err
		}
		if err := r.pending(8); err != nil {
			return err
		}
		consumers, err := r.length()
		if err != nil {
			return err
		}
		for range consumers {
			if err := r.value(name+"/consumer", rdbString); err != nil {
				return err
			}
			times := int64(8)
			if kind >= rdbStream3 {
				times = 16
			}
			if err := r.skip(times); err != nil {
				return err
			}
			if err := r.pending(0); err != nil {
				return err
			}
		}
	}
	return nil
}

// pending passes over the ids of entries that were not acknowledged, with a time
// of so many bytes and a count behind each, or nothing.
func (r *rdbReader) pending(times int64) error {
	n, err := r.length()
	if err != nil {
		return err
	}
	for range n {
		if err := r.skip(16 + times); err != nil {
			return err
		}
		if times > 0 {
			if err := r.lengths(1); err != nil {
				return err
			}
		}
	}
	return nil
}

// module reads what a module wrote: values behind their kinds.
func (r *rdbReader) module(name string) error {
	if _, err := r.length(); err != nil {
		return err
	}
	for i := 0; ; i++ {
		kind, err := r.length()
		if err != nil {
			return err
		}
		switch kind {
		case 0:
			return nil
		case 1, 2:
			err = r.lengths(1)
		case 3:
			err = r.skip(4)
		case 4:
			err = r.skip(8)
		case 5:
			err = r.value(name+"/"+strconv.Itoa(i), rdbString)
		default:
			err = fmt.Errorf("a value of kind %d of a module", kind)
		}
		if err != nil {
			return err
		}
	}
}
