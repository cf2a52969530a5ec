package notebook

import (
	"bytes"
	"testing"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

func python(t *testing.T, src string) (code string, whole bool) {
	t.Helper()
	out := new(pieces.Text)
	whole = Python(out, pieces.Of([]byte(src), 0))
	last := -1
	for i, c := range out.Bytes {
		at := out.At(i)
		if at < last || at >= len(src) {
			t.Fatalf("byte %d of %q comes from %d of %q", i, out.Bytes, at, src)
		}
		if last = at; c == '\n' && src[at] != '\n' {
			// Only line ends stand for line ends.
			t.Errorf("the line end at %d of %q comes from %q", i, out.Bytes, src[at])
		}
	}
	return string(out.Bytes), whole
}

func TestMagics(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"x = 1\n", "x = 1\n"},
		{"%matplotlib inline\nx", "pass\nx"},
		{"if x:\n    !ls -l 'a\n    y()\n", "if x:\n    pass\n    y()\n"},
		{"!!ls\n", "pass\n"},
		{"!tar x \\\n  f.tar\nz", "pass\n\nz"},
		{"x = !ls\ny", "x = None\ny"},
		{"a, b = %sql select 'x\ny", "a, b = None\ny"},
		{"x = y != z\n", "x = y != z\n"},
		{"print('x = %s' % y)\n", "print('x = %s' % y)\n"},
		{"d['a'].b = !ls 'x\n", "d['a'].b = None\n"},
		{"x = y % z\n", "x = y % z\n"},
		{"x = (y\n% z)\n", "x = (y\n% z)\n"},
		{"s = '''\n%time x\n!ls\n'''\n", "s = '''\n%time x\n!ls\n'''\n"},
		{"s = 'a\\\n%b'\n%cd x", "s = 'a\\\n%b'\npass"},
		{"x = 1 + \\\n%b\n", "x = 1 + \\\n%b\n"},
		{"# '\n%cd\n", "# '\npass\n"},
		{"%time x = f(\n  1)\n%cd", "x = f(\n  1)\npass"},
		{"%timeit -n 10 -r3 -o f(x)\n", "f(x)\n"},
		{"r = %timeit -o f(x)\n", "r = f(x)\n"},
		{"%prun -s cumulative f(x)\n", "f(x)\n"},
		{"%lprun -f g f(x)\n", "f(x)\n"},
		{"%time\nf(x)\n", "pass\nf(x)\n"},
		{"%%time\nf(x)\n", "pass\nf(x)\n"},
		{"\n%%timeit -n 3 a = 1\nf(a)\n", "\na = 1\nf(a)\n"},
		{"%%capture out\nf(x)\n", "pass\nf(x)\n"},
		{"%%bash\nrm 'x\n", ""},
		{"%%script bash\nls\n", ""},
		{"%%script python3 -u\nf(x)\n", "pass\nf(x)\n"},
		{"%%writefile a.py\nf(x)\n", "pass\nf(x)\n"},
		{"%%writefile a.txt\nf(x)\n", ""},
		{"%%unheard of\nselect 1\n", ""},
		{"%%unheard of\nimport os\n", "pass\nimport os\n"},
		{"%sql\nselect 'x\n", ""},
		{"%sql select 1\nf(x)\n", "pass\nf(x)\n"},
		{"%md it's\n", ""},
		{"%python\nf(x)\n", "pass\nf(x)\n"},
		{"#@title Load { display-mode: \"form\" }\nf(x) #@param\n", "#@title Load { display-mode: \"form\" }\nf(x) #@param\n"},
		{"f?\n?g\nh.i??\nx", "pass\npass\npass\nx"},
		{"pip install 'x\npip = 1\n", "pass\npip = 1\n"},
		{"ls\n", "ls\n"},
		{"@f\ndef g(): pass\n", "@f\ndef g(): pass\n"},
		{"", ""},
		{"%", "pass"},
		{"%%", ""},
		{"%time ", "pass"},
	} {
		if got, _ := python(t, tt.src); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.src, got, tt.want)
		}
	}
}

func TestCellsThatDoNotEnd(t *testing.T) {
	for src, want := range map[string]bool{
		"f(x)\n": true, "f(": false, "'''": false, "x = 'it\n": true, "x \\\n": false, "%%bash\n(": true, "# (": true, "f'''{": false, ")": true, `"\""`: true,
	} {
		if _, whole := python(t, src); whole != want {
			t.Errorf("%q: whole is %v", src, whole)
		}
	}
}

func FuzzPython(f *testing.F) {
	f.Add("x = !ls\n%time y\n'''\n%%z")
	f.Fuzz(func(t *testing.T, src string) {
		code, _ := python(t, src)
		if a, b := bytes.Count([]byte(code), []byte("\n")), bytes.Count([]byte(src), []byte("\n")); code != "" && a != b {
			t.Errorf("%d lines of %d", a, b)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(`{"cells": [{"cell_type": "code", "source": ["\u0061\ud83d\ude00\n", "b"]}]}`)
	f.Fuzz(func(t *testing.T, src string) {
		book, _ := Parse([]byte(src))
		for _, c := range book.Cells {
			for i := range c.Text.Bytes {
				if at := c.Text.At(i); at < 0 || at >= len(src) {
					t.Fatalf("byte %d comes from %d", i, at)
				}
			}
		}
	})
}
