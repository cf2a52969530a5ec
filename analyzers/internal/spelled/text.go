// Package spelled works out strings that a Go package spells, and where in its files
// each of their bytes stands: constants, concatenations, calls of fmt.Sprintf and
// strings.Join, variables of which all values are in the package, and files that are
// embedded as strings.
//
// It follows names and no control flow. What it cannot work out is a hole, which is
// filled with a name of the same length where the source has room for one.
package spelled

import (
	"cmp"
	"go/token"
	"slices"
)

// Text is bytes that the source spells.
type Text struct {
	Bytes []byte
	// Runs are sorted and cover the bytes.
	Runs []Run
	// Holes: some of the bytes stand for something that is not known.
	Holes bool
	// Embedded is the file that was embedded, or "". Its bytes stand at no position.
	Embedded string
}

// Run is a stretch of a text that stands in the source as it is or, if Fixed, all of
// which stands for what is at Pos.
type Run struct {
	At, Len int
	Pos     token.Pos
	Fixed   bool
}

// maxText bounds a text, in bytes. A longer one is given up.
const maxText = 1 << 20

// add appends bytes that stand at a position.
func (t *Text) add(b []byte, pos token.Pos, fixed bool) {
	if len(b) == 0 {
		return
	}
	if n := len(t.Runs); n > 0 && !fixed && !t.Runs[n-1].Fixed {
		if last := &t.Runs[n-1]; last.Pos+token.Pos(last.Len) == pos {
			last.Len += len(b)
			t.Bytes = append(t.Bytes, b...)
			return
		}
	}
	t.Runs = append(t.Runs, Run{len(t.Bytes), len(b), pos, fixed})
	t.Bytes = append(t.Bytes, b...)
}

// part appends a stretch of another text.
func (t *Text) part(o *Text, from, to int) {
	i, _ := slices.BinarySearchFunc(o.Runs, from, func(r Run, at int) int { return cmp.Compare(r.At+r.Len-1, at) })
	for ; i < len(o.Runs) && o.Runs[i].At < to; i++ {
		r := o.Runs[i]
		a, b := max(from, r.At), min(to, r.At+r.Len)
		pos := r.Pos
		if !r.Fixed {
			pos += token.Pos(a - r.At)
		}
		t.add(o.Bytes[a:b], pos, r.Fixed)
	}
	t.Holes = t.Holes || o.Holes
	if t.Embedded == "" {
		t.Embedded = o.Embedded
	}
}

func (t *Text) all(o *Text) { t.part(o, 0, len(o.Bytes)) }

// Pos returns where a byte of the text stands, or token.NoPos for one of an embedded
// file.
func (t *Text) Pos(at int) token.Pos {
	i, _ := slices.BinarySearchFunc(t.Runs, at, func(r Run, at int) int { return cmp.Compare(r.At+r.Len-1, at) })
	if i >= len(t.Runs) || t.Runs[i].At > at {
		return token.NoPos
	}
	if r := t.Runs[i]; !r.Fixed {
		return r.Pos + token.Pos(at-r.At)
	}
	return t.Runs[i].Pos
}

// From returns the text without its first bytes.
func (t *Text) From(at int) *Text {
	out := new(Text)
	out.part(t, at, len(t.Bytes))
	return out
}
