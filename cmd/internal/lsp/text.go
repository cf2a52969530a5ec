package lsp

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
)

// text is the text of a document and where its lines begin: behind a line feed, a
// carriage return, or both together. (Go's own count of lines is that of line feeds; a lone
// carriage return is none of either's in a source that anybody edits.)
type text struct {
	bytes  []byte
	starts []int
	// utf8: positions count bytes, and else UTF-16 code units.
	utf8 bool
}

func newText(b []byte, inBytes bool) *text {
	t := &text{bytes: b, starts: []int{0}, utf8: inBytes}
	for i := range b {
		if b[i] == '\n' || b[i] == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// line returns a line, counted from 0, without its end.
func (t *text) line(n int) []byte {
	end := len(t.bytes)
	if n+1 < len(t.starts) {
		end = t.starts[n+1]
	}
	return bytes.TrimRight(t.bytes[t.starts[n]:end], "\r\n")
}

// offset returns where a position is. What lies behind the end of a line is its end, and
// behind the last line the end of the text.
func (t *text) offset(p position) int {
	switch {
	case p.Line < 0:
		return 0
	case p.Line >= len(t.starts):
		return len(t.bytes)
	}
	line, at := t.line(p.Line), 0
	for units := 0; units < p.Character && at < len(line); {
		r, size := utf8.DecodeRune(line[at:])
		if units += t.units(r, size); units > p.Character {
			break // in the middle of a character
		}
		at += size
	}
	return t.starts[p.Line] + at
}

func (t *text) units(r rune, size int) int {
	switch {
	case t.utf8:
		return size
	case r > 0xffff:
		return 2
	}
	return 1
}

// position is the inverse of offset.
func (t *text) position(off int) position {
	off = min(max(off, 0), len(t.bytes))
	n := sort.SearchInts(t.starts, off+1) - 1
	p := position{Line: n}
	for at := t.starts[n]; at < off; {
		r, size := utf8.DecodeRune(t.bytes[at:off])
		p.Character += t.units(r, size)
		at += size
	}
	return p
}

// span returns the range of a place in the text, by line and column.
func (t *text) span(at lint.Location) span {
	start := t.at(at.Line, at.Column)
	end := start
	if at.EndLine > 0 {
		end = max(start, t.at(at.EndLine, at.EndColumn))
	}
	return span{t.position(start), t.position(end)}
}

// at returns the offset of a line and a column in bytes, both counted from 1.
func (t *text) at(line, column int) int {
	if line < 1 || line > len(t.starts) {
		return 0
	}
	return t.starts[line-1] + min(max(column, 1)-1, len(t.line(line-1)))
}

// change returns the text with what a change says.
func (t *text) change(r *span, with string) *text {
	if r == nil {
		return newText([]byte(with), t.utf8)
	}
	start := t.offset(r.Start)
	end := max(start, t.offset(r.End))
	out := make([]byte, 0, start+len(with)+len(t.bytes)-end)
	return newText(append(append(append(out, t.bytes[:start]...), with...), t.bytes[end:]...), t.utf8)
}
