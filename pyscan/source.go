package pyscan

import (
	"bytes"
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
)

// source is a file as the parser reads it: UTF-8 without a byte order mark, and
// no line ended by a lone carriage return.
type source struct {
	path string
	text []byte
	// base is the length of the byte order mark that was cut off.
	base int
	// wide holds, for a source that was not UTF-8, the offsets in text of the
	// characters that were one byte in the file and are two bytes here.
	wide []uint32
	// lines holds the offsets in text at which lines start.
	lines []uint32
}

// newSource decodes a file. The notices say what could not be decoded rightly.
func newSource(path string, raw []byte, enc encoding) (src *source, notices []string) {
	src = &source{path: path}
	if bytes.HasPrefix(raw, utf8BOM) {
		raw, src.base = raw[len(utf8BOM):], len(utf8BOM)
	}
	switch {
	case enc.opaque:
		notices = append(notices, "declared encoding "+lint.Printable(enc.name)+" is not supported: read as Latin-1")
	case enc.multibyte && !ascii(raw):
		notices = append(notices, "declared encoding "+lint.Printable(enc.name)+" is not supported outside ASCII: read as Latin-1")
	case enc.utf8 && !utf8.Valid(raw):
		notices = append(notices, "not valid UTF-8 and no encoding is declared: read as Latin-1")
	}
	src.text = raw
	if !enc.utf8 || len(notices) > 0 {
		src.text, src.wide = latin1(raw)
	}
	notices = append(notices, src.normalise()...)
	src.lines = append(src.lines, 0)
	for i, b := range src.text {
		if b == '\n' {
			src.lines = append(src.lines, uint32(i+1))
		}
	}
	return src, notices
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// latin1 turns each byte into the character of the same number.
func latin1(raw []byte) (text []byte, wide []uint32) {
	if ascii(raw) {
		return raw, nil
	}
	text = make([]byte, 0, len(raw)+len(raw)/8)
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			wide = append(wide, uint32(len(text)))
		}
		text = utf8.AppendRune(text, rune(b))
	}
	return text, wide
}

// normalise replaces lone carriage returns, which end a line in Python and in
// editors but not in the grammar, and NUL bytes, which CPython refuses (and
// took for the end of a line before 3.12). No offset moves.
func (s *source) normalise() (notices []string) {
	lone := func(i int) bool { return s.text[i] == '\r' && (i+1 == len(s.text) || s.text[i+1] != '\n') }
	owned := false
	for i := 0; i < len(s.text); i++ {
		next := bytes.IndexAny(s.text[i:], "\r\x00")
		if next < 0 {
			break
		}
		i += next
		if s.text[i] == '\r' && !lone(i) {
			continue
		}
		if !owned {
			s.text, owned = slices.Clone(s.text), true
		}
		if s.text[i] == '\r' {
			s.text[i] = '\n'
			continue
		}
		if notices == nil {
			notices = []string{"the source contains NUL bytes, which CPython refuses: read as blanks"}
		}
		s.text[i] = ' '
	}
	return notices
}

// line returns the 1-based number of the line that holds an offset.
func (s *source) line(off uint32) int {
	return sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > off })
}

// location returns the place of the text from start to end.
func (s *source) location(start, end uint32) lint.Location {
	first, last := s.line(start), s.line(end)
	return lint.Location{
		Path:      s.path,
		Offset:    s.fileOffset(start),
		Line:      first,
		Column:    int(start-s.lines[first-1]) + 1,
		EndLine:   last,
		EndColumn: int(end-s.lines[last-1]) + 1,
	}
}

// fileOffset returns where in the file an offset of the text lies.
func (s *source) fileOffset(off uint32) int64 {
	wider := sort.Search(len(s.wide), func(i int) bool { return s.wide[i] >= off })
	return int64(s.base) + int64(off) - int64(wider)
}
