package decode

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// family is an encoding whose characters outside ASCII are told by their first
// bytes.
type family struct {
	encoding encoding.Encoding
	// size returns how many bytes a character takes; src is not empty and
	// does not begin with ASCII.
	size func(src []byte) int
	// yen: the backslash and the tilde are a yen sign and an overline (JIS X
	// 0201), so that one in a string escapes nothing.
	yen bool
}

func always2([]byte) int { return 2 }

var (
	big5     = family{encoding: traditionalchinese.Big5, size: always2}
	eucKR    = family{encoding: korean.EUCKR, size: always2}
	gbk      = family{encoding: simplifiedchinese.GBK, size: always2}
	shiftJIS = family{encoding: japanese.ShiftJIS, size: func(src []byte) int {
		if src[0] == 0x80 || src[0] >= 0xa0 && src[0] <= 0xdf || src[0] >= 0xfd {
			return 1
		}
		return 2
	}}
	eucJP = family{encoding: japanese.EUCJP, size: func(src []byte) int {
		if src[0] == 0x8f {
			return 3
		}
		return 2
	}}
	gb18030 = family{encoding: simplifiedchinese.GB18030, size: func(src []byte) int {
		if len(src) > 1 && src[1] >= '0' && src[1] <= '9' {
			return 4
		}
		return 2
	}}
)

var shiftJISX = family{encoding: shiftJIS.encoding, size: shiftJIS.size, yen: true}

func multibyte(f family) decoder {
	return func(w *writer, src []byte) {
		d := oneByOne{decoder: f.encoding.NewDecoder()}
		for i := 0; i < len(src); {
			if src[i] < utf8.RuneSelf {
				r := rune(src[i])
				if f.yen && r == '\\' {
					r = '¥'
				} else if f.yen && r == '~' {
					r = '‾'
				}
				w.char(r, 1)
				i++
				continue
			}
			n := min(f.size(src[i:]), len(src)-i)
			w.char(d.char(w, src[i:i+n]), n)
			i += n
		}
	}
}

// oneByOne decodes characters by themselves.
type oneByOne struct {
	decoder *encoding.Decoder
	out     [16]byte
}

func (d *oneByOne) char(w *writer, src []byte) rune {
	d.decoder.Reset()
	n, _, err := d.decoder.Transform(d.out[:], src, true)
	r, size := utf8.DecodeRune(d.out[:n])
	// Some pairs of the newer sets are two characters; the first will do.
	if err != nil || r == utf8.RuneError || size == 0 {
		w.bad = true
		return utf8.RuneError
	}
	return r
}

// iso2022JP reads the encoding that switches between ASCII and pairs by escapes
// of three or four bytes.
func iso2022JP(w *writer, src []byte) {
	d := oneByOne{decoder: japanese.ISO2022JP.NewDecoder()}
	const escape = 0x1b
	double := false
	for i := 0; i < len(src); {
		switch {
		case src[i] == escape && i+2 < len(src):
			n := 3
			double = src[i+1] == '$'
			if double && src[i+2] == '(' {
				n = 4
			}
			n = min(n, len(src)-i)
			w.skip(n)
			i += n
		case double && src[i] > ' ' && i+1 < len(src):
			pair := []byte{escape, '$', 'B', src[i], src[i+1]}
			w.char(d.char(w, pair), 2)
			i += 2
		default:
			w.bad = w.bad || src[i] >= utf8.RuneSelf
			// Every line begins with ASCII.
			double = double && src[i] != '\n'
			w.char(rune(src[i]), 1)
			i++
		}
	}
}

// hz reads the encoding that marks pairs by "~{" and "~}" (RFC 1843).
func hz(w *writer, src []byte) {
	d := oneByOne{decoder: simplifiedchinese.GBK.NewDecoder()}
	double := false
	for i := 0; i < len(src); {
		tilde := src[i] == '~' && i+1 < len(src)
		switch {
		case tilde && (src[i+1] == '{' || src[i+1] == '}'):
			double = src[i+1] == '{'
			w.skip(2)
			i += 2
		case tilde && !double && src[i+1] == '~':
			w.char('~', 2)
			i += 2
		case tilde && !double && src[i+1] == '\n':
			w.skip(2)
			i += 2
		case double && src[i] > ' ' && i+1 < len(src):
			w.char(d.char(w, []byte{src[i] | 0x80, src[i+1] | 0x80}), 2)
			i += 2
		default:
			double = double && src[i] != '\n'
			w.bad = w.bad || src[i] >= utf8.RuneSelf
			w.char(rune(src[i]), 1)
			i++
		}
	}
}
