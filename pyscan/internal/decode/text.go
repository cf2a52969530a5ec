package decode

import (
	"sort"
	"unicode/utf8"
)

// Text is a decoded source.
type Text struct {
	// Bytes are UTF-8, without a byte order mark.
	Bytes []byte
	// Opaque: words of the source may be hidden in what was not decoded.
	Opaque bool
	// base is how many bytes of the file stand before the text.
	base int64
	// runs say where characters stood in the file; nil if nothing moved.
	runs []run
}

// run is a sequence of characters that all are equally long in the text, and
// equally long in the file.
type run struct {
	text, file           uint32
	perText, perFileChar uint8
}

// FileOffset returns where in the file an offset of the text lies.
func (t *Text) FileOffset(off uint32) int64 {
	k := sort.Search(len(t.runs), func(i int) bool { return t.runs[i].text > off }) - 1
	if k < 0 {
		return t.base + int64(off)
	}
	r := t.runs[k]
	behind := off - r.text
	chars, inside := behind/uint32(r.perText), behind%uint32(r.perText)
	return t.base + int64(r.file) + int64(chars)*int64(r.perFileChar) + int64(min(inside, uint32(r.perFileChar)))
}

// writer makes a text of characters and of how long they were.
type writer struct {
	text Text
	// file is how much of the file was read.
	file uint32
	// bad: a character could not be read.
	bad bool
	// unread: a character was left out that CPython reads.
	unread bool
}

// maxChar bounds the bytes of a file that make up one character.
const maxChar = 255

// char adds a character that took size bytes of the file.
func (w *writer) char(r rune, size int) {
	at := uint32(len(w.text.Bytes))
	w.text.Bytes = utf8.AppendRune(w.text.Bytes, r)
	wide := uint8(len(w.text.Bytes) - int(at))
	narrow := uint8(min(size, maxChar))
	next := run{at, w.file, wide, narrow}
	if k := len(w.text.runs) - 1; k < 0 || !w.text.runs[k].goesOnWith(next) {
		w.text.runs = append(w.text.runs, next)
	}
	w.file += uint32(size)
}

// goesOnWith reports whether a run goes on with the one that would begin next.
func (r run) goesOnWith(next run) bool {
	chars := (next.text - r.text) / uint32(r.perText)
	return r.perText == next.perText && r.perFileChar == next.perFileChar && next.file == r.file+chars*uint32(r.perFileChar)
}

// skip passes over bytes of the file that are no character.
func (w *writer) skip(size int) { w.file += uint32(size) }
