package container

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// RDB is a dump of Redis and its descendants (src/rdb.c), in which task queues
// and caches keep pickles. The members are all strings: values, items, fields,
// and keys, since a set or a hash may have the pickle there.
//
// Numbers are no pickles and are passed over. Values are read one after another
// and have no lengths of their own, so that behind one of an unknown kind
// nothing can be read; that is told.
type RDB struct{}

const rdbMagic = "REDIS"

// Opcodes between values (src/rdb.h).
const (
	rdbSlot      = 0xf4
	rdbFunction2 = 0xf5
	rdbFunction  = 0xf6
	rdbModuleAux = 0xf7
	rdbIdle      = 0xf8
	rdbFreq      = 0xf9
	rdbAux       = 0xfa
	rdbResize    = 0xfb
	rdbExpireMs  = 0xfc
	rdbExpire    = 0xfd
	rdbSelect    = 0xfe
	rdbEnd       = 0xff
)

// Name implements [Format].
func (RDB) Name() string { return "rdb" }

// Traits implements [Format].
func (RDB) Traits() Traits { return Traits{} }

// Recognise implements [Format].
func (RDB) Recognise(head []byte, _ Data) bool {
	if len(head) < 9 || !bytes.HasPrefix(head, []byte(rdbMagic)) {
		return false
	}
	for _, c := range head[5:9] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// Members implements [Format].
func (RDB) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("rdb: %w", err)) {
			return
		}
		var head [9]byte
		if err := readAt(data, head[:], 0); err != nil {
			yield(problem("rdb: %w", err))
			return
		}
		r := &rdbReader{storeReader: newStoreReader(data, size, int64(len(head))), budget: b, yield: yield}
		r.version, _ = strconv.Atoi(string(head[5:]))
		if err := r.all(); err != nil && !errors.Is(err, errEnough) {
			if !yield(problem("rdb: behind %d of %d bytes nothing is read: %w", r.off, size, err)) {
				return
			}
			if m, ok := restOf(data, size, r.off, size); ok && !errors.Is(err, ErrLimit) {
				yield(m, nil)
			}
		}
	}
}

// errEnough: nobody wants more members.
var errEnough = errors.New("enough")

// rdbReader reads a dump.
type rdbReader struct {
	storeReader
	budget  *Budget
	yield   func(Member, error) bool
	version int
	db      uint64
}

// all reads up to the end.
func (r *rdbReader) all() error {
	for {
		if err := r.budget.Err(); err != nil {
			return err
		}
		op, err := r.u8()
		if err != nil {
			return err
		}
		switch op {
		case rdbEnd:
			if r.version >= 5 {
				if err := r.skip(8); err != nil { // a checksum
					return err
				}
			}
			return r.behind()
		case rdbSelect:
			if r.db, err = r.length(); err != nil {
				return err
			}
		case rdbExpireMs:
			err = r.skip(8)
		case rdbExpire:
			err = r.skip(4)
		case rdbFreq:
			err = r.skip(1)
		case rdbIdle:
			err = r.lengths(1)
		case rdbResize:
			err = r.lengths(2)
		case rdbSlot:
			err = r.lengths(3)
		case rdbAux:
			err = r.items("aux", 2, false)
		case rdbFunction2:
			err = r.items("function", 1, false)
		case rdbModuleAux:
			err = r.module("module")
		case rdbFunction:
			err = errors.New("functions as Redis 7.0 had them before its release are not read")
		default:
			err = r.entry(op)
		}
		if err != nil {
			return err
		}
	}
}

// behind reads what follows the end: in a log that begins with a dump, commands.
func (r *rdbReader) behind() error {
	if r.off == r.size {
		return nil
	}
	head := make([]byte, min(HeadSize, r.size-r.off))
	if err := readAt(r.data, head, r.off); err != nil {
		return err
	}
	if !(RedisLog{}).Recognise(head, nil) {
		return errors.New("the dump ends here, and something follows it")
	}
	log := &redisLogReader{storeReader: newStoreReader(r.data, r.size, r.off), budget: r.budget, yield: r.yield}
	err := log.all()
	r.off = log.off
	return err
}

// entry reads a key and its value.
func (r *rdbReader) entry(kind byte) error {
	key, err := r.str()
	if err != nil {
		return fmt.Errorf("a key: %w", err)
	}
	name := fmt.Sprintf("db%d/%s", r.db, r.name(key))
	if err := r.member(name+"/key", key); err != nil {
		return err
	}
	if err := r.value(name, kind); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// name returns the start of a string.
func (r *rdbReader) name(d Data) string {
	var b [maxStoreName]byte
	n, _ := d.ReadAt(b[:], 0) // what cannot be read is no part of the name
	return shortName(string(b[:n]))
}

// member hands out a string, unless it is a number or too short.
func (r *rdbReader) member(name string, d Data) error {
	switch d := d.(type) {
	case plain:
		return nil
	case region:
		if d.SectionReader.Size() < shortValue {
			return nil
		}
	}
	if err := r.budget.value(); err != nil {
		return err
	}
	if !r.yield(Member{Name: name, Data: d, Value: true}, nil) {
		return errEnough
	}
	return nil
}

// items reads n strings that stand behind each other, with a score behind each.
func (r *rdbReader) items(name string, n uint64, scores bool) error {
	for i := range n {
		s, err := r.str()
		if err != nil {
			return err
		}
		if err := r.member(name+"/"+strconv.FormatUint(i, 10), s); err != nil {
			return err
		}
		if scores {
			c, err := r.u8()
			if err != nil {
				return err
			}
			if c < 253 { // else not a number, or infinite
				if err := r.skip(int64(c)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// lengths passes over n of them.
func (r *rdbReader) lengths(n int) error {
	for range n {
		if _, err := r.length(); err != nil {
			return err
		}
	}
	return nil
}

// length reads a length that is none of the special encodings.
func (r *rdbReader) length() (uint64, error) {
	n, special, err := r.lengthOr()
	if err == nil && special {
		err = fmt.Errorf("an encoding %d where a length has to be", n)
	}
	return n, err
}

// lengthOr reads a length, or the number of a special encoding.
func (r *rdbReader) lengthOr() (n uint64, special bool, err error) {
	c, err := r.u8()
	if err != nil {
		return 0, false, err
	}
	switch {
	case c>>6 == 0:
		return uint64(c), false, nil
	case c>>6 == 1:
		low, err := r.u8()
		return uint64(c&0x3f)<<8 | uint64(low), false, err
	case c == 0x80:
		n, err = r.big(4)
		return n, false, err
	case c == 0x81:
		n, err = r.big(8)
		return n, false, err
	case c>>6 == 2:
		return 0, false, fmt.Errorf("a length of kind %#x", c)
	}
	return uint64(c & 0x3f), true, nil
}

// str reads a string. A number is plain data, the digits.
func (r *rdbReader) str() (Data, error) {
	n, special, err := r.lengthOr()
	if err != nil {
		return nil, err
	}
	if !special {
		return r.bytes(n)
	}
	switch n {
	case 0, 1, 2:
		v, err := r.number(1 << n)
		shift := 64 - 8<<n
		text := strconv.FormatInt(int64(v)<<shift>>shift, 10)
		return plain{strings.NewReader(text), int64(len(text))}, err
	case 3:
		packed, err := r.length()
		if err != nil {
			return nil, err
		}
		whole, err := r.length()
		if err != nil {
			return nil, err
		}
		raw, err := r.bytes(packed)
		if err != nil {
			return nil, err
		}
		return newSpool(raw, int64(packed), func(raw io.Reader) (io.Reader, error) {
			return &lzfReader{r: bufio.NewReader(raw), left: whole}, nil
		}, r.budget), nil
	}
	return nil, fmt.Errorf("a string of encoding %d", n)
}
