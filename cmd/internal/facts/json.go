package facts

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
)

// jsonWriter writes JSON piece by piece. encoding/json would hold a whole object,
// and puts one replacement character for all that is no UTF-8, which makes
// different names equal.
type jsonWriter struct {
	*output
	more bool // a comma is due before the next value
}

func (j *jsonWriter) comma() {
	if j.more {
		j.buf = append(j.buf, ',')
	}
	j.more = true
}

func (j *jsonWriter) open(bracket byte) {
	j.comma()
	j.buf = append(j.buf, bracket)
	j.more = false
}

func (j *jsonWriter) close(bracket byte) {
	j.buf = append(j.buf, bracket)
	j.more = true
	j.spill(pieceSize)
}

// end ends a line of JSON Lines.
func (j *jsonWriter) end() {
	j.buf = append(j.buf, '\n')
	j.more = false
}

// key begins a pair. All keys are plain words.
func (j *jsonWriter) key(word string) *jsonWriter {
	j.comma()
	j.buf = append(append(append(j.buf, '"'), word...), '"', ':')
	j.more = false
	return j
}

func (j *jsonWriter) null() {
	j.comma()
	j.buf = append(j.buf, "null"...)
}

func (j *jsonWriter) boolean(v bool) {
	j.comma()
	j.buf = strconv.AppendBool(j.buf, v)
}

func (j *jsonWriter) number(n int64) {
	j.comma()
	j.buf = strconv.AppendInt(j.buf, n, 10)
}

// str writes a name or text of a stream.
func (j *jsonWriter) str(s string) {
	j.comma()
	j.buf = appendJSON(j.buf, s, true)
}

func (j *jsonWriter) strs(list []string) {
	j.open('[')
	for _, s := range list {
		j.str(s)
	}
	j.close(']')
}

// file writes the name of a file or a member.
func (j *jsonWriter) file(s string) {
	j.comma()
	j.buf = appendJSON(j.buf, s, false)
}

func (j *jsonWriter) files(list []string) {
	j.open('[')
	for _, s := range list {
		j.file(s)
	}
	j.close(']')
}

// appendJSON writes s as a JSON string of printable characters.
//
// Not all names are UTF-8. The text of a pickle may hold surrogates, each encoded
// as three bytes (Python's surrogatepass): with pass they are written as \udXXX,
// as Python's json.dumps does, and json.loads gives the str back that the loader
// has. A high one directly before a low one comes back as one character, there
// as here: JSON has no other way to write them.
//
// Any other byte that is no UTF-8 is written as \udcXX, which is what Python makes
// of it in names of files (surrogateescape). Without pass nothing else is a
// surrogate, so that os.fsencode gives exactly the bytes back.
func appendJSON(out []byte, s string, pass bool) []byte {
	out = append(out, '"')
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size <= 1:
			r, size = 0xdc00|rune(s[i]), 1
			if v, ok := surrogate(s[i:]); ok && pass {
				r, size = v, 3
			}
			out = appendUnit(out, r)
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r == '\n':
			out = append(out, `\n`...)
		case lint.PrintableRune(r):
			out = append(out, s[i:i+size]...)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			out = appendUnit(appendUnit(out, hi), lo)
		default:
			out = appendUnit(out, r)
		}
		i += size
	}
	return append(out, '"')
}

func appendUnit(out []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	return append(out, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// surrogate decodes a surrogate in three bytes at the start of s.
func surrogate(s string) (rune, bool) {
	if len(s) < 3 || s[0] != 0xed || s[1] < 0xa0 || s[1] > 0xbf || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return rune(s[0]&0x0f)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), true
}
