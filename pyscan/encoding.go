package pyscan

import (
	"bytes"
	"regexp"
	"strings"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// encoding is what a file says of its own encoding (PEP 263).
type encoding struct {
	// name as declared, or "".
	name string
	// utf8: the default, or declared.
	utf8 bool
	// multibyte: ASCII characters are themselves, but their bytes may also be
	// parts of others.
	multibyte bool
	// opaque: unknown, or not even ASCII is itself (UTF-7, UTF-16, rot13), so
	// that nothing can be said of such a file before it is decoded.
	opaque bool
}

// cookie is the declaration (CPython, Parser/tokenizer/helpers.c: get_coding_spec).
var cookie = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`)

// cookieReach bounds how far into a file a declaration is looked for, in bytes.
const cookieReach = 4 << 10

// declaredEncoding reads the byte order mark and the first two lines.
func declaredEncoding(raw []byte) encoding {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return encoding{name: "UTF-16", opaque: true}
	}
	rest := bytes.TrimPrefix(raw, utf8BOM)
	rest = rest[:min(len(rest), cookieReach)]
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
		if m := cookie.FindSubmatch(line); m != nil {
			return classifyEncoding(string(m[1]))
		}
		// The second line counts only if the first is blank or a comment.
		if blank := bytes.TrimLeft(line, " \t\f"); len(blank) > 0 && blank[0] != '#' {
			break
		}
	}
	return encoding{utf8: true}
}

// Names are compared as CPython's codec registry does, without case and with
// one separator (Lib/encodings/__init__.py: normalize_encoding; Lib/encodings/aliases.py).
var (
	utf8Names = wordSet("utf-8 utf8 u8 utf cp65001 utf-8-sig utf8-ucs2 utf8-ucs4 ascii us-ascii 646 ansi-x3.4-1968")
	// One byte a character, the lower half ASCII: whatever the upper half
	// means, every token of Python lies where Latin-1 says.
	singleByte = regexp.MustCompile(`^(latin-?[0-9]+|l[0-9]|iso-?latin-?1|iso-?8859(-[0-9]+)?|8859|cp819|(cp|windows-?)?(437|720|737|775|85[0-8]|86[0-69]|874|1006|1125|125[0-8])|koi8-?[rtu]|kz1048|mac-?(roman|cyrillic|greek|iceland|latin2|turkish|centeuro|croatian|romanian)|tis-?620|ptcp154|hp-?roman8|palmos)$`)
	multiByte  = wordSet("gbk cp936 936 gb2312 euc-cn gb18030 big5 big5-hkscs cp950 shift-jis sjis s-jis shiftjis cp932 932 ms932 shift-jis-2004 shift-jisx0213 euc-jp eucjp ujis euc-jis-2004 euc-kr euckr cp949 949 uhc johab")
)

func wordSet(words string) map[string]bool {
	out := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

func classifyEncoding(name string) encoding {
	e := encoding{name: name}
	n := strings.ReplaceAll(strings.ToLower(name), "_", "-")
	// Editors append the line ending: utf-8-unix (CPython,
	// Parser/tokenizer/helpers.c: get_normal_name).
	for _, suffix := range []string{"-unix", "-dos", "-mac"} {
		n = strings.TrimSuffix(n, suffix)
	}
	switch {
	case utf8Names[n]:
		e.utf8 = true
	case singleByte.MatchString(n):
	case multiByte[n]:
		e.multibyte = true
	default:
		e.opaque = true
	}
	return e
}
