package decode

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

func utf16Decoder(bigEndian bool) decoder {
	return func(w *writer, src []byte) {
		unit := func(i int) rune {
			if bigEndian {
				return rune(src[i])<<8 | rune(src[i+1])
			}
			return rune(src[i+1])<<8 | rune(src[i])
		}
		for i := 0; i+1 < len(src); i += 2 {
			r := unit(i)
			if utf16.IsSurrogate(r) && i+3 < len(src) {
				if pair := utf16.DecodeRune(r, unit(i+2)); pair != utf8.RuneError {
					w.char(pair, 4)
					i += 2
					continue
				}
			}
			w.char(r, 2)
		}
	}
}

func utf32Decoder(bigEndian bool) decoder {
	var order binary.ByteOrder = binary.LittleEndian
	if bigEndian {
		order = binary.BigEndian
	}
	return func(w *writer, src []byte) {
		for i := 0; i+3 < len(src); i += 4 {
			r := order.Uint32(src[i:])
			if r > utf8.MaxRune {
				r = utf8.RuneError
			}
			w.char(rune(r), 4)
		}
	}
}

// utf7 follows RFC 2152 as CPython does (Objects/unicodeobject.c:
// PyUnicode_DecodeUTF7Stateful): any character that is no base64 ends a sequence,
// and a minus sign at its end is swallowed.
func utf7(w *writer, src []byte) {
	const none = 0xff
	digit := func(b byte) byte {
		switch {
		case b >= 'A' && b <= 'Z':
			return b - 'A'
		case b >= 'a' && b <= 'z':
			return b - 'a' + 26
		case b >= '0' && b <= '9':
			return b - '0' + 52
		case b == '+':
			return 62
		case b == '/':
			return 63
		}
		return none
	}
	for i := 0; i < len(src); {
		b := src[i]
		if b != '+' {
			w.bad = w.bad || b >= utf8.RuneSelf
			w.char(rune(b), 1)
			i++
			continue
		}
		if i+1 < len(src) && src[i+1] == '-' {
			w.char('+', 2)
			i += 2
			continue
		}
		// One character takes the bytes since the one before it.
		from, bits, have := i, uint32(0), 0
		high := rune(0)
		for i++; i < len(src); i++ {
			d := digit(src[i])
			if d == none {
				break
			}
			bits, have = bits<<6|uint32(d), have+6
			if have < 16 {
				continue
			}
			have -= 16
			r := rune(bits >> have & 0xffff)
			bits &= 1<<have - 1
			switch pair := utf16.DecodeRune(high, r); {
			case high != 0 && pair != utf8.RuneError:
				r, high = pair, 0
			case utf16.IsSurrogate(r) && r < 0xdc00 && high == 0:
				high = r
				continue
			}
			w.bad = w.bad || high != 0
			w.char(r, i+1-from)
			from, high = i+1, 0
		}
		w.bad = w.bad || high != 0 || have >= 6 || bits != 0
		if i < len(src) && src[i] == '-' {
			i++
		}
		w.skip(i - from)
	}
}

// rawUnicodeEscape reads \uXXXX and \UXXXXXXXX and leaves other escapes alone.
func rawUnicodeEscape(w *writer, src []byte) {
	for i := 0; i < len(src); {
		if src[i] == '\\' && i+1 < len(src) {
			if n := hexDigits(src[i+1]); n > 2 {
				i += w.escaped(src[i:], n)
				continue
			}
			w.char('\\', 1)
			i++
		}
		w.char(rune(src[i]), 1)
		i++
	}
}

// simple are the escapes of one character.
var simple = map[byte]rune{
	'\\': '\\', '\'': '\'', '"': '"', 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
}

func hexDigits(letter byte) int {
	switch letter {
	case 'x':
		return 2
	case 'u':
		return 4
	case 'U':
		return 8
	}
	return 0
}

// escaped adds the character of a hexadecimal escape and returns how long it is.
func (w *writer) escaped(src []byte, digits int) int {
	if len(src) >= 2+digits {
		if r, err := strconv.ParseUint(string(src[2:2+digits]), 16, 32); err == nil && r <= 0x10ffff {
			w.char(rune(r), 2+digits)
			return 2 + digits
		}
	}
	w.bad = true
	w.char('\\', 1)
	return 1
}

// unicodeEscape reads the escapes of string literals. Characters by their names
// are not read: the table of names is as large as this program.
func unicodeEscape(w *writer, src []byte) {
	for i := 0; i < len(src); {
		b := src[i]
		if b != '\\' || i+1 == len(src) {
			w.bad = w.bad || b == '\\'
			w.char(rune(b), 1)
			i++
			continue
		}
		next := src[i+1]
		if n := hexDigits(next); n > 0 {
			i += w.escaped(src[i:], n)
			continue
		}
		if r, ok := simple[next]; ok {
			w.char(r, 2)
			i += 2
			continue
		}
		switch {
		case next == '\n':
			w.skip(2)
			i += 2
		case next >= '0' && next <= '7':
			n := 1
			r := rune(0)
			for ; n <= 3 && i+n < len(src) && src[i+n] >= '0' && src[i+n] <= '7'; n++ {
				r = r<<3 | rune(src[i+n]-'0')
			}
			w.char(r, n)
			i += n
		case next == 'N' && i+2 < len(src) && src[i+2] == '{':
			w.unread = true
			n := max(0, bytes.IndexByte(src[i:min(len(src), i+maxChar)], '}')) + 1
			w.char(utf8.RuneError, n)
			i += n
		default:
			w.char('\\', 1)
			i++
		}
	}
}
