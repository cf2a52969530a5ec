package pickle

import "unicode/utf8"

// Decoder turns text into the bytes that it stands for, piece by piece.
type Decoder struct {
	Coding Coding

	begun bool // AsQuoted: the quote has been read
	quote byte
	bits  uint32 // AsBase64, AsHex: what is not yet a byte
	n     int    // of that many bits
	rest  []byte // an escape or a character that is not all there
}

// Append appends to out what b stands for. ok is false where the text ends, or is
// none of its coding: what follows stands for nothing.
func (d *Decoder) Append(out, b []byte) (_ []byte, ok bool) {
	switch d.Coding {
	case AsBytes:
		return append(out, b...), true
	case AsBase64, AsHex:
		return d.digits(out, b)
	}
	if len(d.rest) > 0 {
		b = append(d.rest, b...)
		d.rest = nil
	}
	if d.Coding == AsQuoted && !d.begun {
		if len(b) == 0 {
			return out, true
		}
		if b[0] != '\'' && b[0] != '"' {
			return out, false
		}
		d.begun, d.quote, b = true, b[0], b[1:]
	}
	for len(b) > 0 {
		c, n, ok := d.char(b)
		if n == 0 {
			d.rest = append([]byte(nil), b...)
			return out, true
		}
		if !ok {
			return out, false
		}
		if c >= 0 {
			out = append(out, byte(c))
		}
		b = b[n:]
	}
	return out, true
}

// blankDigit reports what is passed over among the digits of base64 and hex.
func blankDigit(c byte) bool { return c == '\n' || c == '\r' || c == ' ' || c == '\t' }

// digits decodes base64 and hex.
func (d *Decoder) digits(out, b []byte) ([]byte, bool) {
	for _, c := range b {
		v, width := sextet(c), 6
		if d.Coding == AsHex {
			v, width = unhex(c), 4
		}
		switch {
		case blankDigit(c):
			continue
		case v < 0:
			return out, false
		}
		d.bits = d.bits<<width | uint32(v)
		if d.n += width; d.n >= 8 {
			d.n -= 8
			out = append(out, byte(d.bits>>d.n))
		}
	}
	return out, true
}

// char decodes one character of b, which takes n bytes: none if b ends before the
// character does.
func (d *Decoder) char(b []byte) (c, n int, ok bool) {
	switch {
	case d.Coding == AsLatin1:
		if b[0] < utf8.RuneSelf {
			return int(b[0]), 1, true
		}
		if !utf8.FullRune(b) {
			return 0, 0, true
		}
		r, n := utf8.DecodeRune(b)
		return int(r), n, r <= 0xff
	case b[0] != '\\':
		// The closing quote ends the text of STRING, unless it goes on.
		return int(b[0]), 1, d.Coding != AsQuoted || b[0] != d.quote || len(b) > 1
	case len(b) == 1:
		return 0, 0, true
	case d.Coding == AsEscaped:
		return unicodeEscape(b)
	}
	return quoted(b)
}

// unicodeEscape decodes the \uXXXX or \UXXXXXXXX at the start of b. A backslash before
// anything else stands for itself.
func unicodeEscape(b []byte) (c, n int, ok bool) {
	switch b[1] {
	case 'u':
		n = 6
	case 'U':
		n = 10
	default:
		return '\\', 1, true
	}
	if len(b) < n {
		return 0, 0, true
	}
	v, ok := hexValue(b[2:n])
	return v, n, ok && v <= 0xff
}

// quoted decodes the escape of a bytes literal at the start of b.
func quoted(b []byte) (c, n int, ok bool) {
	switch k := b[1]; {
	case k >= '0' && k <= '7':
		v := 0
		for n = 1; n < min(4, len(b)) && b[n] >= '0' && b[n] <= '7'; n++ {
			v = v<<3 | int(b[n]-'0')
		}
		if n == len(b) && n < 4 {
			return 0, 0, true
		}
		return v & 0xff, n, true
	case k == 'x':
		if len(b) < 4 {
			return 0, 0, true
		}
		v, ok := hexValue(b[2:4])
		return v, 4, ok
	case k == '\n':
		return -1, 2, true
	default:
		const from, to = `\'"abfnrtv`, "\\'\"\a\b\f\n\r\t\v"
		for i := range len(from) {
			if from[i] == k {
				return int(to[i]), 2, true
			}
		}
		return '\\', 1, true
	}
}

func hexValue(b []byte) (v int, ok bool) {
	for _, c := range b {
		h := unhex(c)
		if h < 0 || v > 0xffffff {
			return 0, false
		}
		v = v<<4 | h
	}
	return v, true
}
