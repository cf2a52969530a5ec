package pyscan

import (
	"sort"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// embedded is Python that stands in a file which is not Python, or not as it is.
// Sites are found in its text; what is told of them are places in the file.
type embedded struct {
	text  *pieces.Text
	lines []uint32 // of text
	raw   []byte   // the file
	outer []uint32 // its lines
	// cells are those of a notebook, by where they begin in text.
	cells []cellStart
	// above is where in text a justification stands that stood above a command, or 0.
	above int
	// newlines are those before counted in text.
	newlines, counted int
}

type cellStart struct {
	at, number int
}

// place turns a place in the text into one in the file.
func (e *embedded) place(l *lint.Location) {
	if l.Line == 0 {
		return
	}
	start := min(int(l.Offset), len(e.text.Bytes))
	end := start
	if l.EndLine > 0 && l.EndLine <= len(e.lines) {
		end = max(start, int(e.lines[l.EndLine-1])+l.EndColumn-1)
	}
	if k := sort.Search(len(e.cells), func(i int) bool { return e.cells[i].at > start }) - 1; k >= 0 {
		l.Cell = e.cells[k].number
		l.CellLine = l.Line - lineOf(e.lines, e.cells[k].at) + 1
		l.CellColumn = l.Column
	}
	from, to := e.text.At(start), e.text.At(end)
	if end > start {
		// What follows stands elsewhere, or right behind the last character,
		// however that is escaped.
		if last := e.text.At(end - 1); to <= last || to > last+longEscape {
			to = max(from, last+e.width(last))
		}
	}
	l.Offset = int64(from)
	l.Line, l.EndLine = lineOf(e.outer, from), lineOf(e.outer, to)
	l.Column = from - int(e.outer[l.Line-1]) + 1
	l.EndColumn = to - int(e.outer[l.EndLine-1]) + 1
}

// width returns how many bytes the character at an offset of the file takes.
func (e *embedded) width(at int) int {
	rest := e.raw[min(at, len(e.raw)):]
	_, n := utf8.DecodeRune(rest)
	if len(rest) > 1 && rest[0] == '\\' {
		if n = 2; rest[1] == 'u' {
			n = 6
		}
	}
	return min(n, len(rest))
}

// longEscape is the longest escape of one character, in bytes.
const longEscape = 12

// line turns a line of the text into one of the file.
func (e *embedded) line(line int) int {
	if line < 1 || line > len(e.lines) {
		return line
	}
	at := int(e.lines[line-1])
	if e.above > 0 && lineOf(e.lines, e.above) == line {
		at = e.above
	}
	return lineOf(e.outer, e.text.At(at))
}

// lineOf returns the 1-based number of the line that holds an offset.
func lineOf(starts []uint32, off int) int {
	return sort.Search(len(starts), func(i int) bool { return int(starts[i]) > off })
}

// moveTo turns all places of a result into places in the file.
func (r *Result) moveTo(e *embedded) {
	moved := make(map[*lint.Justification]bool)
	justification := func(j *lint.Justification) {
		if j != nil && !moved[j] {
			moved[j] = true
			j.Line = e.line(j.Line)
		}
	}
	for _, s := range r.Sites {
		e.place(&s.Location)
		justification(s.Justification)
	}
	for _, d := range r.Dumps {
		e.place(&d.Location)
	}
	for _, f := range r.Findings {
		e.place(&f.Location)
		for i := range f.Trace {
			e.place(&f.Trace[i].Location)
		}
		justification(f.Justification)
	}
	for _, s := range r.Skips {
		e.place(&s.Location)
	}
	// In the file their quotes and backslashes are escaped.
	r.Literals = nil
}
