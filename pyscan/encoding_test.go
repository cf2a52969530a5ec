//go:build cgo

package pyscan

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// Sites in files of all encodings, with their places in the file as it is stored.
func TestEncodings(t *testing.T) {
	for _, tt := range []struct {
		name, raw string
		// find begins the site in the file.
		find         string
		line, column int
		notice       string
	}{
		{"latin-1 identifier", "# coding: latin-1\nimport pickle\n\xe9t\xe9 = '\xe9'; pickle.loads(\xe9t\xe9)\n", "pickle.loads", 3, 12, ""},
		{"ordinal in an identifier", "# coding: latin-1\nimport pickle\npickle.lo\xaads(b)\n", "pickle.lo", 3, 1, ""},
		{"cp1252", "# coding: cp1252\nimport pickle\nx = '\x80'; pickle.loads(b)\n", "pickle.loads", 3, 10, ""},
		{"shift_jis with a backslash in a character", "# coding: shift_jis\nimport pickle\nx = '\x83\x5c'; pickle.loads(b)\n", "pickle.loads", 3, 11, ""},
		{"a yen sign escapes nothing", "# coding: shift_jis_2004\nimport pickle\nx = '\\'; pickle.loads(b)\n", "pickle.loads", 3, 10, ""},
		{"gbk", "# coding: gbk\nimport pickle\nx = '\x81\x40'; pickle.loads(b)\n", "pickle.loads", 3, 11, ""},
		{"koi8-r", "# coding: koi8-r\nimport pickle\n\xc1\xc2 = pickle.loads(\xc1)\n", "pickle.loads", 3, 6, ""},
		{"utf-7", "# coding: utf-7\nimport +AHA-ickle\n+AHA-ickle.loads(b)\n", "+AHA-ickle.loads", 3, 1, ""},
		{"a line hidden in a comment", "# coding: unicode_escape\nimport pickle\n# \\u000apickle.loads(b)\n", "pickle.loads", 4, 1, ""},
		{"raw_unicode_escape", "# coding: raw_unicode_escape\nimport pickle\n\\u0070ickle.loads(b)\n", "\\u0070ickle.loads", 3, 1, ""},
		{"rot13", "# coding: rot13\nvzcbeg cvpxyr\ncvpxyr.ybnqf(o)\n", "cvpxyr.ybnqf", 3, 1, "only Python 2"},
		{"byte order mark", "\xef\xbb\xbfimport pickle; pickle.loads(b)\n", "pickle.loads", 1, 19, ""},
		{"byte order mark and another declaration", "\xef\xbb\xbf# coding: latin-1\nimport pickle; pickle.loads(b)\n", "pickle.loads", 2, 16, "byte order mark"},
		{"UTF-16", utf16le("import pickle\nx = '😀'; pickle.loads(b)\n"), utf16le("pickle.loads")[2:], 2, 21, "UTF-16"},
		{"unknown", "# coding: no-such\nimport pickle\npickle.loads('\xe9')\n", "pickle.loads", 3, 1, "not known"},
		{"not what it says", "# coding: utf-8\nimport pickle\npickle.loads('\xe9')\n", "pickle.loads", 3, 1, "not valid utf-8"},
		{"fullwidth", "import ｐｉｃｋｌｅ\nｐｉｃｋｌｅ.lᵒads(b)\n", "ｐｉｃｋｌｅ.l", 2, 1, ""},
	} {
		res := scan("e.py", tt.raw)
		if len(res.Sites) != 1 {
			t.Errorf("%s: %d sites, skips %+v", tt.name, len(res.Sites), res.Skips)
			continue
		}
		s := res.Sites[0]
		if got := fmt.Sprintf("%d:%d", s.Line, s.Column); got != fmt.Sprintf("%d:%d", tt.line, tt.column) || !strings.HasPrefix(tt.raw[s.Offset:], tt.find) {
			t.Errorf("%s: at %s, offset %d: %q", tt.name, got, s.Offset, tt.raw[s.Offset:min(len(tt.raw), int(s.Offset)+12)])
		}
		var notices []string
		for _, skip := range res.Skips {
			notices = append(notices, skip.Reason)
		}
		if got := strings.Join(notices, "; "); tt.notice == "" && got != "" || !strings.Contains(got, tt.notice) {
			t.Errorf("%s: notices %q, want %q", tt.name, got, tt.notice)
		}
	}
}

func utf16le(text string) string {
	out := []byte("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

// Lines are counted as editors count them.
func TestLineStarts(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "[0]",
		"a\nb":                       "[0 2]",
		"a\r\nb\rc\n":                "[0 3 5 7]",
		"\r\r\n\n":                   "[0 1 3 4]",
		"a\fb\vc\u2028d\u0085e\x1cf": "[0]",
	} {
		if got := fmt.Sprint(lineStarts([]byte(text))); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
