// Package lines owns how a text is cut into lines and how characters are counted in them:
// where a line ends by the rules of a language or of an editor, and how long a text is in
// UTF-16, which SARIF, GitHub and editors count in. It leaves to others what stands there.
package lines

import (
	"bytes"
	"unicode/utf8"
)

// ByteOrderMark is no character of a text that begins with it: editors do not show or count
// it. Columns in bytes have it.
const ByteOrderMark = "\ufeff"

// Starts returns where each line begins. A line ends behind a line feed and, with loneCR,
// behind a carriage return without one: Python and editors end it there, go/token does not.
func Starts(text []byte, loneCR bool) []int {
	starts := []int{0}
	for i := range text {
		if text[i] == '\n' || text[i] == '\r' && loneCR && (i+1 == len(text) || text[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// TrimEnd returns a line without its end.
func TrimEnd(line []byte) []byte {
	if t, ok := bytes.CutSuffix(line, []byte("\r\n")); ok {
		return t
	}
	return bytes.TrimRight(line, "\r\n")
}

// UTF16 counts code units. A byte that is no part of a character counts as one.
func UTF16(text []byte) (units int) {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		units += Units(r)
	}
	return units
}

// Units is how many code units a character takes.
func Units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}
