package decode

import (
	_ "embed" // charmaps.txt
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed charmaps.txt
var charmapsText string

// table is what charmaps.txt says.
type table struct {
	// names maps names of encodings to codecs, charmaps codecs to the
	// characters of their upper half.
	names    map[string]string
	charmaps map[string]string
}

var codecs = sync.OnceValue(func() *table {
	t := &table{names: map[string]string{"rot13": "rot_13", "rot_13": "rot_13"}, charmaps: make(map[string]string)}
	for line := range strings.Lines(charmapsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words, half, _ := strings.Cut(strings.TrimSpace(line), ":")
		codec, _, _ := strings.Cut(words, " ")
		for word := range strings.FieldsSeq(words) {
			t.names[strings.ToLower(word)] = codec
		}
		var upper strings.Builder
		for hex := range strings.FieldsSeq(half) {
			r, err := strconv.ParseUint(hex, 16, 21)
			if err != nil {
				panic("charmaps.txt: " + err.Error())
			}
			upper.WriteRune(rune(r))
		}
		t.charmaps[codec] = upper.String()
	}
	return t
})

// decoder reads all of a source.
type decoder func(w *writer, src []byte)

// decoders are those of codecs that are no table of 128 characters.
var decoders = map[string]decoder{
	"big5": multibyte(big5), "big5hkscs": multibyte(big5), "cp950": multibyte(big5),
	"cp949": multibyte(eucKR), "euc_kr": multibyte(eucKR),
	"gbk": multibyte(gbk), "gb2312": multibyte(gbk), "gb18030": multibyte(gb18030),
	"cp932": multibyte(shiftJIS), "shift_jis": multibyte(shiftJIS), "shift_jis_2004": multibyte(shiftJISX), "shift_jisx0213": multibyte(shiftJISX),
	"euc_jp": multibyte(eucJP), "euc_jis_2004": multibyte(eucJP), "euc_jisx0213": multibyte(eucJP),
	"iso2022_jp": iso2022JP, "iso2022_jp_1": iso2022JP, "iso2022_jp_2": iso2022JP, "iso2022_jp_3": iso2022JP,
	"iso2022_jp_2004": iso2022JP, "iso2022_jp_ext": iso2022JP,
	"hz": hz, "utf_7": utf7, "unicode_escape": unicodeEscape, "raw_unicode_escape": rawUnicodeEscape, "rot_13": rot13,
	"latin_1": latin1,
}

// latin1 turns each byte into the character of the same number.
func latin1(w *writer, src []byte) {
	for _, b := range src {
		w.char(rune(b), 1)
	}
}

func charmapDecoder(codec string) decoder {
	upper := []rune(codecs().charmaps[codec])
	return func(w *writer, src []byte) {
		for _, b := range src {
			r := rune(b)
			if b >= utf8.RuneSelf {
				r = upper[b-utf8.RuneSelf]
				w.bad = w.bad || r == utf8.RuneError
			}
			w.char(r, 1)
		}
	}
}

func rot13(w *writer, src []byte) {
	for _, b := range src {
		switch {
		case b|0x20 >= 'a' && b|0x20 <= 'm':
			b += 13
		case b|0x20 >= 'n' && b|0x20 <= 'z':
			b -= 13
		}
		w.char(rune(b), 1)
	}
}
