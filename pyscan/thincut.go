package pyscan

import (
	"bytes"
	"slices"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// cut leaves out the lines that are not kept, which become "pass" in each block, the text
// of strings that are statements, and the lines between two statements.
func (t *thin) cut(keep []bool) (text []byte, cuts []syntax.Cut) {
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
	behind := uint32(0)
	for i := 0; i < len(t.lines); i++ {
		l := t.lines[i]
		first := t.toks[l.first]
		leave(behind, t.lineStart(first.Start))
		after := i
		for after < len(t.lines) && !keep[after] && t.lines[after].indent >= l.indent {
			after++
		}
		const pass = "pass"
		if after > i {
			start, end := first.Start, t.toks[t.lines[after-1].after-1].End
			if word := uint32(len(pass)); end-start >= word+leastCut {
				leave(start+word, end)
				copy(text[start:], pass)
				i = after - 1
			}
		} else if first.Kind == prelex.String && l.after == l.first+1 {
			// The quotes and what stands before them stay.
			leave(first.Start+longPrefix, first.End-3)
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
