package blob

import (
	"archive/zip"
	"slices"
	"strings"
	"testing"
)

// Ordinary files are nothing, whatever they begin with.
func TestOrdinaryFiles(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "newline": "\n", "readme": "# Title\n\nVersion 1.0\nclass Foo:\n", "plain": "Version 1.0\ncat\nfoo\nbar\n",
		"requirements": "coverage\npytest\n", "gitignore": "coverage\nvenv\n.env\n.tox\n", "ctest": "ctest\nmake\n.x\n", "requirements 2": "coverage\nmypy\ntox\n", "word list": "cab\ncabin\ncable\ncactus\ncafe\ndog\n", "words in i": "ice\nidea\niota\n",
		"go": "package main\n\nimport \"fmt\"\n", "go comment": "// Package x\n", "python": "import os\nimport sys\n\nclass A:\n    pass\n", "python class": "class A:\n  x = 1\nclass B:\n",
		"c": "int main(void) {\n  return 0;\n}\n", "c include": "#include <stdio.h>\n", "shell": "#!/bin/sh\ncd /tmp\nls\n", "makefile": "CC = gcc\nall:\n\t$(CC)\n", "make cd": "cd a\nmake\n",
		"json": "{\"a\": 1}\n", "json list": "[1, 2]\n", "csv": "id,name\n1,a\n", "numbers": "1\n2\n3\n", "paren": "(i.e. this\none\n)", "lisp": "(define (f x)\n  x)\n", "N.B.": "N.B. this is text\n", "}": "}.\ntext",
		"copyright": "Copyright (c) 2026 The Authors. All rights reserved.\nUse of this source code is governed by a BSD-style\nlicense that can be found in the LICENSE file.\n" + strings.Repeat("more text\n", 100),
		"license":   "GNU GENERAL PUBLIC LICENSE\nVersion 3\n", "all P": strings.Repeat("People and places\n", 1000), "Project": "Project\nPeople\nPlaces\n", "Vim": "Vim\nconfig\nfile\n", "X": "XXXXXXXXXXXXXXXXXXXX", "math": "x^2 + y^2 = z^2, and so on and on and on",
		"png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "jpeg": "\xff\xd8\xff\xe0\x00\x10JFIF\x00", "elf": "\x7fELF\x02\x01\x01\x00\x00\x00\x00", "gif": "GIF89a\x01\x00\x01\x00\x80\x00\x00", "pdf": "%PDF-1.7\n", "mz": "MZ\x90\x00\x03\x00\x00\x00",
		"zeros": string(make([]byte, 4096)), "0x80": "\x80", "cp1252": "\x80 euro", "utf16": "\xff\xfeh\x00", "bom": "\xef\xbb\xbftext", "xml": "<?xml version=\"1.0\"?>\n", "ini": "[section]\nkey=1\n", "toml": "a = 1\n", "sql": "SELECT 1;\n", "tex": "\\documentclass{x}\n", "url": "https://example.org/\n", "Kconfig": "Kconfig\nlines\n", "Makefile": "Makefile\nMore\n",
	} {
		rep, findings, skips := unnamed([]byte(text))
		if rep.Recognised() || len(findings) > 0 || len(skips) > 0 {
			t.Errorf("%s: recognised %v, findings %v, skips %v", name, rep.Recognised(), ids(findings), len(skips))
		}
	}
}

// A look-up alone does not make a pickle of a file, but one of a name that is
// known to be dangerous is told.
func TestLookUpAlone(t *testing.T) {
	for text, want := range map[string][]string{
		"cposix\nsystem\n. and text": {"PKL101"}, "cposix\nsystem\nand text": {"PKL101"}, "cposix\nsystem\n.": {"PKL101"},
		"cmine\nThing\n.": {"PKL104"}, "cmine\nThing\n. and text": nil,
	} {
		if _, findings, _ := unnamed([]byte(text)); !slices.Equal(ids(findings), want) {
			t.Errorf("%q: rules %v, want %v", text, ids(findings), want)
		}
	}
}

// Of what somebody named, or what promises a pickle, nothing is left unsaid.
func TestNamedIsNeverSilent(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "text": "hello\n", "zeros": "\x00\x00", "proto only": "\x80\x04"} {
		rep, findings, skips := scanned([]byte(text), Default)
		if len(findings)+len(skips) == 0 {
			t.Errorf("%s: silent, recognised %v", name, rep.Recognised())
		}
	}
	_, _, skips := unnamed(zipped(t, zip.Store, "net/data.pkl", "not a pickle"))
	if len(skips) != 1 || !slices.Equal(skips[0].Member, []string{"net/data.pkl"}) {
		t.Errorf("skips: %+v", skips)
	}
	for _, name := range []string{"a.pkl", "a.PKL", "a.pkl.gz", "x/a.joblib", "a.npy", "a.npz", "a.pt", "a.ckpt", "a.pickle.xz", "a.pkl.z", "a.pkl.zlib", "a.pkl.bz2", "a.pkl.zst", "a.pkl.lz4", "a.pkl.lzma", "a.pkl.zstd", `net\data.pkl`} {
		if !PromisesPickle(name) {
			t.Errorf("%s promises none", name)
		}
	}
	for _, name := range []string{"a.bin", "a.txt", "a.gz", "pkl", "a.pkl/b", "a.dat", "a.pth", "m_01.npy.z"} {
		if PromisesPickle(name) {
			t.Errorf("%s promises one", name)
		}
	}
}
