package report

import (
	"bytes"
	"strconv"

	"github.com/pickle-lint/pickle-lint/lint"
)

// mostLines is how many lines of a range that spans several are shown.
const mostLines = 6

// block is the part of a finding that stands right of the gutter.
type block struct {
	rows []row
	// digits is the width of the widest line number.
	digits int
}

// row is one line of a block. Its label is a line number or empty.
type row struct {
	label string
	text  string
	ink   ink
}

// excerpt shows the source lines of a location with carets under its range. It
// is empty when there is no source to show.
func (s *sources) excerpt(at lint.Location, mark ink) block {
	f := s.file(at)
	if _, ok := f.line(at.Line); !ok {
		return block{}
	}
	end := max(at.Line, at.EndLine)
	if _, ok := f.line(end); !ok {
		// The file is shorter than it was: mark what there is of it.
		end = at.Line
		line, _ := f.line(end)
		at.EndColumn = len(line) + 1
	}
	// A range that ends before the first column of a line ends on the one above.
	if end > at.Line && at.EndColumn <= 1 {
		end--
		line, _ := f.line(end)
		at.EndColumn = len(line) + 1
	}
	at.EndLine = end
	b := block{digits: len(strconv.Itoa(end))}
	width := terminalWidth - b.digits - len(" | ")
	for n := at.Line; n <= end; n++ {
		line, _ := f.line(n)
		if end-at.Line >= mostLines && n == at.Line+mostLines/2 {
			n = end - mostLines/2
			b.rows = append(b.rows, row{label: "…"})
			continue
		}
		if n != at.Line && n != end {
			b.rows = append(b.rows, row{label: strconv.Itoa(n), text: plainLine(line, width), ink: inkStrong})
			continue
		}
		from, to := markOn(line, n, at)
		l := markedLine(line, from, to, width)
		b.rows = append(b.rows,
			row{label: strconv.Itoa(n), text: l.text, ink: inkStrong},
			row{text: l.carets, ink: mark},
		)
	}
	return b
}

// markOn returns the bytes of the first or last line n that the range covers.
func markOn(line []byte, n int, at lint.Location) (from, to int) {
	from, to = len(line)-len(bytes.TrimLeft(line, " \t")), len(line)
	if n == at.Line {
		from = at.Column - 1
		if at.Column <= 0 {
			from = len(line) - len(bytes.TrimLeft(line, " \t"))
		}
	}
	if n == at.EndLine {
		switch {
		case at.EndColumn > 0:
			to = at.EndColumn - 1
		case n == at.Line && at.Column > 0:
			to = from // only a point is known
		}
	}
	return from, max(from, to)
}

// fit renders one line of foreign text in at most width columns.
func fit(text string, width int) string {
	return plainLine([]byte(lint.Printable(text)), width)
}
