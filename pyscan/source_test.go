package pyscan

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

func TestDeclaredEncoding(t *testing.T) {
	for src, want := range map[string]encoding{
		"":                               {utf8: true},
		"x = 1\n":                        {utf8: true},
		"# coding: utf-8\n":              {name: "utf-8", utf8: true},
		"# -*- coding: UTF_8-unix -*-\n": {name: "UTF_8-unix", utf8: true},
		"#!/bin/sh\n# vim: fileencoding=latin-1\n": {name: "latin-1"},
		"#!/bin/sh\r# coding=ISO-8859-15\r":        {name: "ISO-8859-15"},
		"# coding: cp1252\n":                       {name: "cp1252"},
		"# coding: koi8-r\n":                       {name: "koi8-r"},
		"# coding: shift_jis\n":                    {name: "shift_jis", multibyte: true},
		"# coding: utf-7\n":                        {name: "utf-7", opaque: true},
		"# coding: rot13\n":                        {name: "rot13", opaque: true},
		"\xff\xfei\x00":                            {name: "UTF-16", opaque: true},
		"x = 1\n# coding: latin-1\n":               {utf8: true},
		"\n\n# coding: latin-1\n":                  {utf8: true},
		"x = 1 # coding: latin-1\n":                {utf8: true},
		"\xef\xbb\xbf# coding: utf8\n":             {name: "utf8", utf8: true},
		"\"\"\"\n# coding: latin-1\n":              {utf8: true},
	} {
		if got := declaredEncoding([]byte(src)); got != want {
			t.Errorf("%q: %+v, want %+v", src, got, want)
		}
	}
}

func TestSourceOffsets(t *testing.T) {
	raw := "# \xe9\xe9\nx = '\xe9'; y\n"
	src, notices := newSource("p", []byte(raw), classifyEncoding("latin-1"))
	if len(notices) != 0 || string(src.text) != "# éé\nx = 'é'; y\n" {
		t.Fatalf("%q, %q", src.text, notices)
	}
	for _, tt := range []struct {
		find         string
		line, column int
	}{{"x =", 2, 1}, {"y", 2, 11}, {"# ", 1, 1}} {
		at := uint32(strings.Index(string(src.text), tt.find))
		loc := src.location(at, at+1)
		if loc.Line != tt.line || loc.Column != tt.column || int(loc.Offset) != strings.Index(raw, tt.find) {
			t.Errorf("%q: %+v", tt.find, loc)
		}
	}
	src, notices = newSource("p", []byte("\xef\xbb\xbfx\ry\r\nz\x00"), encoding{utf8: true})
	if string(src.text) != "x\ny\r\nz " || len(notices) != 1 || !strings.Contains(notices[0], "NUL") {
		t.Errorf("%q, %q", src.text, notices)
	}
	if loc := src.location(5, 6); loc.Line != 3 || loc.Column != 1 || loc.Offset != 8 {
		t.Errorf("z: %+v", loc)
	}
}

func TestNotices(t *testing.T) {
	for src, want := range map[string]string{
		"x = '\xc3\xa9'":                "",
		"x = '\xe9'":                    "not valid UTF-8",
		"# coding: latin-1\nx = '\xe9'": "",
		"# coding: cp1252\nx = '\xe9'":  "",
		"# coding: gbk\nx = 'abc'":      "",
		"# coding: gbk\nx = '\x81\x40'": "gbk is not supported outside ASCII",
		"# coding: utf-7\nx":            "utf-7 is not supported",
		"\xfe\xffx":                     "UTF-16 is not supported",
		"# coding: no-such\nx":          "no-such is not supported",
	} {
		_, notices := newSource("p", []byte(src), declaredEncoding([]byte(src)))
		if got := strings.Join(notices, "; "); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

func TestGate(t *testing.T) {
	g := gateFor(catalog.Builtin())
	for src, want := range map[string]bool{
		"":                               false,
		"import pickle":                  false,
		"import pickle; pickle.loads(b)": true,
		"pickle.loads":                   true,
		"pickles.loads":                  false,
		"my_pickle.loads":                false,
		"from pickle import*;load(f)":    true,
		"import cPickle as p;p.load(f)":  true,
		"json.load(f)":                   false,
		"torch.save; x.load_state_dict":  false,
		"# picklelint:trust":             true,
		"#PickleLint:trust":              true,
		"# pickle-lint: trust":           true,
		"# pickle_lint:x":                true,
		"pickle-lint is a tool":          false,
		"pickle":                         false,
		"x.loads(pickle":                 true,
		"from six.moves import cPickle\ncPickle.loads": true,
	} {
		if got := g.opens([]byte(src)); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
}

func TestIsPython(t *testing.T) {
	for _, tt := range []struct {
		name, head string
		want       bool
	}{
		{"a.py", "", true}, {"a.PYI", "", true}, {"b/a.pyw", "", true}, {"a.pyc", "", false}, {"a.txt", "import pickle", false},
		{"run", "#!/usr/bin/python3\n", true}, {"run", "#!/usr/bin/env python\n", true}, {"run", "#!/usr/bin/env -S python3.12 -u\n", true},
		{"run", "#! /opt/pypy3\r\n", true}, {"run", "#!/bin/sh\n# python\n", false}, {"run", "#!/usr/bin/env pythonista\n", false},
		{"run", "", false}, {"run", "\xef\xbb\xbf#!/usr/bin/python\n", true}, {".py", "", true}, {"run", "#!/usr/bin/perl python.pl", false},
	} {
		if got := IsPython(tt.name, []byte(tt.head)); got != tt.want {
			t.Errorf("%s %q: %v", tt.name, tt.head, got)
		}
	}
}
