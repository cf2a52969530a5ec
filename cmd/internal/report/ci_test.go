package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// many is a run with n findings of each severity, the quietest first.
func many(n int) []lint.Message {
	messages := []lint.Message{{Config: &lint.Config{Tool: "pickle-lint", FailOn: lint.Warning}}}
	for _, r := range []*lint.Rule{classRule, loadRule, blobRule} {
		for i := range n {
			messages = append(messages, lint.Message{Finding: r.Finding(at(fmt.Sprintf("f%d.py", i), 1, 1, 1, 2), "found %d", i)})
		}
	}
	return append(messages, lint.Message{Summary: &lint.Summary{Errors: n, Warnings: n, Notes: n}})
}

func TestGitHubCommands(t *testing.T) {
	messages := []lint.Message{
		{Finding: loadRule.Finding(at("a,b:c%.py", 2, 1, 2, 5), "100%%: ::error::, really")},
		{Finding: loadRule.Finding(at("two.py", 2, 1, 3, 5), "spans lines")},
		{Finding: blobRule.Finding(blobAt(9, "x.zip", "data.pkl"), "calls posix.system.")},
		{Finding: blobRule.Finding(blobAt(9, "-"), "standard input")},
		{Skip: &lint.Skip{Location: lint.Location{Path: "../out.py"}, Reason: "syntax error"}},
		{Summary: &lint.Summary{Errors: 2, Warnings: 2, Skips: 1, Files: 4}},
	}
	opt := Options{Repository: "/src", Root: "/src/sub/dir", Source: func(string) ([]byte, error) { return []byte("import pickle\n\"😀\" #\nx\n"), nil }}
	messages[0].Finding.Column, messages[0].Finding.EndColumn = 7, 8
	want := `::error file=sub/dir/x.zip,title=PKL101 dangerous-global::calls posix.system. At offset 0x9 of data.pkl.
::error title=PKL101 dangerous-global::standard input. At offset 0x9.
::warning file=sub/dir/a%2Cb%3Ac%25.py,line=2,endLine=2,col=5,endColumn=6,title=PKL201 unjustified-load::100%25: ::error::, really
::warning file=sub/dir/two.py,line=2,endLine=3,title=PKL201 unjustified-load::spans lines
::warning file=sub/out.py,title=not looked at::../out.py: syntax error
::notice title=pickle-lint::2 errors, 2 warnings; 1 skipped (looked at 4 files)
`
	if got := string(render(t, "github", opt, messages)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// The loudest come first, and the counts are among what GitHub shows.
func TestGitHubOfMany(t *testing.T) {
	for _, n := range []int{9, 10, 30} {
		lines := strings.Split(strings.TrimSpace(string(render(t, "github", Options{}, many(n)))), "\n")
		if len(lines) != 3*n+1 {
			t.Fatalf("%d lines for %d findings", len(lines), 3*n)
		}
		var kinds []string
		notices, counts := 0, 0
		for i, line := range lines {
			kind, _, _ := strings.Cut(strings.TrimPrefix(line, "::"), " ")
			if i == 0 || kinds[len(kinds)-1] != kind {
				kinds = append(kinds, kind)
			}
			if kind == "notice" {
				notices++
			}
			if strings.Contains(line, "title=pickle-lint::") {
				counts = notices
				if told := strings.Contains(line, "GitHub shows the first 10"); told != (n > 10) {
					t.Errorf("%d of each kind: %s", n, line)
				}
			}
		}
		if strings.Join(kinds, " ") != "error warning notice" || counts == 0 || counts > mostAnnotations {
			t.Errorf("kinds %v, the counts are notice %d", kinds, counts)
		}
	}
}

// Equal fingerprints would be one entry to GitLab.
func TestGitLabFingerprints(t *testing.T) {
	messages := append(many(3), many(3)...)
	messages = append(messages, fixture()...)
	var entries []gitlabEntry
	messages[len(messages)-1].Summary = nil
	h, out := newGitLab(nil, Options{}).(*gitlab), new(bytes.Buffer)
	h.w = out
	for _, m := range messages[:len(messages)-1] {
		if m.Summary == nil {
			if err := m.Dispatch(h); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := h.Summary(nil); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &entries); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, e := range entries {
		if seen[e.Fingerprint] || e.Fingerprint == "" {
			t.Errorf("fingerprint %q again", e.Fingerprint)
		}
		seen[e.Fingerprint] = true
	}
	if len(entries) < 2*3*3 {
		t.Errorf("%d entries", len(entries))
	}
}

// Nobody can say "no report" of a run that found nothing.
func TestEmptyForCI(t *testing.T) {
	empty := []lint.Message{{Config: &lint.Config{}}, {Summary: &lint.Summary{Files: 3}}}
	if got := string(render(t, "gitlab", Options{}, empty)); got != "[]\n" {
		t.Errorf("GitLab: %q", got)
	}
	if got := string(render(t, "github", Options{}, empty)); got != "::notice title=pickle-lint::no findings (looked at 3 files)\n" {
		t.Errorf("GitHub: %q", got)
	}
	all := readJUnit(t, render(t, "junit", Options{}, empty))
	if all.Tests != 1 || all.Failures+all.Errors+all.Skipped != 0 || all.Suites[0].Cases[0].Name == "" {
		t.Errorf("JUnit: %+v", all)
	}
}

// readJUnit reads strictly and checks that the counts are those of the cases.
func readJUnit(t *testing.T, text []byte) *junitSuites {
	t.Helper()
	all := new(junitSuites)
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = true
	if err := dec.Decode(all); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if _, err := dec.Token(); err != io.EOF { //nolint:errorlint // the decoder returns it bare
		if _, err = dec.Token(); err != io.EOF { //nolint:errorlint // likewise
			t.Errorf("more than one element: %v", err)
		}
	}
	var sum junitSuites
	for _, s := range all.Suites {
		again := new(junitSuite)
		for _, c := range s.Cases {
			again.add(c)
		}
		if again.Tests != s.Tests || again.Failures != s.Failures || again.Errors != s.Errors || again.Skipped != s.Skipped {
			t.Errorf("suite %s counts %+v", s.Name, s)
		}
		sum.Tests, sum.Failures, sum.Errors, sum.Skipped = sum.Tests+s.Tests, sum.Failures+s.Failures, sum.Errors+s.Errors, sum.Skipped+s.Skipped
	}
	if sum.Tests != all.Tests || sum.Failures != all.Failures || sum.Errors != all.Errors || sum.Skipped != all.Skipped {
		t.Errorf("counts %+v, want %+v", all, sum)
	}
	return all
}

// What fails a run fails a case, and nothing else does.
func TestJUnitOutcomes(t *testing.T) {
	for failOn, want := range map[lint.Severity][4]int{
		lint.Warning: {12, 8, 2, 1}, lint.Error: {12, 1, 2, 1}, lint.Note: {12, 9, 2, 1}, 0: {12, 0, 2, 1},
	} {
		messages := fixture()
		messages[0].Config.FailOn = failOn
		all := readJUnit(t, render(t, "junit", testOptions(), messages))
		if got := [4]int{all.Tests, all.Failures, all.Errors, all.Skipped}; got != want {
			t.Errorf("fail on %v: %v, want %v", failOn, got, want)
		}
	}
}

func TestJUnitOfHostileNames(t *testing.T) {
	opt := testOptions()
	opt.Source = func(string) ([]byte, error) { return []byte(bad), nil }
	text := render(t, "junit", opt, hostile())
	readJUnit(t, text)
	// XML 1.0 has no way at all to write most control characters.
	for _, r := range string(text) {
		if r != '\n' && (r < ' ' || r == '\ufffe' || r == '\uffff') {
			t.Errorf("%U is no character of XML 1.0", r)
		}
	}
}
