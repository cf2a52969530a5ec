package report

import (
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/lint"
)

const (
	// terminalWidth is what lines of an excerpt are cut to. It is a constant,
	// not the width of the terminal, so that output does not depend on it.
	terminalWidth = 100
	tabWidth      = 4
	// A line longer than longLine is looked at only around its mark: sources
	// with one line of many megabytes exist, and are not always harmless.
	longLine    = 4096
	longContext = 1024
)

// cell is one character as a terminal shows it.
type cell struct {
	text   string
	width  int
	marked bool
}

// excerptLine is one line ready to print: its text, and the carets below it.
type excerptLine struct{ text, carets string }

// markedLine renders the bytes [from, to) of a line as marked, in at most width
// columns. An empty range marks the character at from, or the place behind the
// last one.
func markedLine(line []byte, from, to, width int) excerptLine {
	from = min(max(from, 0), len(line))
	to = min(max(to, from), len(line))
	cells, before, after := window(split(line, from, to), width)
	var l excerptLine
	var text, carets strings.Builder
	column, done := 0, 0
	add := func(c cell) {
		text.WriteString(c.text)
		if c.marked {
			carets.WriteString(strings.Repeat(" ", column-done))
			carets.WriteString(strings.Repeat("^", c.width))
			done = column + c.width
		}
		column += c.width
	}
	if before {
		add(cell{text: "…", width: 1})
	}
	for _, c := range cells {
		add(c)
	}
	if after {
		add(cell{text: "…", width: 1})
	}
	l.text = strings.TrimRight(text.String(), " ")
	l.carets = carets.String()
	if strings.TrimSpace(l.carets) == "" {
		// Nothing but combining marks was marked: point at what they sit on.
		l.carets = "^"
	}
	return l
}

// plainLine renders a line without a mark.
func plainLine(line []byte, width int) string {
	cells := split(line, 0, 0)
	cells[0].marked = true // the window starts there
	cells, _, after := window(cells, width)
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	if after {
		b.WriteString("…")
	}
	return strings.TrimRight(b.String(), " ")
}

// cutMark is the cell in place of what is not looked at in a very long line.
var cutMark = cell{text: "…", width: 1}

// split turns a line into cells, at least one of them marked. What a terminal
// would obey rather than show becomes an escape.
func split(line []byte, from, to int) []cell {
	var cells []cell
	start, end := 0, len(line)
	if len(line) > longLine {
		start, end = longRange(line, from)
	}
	if start > 0 {
		cells = append(cells, cutMark)
	}
	column, marked := len(cells), false
	for i := start; i < end; {
		r, size := utf8.DecodeRune(line[i:])
		c := cell{marked: i < to && i+size > from || from == to && i <= from && from < i+size}
		switch {
		case r == '\t':
			c.width = tabWidth - column%tabWidth
			c.text = strings.Repeat(" ", c.width)
		case r == '\ufeff' && i == 0:
			c.marked = false // a byte order mark shows as nothing
		case r == utf8.RuneError && size <= 1 || !lint.PrintableRune(r):
			c.text = lint.Printable(string(line[i : i+size]))
			c.width = len(c.text)
		default:
			c.text, c.width = string(line[i:i+size]), table.RuneWidth(r)
		}
		marked = marked || c.marked
		column += c.width
		cells = append(cells, c)
		i += size
	}
	if end < len(line) {
		cells = append(cells, cutMark)
	}
	if !marked {
		cells = append(cells, cell{text: " ", width: 1, marked: true})
	}
	return cells
}

// longRange chooses the part of a very long line to look at.
func longRange(line []byte, from int) (start, end int) {
	start = max(0, from-longContext)
	for start > 0 && start > from-longContext-utf8.UTFMax && !utf8.RuneStart(line[start]) {
		start--
	}
	end = min(len(line), start+longLine)
	for end < len(line) && end > start+longLine-utf8.UTFMax && !utf8.RuneStart(line[end]) {
		end--
	}
	return start, end
}

// window cuts cells to at most width columns around the marked ones, and says
// where something was cut. A mark that does not fit is shown from its start.
func window(cells []cell, width int) (shown []cell, before, after bool) {
	total, first, last := 0, -1, 0
	for i, c := range cells {
		total += c.width
		if c.marked {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if total <= width {
		return cells, false, false
	}
	budget := width - 2 // an ellipsis at each end
	lo, hi := first, first
	right := func(until int) {
		for hi < until && cells[hi].width <= budget {
			budget -= cells[hi].width
			hi++
		}
	}
	left := func(least int) {
		for lo > 0 && budget-cells[lo-1].width >= least {
			budget -= cells[lo-1].width
			lo--
		}
	}
	right(last + 1)
	if hi == last+1 {
		left(budget / 2)
		right(len(cells))
		left(0)
	}
	return cells[lo:hi], lo > 0, hi < len(cells)
}

// Line renders text in printable characters and at most width columns.
func Line(text string, width int) string {
	if text == "" {
		return ""
	}
	return plainLine([]byte(text), width)
}
