package report

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
)

// below returns a path as messages have it, seen from a directory, and whether it lies
// there. What is relative starts at root.
func below(dir, root, name string) (string, bool) {
	name = slashed(name)
	if !isAbsolute(name) {
		name = path.Join(slashed(root), name)
	}
	return strings.CutPrefix(name, strings.TrimSuffix(slashed(dir), "/")+"/")
}

// fromRepository returns a path seen from the top of the repository, or as it is where it
// does not lie there.
func (o *Options) fromRepository(name string) string {
	if name != "-" && o.Repository != "" {
		if inside, ok := below(o.Repository, o.Root, name); ok {
			return inside
		}
	}
	return strings.TrimPrefix(name, "./")
}

// exactPath is a path for a program that looks for the file: as it is where the format can
// write it, which besides what is printable has escapes for a few characters, and else as
// messages show it, which finds no file and says which one is meant.
func exactPath(name, escaped string) string {
	if utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !lint.PrintableRune(r) && !strings.ContainsRune(escaped, r) }) {
		return name
	}
	return lint.Printable(name)
}

// container joins the path and the way into containers, as messages show them.
func container(at lint.Location) string {
	return lint.Printable(strings.Join(append([]string{at.Path}, at.Member...), " » "))
}

// place is where something stands: a line and column of source, or an offset.
func place(at lint.Location) string {
	return container(at) + spot(at) + inCell(at)
}

// inCell is the place in a notebook, for people who have it open: its file has other
// lines.
func inCell(at lint.Location) string {
	if at.Cell == 0 {
		return ""
	}
	return fmt.Sprintf(" (cell %d, line %d)", at.Cell, at.CellLine)
}

// spot is the part of a place behind the file.
func spot(at lint.Location) string {
	switch {
	case at.Line > 0 && at.Column > 0:
		return fmt.Sprintf(":%d:%d", at.Line, at.Column)
	case at.Line > 0:
		return fmt.Sprintf(":%d", at.Line)
	}
	return fmt.Sprintf(" @ %#x", at.Offset)
}

// skipPlace is a place, or only the file when nothing more is known: a skip is
// often about all of it.
func skipPlace(at lint.Location) string {
	if at.Line == 0 && at.Offset == 0 {
		return container(at)
	}
	return place(at)
}

func sameFile(a, b lint.Location) bool {
	return a.Path == b.Path && slices.Equal(a.Member, b.Member)
}
