package markdown

import (
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"":            "",
		" \t":         "",
		"a/b.py:3":    "`a/b.py:3`",
		"a|b":         "<code>a&#124;b</code>",
		"`x` <b>":     "<code>&#96;x&#96; &lt;b&gt;</code>",
		"{{ secret }": "<code>&#123;&#123; secret }</code>",
		"@everyone":   "`@everyone`",
	} {
		if got := Code(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"tell @team of #12 and !3":  "tell @<!-- -->team of &#35;<!-- -->12 and &#33;<!-- -->3",
		"http://192.0.2.1 www.a.b":  "http:<!-- -->//192.0.2.1 www<!-- -->.a.b",
		"a|b\n# c":                  "a&#124;b&#92;n&#35;<!-- --> c",
		"<img src=x> [l](u) *b* &q": "&lt;img src=x&gt; &#91;l&#93;(u) &#42;b&#42; &amp;q",
		"\x1b[31m\u202e":            "&#92;x1b&#91;31m&#92;u202e",
	} {
		if got := Escaped(text); got != want {
			t.Errorf("%q is\n%s, want\n%s", text, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	var b strings.Builder
	b.WriteString(Head("A", "B"))
	if want := "| A | B |\n|---|---|\n"; b.String() != want {
		t.Errorf("%q", b.String())
	}
	left := Lines(&b, []string{Row("1", "2"), Row("3", "4"), Row("5", "6")}, b.Len()+20)
	More(&b, left, "See there.")
	if want := "| 1 | 2 |\n| 3 | 4 |\n\n… and 1 more. See there.\n"; !strings.HasSuffix(b.String(), want) || left != 1 {
		t.Errorf("%q, %d left", b.String(), left)
	}
	before := b.String()
	if More(&b, 0, "x"); b.String() != before {
		t.Error("nothing was left out, and it is said")
	}
}
