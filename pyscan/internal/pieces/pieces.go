// Package pieces holds texts that were put together from pieces of a file: the cells
// of a notebook, the code in a quoted argument. Each byte knows where in the file it
// comes from.
package pieces

import "sort"

// Text is such a text.
type Text struct {
	Bytes []byte
	// marks are sorted by at; nil if the text is the file itself, from origin on.
	marks  []mark
	origin int
}

// mark says where the bytes from at on come from.
type mark struct {
	at, from int
	// step is 1 if they stand in the file as they are, and 0 if something stands
	// for them there or nothing does.
	step int
}

// Of returns a file, or the part of it that begins at an offset, as a text.
func Of(b []byte, at int) *Text { return &Text{Bytes: b, origin: at} }

// At returns where in the file a byte comes from. The end of the text comes from
// behind its last byte.
func (t *Text) At(off int) int {
	if t.marks == nil {
		return t.origin + off
	}
	k := sort.Search(len(t.marks), func(i int) bool { return t.marks[i].at > off }) - 1
	if k < 0 {
		return 0
	}
	m := t.marks[k]
	return m.from + m.step*(off-m.at)
}

// Slice returns a part of the text.
func (t *Text) Slice(from, to int) *Text {
	if t.marks == nil {
		return Of(t.Bytes[from:to], t.origin+from)
	}
	out := new(Text)
	out.Copy(t, from, to)
	return out
}

// Write adds bytes that stand at an offset of the file.
func (t *Text) Write(b []byte, from int) { t.add(b, from, 1) }

// Fill adds bytes that stand for what is at an offset of the file.
func (t *Text) Fill(s string, from int) { t.add([]byte(s), from, 0) }

func (t *Text) add(b []byte, from, step int) {
	if len(b) == 0 {
		return
	}
	at := len(t.Bytes)
	t.Bytes = append(t.Bytes, b...)
	if k := len(t.marks) - 1; k >= 0 {
		if m := t.marks[k]; m.step == step && m.from+step*(at-m.at) == from {
			return
		}
	}
	t.marks = append(t.marks, mark{at, from, step})
}

// Copy adds a part of another text of the same file.
func (t *Text) Copy(src *Text, from, to int) {
	if src.marks == nil {
		t.add(src.Bytes[from:to], src.origin+from, 1)
		return
	}
	k := max(0, sort.Search(len(src.marks), func(i int) bool { return src.marks[i].at > from })-1)
	for from < to {
		end := to
		if k+1 < len(src.marks) {
			end = min(end, src.marks[k+1].at)
		}
		m := src.marks[k]
		t.add(src.Bytes[from:end], m.from+m.step*(from-m.at), m.step)
		from = end
		k++
	}
}
