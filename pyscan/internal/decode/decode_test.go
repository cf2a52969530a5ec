package decode

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDeclared(t *testing.T) {
	type want struct {
		name, codec string
		utf8        bool
	}
	for src, want := range map[string]want{
		"":                               {codec: "utf_8", utf8: true},
		"x = 1\n":                        {codec: "utf_8", utf8: true},
		"# coding: utf-8\n":              {"utf-8", "utf_8", true},
		"# -*- coding: UTF_8-unix -*-\n": {"UTF_8-unix", "utf_8", true},
		"# coding: utf-8-sig\n":          {"utf-8-sig", "utf_8", true},
		"# coding: ascii\n":              {"ascii", "ascii", true},
		"#!/bin/sh\n# vim: fileencoding=latin-1\n": {"latin-1", "latin_1", false},
		"#!/bin/sh\r# coding=ISO-8859-15\r":        {"ISO-8859-15", "iso8859_15", false},
		"# coding: iso-8859-1-dos\n":               {"iso-8859-1-dos", "latin_1", false},
		"# coding: cp1252\n":                       {"cp1252", "cp1252", false},
		"# coding: Windows-1251\n":                 {"Windows-1251", "cp1251", false},
		"# coding: koi8-r\n":                       {"koi8-r", "koi8_r", false},
		"# coding: shift_jis\n":                    {"shift_jis", "shift_jis", false},
		"# coding: U7\n":                           {"U7", "utf_7", false},
		"# coding: rot13\n":                        {"rot13", "rot_13", false},
		"# coding: no-such\n":                      {"no-such", "", false},
		"\xff\xfei\x00":                            {name: "UTF-16"},
		"\xff\xfe\x00\x00i\x00\x00\x00":            {name: "UTF-32"},
		"\x00\x00\xfe\xff\x00\x00\x00i":            {name: "UTF-32"},
		"x = 1\n# coding: latin-1\n":               {codec: "utf_8", utf8: true},
		"\n\n# coding: latin-1\n":                  {codec: "utf_8", utf8: true},
		"x = 1 # coding: latin-1\n":                {codec: "utf_8", utf8: true},
		"\xef\xbb\xbf# coding: utf8\n":             {"utf8", "utf_8", true},
		"\"\"\"\n# coding: latin-1\n":              {codec: "utf_8", utf8: true},
		"# coding: # coding=latin-1\n":             {"latin-1", "latin_1", false},
	} {
		got := Declared([]byte(src))
		if got.Name != want.name || got.codec != want.codec || got.UTF8 != want.utf8 {
			t.Errorf("%q: %+v, want %+v", src, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, tt := range []struct{ codec, raw, text, notice string }{
		{"", "x = '\xc3\xa9'", "x = 'é'", ""},
		{"", "x = '\xe9'", "x = 'é'", "not valid UTF-8 and no encoding is declared"},
		{"latin-1", "x = '\xe9'", "x = 'é'", ""},
		{"cp1252", "x = '\x80'", "x = '€'", ""},
		{"cp1252", "x = '\x81'", "x = '\u0081'", "not valid cp1252: read as Latin-1"},
		{"mac_arabic", "x\xa81\xa9", "x(1)", ""},
		{"gbk", "x = '\x81\x40b'", "x = '丂b'", ""},
		{"big5", "'\xa5\x40'", "'世'", ""},
		{"euc-kr", "'\xb0\xa1'", "'가'", ""},
		{"shift_jis", "'\xb1\x83\x5c'", "'ｱソ'", ""},
		{"euc-jp", "'\xa4\xa2\x8e\xb1'", "'あｱ'", ""},
		{"gb18030", "'\x81\x30\x81\x30\xd6\xd0'", "'\u0080中'", ""},
		{"iso2022_jp", "'\x1b$B$\"\x1b(B'", "'あ'", ""},
		{"hz", "'~{VP~}~~'", "'中~'", ""},
		{"utf-7", "+AHA-ickle.+AGwAbw-ads +- +2D3eAA", "pickle.loads + 😀", ""},
		{"utf-7", "+A", "+A", "not valid utf-7"},
		{"unicode_escape", `\x70i\u0063k\154e\n\N{DIGIT ONE}`, "pickle\n\ufffd", "by their names"},
		{"raw_unicode_escape", `\u0070\n\\u0070`, `p\n\\u0070`, ""},
		{"rot13", "cvpxyr", "pickle", "only Python 2"},
		{"utf-16", "x", "x", "not known"},
		{"idna", "x", "x", "not known"},
	} {
		raw := tt.raw
		e := Declared([]byte("# coding: " + tt.codec + "\n"))
		got, notices := Decode([]byte(raw), e)
		if string(got.Bytes) != tt.text || !strings.Contains(strings.Join(notices, "; "), tt.notice) || (tt.notice == "") != (len(notices) == 0) {
			t.Errorf("%s %q: %q, %q; want %q, %q", tt.codec, raw, got.Bytes, notices, tt.text, tt.notice)
		}
	}
	for raw, want := range map[string]string{
		"\xff\xfep\x00\x3d\xd8\x00\xde": "p😀", "\xfe\xff\x00p\xd8\x3d\xde\x00": "p😀", "\xef\xbb\xbfp": "p",
	} {
		if got, _ := Decode([]byte(raw), Declared([]byte(raw))); string(got.Bytes) != want {
			t.Errorf("%q: %q", raw, got.Bytes)
		}
	}
}

func TestFileOffset(t *testing.T) {
	for _, tt := range []struct{ codec, raw string }{
		{"latin-1", "# \xe9\xe9\nx = '\xe9'; |y\n"},
		{"gbk", "\x81\x40b\x81\x40\x81\x40|y"},
		{"utf-7", "+AHAAaQBj-k +- +2D3eAA-|y"},
		{"unicode_escape", `\x70i\u0063k\154e\n|y`},
		{"iso2022_jp", "'\x1b$B$\"$\"\x1b(B'|y"},
		{"", "\xc3\xa9|y"},
	} {
		e := Declared([]byte("# coding: " + tt.codec + "\n"))
		for _, mark := range []string{"", utf8Mark} {
			if mark != "" && tt.codec != "" {
				continue
			}
			e.mark = mark
			raw := mark + tt.raw
			text, _ := Decode([]byte(raw), e)
			at := bytes.IndexByte(text.Bytes, '|')
			if got := text.FileOffset(uint32(at)); at < 0 || got != int64(strings.IndexByte(raw, '|')) {
				t.Errorf("%s %q: offset %d of %q lies at %d", tt.codec, raw, at, text.Bytes, got)
			}
			if got := text.FileOffset(uint32(len(text.Bytes))); got != int64(len(raw)) {
				t.Errorf("%s: the end lies at %d of %d", tt.codec, got, len(raw))
			}
		}
	}
}

// CPython's codecs read what ours read, byte by byte and pair by pair. Where sets
// differ in a few characters (the table of the web for the names of CPython) only
// what is no character for one and ASCII for the other matters.
func TestOracle(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	const program = `
import json, sys
out = {}
for name in sys.stdin.read().split():
    rows = []
    for first in range(128, 256):
        row = []
        for tail in (b"", b"A", b"\xa1", b"\xe0", b"\\"):
            try:
                row.append((bytes([first]) + tail).decode(name))
            except UnicodeDecodeError:
                row.append(None)
        rows.append(row)
    out[name] = rows
json.dump(out, sys.stdout)
`
	var names []string
	for name := range decoders {
		switch name {
		case "utf_7", "unicode_escape", "raw_unicode_escape", "rot_13", "hz":
		default:
			if !strings.HasPrefix(name, "iso2022") {
				names = append(names, name)
			}
		}
	}
	for name, half := range codecs().charmaps {
		if half != "" {
			names = append(names, name)
		}
	}
	cmd := exec.Command(python, "-c", program)
	cmd.Stdin = strings.NewReader(strings.Join(names, "\n"))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var said map[string][][]*string
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	if len(said) < 60 {
		t.Fatalf("only %d codecs", len(said))
	}
	tails := []string{"", "A", "\xa1", "\xe0", "\\"}
	for name, rows := range said {
		differ := 0
		for first, row := range rows {
			for k, want := range row {
				raw := string([]byte{byte(first + 128)}) + tails[k]
				decode := decoders[name]
				if decode == nil {
					decode = charmapDecoder(name)
				}
				w := &writer{}
				decode(w, []byte(raw))
				switch got := string(w.text.Bytes); {
				case want == nil && w.bad, want != nil && got == *want:
				case want == nil || w.bad:
					// A newer set, or an older one.
					differ++
				case utf8.RuneCountInString(got) != utf8.RuneCountInString(*want) || strings.ContainsAny(got, "A\\") != strings.ContainsAny(*want, "A\\"):
					t.Errorf("%s %q: %q, CPython %q", name, raw, got, *want)
				default:
					differ++
				}
			}
		}
		if charmap := codecs().charmaps[name] != ""; charmap && differ > 0 {
			t.Errorf("%s: %d characters differ from CPython", name, differ)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("utf-7", []byte("+AHA-ickle +2D3eAA"))
	f.Add("unicode_escape", []byte(`\x70\N{A}\777\`))
	f.Add("iso2022_jp", []byte("\x1b$B$\"\x1b(B"))
	f.Add("gb18030", []byte("\x81\x30\x81\x30"))
	f.Fuzz(func(t *testing.T, codec string, raw []byte) {
		text, _ := Decode(raw, Declared(append([]byte("# coding: "+codec+"\n"), raw...)))
		last := int64(-1)
		for i := range len(text.Bytes) + 1 {
			at := text.FileOffset(uint32(i))
			if at < last || at > int64(len(raw)) {
				t.Fatalf("offset %d lies at %d behind %d of %d", i, at, last, len(raw))
			}
			last = at
		}
	})
}

// CPython refuses UTF-32; words must not hide behind that.
func TestUTF32(t *testing.T) {
	for raw, little := range map[string]bool{
		"\xff\xfe\x00\x00a\x00\x00\x00\xac\x20\x00\x00\x00\xf6\x01\x00\xff\xff\xff\xff": true,
		"\x00\x00\xfe\xff\x00\x00\x00a\x00\x00\x20\xac\x00\x01\xf6\x00\xff\xff\xff\xff": false,
	} {
		text, notices := Decode([]byte(raw), Declared([]byte(raw)))
		if string(text.Bytes) != "a€\U0001f600\ufffd" || len(notices) != 1 || !strings.Contains(notices[0], "UTF-32, which CPython refuses") {
			t.Errorf("little endian %t: %q %q", little, text.Bytes, notices)
		}
		if at := text.FileOffset(4); at != 12 {
			t.Errorf("little endian %t: the third character is at %d", little, at)
		}
	}
}
