package report

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/lint"
)

func TestMarkedLine(t *testing.T) {
	long := strings.Repeat("a", 90) + "MARK" + strings.Repeat("b", 90)
	for _, tt := range []struct {
		name, line   string
		from, to     int
		width        int
		text, carets string
	}{
		{"plain", "x = load(f)", 4, 11, 40, "x = load(f)", "    ^^^^^^^"},
		{"tabs", "\tx\ty", 3, 4, 40, "    x   y", "        ^"},
		{"marked tab", "\tx", 0, 2, 40, "    x", "^^^^^"},
		{"wide", "模型 x", 7, 8, 40, "模型 x", "     ^"},
		{"marked wide", "模型", 3, 6, 40, "模型", "  ^^"},
		{"combining", "e\u0301x", 3, 4, 40, "e\u0301x", " ^"},
		{"only a combining mark", "e\u0301x", 1, 3, 40, "e\u0301x", "^"},
		{"point", "abc", 1, 1, 40, "abc", " ^"},
		{"behind the end", "abc", 3, 3, 40, "abc", "   ^"},
		{"far behind the end", "abc", 30, 40, 40, "abc", "   ^"},
		{"before the start", "abc", -5, 1, 40, "abc", "^"},
		{"backwards", "abc", 2, 1, 40, "abc", "  ^"},
		{"inside a character", "é", 1, 2, 40, "é", "^"},
		{"escape", "\x1b[31mx", 5, 6, 40, `\x1b[31mx`, "        ^"},
		{"bidi", "a\u202ex", 1, 4, 40, `a\u202ex`, " ^^^^^^"},
		{"not UTF-8", "\xffx", 0, 1, 40, `\xffx`, "^^^^"},
		{"byte order mark", "\ufeffx", 3, 4, 40, "x", "^"},
		{"window", long, 90, 94, 20, "…aaaaaaaMARKbbbbbbb…", "        ^^^^"},
		{"window at the end", "bbbbbbbbbbbbbbbbbbbbMARK", 20, 24, 12, "…bbbbbbMARK", "       ^^^^"},
		{"window at the start", "MARKbbbbbbbbbbbbbbbbbbbb", 0, 4, 12, "MARKbbbbbb…", "^^^^"},
		{"mark wider than the window", long, 0, 184, 12, "aaaaaaaaaa…", "^^^^^^^^^^"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := markedLine([]byte(tt.line), tt.from, tt.to, tt.width)
			if got.text != tt.text || got.carets != tt.carets {
				t.Errorf("got\n%s|\n%s|\nwant\n%s|\n%s|", got.text, got.carets, tt.text, tt.carets)
			}
		})
	}
}

func TestVeryLongLine(t *testing.T) {
	line := []byte(strings.Repeat("é", 1<<20) + "MARK" + strings.Repeat("é", 1<<20))
	got := markedLine(line, 2<<20, 2<<20+4, 40)
	if !strings.Contains(got.text, "éMARKé") || strings.Count(got.carets, "^") != 4 || strings.Contains(got.text, `\x`) {
		t.Errorf("%s\n%s", got.text, got.carets)
	}
	if n := len(split(line, 2<<20, 2<<20+4)); n > longLine+2 {
		t.Errorf("%d cells", n)
	}
}

func FuzzMarkedLine(f *testing.F) {
	f.Add([]byte("\tx = \"模\u0301\xff\u202e\" # …"), 3, 9, 20)
	f.Fuzz(func(t *testing.T, line []byte, from, to, width int) {
		width = 8 + width&127
		got := markedLine(line, from, to, width)
		for _, r := range got.text {
			if !lint.PrintableRune(r) {
				t.Fatalf("%U in %q", r, got.text)
			}
		}
		if strings.Trim(got.carets, " ^") != "" || !strings.Contains(got.carets, "^") {
			t.Fatalf("carets %q", got.carets)
		}
		n := 0
		for _, r := range got.text {
			n += table.RuneWidth(r)
		}
		if n > width || len(got.carets) > width+1 {
			t.Fatalf("%d columns, %d of carets, want at most %d: %q", n, len(got.carets), width, got.text)
		}
	})
}

func TestExcerptRanges(t *testing.T) {
	text := "one\n  two\nthree\nfour\nfive\nsix\nseven\neight\n"
	s := newSources(func(string) ([]byte, error) { return []byte(text), nil })
	for _, tt := range []struct {
		name string
		at   lint.Location
		want string
	}{
		{"no columns", at("x", 2, 0, 0, 0), "2|  two\n |  ^^^\n"},
		{"point", at("x", 2, 4, 0, 0), "2|  two\n |   ^\n"},
		{"two lines", at("x", 2, 4, 3, 3), "2|  two\n |   ^^\n3|three\n |^^\n"},
		{"ends before a line", at("x", 1, 2, 2, 1), "1|one\n | ^^\n"},
		{"ends before a later line", at("x", 1, 2, 3, 1), "1|one\n | ^^\n2|  two\n |  ^^^\n"},
		{"many lines", at("x", 1, 1, 8, 3), "1|one\n |^^^\n2|  two\n3|three\n…|\n6|six\n7|seven\n8|eight\n |^^\n"},
		{"behind the end", at("x", 99, 1, 99, 2), ""},
		{"end behind the end", at("x", 8, 1, 99, 2), "8|eight\n |^^^^^\n"},
		{"in a member", lint.Location{Path: "x", Member: []string{"m"}, Line: 1}, ""},
		{"standard input", at("-", 1, 1, 1, 2), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			for _, r := range s.excerpt(tt.at, inkNote).rows {
				b.WriteString(table.Pad(r.label, 1) + "|" + r.text + "\n")
			}
			if b.String() != tt.want {
				t.Errorf("got\n%swant\n%s", b.String(), tt.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	text := "a\nb\r\nc\rd"
	for _, tt := range []struct {
		path string
		want []string
	}{{"x.py", []string{"a", "b", "c", "d"}}, {"x.go", []string{"a", "b", "c\rd"}}} {
		s := newSources(func(string) ([]byte, error) { return []byte(text), nil })
		f := s.file(at(tt.path, 1, 1, 1, 1))
		for i, want := range tt.want {
			if got, ok := f.line(i + 1); !ok || string(got) != want {
				t.Errorf("%s line %d: %q, %v, want %q", tt.path, i+1, got, ok, want)
			}
		}
		if _, ok := f.line(len(tt.want) + 1); ok {
			t.Errorf("%s has more than %d lines", tt.path, len(tt.want))
		}
	}
}

func TestSourcesAreReadOnce(t *testing.T) {
	reads := 0
	s := newSources(func(string) ([]byte, error) { reads++; return []byte("x\n"), nil })
	for range 3 {
		s.file(at("x.py", 1, 1, 1, 1))
	}
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
}

func TestLongTraceIsCutAroundItsMark(t *testing.T) {
	m := &lint.Finding{Rule: "PKL101", Severity: lint.Error, Location: blobAt(100, "x")}
	for i := range 200 {
		m.Trace = append(m.Trace, lint.Step{Location: blobAt(int64(i), "x"), Text: "OP", Mark: i == 100})
	}
	short := (&text{}).traceRows(m)
	if len(short) != mostSteps+2 || !strings.Contains(strings.Join(short, "\n"), "> 0x64  OP") {
		t.Errorf("%d rows:\n%s", len(short), strings.Join(short, "\n"))
	}
	if all := (&text{verbose: true}).traceRows(m); len(all) != 200 {
		t.Errorf("%d rows with -v", len(all))
	}
}

func BenchmarkMarkedLine(b *testing.B) {
	line := []byte("\tresult = pickle.load(handle)  # 模型 " + strings.Repeat("x", 200))
	b.ReportAllocs()
	for b.Loop() {
		markedLine(line, 10, 29, 90)
	}
}
