package decode

import (
	"fmt"
	"unicode/utf8"
)

// maxLegacy bounds a source that is not UTF-8, in bytes: where each character
// stood may take more memory than the source.
const maxLegacy = 4 << 20

// Decode decodes a file. The notices say what CPython would refuse, and how it was
// read instead.
func Decode(raw []byte, e Encoding) (t *Text, notices []string) {
	body := raw[len(e.mark):]
	notice := func(format string, args ...any) {
		notices = append(notices, fmt.Sprintf(format, args...))
	}
	decode := decoders[e.codec]
	opaque := false
	switch {
	case e.mark == utf32LE || e.mark == utf32BE:
		notice("the source is UTF-32, which CPython refuses; it was read all the same")
		decode = utf32Decoder(e.mark == utf32BE)
	case e.mark == utf16LE || e.mark == utf16BE:
		notice("the source is UTF-16, which CPython refuses; it was read all the same")
		decode = utf16Decoder(e.mark == utf16BE)
	case e.mark == utf8Mark && e.codec != "utf_8":
		notice("declared encoding %s does not agree with the byte order mark, which CPython refuses: read as UTF-8", e.Name)
		decode = nil
	case e.UTF8:
		decode = nil
	case e.codec == "rot_13":
		notice("declared encoding %s is one that only Python 2 takes", e.Name)
	case decode == nil && codecs().charmaps[e.codec] != "":
		decode = charmapDecoder(e.codec)
	case decode == nil:
		notice("declared encoding %s is not known: read as Latin-1", e.Name)
		decode, opaque = latin1, true
	}
	if decode == nil {
		if utf8.Valid(body) {
			return &Text{Bytes: body, base: int64(len(e.mark))}, notices
		}
		if e.Name == "" {
			notice("not valid UTF-8 and no encoding is declared: read as Latin-1")
		} else {
			notice("not valid %s: read as Latin-1", e.Name)
		}
		decode = latin1
	}
	if len(body) > maxLegacy {
		// Its words are read, but not where they stood.
		notice("the source is not UTF-8 and has more than %d bytes: characters outside ASCII were not read", maxLegacy)
		return &Text{Bytes: asciiOnly(body), base: int64(len(e.mark)), Opaque: true}, notices
	}
	w := &writer{}
	decode(w, body)
	if w.bad {
		notice("not valid %s: read as Latin-1", e.Name)
		w = &writer{}
		latin1(w, body)
	}
	if w.unread {
		notice("characters that the source spells by their names were not read")
	}
	w.text.base, w.text.Opaque = int64(len(e.mark)), opaque || w.unread
	return &w.text, notices
}

func asciiOnly(body []byte) []byte {
	out := make([]byte, len(body))
	for i, b := range body {
		if out[i] = b; b >= utf8.RuneSelf {
			out[i] = '_'
		}
	}
	return out
}
