package justify

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// A claim is told some days before it expires, and is in order until then.
func TestExpiry(t *testing.T) {
	for expires, want := range map[string]string{
		"2026-10-31": "PKL906 expired on 2026-10-31, 1 day ago",
		"2026-11-01": "PKL911 expires on 2026-11-01: today is its last day",
		"2026-11-02": "PKL911 expires on 2026-11-02, in 1 day",
		"2026-12-01": "PKL911 expires on 2026-12-01, in 30 days",
		"2026-12-02": "",
		"9999-12-31": "",
	} {
		f := NewFile(DefaultPolicy(testDay), []Comment{comment(1, `//picklelint:trust boundary=host reason="written by this binary only" expires=`+expires)})
		claim := f.Cover(lines(2, 2))
		var told []string
		for _, found := range f.Findings() {
			told = append(told, found.Rule+" "+found.Message)
		}
		got := strings.Join(told, ", ")
		if got != want || claim.Suppresses != !strings.HasPrefix(want, "PKL906") {
			t.Errorf("%s: %q, want %q; suppresses: %v", expires, got, want, claim.Suppresses)
		}
	}
}

// What nobody needs to think about can be mended by a program.
func TestRemedies(t *testing.T) {
	const right = ` boundary=host reason="written by this binary only"`
	for _, tt := range []struct {
		line int
		text string
		want Remedy
	}{
		{50, "//picklelint:trust" + right, Remove},
		{50, "//picklelint:trust boundary=host", ByHand}, // not in order: its author meant something
		{8, "//picklelint:trust" + right, ByHand},        // a site is near
		{9, "// picklelint:trust" + right, Respace},
		{9, "// picklelint:trust boundary=host =", ByHand}, // would not be right without the blank
		{9, "/* picklelint:trust */", ByHand},
		{9, "// picklelint:trust boundary=host", ByHand}, // would have no reason
		{50, "# picklelint:trust" + right + " # noqa: E501", ByHand},
		{50, "# noqa: E501 # picklelint:trust" + right, ByHand},
		{50, "# picklelint:trust" + right + " # as before", Remove},
		{50, "// picklelint: trust" + right, Respace}, // and dead, once it is right
		{9, "//picklelint:trust" + right + " expires=2026-11-02", ByHand},
	} {
		f := NewFile(DefaultPolicy(testDay), []Comment{comment(tt.line, tt.text)})
		f.Cover(Statement{ID: 1, First: 10, Last: 10, Leads: true})
		problems := f.Problems()
		if len(problems) == 0 {
			t.Errorf("%s: nothing is wrong", tt.text)
		}
		for _, p := range problems {
			if p.Remedy != tt.want && p.Rule != DeadJustification.ID || p.Remedy != tt.want && tt.want != Respace {
				t.Errorf("%s: %s: remedy %v, want %v", tt.text, p.Message, p.Remedy, tt.want)
			}
		}
	}
	f := NewFile(DefaultPolicy(testDay), []Comment{comment(9, "//picklelint:trust"+right)})
	f.Pointless(Statement{ID: 1, First: 10, Last: 10, Leads: true}, "data only")
	if p := f.Problems(); len(p) != 1 || p[0].Remedy != Remove {
		t.Errorf("safe in itself: %+v", p)
	}
}

// A mark that names this linter silences a whole function or file for the tool that reads
// it, so that it is told wherever it stands above a site.
func TestForeignMarksThatNameUs(t *testing.T) {
	for text, want := range map[string]bool{
		"//nolint:picklelint": true, "// nolint:errcheck,picklelint // why": true, "//lint:file-ignore PKL301 old": true, "//lint:ignore PKL301,SA1019 old": true,
		"//lint:ignore PKL* old": true, "//nolint:pickle-lint": true,
		"//nolint:gosec": false, "//nolint": false, "//lint:file-ignore SA1019 old": false, "//nolint:picklelinter": false, "# noqa: PKL201": false,
	} {
		f := NewFile(DefaultPolicy(testDay), []Comment{comment(2, text)})
		f.Cover(lines(20, 20))
		found := f.Findings()
		if is := len(found) == 1 && found[0].Rule == ForeignSuppression.ID && found[0].Line == 2; is != want || len(found) > 1 {
			t.Errorf("%q: reported = %v", text, is)
		}
		// Without a site, or with a claim at each, it hides nothing.
		claim := comment(19, `//picklelint:trust boundary=host reason="written by this binary only"`)
		f = NewFile(DefaultPolicy(testDay), []Comment{comment(2, text), claim})
		f.Cover(lines(20, 20))
		if found := f.Findings(); len(found) > 0 {
			t.Errorf("%q above a claim: %s", text, found[0].Message)
		}
	}
}

func TestRespace(t *testing.T) {
	const right = ` boundary=host reason="written by this  binary = only" owner=storage`
	for text, want := range map[string]string{
		"// picklelint:trust" + right:                                        "//picklelint:trust" + right,
		"//\t picklelint: trust" + right:                                     "//picklelint:trust" + right,
		"# picklelint: trust" + right:                                        "# picklelint:trust" + right,
		"#picklelint :\ttrust" + right + " # why":                            "#picklelint:trust" + right + " # why",
		`# picklelint:trust boundary = host  reason= "some = reason" `:       `# picklelint:trust boundary=host  reason="some = reason" `,
		"# picklelint:trust\u00a0boundary=host reason=\"some \u00a0reason\"": "# picklelint:trust boundary=host reason=\"some \u00a0reason\"",
		"# picklelint:trust boundary=host\u200b reason=\"some reason\"":      "# picklelint:trust boundary=host reason=\"some reason\"",
		"# picklelint:\u00a0verifier":                                        "# picklelint:verifier",
		"# picklelint:trust" + right:                                         "", // nothing is wrong
		"# picklelint: trust boundary=host":                                  "",
		"# picklelint: trust boundary host reason = \"some reason\"":         "",
		"# picklelint:trust boundary=host reason=some reason":                "",
		"# picklelint: trust boundary=host reason=\"some reason":             "",
		"# picklelint: ":                "",
		"# picklelint: trust boundary=": "",
	} {
		c := comment(9, text)
		c.OnFunction = true
		f := NewFile(DefaultPolicy(testDay), []Comment{c})
		f.Cover(Statement{ID: 1, First: 10, Last: 10, Leads: true})
		got := ""
		for _, p := range f.Problems() {
			if p.Rule == DeadJustification.ID {
				continue
			}
			src := []byte("x = 1\n" + text + "\n")
			if _, edits := p.Mend(src, 6, 6+len(text)); edits != nil {
				out, err := lint.Apply(src, edits)
				if err != nil {
					t.Errorf("%q: %v", text, err)
				}
				got = strings.TrimSuffix(strings.TrimPrefix(string(out), "x = 1\n"), "\n")
			}
		}
		if got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// What is removed is a line where there is nothing else on it, however lines end.
func TestRemoved(t *testing.T) {
	for src, want := range map[string]string{
		"a\n  #x\nb":   "a\nb",
		"a\r\n#x\r\nb": "a\r\nb",
		"a\r\t#x\rb":   "a\rb",
		"a  #x\nb":     "a\nb",
		"#x\nb":        "b",
		"a\n#x":        "a\n",
	} {
		at := strings.Index(src, "#x")
		_, edits := Problem{Remedy: Remove}.Mend([]byte(src), at, at+2)
		if out, err := lint.Apply([]byte(src), edits); string(out) != want || err != nil {
			t.Errorf("%q: %q, want %q, %v", src, out, want, err)
		}
	}
}

func TestNewLine(t *testing.T) {
	for src, want := range map[string]string{"": "\n", "a": "\n", "a\nb\r\n": "\n", "a\r\nb\n": "\r\n", "a\rb": "\r"} {
		if got := NewLine([]byte(src)); got != want {
			t.Errorf("%q: %q", src, got)
		}
	}
}
