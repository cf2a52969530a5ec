package prelex

import "testing"

func TestUntemplate(t *testing.T) {
	for _, tt := range []struct {
		src, want string
		conflict  int
	}{
		{"x = 1\n", "", -1},
		{"{% if x %}\ny\n", "          \ny\n", -1},
		{"{# it's\nx #}y\n", "       \n    y\n", -1},
		{"class {{ x }}L: pass", "class _______L: pass", -1},
		{"a.{{x}}({{ y|z }})", "a._____(_________)", -1},
		{"% if x:\ny\n% endif\n", "       \ny\n       \n", -1},
		{"x % if_y\n", "", -1},
		{"<%! import os %>\n<%doc> it's </%doc>", "    import os   \n                   ", -1},
		{"x = ${y} $z @W@ $(v)\n", "x = ____ __ ___ ____\n", -1},
		{"@decorated\ndef f(): pass\n", "", -1},
		{"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd\n", "a\n            \nb\n       \nc\n         \nd\n", 2},
		{"<<<<<<< HEAD\r\nb\r\n||||||| 1\r\nb\r\n=======\r\nc\r\n>>>>>>> x", "            \r\nb\r\n         \r\n \r\n       \r\nc\r\n         ", 0},
		{"<<<<<<< HEAD\nb\n=======\n", "", -1},
		{"=======\nTitle\n=======\n>>>>>>> x\n", "", -1},
		{"<<<<<<<<\nb\n=======\nc\n>>>>>>> x\n", "", -1},
	} {
		got, conflict := Untemplate([]byte(tt.src))
		if string(got) != tt.want || conflict != tt.conflict {
			t.Errorf("%q: %q, %d, want %q, %d", tt.src, got, conflict, tt.want, tt.conflict)
		}
	}
}

func FuzzUntemplate(f *testing.F) {
	f.Add("{{ x }}<% y %>{% z %}<<<<<<< HEAD\n=======\n>>>>>>> x\n@a@${b}")
	f.Fuzz(func(t *testing.T, src string) {
		if got, _ := Untemplate([]byte(src)); got != nil && len(got) != len(src) {
			t.Errorf("%d bytes of %d", len(got), len(src))
		}
	})
}
