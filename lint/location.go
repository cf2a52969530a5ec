package lint

import (
	"cmp"
	"slices"
)

// Location is a place in a file, in a member of a container, or both.
type Location struct {
	// Path is slash-separated, and relative to the directory of the run when
	// the file lies below it. Standard input is "-".
	Path string `json:"path"`
	// Member names the way into nested containers, outermost first. It is
	// empty for a plain file.
	Member []string `json:"member,omitempty"`
	// Offset counts bytes from the start of the file, or of the innermost
	// member. In a blob it is where the opcode stands.
	Offset int64 `json:"offset"`
	// Line and Column are 1-based and 0 when they mean nothing (blobs).
	// Column counts bytes. End is exclusive.
	Line      int `json:"line,omitempty"`
	Column    int `json:"column,omitempty"`
	EndLine   int `json:"end_line,omitempty"`
	EndColumn int `json:"end_column,omitempty"`
	// Cell is the number of the cell of a notebook, all kinds of cells counted from
	// 1, and CellLine and CellColumn are the place in it. Line and Column are those of
	// the file, whatever it is.
	Cell       int `json:"cell,omitempty"`
	CellLine   int `json:"cell_line,omitempty"`
	CellColumn int `json:"cell_column,omitempty"`
}

// Compare orders locations by path, member, line, column and offset.
func (l Location) Compare(m Location) int {
	return cmp.Or(
		cmp.Compare(l.Path, m.Path),
		slices.Compare(l.Member, m.Member),
		cmp.Compare(l.Line, m.Line),
		cmp.Compare(l.Column, m.Column),
		cmp.Compare(l.Offset, m.Offset),
	)
}
