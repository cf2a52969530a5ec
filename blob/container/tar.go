package container

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Tar is every tar that Python's tarfile opens: ustar, GNU, pax, and the old
// form without a magic. torch.load tries tar before its legacy format.
type Tar struct{}

// Name implements [Format].
func (Tar) Name() string { return "tar" }

// Traits implements [Format].
func (Tar) Traits() Traits { return Traits{} }

const tarBlock = 512

// Recognise implements [Format] by the checksum of the first header, which is
// all that tarfile asks for.
func (Tar) Recognise(head []byte, _ Data) bool {
	if len(head) < tarBlock {
		return false
	}
	head = head[:tarBlock]
	want, ok := tarNumber(head[148:156])
	if !ok || want == 0 {
		return false
	}
	// The checksum counts its own field as spaces; old tars added up signed
	// characters.
	var unsigned, signed int64
	for i, c := range head {
		if i >= 148 && i < 156 {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	return unsigned == want || signed == want
}

// tarNumber reads a number as tarfile.nti does, with the liberties of Python's
// int: signs, a prefix, underscores.
func tarNumber(field []byte) (int64, bool) {
	if field[0] == 0o200 || field[0] == 0o377 { // base 256
		var n int64
		for _, c := range field[1:] {
			n = n<<8 | int64(c)
		}
		return n, field[0] == 0o200
	}
	field, _, _ = bytes.Cut(field, []byte{0})
	text := strings.Trim(string(field), " \t\n\v\f\r\x1c\x1d\x1e\x1f")
	text = strings.TrimPrefix(strings.ReplaceAll(text, "_", ""), "+")
	if len(text) > 1 && text[0] == '0' && (text[1] == 'o' || text[1] == 'O') {
		text = text[2:]
	}
	n, err := strconv.ParseUint(text, 8, 62)
	return int64(n), err == nil
}

// PyTorch took these members out of tars before it wrote anything else; links are
// followed when a member is taken out (torch/serialization.py, legacy_load).
var torchMembers = map[string]Member{
	"pickle":   {Promised: true},
	"storages": {Promised: true, Interleaved: true},
	"tensors":  {Promised: true, Interleaved: true},
}

// maxSparse is how many sparse members of a tar are read with their holes, each from
// the start of the tar.
const maxSparse = 16

// maxHops is how many links one after another are followed.
const maxHops = 8

// Members implements [Format]. All regular members are listed, those of the same
// name too; links lead to members that are listed themselves, and are listed
// again only where the name of the link says how to read them.
func (Tar) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("tar: %w", err)) {
			return
		}
		var files []tarFile
		links := make(map[string]string)
		// archive/tar reads whole blocks and nothing ahead, so that the
		// position of s is where the data of the current member begins.
		s := io.NewSectionReader(data, 0, size)
		sparse := 0
		for t, n := tar.NewReader(s), 1; ; n++ {
			h, err := t.Next()
			if errors.Is(err, io.EOF) {
				at, _ := s.Seek(0, io.SeekCurrent) // a SectionReader cannot fail to tell its position
				if m, ok := restOf(data, size, skipZeros(data, at, size), size); ok && !yield(m, nil) {
					return
				}
				break
			}
			if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
				at, _ := s.Seek(0, io.SeekCurrent) // a SectionReader cannot fail to tell its position
				if !yield(problem("tar: header before offset %d: %w", at, err)) || !restOfTar(data, size, max(0, at-tarBlock), b, yield) {
					return
				}
				break
			}
			if h.Typeflag == tar.TypeLink || h.Typeflag == tar.TypeSymlink {
				if len(links) < b.Entries {
					links[clean(h.Name)] = clean(h.Linkname)
				}
				continue
			}
			if !regular(h.Typeflag) {
				continue
			}
			if err := b.entry(); err != nil {
				yield(problem("tar: %w", err))
				return
			}
			off, err := s.Seek(0, io.SeekCurrent)
			if err != nil {
				yield(problem("tar: %w", err))
				return
			}
			m := torchMembers[clean(h.Name)]
			m.Name, m.Data = h.Name, section(data, size, off, h.Size)
			if h.Typeflag == tar.TypeGNUSparse || h.PAXRecords["GNU.sparse.major"] != "" || h.PAXRecords["GNU.sparse.map"] != "" {
				if sparse++; sparse > maxSparse {
					err = errors.New("one of many sparse members: holes are left out")
				} else {
					m.Data = newSpool(section(data, size, 0, size), size, openSparse(n), b)
				}
			} else if h.Size > size-off {
				err = errors.New("the member is cut short")
			}
			files = append(files, tarFile{clean(h.Name), m.Data})
			if !yield(m, err) {
				return
			}
		}
		linked(files, links, b, yield)
	}
}

// openSparse reads the n-th entry of a tar with its holes as zeros. They hang on a
// map that archive/tar keeps to itself, so it reads the tar again.
func openSparse(n int) opener {
	return func(raw io.Reader) (io.Reader, error) {
		t := tar.NewReader(raw)
		for range n {
			if _, err := t.Next(); err != nil && !errors.Is(err, tar.ErrInsecurePath) {
				return nil, noEOF(err)
			}
		}
		return t, nil
	}
}

// restOfTar lists what stands from off on as tarfile would, behind a header that
// archive/tar refuses: tarfile passes over records of pax that it cannot read, and
// reads numbers as Python does. Any block with the right checksum is a header.
func restOfTar(data Data, size, off int64, b *Budget, yield func(Member, error) bool) bool {
	var head [tarBlock]byte
	for off -= off % tarBlock; off+tarBlock <= size; off += tarBlock {
		if err := b.Err(); err != nil {
			return yield(problem("tar: %w", err))
		}
		if err := readAt(data, head[:], off); err != nil {
			return yield(problem("tar: %w", err))
		}
		n, ok := tarNumber(head[124:136])
		if !(Tar{}).Recognise(head[:], data) || !ok || n < 0 || !regular(head[156]) || strings.IndexByte("xXLK", head[156]) >= 0 {
			continue // or it is about the next one
		}
		if err := b.entry(); err != nil {
			return yield(problem("tar: %w", err))
		}
		name, _, _ := bytes.Cut(head[:100], []byte{0})
		m := torchMembers[clean(string(name))]
		m.Name, m.Data = string(name), section(data, size, off+tarBlock, n)
		var err error
		if n > size-off-tarBlock {
			err, n = errors.New("the member is cut short"), 0 // what follows may be others
		}
		if !yield(m, err) {
			return false
		}
		off += (n + tarBlock - 1) / tarBlock * tarBlock
	}
	return true
}

// regular reports whether tarfile gives the data of such a member out: it takes
// types that it does not know for regular files.
func regular(flag byte) bool {
	switch flag {
	case tar.TypeLink, tar.TypeSymlink, tar.TypeChar, tar.TypeBlock, tar.TypeDir, tar.TypeFifo, tar.TypeXGlobalHeader:
		return false
	}
	return true
}

func clean(name string) string { return path.Clean(strings.TrimRight(name, "/")) }

// tarFile is a regular member.
type tarFile struct {
	name string
	data Data
}

// linked lists what links lead to that PyTorch would follow.
func linked(files []tarFile, links map[string]string, b *Budget, yield func(Member, error) bool) {
	for _, name := range slices.Sorted(maps.Keys(torchMembers)) {
		target, ok := links[name]
		for hops := 0; ok && hops < maxHops; hops++ {
			next, more := links[target]
			if !more {
				break
			}
			target = next
		}
		if !ok {
			continue
		}
		found := false
		for _, f := range files {
			if f.name != target {
				continue
			}
			found = true
			if err := b.entry(); err != nil {
				yield(problem("tar: %w", err))
				return
			}
			m := torchMembers[name]
			m.Name, m.Data = name, f.data
			if !yield(m, nil) {
				return
			}
		}
		if !found && !yield(Member{Name: name}, fmt.Errorf("a link to %.100q, which is not in the tar, so it was not looked at", target)) {
			return
		}
	}
}
