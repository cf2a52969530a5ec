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

// dead says why a directive excuses nothing, as far as that can be told. To take it out is
// the remedy only where no site is near that it was meant for.
func (f *File) dead(d *directive) problem {
	message, meant := f.deadMessage(d)
	p := problem{rule: DeadJustification, message: "excuses nothing: " + message}
	if !meant && len(d.problems) == 0 && !d.shared() {
		p.remedy = Remove
	}
	return p
}

func (f *File) deadMessage(d *directive) (message string, meant bool) {
	if why := f.pointless[d]; why != "" {
		return why, false
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
		return "no site stands in the statement it is about", false
	case before <= below && before < after:
		return "it stands below the site above it, and belongs on its line or directly above it", true
	case !d.comment.Alone:
		return "it is about the code before it on its line, and the next site is in another statement", true
	case f.allAlone(line, f.uncovered[i].First):
		return "it is indented otherwise than the next site, or a statement stands before that on its line", true
	}
	return "a blank line or other code stands between it and the next site", true
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

// shared reports that another tool's mark stands in the comment too, which is not to go
// with the directive.
func (d *directive) shared() bool {
	for at, r := range d.comment.Text {
		if r == '#' && mark.MatchString(d.comment.Text[at:]) {
			return true
		}
	}
	return Foreign(d.comment.Text)
}
