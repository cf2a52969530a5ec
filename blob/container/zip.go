package container

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"iter"
)

// Zip is every zip that a loader opens: PyTorch checkpoints, npz, wheels, plain
// zips. Readers disagree about which directory of a zip counts (miniz in
// PyTorch, Python's zipfile, archive/zip), and about whether a checksum, a local
// name or a flag matters. So this one lists the union: the entries of every
// directory that some reader might take, and the local headers that stand
// between them and are in no directory.
type Zip struct{}

const (
	sigLocal     = "PK\x03\x04"
	sigDirectory = "PK\x01\x02"
	sigEnd       = "PK\x05\x06"
	sigEnd64     = "PK\x06\x06"
	sigLocator64 = "PK\x06\x07"
)

// Name implements [Format].
func (Zip) Name() string { return "zip" }

// Traits implements [Format].
func (Zip) Traits() Traits { return Traits{} }

// Recognise implements [Format]: a local header or an empty directory at the
// start, or a directory at the end that names an entry. Something else may stand
// before the entries; Python's zipfile does not mind.
func (Zip) Recognise(head []byte, data Data) bool {
	if bytes.HasPrefix(head, []byte(sigLocal)) || bytes.HasPrefix(head, []byte(sigEnd)) {
		return true
	}
	if !data.Random() {
		return false
	}
	size, err := data.Size()
	if err != nil || size < endSize {
		return false
	}
	z := &zipReader{data: data, size: size, limit: 1}
	return z.directories() == nil && len(z.entries) > 0
}

// Members implements [Format].
func (Zip) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("zip: %w", err)) {
			return
		}
		z := &zipReader{data: data, size: size, limit: 2 * b.Entries}
		err = z.directories()
		if err != nil && !yield(problem("zip: reading the directory: %w", err)) {
			return
		}
		listed := len(z.entries)
		if err := z.carve(b); err != nil && !yield(problem("zip: looking for entries outside the directory: %w", err)) {
			return
		}
		if !z.ended && !yield(problem("zip: no directory that can be read; %d entries found by their own headers", len(z.entries)-listed)) {
			return
		}
		if z.cut && !yield(problem("zip: %w: more than %d entries in the directory", ErrLimit, z.limit)) {
			return
		}
		miniz, python := z.mark(byMiniz, z.miniz), z.mark(byPython, z.python)
		z.sort()
		if miniz || python { // or else it is cut short, or no zip
			z.doubts(miniz, python)
		}
		for i := range z.entries {
			e := &z.entries[i]
			if e.directory() {
				continue
			}
			if err := b.entry(); err != nil {
				yield(problem("zip: %w", err))
				return
			}
			if !yield(z.member(e, b)) {
				return
			}
		}
		z.rests(b, yield)
	}
}

// entry is one entry, as a directory or a local header describes it. That is the
// word of the zip specification; read, it is a member.
type entry struct {
	name                 string
	method, flags        uint16
	header               int64 // where the local header stands
	data                 int64 // where the data begins
	compressed, declared int64 // sizes in bytes
	crc                  uint32

	listing    int    // which directory lists it, or -1
	record     int    // its place there
	path       string // the name in an extra field, or ""
	localName  string
	localFlags uint16
	seen       views
	doubts     []Doubt
}

func (e *entry) directory() bool {
	return e.declared == 0 && e.compressed == 0 && len(e.name) > 0 && e.name[len(e.name)-1] == '/'
}

const flagEncrypted = 1

// zipMethods are the compression methods that member knows.
var zipMethods = []uint16{0, 8, 12, 14, 93, 95}

// member returns the data of e. A wrong checksum, size or name is no reason not
// to read: PyTorch's reader looks at none of them.
func (z *zipReader) member(e *entry, b *Budget) (Member, error) {
	m := Member{Name: e.name, Doubts: e.doubts}
	if e.listing >= 0 {
		m.Stated = &Stated{e.header, e.declared, e.crc}
	}
	raw := section(z.data, z.size, e.data, e.compressed)
	n, err := raw.Size()
	if err != nil {
		return m, err
	}
	if n < e.compressed {
		err = fmt.Errorf("the entry is cut short: %d bytes are announced, %d are there", e.compressed, n)
	}
	if e.flags&flagEncrypted != 0 {
		err = errors.Join(err, errors.New("the entry is marked as encrypted, and was read as if it were not"))
	}
	switch e.method {
	case 0:
		m.Data = raw
	case 8:
		m.Data = newSpool(raw, n, func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil }, b)
	case 12:
		m.Data = newSpool(raw, n, func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }, b)
	case 14:
		m.Data = newSpool(raw, n, openZipLzma(e.flags), b)
	case 93:
		m.Data = newSpool(raw, n, openSeries(frameStarter), b)
	case 95:
		m.Data = newSpool(raw, n, openSeries(xzStarter), b)
	default:
		err = errors.Join(err, fmt.Errorf("compression method %d is not decompressed, so the entry was not looked at", e.method))
	}
	return m, err
}
