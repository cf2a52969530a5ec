package lsp

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/lines"
)

// text is the text of a document and where its lines begin, for the editor: behind a line
// feed, a carriage return, or both together.
type text struct {
	bytes  []byte
	starts []int
	// lines is where they begin for who finds things in it: in Go a lone carriage return ends
	// none.
	lines []int
	// utf8: positions count bytes, and else UTF-16 code units.
	utf8   bool
	golang bool
}

func newText(b []byte, inBytes, golang bool) *text {
	t := &text{bytes: b, starts: lines.Starts(b, true), utf8: inBytes, golang: golang}
	if t.lines = t.starts; golang {
		t.lines = lines.Starts(b, false)
	}
	return t
}

// mark is how long the byte order mark is, which is no character of the text.
func (t *text) mark() int {
	if bytes.HasPrefix(t.bytes, []byte(lines.ByteOrderMark)) {
		return len(lines.ByteOrderMark)
	}
	return 0
}

// line returns a line, counted from 0, without its end.
func (t *text) line(n int) []byte {
	return t.lineOf(t.starts, n)
}

func (t *text) lineOf(starts []int, n int) []byte {
	end := len(t.bytes)
	if n+1 < len(starts) {
		end = starts[n+1]
	}
	return lines.TrimEnd(t.bytes[starts[n]:end])
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
	if p.Line == 0 {
		at = t.mark()
	}
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
	if t.utf8 {
		return size
	}
	return lines.Units(r)
}

// position is the inverse of offset.
func (t *text) position(off int) position {
	off = min(max(off, 0), len(t.bytes))
	n := sort.SearchInts(t.starts, off+1) - 1
	from := t.starts[n]
	if n == 0 {
		from = min(t.mark(), off)
	}
	if t.utf8 {
		return position{n, off - from}
	}
	return position{n, lines.UTF16(t.bytes[from:off])}
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
	if line < 1 || line > len(t.lines) {
		return 0
	}
	return t.lines[line-1] + min(max(column, 1)-1, len(t.lineOf(t.lines, line-1)))
}

// change returns the text with what a change says.
func (t *text) change(r *span, with string) *text {
	if r == nil {
		return newText([]byte(with), t.utf8, t.golang)
	}
	start := t.offset(r.Start)
	end := max(start, t.offset(r.End))
	out := make([]byte, 0, start+len(with)+len(t.bytes)-end)
	return newText(append(append(append(out, t.bytes[:start]...), with...), t.bytes[end:]...), t.utf8, t.golang)
}
