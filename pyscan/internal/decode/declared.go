package decode

import (
	"bytes"
	"regexp"
	"strings"
)

// Encoding is what a file says of its own encoding.
type Encoding struct {
	// Name as declared, or "".
	Name string
	// UTF8: by default or declared.
	UTF8 bool
	// mark is the byte order mark that the file begins with.
	mark string
	// codec is CPython's name of the encoding.
	codec string
}

const (
	utf8Mark  = "\xef\xbb\xbf"
	utf16LE   = "\xff\xfe"
	utf16BE   = "\xfe\xff"
	utf16Name = "UTF-16"
	utf32LE   = "\xff\xfe\x00\x00"
	utf32BE   = "\x00\x00\xfe\xff"
	utf32Name = "UTF-32"
)

// cookie is the declaration (CPython, Parser/tokenizer/helpers.c: get_coding_spec).
var cookie = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`)

// reach bounds how far into a file a declaration is looked for, in bytes.
const reach = 4 << 10

// Declared reads the byte order mark and the first two lines.
func Declared(raw []byte) Encoding {
	for _, mark := range []string{utf32LE, utf32BE, utf16LE, utf16BE} {
		if bytes.HasPrefix(raw, []byte(mark)) {
			return Encoding{Name: map[int]string{2: utf16Name, 4: utf32Name}[len(mark)], mark: mark}
		}
	}
	e := Encoding{UTF8: true, codec: "utf_8"}
	rest := raw
	if bytes.HasPrefix(raw, []byte(utf8Mark)) {
		rest, e.mark = raw[len(utf8Mark):], utf8Mark
	}
	rest = rest[:min(len(rest), reach)]
	for range 2 {
		line := rest
		if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
			line = rest[:i]
			if bytes.HasPrefix(rest[i:], []byte("\r\n")) {
				i++
			}
			rest = rest[i+1:]
		} else {
			rest = nil
		}
		blank := bytes.TrimLeft(line, " \t\f")
		if len(blank) == 0 {
			continue
		}
		// The second line counts only if the first is blank or a comment.
		if blank[0] != '#' {
			break
		}
		if !bytes.Contains(blank, []byte("coding")) {
			continue
		}
		if m := cookie.FindSubmatch(line); m != nil {
			e.Name = string(m[1])
			e.codec = codecNamed(e.Name)
			e.UTF8 = e.codec == "utf_8" || e.codec == "ascii" || e.mark == utf8Mark
			return e
		}
	}
	return e
}

// codecNamed returns CPython's name of a declared encoding, or "".
func codecNamed(name string) string {
	// Editors append the line ending: utf-8-unix (CPython,
	// Parser/tokenizer/helpers.c: get_normal_name). CPython takes this for two
	// encodings; the others it refuses.
	n := strings.ReplaceAll(strings.ToLower(name), "_", "-")
	for _, suffix := range []string{"-unix", "-dos", "-mac"} {
		n = strings.TrimSuffix(n, suffix)
	}
	for _, normal := range []string{"utf-8", "latin-1", "iso-8859-1", "iso-latin-1"} {
		if n == normal || strings.HasPrefix(n, normal+"-") {
			if normal == "utf-8" {
				return "utf_8"
			}
			return "latin_1"
		}
	}
	// Names are compared without case and with one separator
	// (Lib/encodings/__init__.py: normalize_encoding).
	words := strings.FieldsFunc(n, func(r rune) bool {
		return r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
	n = strings.Join(words, "_")
	if codec, ok := codecs().names[n]; ok {
		return codec
	}
	return codecs().names[strings.ReplaceAll(n, ".", "_")]
}
