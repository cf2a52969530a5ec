package container

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/pickle-lint/pickle-lint/blob/container/internal/lzma"
)

// SevenZip is 7z (7zFormat.txt of the LZMA SDK): files that are compressed one
// behind another, in folders. No checksum is looked at, and what the header says
// of the files serves to name them only.
type SevenZip struct{}

// Name implements [Format].
func (SevenZip) Name() string { return "7z" }

// Traits implements [Format].
func (SevenZip) Traits() Traits { return Traits{} }

const sevenStart = 32

// Recognise implements [Format].
func (SevenZip) Recognise(head []byte, _ Data) bool {
	return bytes.HasPrefix(head, []byte("7z\xbc\xaf\x27\x1c"))
}

// Members implements [Format].
func (SevenZip) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("7z: %w", err)) {
			return
		}
		h, err := sevenHeaderOf(data, size, b)
		if err != nil && !yield(problem("7z: reading the header: %w", err)) {
			return
		}
		for i := range h.folders {
			if !h.folder(data, size, i, b, yield) {
				return
			}
		}
		if m, ok := restOf(data, size, h.end, size); ok && h.end > 0 {
			yield(m, nil)
		}
	}
}

// sevenHeaderOf finds the header, which may be compressed itself. With an error,
// it is what could be read of it.
func sevenHeaderOf(data Data, size int64, b *Budget) (*sevenHeader, error) {
	h := &sevenHeader{most: b.Entries}
	var start [sevenStart]byte
	if err := readAt(data, start[:], 0); err != nil {
		return h, err
	}
	off, n := binary.LittleEndian.Uint64(start[12:]), binary.LittleEndian.Uint64(start[20:])
	if off > uint64(size) || n > uint64(size) || sevenStart+int64(off)+int64(n) > size {
		return h, fmt.Errorf("it is to stand at offset %d, behind the end", off+sevenStart)
	}
	if n == 0 {
		h.end = sevenStart + int64(off)
		return h, nil // an archive of nothing
	}
	end := sevenStart + int64(off) + int64(n)
	text := section(data, size, sevenStart+int64(off), int64(n))
	// Each round is one compression around it; 7-Zip writes one.
	for range b.Depth {
		raw, err := io.ReadAll(io.NewSectionReader(text, 0, min(int64(n), b.Memory+1)))
		if err != nil {
			return h, err
		}
		if int64(len(raw)) > b.Memory {
			return h, fmt.Errorf("%w: more than %d bytes", ErrLimit, b.Memory)
		}
		h = &sevenHeader{most: b.Entries, end: end}
		packed, err := h.parse(raw)
		if err != nil || !packed {
			return h, err
		}
		if len(h.folders) == 0 {
			return h, errors.New("it is compressed, and nobody says how")
		}
		f := &h.folders[0]
		open, _, err := f.opener()
		if err != nil {
			return &sevenHeader{}, err
		}
		in := section(data, size, h.packed, f.packedSize)
		text = newSpool(in, min(f.packedSize, size), open, b)
		n = uint64(f.size())
	}
	return &sevenHeader{}, fmt.Errorf("%w: it is compressed more than %d times", ErrLimit, b.Depth)
}

// folder yields the files of one folder, and what is wrong with it.
func (h *sevenHeader) folder(data Data, size int64, i int, b *Budget, yield func(Member, error) bool) bool {
	f := &h.folders[i]
	open, doubt, err := f.opener()
	if err != nil {
		return yield(problem("7z: folder %d, with %d files, was not looked at: %w", i, len(f.files), err))
	}
	if off := h.packed + f.at; off < 0 || off > size || f.packedSize > size-off {
		err = errors.New("the archive is cut short")
	}
	in := section(data, size, h.packed+f.at, f.packedSize)
	n, _ := in.Size() // of a section, which has no error
	all := newSpool(in, n, open, b)
	off := int64(0)
	for k, declared := range f.files {
		if err := b.entry(); err != nil {
			yield(problem("7z: %w", err))
			return false
		}
		if !yield(Member{Name: h.name(f.first+k, i, k), Data: &sevenFile{all, off, declared}}, nil) {
			return false
		}
		off += declared
	}
	// Files know no more of the end than was read of them.
	got, cut := all.Size()
	all.Release()
	if cut == nil && got < off {
		cut = fmt.Errorf("%d bytes of %d are there", got, off)
	}
	if err = errors.Join(err, cut, doubt); err != nil {
		return yield(problem("7z: folder %d: %w", i, err))
	}
	return true
}

// name is that of the n-th file that has data.
func (h *sevenHeader) name(n, folder, file int) string {
	if n < len(h.names) {
		return h.names[n]
	}
	return fmt.Sprintf("folder %d, file %d", folder, file)
}

// sevenFile is a file, part of what its folder decompresses to.
type sevenFile struct {
	all    *spool
	off, n int64
}

func (f *sevenFile) Random() bool { return false }
func (f *sevenFile) Release()     {}

// Size implements [Data]. Of a large file it is the declared size, until the end of
// the folder is known: to read to its end and then the file again is to decompress
// the folder once more for each.
func (f *sevenFile) Size() (int64, error) {
	if f.n > 0 && f.n < f.all.budget.Memory/4 {
		var last [1]byte
		_, _ = f.all.ReadAt(last[:], f.off+f.n-1) // then the end is known
	}
	if end := f.all.size; end >= 0 && f.off+f.n > end {
		return max(0, end-f.off), f.all.err
	}
	return f.n, nil
}

// ReadAt implements [io.ReaderAt].
func (f *sevenFile) ReadAt(b []byte, off int64) (int, error) {
	if off < 0 || off >= f.n {
		return 0, io.EOF
	}
	if int64(len(b)) > f.n-off {
		n, err := f.all.ReadAt(b[:f.n-off], f.off+off)
		if err == nil {
			err = io.EOF
		}
		return n, err
	}
	return f.all.ReadAt(b, f.off+off)
}

// opener joins the coders of f; doubt says what of them was left out.
func (f *sevenFolder) opener() (open opener, doubt, err error) {
	var steps []opener
	for at, n := f.start, 0; ; n++ {
		if f.complex || at >= len(f.coders) || n >= len(f.coders) {
			return nil, nil, errors.New("its coders are not in a row")
		}
		c := &f.coders[at]
		open, err := c.opener()
		switch {
		case err != nil:
			return nil, nil, err
		case open == nil:
			doubt = fmt.Errorf("the data went through filter %#x, which was not undone", c.id)
		default:
			steps = append(steps, open)
		}
		next, ok := f.next[at]
		if !ok {
			break
		}
		at = next
	}
	return func(raw io.Reader) (io.Reader, error) {
		for _, open := range steps {
			var err error
			if raw, err = open(raw); err != nil {
				return nil, err
			}
		}
		return raw, nil
	}, doubt, nil
}

// opener returns nil for a filter of machine code: it changes hardly any of a
// pickle, which is read as it is.
func (c *sevenCoder) opener() (opener, error) {
	switch {
	case c.id == 0:
		return func(r io.Reader) (io.Reader, error) { return r, nil }, nil
	case c.id == 0x21 && len(c.props) == 1:
		return func(r io.Reader) (io.Reader, error) {
			return lzma.NewReader2(bufio.NewReaderSize(r, spoolChunk), lzmaDictionarySize(c.props[0])), nil
		}, nil
	case c.id == 0x30101 && len(c.props) == 5:
		return func(r io.Reader) (io.Reader, error) {
			return lzma.NewReader(bufio.NewReaderSize(r, spoolChunk), c.props[0], binary.LittleEndian.Uint32(c.props[1:]), c.size)
		}, nil
	case c.id == 0x03 && len(c.props) == 1:
		return func(r io.Reader) (io.Reader, error) { return &delta{Reader: r, dist: c.props[0]}, nil }, nil
	case c.id == 0x40108:
		return func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil }, nil
	case c.id == 0x40202:
		return func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }, nil
	case c.id >= 0x04 && c.id <= 0x0b || c.id>>16 == 0x303:
		return nil, nil //nolint:nilnil // said above
	case c.id == 0x6f10701:
		return nil, errors.New("it is encrypted")
	}
	return nil, fmt.Errorf("method %#x is not decompressed", c.id)
}
