package pieces

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Unquote adds what a part of a text says that stands inside the double quotes of
// JSON. What is no escape is taken as it is.
func (t *Text) Unquote(src *Text, from, to int) {
	for from < to {
		plain := from
		for plain < to && src.Bytes[plain] != '\\' {
			plain++
		}
		t.Copy(src, from, plain)
		if from = plain; from >= to {
			return
		}
		text, n := escape(src.Bytes[from:to])
		t.Fill(text, src.At(from))
		from += n
	}
}

// escapes are those of one letter (RFC 8259, 7).
var escapes = map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", 'f': "\f", '"': `"`, '\\': `\`, '/': "/"}

// escape reads what begins with a backslash, and returns how long it is.
func escape(b []byte) (text string, n int) {
	if len(b) < 2 {
		return string(b), len(b)
	}
	if s, ok := escapes[b[1]]; ok {
		return s, 2
	}
	r, ok := unicodeEscape(b)
	if !ok {
		return string(b[:1]), 1
	}
	if utf16.IsSurrogate(r) {
		low, ok := unicodeEscape(b[6:])
		if both := utf16.DecodeRune(r, low); ok && both != utf8.RuneError {
			return string(both), 12
		}
	}
	return string(r), 6
}

func unicodeEscape(b []byte) (rune, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(string(b[2:6]), 16, 32)
	return rune(v), err == nil
}
