package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// kept tells, of each line, whether it is warm or has a warm line in it, or is a
// method of a class that is derived from one which loads: it may use that by the name
// of its first parameter.
func (t *thin) kept() []bool {
	keep := make([]bool, len(t.lines))
	for i, l := range t.lines {
		derived := l.def && l.owner >= 0 && t.lines[l.owner].class && t.lines[l.owner].warm
		if !l.warm && !derived {
			continue
		}
		keep[i] = true
		for owner := l.owner; owner >= 0 && !keep[owner]; owner = t.lines[owner].owner {
			keep[owner] = true
		}
	}
	return keep
}

// cut leaves out the bodies of functions that have no warm line, which become "pass",
// the text of strings that are statements, and the lines between two statements.
func (t *thin) cut() (text []byte, cuts []syntax.Cut) {
	text = slices.Clone(t.text)
	leave := func(start, end uint32) {
		if end < start+leastCut {
			return
		}
		for i, b := range text[start:end] {
			if b != '\n' && b != '\r' {
				text[start+uint32(i)] = ' '
			}
		}
		cuts = append(cuts, syntax.Cut{Start: start, End: end})
	}
	keep, behind := t.kept(), uint32(0)
	for i := 0; i < len(t.lines); i++ {
		l := t.lines[i]
		first := t.toks[l.first]
		leave(behind, t.lineStart(first.Start))
		if first.Kind == prelex.String && l.after == l.first+1 {
			// The quotes and what stands before them stay.
			leave(first.Start+longPrefix, first.End-3)
		}
		after := i + 1
		if l.def && !keep[i] {
			for after < len(t.lines) && t.lines[after].indent > l.indent {
				after++
			}
		}
		if after > i+1 {
			start, end := t.toks[t.lines[i+1].first].Start, t.toks[t.lines[after-1].after-1].End
			if word := uint32(len("pass")); end-start >= word+leastCut {
				leave(start+word, end)
				copy(text[start:], "pass")
				i = after - 1
			}
		}
		behind = t.lineAfter(t.toks[t.lines[i].after-1].End)
	}
	return text, cuts
}

// longPrefix is how long the beginning of a string can be: two letters and three
// quotes.
const longPrefix = 5

// lineStart returns where the line of an offset begins, and lineAfter where the next
// one does.
func (t *thin) lineStart(at uint32) uint32 {
	return uint32(bytes.LastIndexByte(t.text[:at], '\n') + 1)
}

func (t *thin) lineAfter(at uint32) uint32 {
	if i := bytes.IndexByte(t.text[at:], '\n'); i >= 0 {
		return at + uint32(i) + 1
	}
	return uint32(len(t.text))
}
