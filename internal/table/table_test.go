package table

import (
	"strings"
	"testing"
)

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		text    string
		columns int
		want    string
	}{
		{"", 0, ""}, {"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"ab cd", 4, "ab…"}, {"日本語", 6, "日本語"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"}, {"abc", 1, "…"}, {"abc", 0, "…"},
	} {
		if got := Cut(tt.text, tt.columns); got != tt.want {
			t.Errorf("%q in %d columns is %q, want %q", tt.text, tt.columns, got, tt.want)
		}
	}
}

func TestText(t *testing.T) {
	head := Columns{{"NAME", 0}, {"SAID", 4}, {"MORE", 6}}
	rows := [][]string{{"spool/a", "something long", "and some more"}, {"b", None, None}}
	for _, tt := range []struct {
		columns int
		want    string
	}{
		{0, "NAME     SAID            MORE\nspool/a  something long  and some more\nb        -               -\n"},
		{30, "NAME     SAID       MORE\nspool/a  somethin…  and some…\nb        -          -\n"},
		{20, "NAME     SAID\nspool/a  something…\n    and some more\nb        -\n"},
	} {
		got := head.Text(rows, tt.columns)
		if got != tt.want {
			t.Errorf("%d columns:\n%s\nwant\n%s", tt.columns, got, tt.want)
		}
		for line := range strings.Lines(got) {
			if n := Width(line) - 1; tt.columns > 0 && n > tt.columns {
				t.Errorf("%d columns in %d: %s", n, tt.columns, line)
			}
		}
	}
}

func TestGuarded(t *testing.T) {
	for cell, want := range map[string]string{"": "", "x": "x", "=1": "'=1", "'x": "''x", "＝1": "'＝1", "\t=1": `\t=1`, "a=1": "a=1", "a\u202eb": `a\u202eb`} {
		if got := Guarded(cell); got != want {
			t.Errorf("%q is %q, want %q", cell, got, want)
		}
	}
}
