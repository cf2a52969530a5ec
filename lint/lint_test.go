package lint

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"plain text":            "plain text",
		`C:\dir`:                `C:\dir`,
		"a\x1b[31mred":          `a\x1b[31mred`,
		"a\\b\x1b":              `a\\b\x1b`,
		"\u009b31m":             `\x9b31m`,
		"\x9b31m":               `\x9b31m`,
		"rtl\u202etxt":          `rtl\u202etxt`,
		"zero\u200bwidth":       `zero\u200bwidth`,
		"two\nlines\r\t":        `two\nlines\r\t`,
		"\U000e0041tag":         `\U000e0041tag`,
		"möd.föo":               "möd.föo",
		"\ufffd":                "\ufffd",
		"no-break\u00a0space":   `no-break\xa0space`,
		"line\u2028separator":   `line\u2028separator`,
		"\x7f":                  `\x7f`,
		"nul\x00":               `nul\x00`,
		"private\ue000":         `private\ue000`,
		"surrogate\xed\xa0\x80": `surrogate\xed\xa0\x80`,
	} {
		if got := Printable(in); got != want {
			t.Errorf("Printable(%q) = %s, want %s", in, got, want)
		}
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("a\x1b\u202e\x9b\\")
	f.Fuzz(func(t *testing.T, s string) {
		got := Printable(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q: not UTF-8", s)
		}
		for _, r := range got {
			if !PrintableRune(r) {
				t.Fatalf("%q: %U left in %q", s, r, got)
			}
		}
		if Printable(got) != got {
			t.Fatalf("%q: not stable", s)
		}
	})
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{{"short", 5, "short"}, {"longer text", 6, "lon…"}, {"ééé", 5, "é…"}, {"abc", 2, ""}} {
		if got := Shorten(tt.in, tt.n); got != tt.want || len(got) > tt.n {
			t.Errorf("Shorten(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

func TestFingerprints(t *testing.T) {
	var a, b Fingerprints
	key := Key{Rule: "PKL201", Place: "x.py", API: "pickle.load", Function: "f", Statement: "pickle.load(fh)"}
	moved := key
	moved.Place = "y.py"
	first := a.Of(key)
	again := a.Of(key)
	if again == first {
		t.Error("two equal findings share a fingerprint")
	}
	if other := b.Of(key); other != first {
		t.Error("the same finding of another run has another fingerprint")
	}
	if b.Of(Key{API: "ab", Function: "c"}) == b.Of(Key{API: "a", Function: "bc"}) {
		t.Error("parts run into each other")
	}
	if !IsFingerprint(string(first)) || IsFingerprint(string(first[1:])) || IsFingerprint(strings.ToUpper(string(first))) {
		t.Errorf("the form of %q is not told", first)
	}
	// What was in a file that was renamed is told by the rest, the second of equals too.
	var c Fingerprints
	if there := c.Of(moved); there == first || there.Rest() != first.Rest() || first.At("y.py") != there {
		t.Errorf("%q became %q in another file", first, there)
	}
	if there := c.Of(moved); there.Rest() != again.Rest() || there != again.At("y.py") || there.Same() != first.At("y.py") {
		t.Errorf("the second, %q, became %q in another file", again, there)
	}
	if more := c.Again(first); more != first {
		t.Errorf("%q became %q without another one", first, more)
	}
	if more := c.Again(again); more != again || more.At("x.py") != more {
		t.Errorf("%q became %q", again, more)
	}
	if more := c.Again(first, "shell"); more.Same() == first.Same() || more.At("x.py") != more {
		t.Errorf("%q became %q", first, more)
	}
}

// Where in its container a member lies is no part of its identity.
func TestPlaceOf(t *testing.T) {
	for _, tt := range []struct {
		path   string
		member []string
		want   string
	}{
		{"a.py", nil, "a.py"},
		{"a.zip", []string{"b.pkl", "at 12"}, "a.zip/b.pkl/at …"},
		{"a.py", []string{"base64 at 95"}, "a.py/base64 at …"},
		{"a.pkl", []string{"bytes at 0x1f"}, "a.pkl/bytes at …"},
		{"a.zip", []string{"hat 12", "at 12/x"}, "a.zip/hat 12/at 12/x"},
	} {
		if got := PlaceOf(tt.path, tt.member); got != tt.want {
			t.Errorf("PlaceOf(%q, %q) = %q, want %q", tt.path, tt.member, got, tt.want)
		}
	}
}

func TestSeverityWords(t *testing.T) {
	for s := Note; s <= Error; s++ {
		back, err := ParseSeverity(s.String())
		if err != nil || back != s {
			t.Errorf("%v: %v, %v", s, back, err)
		}
	}
	if _, err := ParseSeverity("critical"); err == nil {
		t.Error("an unknown word is a severity")
	}
	if _, err := Severity(0).MarshalText(); err == nil {
		t.Error("severity 0 has a word")
	}
}

// recorder writes every message down as JSON, which is what Replay reads.
type recorder struct{ bytes.Buffer }

func (r *recorder) put(m Message) error {
	text, err := json.Marshal(m)
	r.Write(append(text, '\n'))
	return err
}
func (r *recorder) Config(m *Config) error     { return r.put(Message{Config: m}) }
func (r *recorder) Progress(m *Progress) error { return r.put(Message{Progress: m}) }
func (r *recorder) Site(m *Site) error         { return r.put(Message{Site: m}) }
func (r *recorder) Blob(m *Blob) error         { return r.put(Message{Blob: m}) }
func (r *recorder) Skip(m *Skip) error         { return r.put(Message{Skip: m}) }
func (r *recorder) Finding(m *Finding) error   { return r.put(Message{Finding: m}) }
func (r *recorder) Summary(m *Summary) error   { return r.put(Message{Summary: m}) }

func TestReplayIsLossless(t *testing.T) {
	messages := []Message{
		{Config: &Config{Tool: "pickle-lint", FailOn: Warning, Args: []string{"./..."}}},
		{Progress: &Progress{Message: "walking", Files: 1, Total: 2, Bytes: 3, Findings: 4}},
		{Site: &Site{Location: Location{Path: "a.py", Line: 3}, API: "pickle.load", Justification: &Justification{Boundary: "host", Line: 2}}},
		{Blob: &Blob{Path: "c.pt", Member: []string{"data.pkl"}, Size: 9, Pickles: 1, Ops: 5, Protocols: []int{2}, Globals: map[string]int{"allowed": 1}, Loaders: []string{"py"}}},
		{Skip: &Skip{Location: Location{Path: "b"}, Reason: "unreadable", Excluded: true}},
		{Finding: &Finding{
			Rule: "PKL101", Severity: Error, Message: "calls os.system('id')", Fingerprint: "f", CWE: 502,
			Location: Location{Path: "c.pt", Member: []string{"data.pkl"}, Offset: 7}, Trace: []Step{{Text: "REDUCE", Mark: true}}, Suppressed: true,
		}},
		{Summary: &Summary{Blobs: 1, Errors: 1}},
	}
	var first, second recorder
	for _, m := range messages {
		if err := m.Dispatch(Tee(&first)); err != nil {
			t.Fatal(err)
		}
	}
	if err := Replay(bytes.NewReader(first.Bytes()), &second); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() || strings.Count(first.String(), "\n") != len(messages) {
		t.Errorf("replay changed the stream:\n%s\n%s", first.String(), second.String())
	}
}

// A handler that has no place for blobs gets none, also behind a Tee.
func TestBlobsAreOptional(t *testing.T) {
	var all recorder
	plain := struct{ Handler }{&all}
	for _, h := range []Handler{plain, Tee(plain, plain)} {
		if err := (&Message{Blob: &Blob{Path: "x"}}).Dispatch(h); err != nil || all.Len() > 0 {
			t.Errorf("%v, %s", err, all.String())
		}
	}
	if err := HandBlob(Tee(plain, &all), &Blob{Path: "x"}); err != nil || all.String() != "{\"blob\":{\"path\":\"x\",\"pickles\":0}}\n" {
		t.Errorf("%v, %s", err, all.String())
	}
}

func TestReplayRefuses(t *testing.T) {
	for _, text := range []string{
		`{}`, `{"summary":{},"config":{"fail_on":"error"}}`, `{"unknown":{}}`, `{"summary":{"unknown":1}}`, `[`, `{"finding":{"severity":"loud"}}`,
	} {
		if err := Replay(strings.NewReader(text+"\n"), &recorder{}); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

const goodPage = `# some-rule

Says something.

## What it does

It does.

## Why is this bad

It is.

## Example

` + "```python want=x\nimport pickle\n```" + `

## Use instead

Nothing.
`

func TestParsePage(t *testing.T) {
	p, err := ParsePage(goodPage)
	if err != nil {
		t.Fatal(err)
	}
	example := p.Section("Example").Examples[0]
	if p.Title != "some-rule" || p.Summary != "Says something." || example.Lang != "python" ||
		example.Attrs[0] != "want=x" || example.Code != "import pickle\n" || example.Line != 16 {
		t.Errorf("parsed: %+v", p)
	}
	for name, edit := range map[string][2]string{
		"no title":       {"# some-rule\n", ""},
		"second title":   {"It does.", "# again"},
		"no summary":     {"Says something.", ""},
		"section gone":   {"## Why is this bad", "text"},
		"sections moved": {"## Why is this bad", "## Example"},
		"open fence":     {"import pickle\n```", "import pickle"},
		"bare fence":     {"```python want=x", "```"},
		"no example":     {"```python want=x\nimport pickle\n```", ""},
	} {
		text := strings.Replace(goodPage, edit[0], edit[1], 1)
		if text == goodPage {
			t.Fatalf("%s: nothing edited", name)
		}
		if _, err := ParsePage(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestNewRuleRefuses(t *testing.T) {
	good := Rule{ID: "PKL101", Name: "some-rule", Severity: Error, Precision: "high", Since: "0.1.0"}
	for name, edit := range map[string]func(*Rule){
		"id":        func(r *Rule) { r.ID = "PKL1" },
		"family":    func(r *Rule) { r.ID = "PKL701" },
		"name":      func(r *Rule) { r.Name = "Some Rule" },
		"severity":  func(r *Rule) { r.Severity = 0 },
		"precision": func(r *Rule) { r.Precision = "good" },
		"since":     func(r *Rule) { r.Since = "soon" },
		"score":     func(r *Rule) { r.SecuritySeverity = 11 },
		"title":     func(r *Rule) { r.Name = "other-rule" },
	} {
		r := good
		edit(&r)
		if !panics(func() { NewRule(r, goodPage) }) {
			t.Errorf("%s: no panic", name)
		}
	}
	r := NewRule(good, goodPage)
	if f := r.Finding(Location{Path: "p"}, "calls %s", "x\x1b"); f.Message != `calls x\x1b` || f.Rule != "PKL101" || f.Severity != Error {
		t.Errorf("finding: %+v", f)
	}
	other := *r
	other.ID = "PKL102"
	if !panics(func() { SortRules([]*Rule{r, r}) }) || !panics(func() { SortRules([]*Rule{r, &other}) }) {
		t.Error("SortRules takes duplicates")
	}
}

func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}

func TestIsTest(t *testing.T) {
	for file, want := range map[string]bool{
		"test_a.py": true, `x\test_a.py`: true, "x/a_test.py": true, "conftest.py": true, "x/tests.py": true, "x/a_test.go": true,
		"tests/a.py": false, "latest.py": false, "contest.py": false, "attest.go": false, "": false,
	} {
		if IsTest(file) != want {
			t.Errorf("%q: want %v", file, want)
		}
	}
}
