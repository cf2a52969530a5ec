package lint

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Printable returns s with everything that could steer a terminal, reorder text
// or hide itself written as an escape: control characters (C0, DEL, C1),
// bidirectional and other format characters, unassigned and private code points,
// line separators, and bytes that are not UTF-8. Names in blobs, member names
// and paths are chosen by whoever wrote them; they pass through here before they
// become part of a message. A backslash is doubled only where it would make two
// different inputs look alike, that is, in a string that needs another escape.
func Printable(s string) string {
	if isPrintable(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			const hex = "0123456789abcdef"
			b.WriteString(`\x`)
			b.WriteByte(hex[s[i]>>4])
			b.WriteByte(hex[s[i]&15])
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case PrintableRune(r):
			b.WriteRune(r)
		default:
			writeRuneEscape(&b, r)
		}
		i += size
	}
	return b.String()
}

// PrintableRune reports whether r may stand in a terminal, a log or a page as
// itself.
func PrintableRune(r rune) bool { return r == ' ' || unicode.IsPrint(r) }

func isPrintable(s string) bool {
	for i, r := range s {
		if !PrintableRune(r) {
			return false
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size <= 1 {
				return false
			}
		}
	}
	return true
}

func writeRuneEscape(b *strings.Builder, r rune) {
	const hex = "0123456789abcdef"
	prefix, digits := `\x`, 2
	switch {
	case r > 0xffff:
		prefix, digits = `\U`, 8
	case r > 0xff:
		prefix, digits = `\u`, 4
	}
	b.WriteString(prefix)
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		b.WriteByte(hex[(r>>shift)&15])
	}
}

// PrintableJSON writes what could steer a terminal or reorder text as \uXXXX. In valid
// JSON such characters stand only inside strings, where the escape means the same; line
// feeds and indentation stand only outside of them.
func PrintableJSON(text []byte) []byte {
	clean := func(r rune) bool { return r == '\n' || PrintableRune(r) }
	if bytes.IndexFunc(text, func(r rune) bool { return !clean(r) }) < 0 {
		return text
	}
	out := make([]byte, 0, len(text)+len(text)/8)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case clean(r):
			out = append(out, text[:size]...)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		text = text[size:]
	}
	return out
}

// Shorten returns s cut to at most n bytes at a character boundary, with "…"
// in place of what was cut.
func Shorten(s string, n int) string {
	const more = "…"
	if len(s) <= n {
		return s
	}
	if n < len(more) {
		return ""
	}
	cut := n - len(more)
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + more
}
