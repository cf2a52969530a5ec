package ignore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
)

// maxIndex bounds the index of git that is read, in bytes: one of a million files
// has about 100 million.
const maxIndex = 512 << 20

var (
	errIndex = errors.New("the index of git is damaged, or of a form that is not read")
	errSplit = errors.New("the index of git is split, which is not read")
)

// readIndex returns the paths that are tracked, in git's order, which is that of
// bytes (git, Documentation/gitformat-index.txt).
func readIndex(b []byte) ([]string, error) {
	// Which hash a repository has stands elsewhere; only one of the two fits.
	paths, err := readEntries(b, 20)
	if errors.Is(err, errIndex) {
		paths, err = readEntries(b, 32)
	}
	return paths, err
}

func readEntries(b []byte, hash int) ([]string, error) {
	if len(b) < 12+hash || string(b[:4]) != "DIRC" {
		return nil, errIndex
	}
	version := binary.BigEndian.Uint32(b[4:])
	count := int(binary.BigEndian.Uint32(b[8:]))
	fixed := 40 + hash + 2
	if version < 2 || version > 4 || count > len(b)/fixed {
		return nil, errIndex
	}
	end := len(b) - hash
	paths := make([]string, 0, count)
	at, last := 12, ""
	for range count {
		if end-at < fixed {
			return nil, errIndex
		}
		name := at + fixed
		if flags := binary.BigEndian.Uint16(b[name-2:]); flags&0x4000 != 0 {
			name += 2
		}
		keep := 0
		if version == 4 {
			cut, n := offsetVarint(b[min(name, end):end])
			if n == 0 || cut > len(last) {
				return nil, errIndex
			}
			name, keep = name+n, len(last)-cut
		}
		if name > end {
			return nil, errIndex
		}
		size := bytes.IndexByte(b[name:end], 0)
		if size < 0 {
			return nil, errIndex
		}
		path := last[:keep] + string(b[name:name+size])
		if path == "" || path < last {
			return nil, errIndex
		}
		paths, last = append(paths, path), path
		if at, size = name+size+1, name+size-at; version < 4 {
			// One to eight NULs fill the entry up.
			at += 7 - size%8
		}
	}
	for at+8 <= end {
		if string(b[at:at+4]) == "link" {
			return nil, errSplit
		}
		at += 8 + int(binary.BigEndian.Uint32(b[at+4:]))
	}
	return paths, nil
}

// offsetVarint reads a number as git writes offsets (git, varint.c).
func offsetVarint(b []byte) (v, n int) {
	for n < len(b) && n < 4 {
		c := b[n]
		n++
		v |= int(c & 0x7f)
		if c&0x80 == 0 {
			return v, n
		}
		v = (v + 1) << 7
	}
	return 0, 0
}

// holds reports whether a path is tracked or, of a directory, something below it.
func holds(paths []string, path string, dir bool) bool {
	if dir {
		path += "/"
	}
	i, found := slices.BinarySearch(paths, path)
	return found || dir && i < len(paths) && strings.HasPrefix(paths[i], path)
}
