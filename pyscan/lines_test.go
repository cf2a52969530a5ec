//go:build cgo

package pyscan

import (
	"fmt"
	"strings"
	"testing"
)

// Fixtures with line endings and bytes that a file in a repository would not
// keep.
func TestLineEndings(t *testing.T) {
	const src = "import pickle\n# a note\nx = pickle.loads(b)\n"
	for name, text := range map[string]string{
		"LF":   src,
		"CRLF": strings.ReplaceAll(src, "\n", "\r\n"),
		"CR":   strings.ReplaceAll(src, "\n", "\r"),
		"BOM":  "\ufeff" + src,
	} {
		res := scan("l.py", text)
		if len(res.Sites) != 1 || len(res.Skips) != 0 {
			t.Errorf("%s: %d sites, skips %+v", name, len(res.Sites), res.Skips)
			continue
		}
		s := res.Sites[0]
		if s.Line != 3 || s.Column != 5 || !strings.HasPrefix(text[s.Offset:], "pickle.loads(b)") {
			t.Errorf("%s: %+v", name, s.Location)
		}
	}
}

// Directives survive every line ending.
func TestDirectiveLineEndings(t *testing.T) {
	const src = "import pickle\n# picklelint:trust boundary=host reason=\"written by this program only\"\nx = pickle.loads(b)\n"
	for _, ending := range []string{"\n", "\r\n", "\r"} {
		res := scan("l.py", strings.ReplaceAll(src, "\n", ending))
		if len(res.Findings) != 1 || !res.Findings[0].Suppressed {
			t.Errorf("%q: %+v", ending, res.Findings)
		}
	}
}

func TestLatin1File(t *testing.T) {
	raw := "# coding: latin-1\nimport pickle\nname = '\xe9'; x = pickle.loads('\xe9')\n"
	res := scan("l.py", raw)
	if len(res.Sites) != 1 || len(res.Skips) != 0 {
		t.Fatalf("%+v, %+v", res.Sites, res.Skips)
	}
	s := res.Sites[0]
	if got := fmt.Sprintf("%d %d %s", s.Line, s.Column, s.Argument); got != "3 17 'é'" || !strings.HasPrefix(raw[s.Offset:], "pickle.loads(") {
		t.Errorf("%s at %d", got, s.Offset)
	}
}

func TestBytesThatAreNotText(t *testing.T) {
	for name, text := range map[string]string{
		"NUL":      "import pickle\nx = 1\x00\npickle.loads(b)\n",
		"not UTF8": "import pickle\nx = '\xff'\npickle.loads(b)\n",
	} {
		res := scan("n.py", text)
		if len(res.Sites) != 1 || len(res.Skips) != 1 {
			t.Errorf("%s: %d sites, skips %+v", name, len(res.Sites), res.Skips)
		}
	}
	// An encoding that hides the words of a source from the gate is a skip.
	if res := scan("u.py", "# coding: no-such\nx = 1\n"); len(res.Skips) != 1 {
		t.Error("an unknown encoding passed in silence")
	}
	// A file that holds no site in any reading is none of our business.
	for _, src := range []string{"x = '\xff'\n", "# coding: gbk\nx = '\x81'\n", "# coding: utf-7\n+A\n", "\xff\xfex\x00"} {
		if res := scan("u.py", src); len(res.Skips) != 0 {
			t.Errorf("%q: %s", src, res.Skips[0].Reason)
		}
	}
}

// Hostile text must not reach a message as it is.
func TestMessagesArePrintable(t *testing.T) {
	res := scan("p.py", "import pickle\npickle.loads('\x1b[31m\u202e')\n")
	if len(res.Findings) != 1 || strings.ContainsAny(res.Findings[0].Message+res.Sites[0].Argument, "\x1b\u202e") {
		t.Errorf("%q", res.Findings[0].Message)
	}
}
