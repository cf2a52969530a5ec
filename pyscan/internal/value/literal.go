package value

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// literal is a string literal without its quotes.
type literal struct {
	body               []byte
	raw, bytes, fields bool
	// start is where the body begins in the literal.
	start int
}

// open takes the quotes and the prefix off a string literal. It is false for what is
// none.
func open(text []byte) (l literal, ok bool) {
	quote := bytes.IndexAny(text, `"'`)
	if quote < 0 {
		return l, false
	}
	for _, c := range bytes.ToLower(text[:quote]) {
		switch c {
		case 'r':
			l.raw = true
		case 'b':
			l.bytes = true
		case 'f', 't':
			l.fields = true
		case 'u':
		default:
			return l, false
		}
	}
	size := 1
	if rest := text[quote:]; len(rest) >= 6 && rest[1] == rest[0] && rest[2] == rest[0] {
		size = 3
	}
	l.start = quote + size
	if len(text) < quote+2*size || text[len(text)-1] != text[quote] {
		return l, false
	}
	l.body = text[l.start : len(text)-size]
	return l, true
}

// read reads a part of the body as CPython does (Parser/string_parser.c). It is false
// for what CPython refuses, and for a str with names of characters or with surrogates.
func (l *literal) read(body []byte) ([]byte, bool) {
	if bytes.IndexByte(body, '\r') >= 0 {
		// The tokenizer translates line ends before the literal is read.
		body = bytes.ReplaceAll(bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	if l.raw || bytes.IndexByte(body, '\\') < 0 {
		return body, true
	}
	return unescape(body, l.bytes)
}

// simple are the escapes of one character.
const simple, simpleMeans = `abfnrtv\'"`, "\a\b\f\n\r\t\v\\'\""

// unescape reads the escapes of bytes or of a str. One that is none stays as it is.
func unescape(s []byte, isBytes bool) ([]byte, bool) {
	out := make([]byte, 0, len(s))
	for len(s) > 0 {
		if s[0] != '\\' {
			next := bytes.IndexByte(s, '\\')
			if next < 0 {
				next = len(s)
			}
			out, s = append(out, s[:next]...), s[next:]
			continue
		}
		if len(s) == 1 {
			return nil, false
		}
		c := s[1]
		s = s[2:]
		if i := strings.IndexByte(simple, c); i >= 0 {
			out = append(out, simpleMeans[i])
			continue
		}
		var digits int
		switch {
		case c == '\n':
			continue
		case c >= '0' && c <= '7':
			v := int(c - '0')
			for n := 0; n < 2 && len(s) > 0 && s[0] >= '0' && s[0] <= '7'; n++ {
				v = v<<3 | int(s[0]-'0')
				s = s[1:]
			}
			if isBytes {
				out = append(out, byte(v)) // \400 and above lose their ninth bit
			} else {
				out = utf8.AppendRune(out, rune(v))
			}
			continue
		case c == 'x':
			digits = 2
		case c == 'u' && !isBytes:
			digits = 4
		case c == 'U' && !isBytes:
			digits = 8
		case c == 'N' && !isBytes:
			return nil, false
		default:
			out = append(out, '\\', c)
			continue
		}
		if len(s) < digits {
			return nil, false
		}
		v, err := strconv.ParseUint(string(s[:digits]), 16, 32)
		if err != nil || !isBytes && !utf8.ValidRune(rune(v)) {
			return nil, false
		}
		s = s[digits:]
		if isBytes {
			out = append(out, byte(v))
		} else {
			out = utf8.AppendRune(out, rune(v))
		}
	}
	return out, true
}
