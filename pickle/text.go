package pickle

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// unquote decodes the text of STRING: matching quotes around bytes-literal
// escapes, as _PyBytes_DecodeEscape and codecs.escape_decode do. ok is false
// where every loader refuses. Strings are bytes here; see asText.
func unquote(b []byte) (out []byte, ok bool) {
	if len(b) < 2 || b[0] != b[len(b)-1] || b[0] != '\'' && b[0] != '"' {
		return nil, false
	}
	b = b[1 : len(b)-1]
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' {
			out = append(out, b[i])
			continue
		}
		if i++; i == len(b) {
			return nil, false
		}
		if k := strings.IndexByte(`\'"abfnrtv`, b[i]); k >= 0 {
			out = append(out, "\\'\"\a\b\f\n\r\t\v"[k])
			continue
		}
		switch c := b[i]; {
		case c >= '0' && c <= '7':
			v := 0
			end := min(i+3, len(b))
			for ; i < end && b[i] >= '0' && b[i] <= '7'; i++ {
				v = v<<3 | int(b[i]-'0')
			}
			i--
			out = append(out, byte(v))
		case c == 'x':
			if i+2 >= len(b) || unhex(b[i+1]) < 0 || unhex(b[i+2]) < 0 {
				return nil, false
			}
			out = append(out, byte(unhex(b[i+1])<<4|unhex(b[i+2])))
			i += 2
		default:
			out = append(out, '\\', c)
		}
	}
	return out, true
}

// rawUnicode decodes the text of UNICODE: Latin-1 with \uXXXX and \UXXXXXXXX,
// where the backslash counts only behind an even number of backslashes. The
// result is UTF-8 in which surrogates stand as three bytes each.
func rawUnicode(b []byte) (out []byte, ok bool) {
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' {
			out = utf8.AppendRune(out, rune(b[i]))
			continue
		}
		if i+1 == len(b) {
			out = append(out, '\\')
			break
		}
		digits := 0
		switch b[i+1] {
		case 'u':
			digits = 4
		case 'U':
			digits = 8
		}
		if digits == 0 {
			// Two bytes are taken together, so that a second backslash
			// cannot begin an escape.
			out = append(out, '\\')
			out = utf8.AppendRune(out, rune(b[i+1]))
			i++
			continue
		}
		if i+1+digits >= len(b) {
			return nil, false
		}
		var v uint32
		for _, c := range b[i+2 : i+2+digits] {
			h := unhex(c)
			if h < 0 {
				return nil, false
			}
			v = v<<4 | uint32(h)
		}
		if v > utf8.MaxRune {
			return nil, false
		}
		out = appendPass(out, rune(v))
		i += 1 + digits
	}
	return out, true
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// appendPass appends r as UTF-8, surrogates too (Python's surrogatepass).
func appendPass(out []byte, r rune) []byte {
	if r >= 0xd800 && r < 0xe000 {
		return append(out, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0xbf, 0x80|byte(r)&0xbf)
	}
	return utf8.AppendRune(out, r)
}

// surrogate decodes a surrogate in three bytes at the start of b.
func surrogate(b string) (rune, bool) {
	if len(b) < 3 || b[0] != 0xed || b[1] < 0xa0 || b[1] > 0xbf || b[2]&0xc0 != 0x80 {
		return 0, false
	}
	return rune(b[0]&0x0f)<<12 | rune(b[1]&0x3f)<<6 | rune(b[2]&0x3f), true
}

// validPass reports whether b is UTF-8 as BINUNICODE takes it (surrogatepass).
func validPass(b []byte) bool {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size <= 1 {
			if len(b) < 3 {
				return false
			}
			if _, ok := surrogate(string(b[:3])); !ok {
				return false
			}
			size = 3
		}
		b = b[size:]
	}
	return true
}

// partialRune returns how many bytes at the end of b begin a character that is
// not all there.
func partialRune(b []byte) int {
	for n := 1; n <= min(3, len(b)); n++ {
		switch c := b[len(b)-n]; {
		case c < utf8.RuneSelf:
			return 0
		case c >= 0xf0 && n < 4, c >= 0xe0 && n < 3, c >= 0xc0 && n < 2:
			return n
		case c >= 0xc0:
			return 0
		}
	}
	return 0
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// appendRepr appends s as Python's ascii() writes a str: quotes, and escapes
// for everything that is not printable ASCII. Bytes that are not UTF-8 become
// \xNN. It stops with "…" before the quote when more than limit bytes are out.
func appendRepr(out []byte, s string, limit int) []byte {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	out = append(out, quote)
	out, cut := appendEscaped(out, s, quote, limit)
	if cut {
		out = append(out, "…"...)
	}
	return append(out, quote)
}

// appendBytesRepr appends b as Python writes bytes, without the b.
func appendBytesRepr(out []byte, b []byte, limit int) []byte {
	quote := byte('\'')
	if strings.Contains(string(b), "'") && !strings.Contains(string(b), `"`) {
		quote = '"'
	}
	out = append(out, quote)
	start := len(out)
	for _, c := range b {
		if len(out)-start >= limit {
			out = append(out, "…"...)
			break
		}
		if c < utf8.RuneSelf {
			out, _ = appendEscaped(out, string(rune(c)), quote, 8)
		} else {
			out = append(out, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(out, quote)
}

const hexDigits = "0123456789abcdef"

func appendEscaped(out []byte, s string, quote byte, limit int) (_ []byte, cut bool) {
	start := len(out)
	for i := 0; i < len(s); {
		if len(out)-start >= limit {
			return out, true
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size <= 1 {
			if sr, ok := surrogate(s[i:]); ok {
				out, size = appendHex(out, 'u', uint32(sr), 4), 3
			} else {
				out = appendHex(out, 'x', uint32(s[i]), 2)
			}
			i += size
			continue
		}
		switch {
		case r == '\\' || quote != 0 && r == rune(quote):
			out = append(out, '\\', byte(r))
		case r == '\n':
			out = append(out, `\n`...)
		case r == '\r':
			out = append(out, `\r`...)
		case r == '\t':
			out = append(out, `\t`...)
		case r >= ' ' && r < 0x7f:
			out = append(out, byte(r))
		case r <= 0xff:
			out = appendHex(out, 'x', uint32(r), 2)
		case r <= 0xffff:
			out = appendHex(out, 'u', uint32(r), 4)
		default:
			out = appendHex(out, 'U', uint32(r), 8)
		}
		i += size
	}
	return out, false
}

func appendHex(out []byte, letter byte, v uint32, digits int) []byte {
	out = append(out, '\\', letter)
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		out = append(out, hexDigits[v>>shift&15])
	}
	return out
}

// asciiText returns s escaped and cut, for use inside a message.
func asciiText(s string, limit int) string {
	out, cut := appendEscaped(nil, s, 0, limit)
	if cut {
		out = append(out, "…"...)
	}
	return string(out)
}
