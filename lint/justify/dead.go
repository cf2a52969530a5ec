package justify

import (
	"cmp"
	"slices"
)

// nearby is how many lines the next site may be away of which a dead directive speaks,
// and below how many the one above it.
const (
	nearby = 12
	below  = 2
)

// Pointless notes why there is nothing in a statement to excuse, such as that what it decodes is
// safe in itself. A directive there excuses nothing, unless something else in the statement needs it.
func (f *File) Pointless(s Statement, why string) {
	for _, d := range f.at(s) {
		if f.pointless[d] == "" {
			f.pointless[d] = why
		}
	}
}

// deadMessage says why a directive excuses nothing, as far as that can be told.
func (f *File) deadMessage(d *directive) string {
	const nothing = "excuses nothing: "
	if why := f.pointless[d]; why != "" {
		return nothing + why
	}
	line := d.comment.Line
	i, _ := slices.BinarySearchFunc(f.uncovered, line, func(s Statement, line int) int { return cmp.Compare(s.First, line) })
	for i < len(f.uncovered) && f.uncovered[i].First <= line {
		i++
	}
	before, after := below+1, nearby+1
	if i > 0 {
		before = line - f.uncovered[i-1].Last
	}
	if i < len(f.uncovered) {
		after = f.uncovered[i].First - line
	}
	switch {
	case before > below && after > nearby:
		return nothing + "no site stands in the statement it is about"
	case before <= below && before < after:
		return nothing + "it stands below the site above it, and belongs on its line or directly above it"
	case !d.comment.Alone:
		return nothing + "it is about the code before it on its line, and the next site is in another statement"
	case f.allAlone(line, f.uncovered[i].First):
		return nothing + "it is indented otherwise than the next site, or a statement stands before that on its line"
	}
	return nothing + "a blank line or other code stands between it and the next site"
}

// allAlone reports that all lines from one to before another hold nothing but comments.
func (f *File) allAlone(from, to int) bool {
	for line := from; line < to; line++ {
		if !f.alone[line] {
			return false
		}
	}
	return true
}
