package table

import (
	"slices"
	"strings"
)

// Columns are those of a table of text. The last may go below the others, in a line of
// its own, where the terminal is too narrow for it.
type Columns []Column

// Column is one of them. Least is what it keeps where the terminal is narrow, 0 for one
// that is never cut.
type Column struct {
	Name  string
	Least int
}

const (
	// gap stands between two columns.
	gap = "  "
	// indent stands before what has a line of its own.
	indent = "    "
	// None is the text of a cell that has none.
	None = "-"
)

// Text lays out rows of printable cells under their heads. columns is how wide lines may
// be, 0 for any width.
func (c Columns) Text(rows [][]string, columns int) string {
	widths := make([]int, len(c))
	head := make([]string, len(c))
	for i, column := range c {
		head[i], widths[i] = column.Name, len(column.Name)
	}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], Width(cell))
		}
	}
	last := len(widths) - 1
	below := !c.narrow(slices.Clone(widths), columns)
	if below {
		widths = widths[:last]
	}
	c.narrow(widths, columns)
	var b strings.Builder
	for n, row := range append([][]string{head}, rows...) {
		var line strings.Builder
		for i, cell := range row[:len(widths)] {
			if i > 0 {
				line.WriteString(gap)
			}
			line.WriteString(Pad(Cut(cell, widths[i]), widths[i]))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		if below && n > 0 && row[last] != None {
			b.WriteString(indent + Cut(row[last], max(columns-len(indent), c[last].Least)) + "\n")
		}
	}
	return b.String()
}

// narrow makes the widest columns narrower until a line fits, one column of text at
// a time from the widest, and reports whether one does. Where those that are never cut
// are too wide, lines are longer.
func (c Columns) narrow(widths []int, columns int) bool {
	if columns <= 0 {
		return true
	}
	over := len(gap)*(len(widths)-1) - columns
	for _, w := range widths {
		over += w
	}
	for ; over > 0; over-- {
		widest := -1
		for i, column := range c[:len(widths)] {
			if column.Least > 0 && widths[i] > column.Least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return false
		}
		widths[widest]--
	}
	return true
}
