package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
)

func TestGolden(t *testing.T) {
	for _, tt := range []struct {
		name, format string
		change       func(*Options)
	}{
		{"run.txt", "text", func(*Options) {}},
		{"run-verbose.txt", "text", func(o *Options) { o.Verbose = true }},
		{"run-color.txt", "text", func(o *Options) { o.Color = true }},
		{"run-nosource.txt", "text", func(o *Options) { o.Source = nil }},
		{"run.jsonl", "json", func(*Options) {}},
		{"run.sarif", "sarif", func(*Options) {}},
		{"run.github", "github", func(*Options) {}},
		{"run.gitlab.json", "gitlab", func(*Options) {}},
		{"run.junit.xml", "junit", func(*Options) {}},
		{"run-suppressed.sarif", "sarif", func(o *Options) { o.SarifSuppressed = SarifInclude }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			opt := testOptions()
			tt.change(&opt)
			golden(t, tt.name, render(t, tt.format, opt, fixture()))
		})
	}
}

// A run that found nothing still says so, in every format.
func TestGoldenEmpty(t *testing.T) {
	empty := []lint.Message{{Config: &lint.Config{Tool: "pickle-lint", Version: "(devel)"}}, {Summary: &lint.Summary{}}}
	golden(t, "empty.sarif", render(t, "sarif", Options{}, empty))
	if got := string(render(t, "text", Options{}, empty)); got != "no findings (looked at nothing)\n" {
		t.Errorf("text of an empty run: %q", got)
	}
	// What was left out may be all there was.
	empty[1].Summary.Excluded = 2
	if got := string(render(t, "text", Options{}, empty)); got != "no findings; 2 left out (looked at nothing)\n" {
		t.Errorf("text of a run that left out all: %q", got)
	}
}

func TestNewRefuses(t *testing.T) {
	_, err := New("yaml", io.Discard, Options{})
	if err == nil {
		t.Fatal("yaml is a format")
	}
	for _, name := range append(Formats(), "yaml") {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not name %s", err, name)
		}
	}
	if _, err := New("text", io.Discard, Options{SarifSuppressed: "maybe"}); err == nil {
		t.Error("an unknown word for suppressed findings is taken")
	}
	for _, name := range Formats() {
		if _, err := New(name, io.Discard, Options{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrorsAreReported(t *testing.T) {
	for _, name := range Formats() {
		h, err := New(name, fullDisk{}, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		var got error
		for _, m := range fixture() {
			got = errors.Join(got, m.Dispatch(h))
		}
		if !errors.Is(got, errFull) {
			t.Errorf("%s: %v, want %v", name, got, errFull)
		}
	}
}

// A recorded run replayed into a format gives what the run itself would have.
func TestReplay(t *testing.T) {
	for _, messages := range [][]lint.Message{fixture(), hostile()} {
		recorded := render(t, "json", Options{}, messages)
		for _, format := range Formats() {
			if format == "sarif" && messages[0].Config.Tool != "pickle-lint" {
				continue // its URIs keep bytes that JSON cannot carry
			}
			opt := testOptions()
			opt.Verbose = true
			var b bytes.Buffer
			h, err := New(format, &b, opt)
			if err != nil {
				t.Fatal(err)
			}
			if err := lint.Replay(bytes.NewReader(recorded), h); err != nil {
				t.Fatal(err)
			}
			if want := render(t, format, opt, messages); !bytes.Equal(b.Bytes(), want) {
				t.Errorf("%s differs when replayed:\n%s\nwant:\n%s", format, b.Bytes(), want)
			}
		}
	}
}

func TestReplayOfNeverFail(t *testing.T) {
	text := render(t, "json", Options{}, []lint.Message{{Config: &lint.Config{Tool: "t", Args: []string{}}}})
	if bytes.Contains(text, []byte("fail_on")) {
		t.Errorf("severity 0 has a word: %s", text)
	}
	h, err := New("text", io.Discard, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := lint.Replay(bytes.NewReader(text), h); err != nil {
		t.Error(err)
	}
}

func TestJSONHasOneKeyALine(t *testing.T) {
	lines := bytes.Split(bytes.TrimSuffix(render(t, "json", Options{}, fixture()), []byte("\n")), []byte("\n"))
	if len(lines) != len(fixture()) {
		t.Fatalf("%d lines for %d messages", len(lines), len(fixture()))
	}
	var keys []string
	for _, line := range lines {
		var m map[string]json.RawMessage
		if err := json.Unmarshal(line, &m); err != nil || len(m) != 1 {
			t.Fatalf("%v, %d keys: %s", err, len(m), line)
		}
		for k := range m {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	if got := strings.Join(slices.Compact(keys), " "); got != "config finding progress site skip summary" {
		t.Errorf("keys: %s", got)
	}
}

// bad is every way in which a name can try to be more than a name.
const bad = "a\x1b[31m\x1b]0;t\a\u009b2J\u202etxt.\u2066x\u200b\r\nEOF\x00\x7f\x9b\xff\U000e0041[a](http://x)\u2028</script><!--]]>\"'&%0A::error::,"

// hostile is a run whose every string was chosen by an attacker.
func hostile() []lint.Message {
	where := lint.Location{Path: "dir/" + bad, Member: []string{"m/" + bad, "n" + bad}, Offset: 5}
	line := lint.Location{Path: bad + ".py", Line: 1, Column: 2, EndLine: 1, EndColumn: 4}
	j := &lint.Justification{Boundary: "b\x1b", Reason: "r\u202e", VerifiedBy: "v\x1b", Owner: "o\u009b", Expires: "e\x1b", Ticket: "t\x1b", Line: 1}
	return []lint.Message{
		{Config: &lint.Config{Tool: "t\x1b", Version: "v\x1b", Root: "/r\x1b", Args: []string{"a\x1b"}, FailOn: lint.Note}},
		{Progress: &lint.Progress{Message: "p\x1b"}},
		{Site: &lint.Site{Location: line, API: "x\x1b", Argument: bad, Justification: j}},
		{Finding: &lint.Finding{
			Rule: "PKL101", Name: "n\x1b", Severity: lint.Error, Message: bad, Location: where, Callable: bad,
			Trace: []lint.Step{{Location: where, Text: bad, Mark: true}, {Location: line, Text: bad}}, Fingerprint: "f",
		}},
		{Finding: &lint.Finding{Rule: "PKL2\u202e", Name: "n", Severity: lint.Note, Message: bad, Location: line, Justification: j, Suppressed: true,
			Trace: []lint.Step{{Location: line, Text: bad, Mark: true}}}},
		{Skip: &lint.Skip{Location: where, Reason: bad}},
		{Skip: &lint.Skip{Location: lint.Location{Path: bad}, Reason: bad, Excluded: true}},
		{Summary: &lint.Summary{}},
	}
}

func TestHostileNames(t *testing.T) {
	for _, format := range Formats() {
		opt := testOptions()
		opt.Verbose, opt.SarifSuppressed = true, SarifInclude
		opt.Source = func(string) ([]byte, error) { return []byte(bad), nil }
		out := render(t, format, opt, hostile())
		if !utf8.Valid(out) {
			t.Errorf("%s: not UTF-8", format)
		}
		for i, r := range string(out) {
			if r != '\n' && !lint.PrintableRune(r) {
				t.Fatalf("%s: %U at %d: …%q…", format, r, i, out[max(0, i-40):min(len(out), i+40)])
			}
		}
		if format != "text" {
			continue
		}
		// No line that an attacker wrote begins a line of ours.
		for line := range strings.Lines(string(out)) {
			if strings.HasPrefix(line, "EOF") {
				t.Errorf("text: a line of foreign making: %q", line)
			}
		}
	}
}

func TestColorOnlyWhenAsked(t *testing.T) {
	opt := testOptions()
	opt.Verbose = true
	if out := render(t, "text", opt, fixture()); bytes.Contains(out, []byte{0x1b}) {
		t.Error("an escape sequence without colour")
	}
	opt.Color = true
	colored := render(t, "text", opt, fixture())
	if !bytes.Contains(colored, []byte("\x1b[1;31m")) {
		t.Error("no red with colour")
	}
	for _, format := range []string{"json", "sarif"} {
		if bytes.Contains(render(t, format, opt, fixture()), []byte{0x1b}) {
			t.Errorf("%s: an escape sequence", format)
		}
	}
	// Without its colours it is the same text, so nothing is said by colour alone.
	opt.Color = false
	if got := stripSGR(string(colored)); got != string(render(t, "text", opt, fixture())) {
		t.Errorf("colour changes the text:\n%s", got)
	}
}

// stripSGR removes the sequences that style writes.
func stripSGR(s string) string {
	for _, param := range append(slices.Clone(inks[:]), "0") {
		s = strings.ReplaceAll(s, "\x1b["+param+"m", "")
	}
	return s
}

func FuzzText(f *testing.F) {
	f.Add(bad, bad, 3, 9)
	f.Add("x\ty\n", "m", 1, 2)
	f.Fuzz(func(t *testing.T, source, name string, from, to int) {
		opt := testOptions()
		opt.Source = func(string) ([]byte, error) { return []byte(source), nil }
		messages := []lint.Message{
			{Finding: &lint.Finding{Rule: "PKL201", Name: name, Severity: lint.Note, Message: name,
				Location: at(name, 1+from&3, from, 1+to&7, to), Trace: []lint.Step{{Text: source}}}},
			{Summary: &lint.Summary{}},
		}
		for _, format := range Formats() {
			out := render(t, format, opt, messages)
			for _, r := range string(out) {
				if r != '\n' && !lint.PrintableRune(r) {
					t.Fatalf("%s: %U in %q", format, r, out)
				}
			}
		}
	})
}
