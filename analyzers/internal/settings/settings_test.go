package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/lint"
)

func run(t *testing.T, a *analysis.Analyzer) *Settings {
	t.Helper()
	got, err := a.Run(nil)
	if err != nil {
		t.Fatal(err)
	}
	return got.(*Settings)
}

func fresh() *analysis.Analyzer {
	a, _ := newAnalyzer()
	return a
}

func TestDefaults(t *testing.T) {
	s := run(t, fresh())
	if age := time.Since(s.Policy.Today); age < 0 || age > time.Minute {
		t.Errorf("today is %v", s.Policy.Today)
	}
	if _, ok := s.Policy.Boundaries["caller"]; !ok {
		t.Error("no built-in boundaries")
	}
	if _, ok := s.Catalog.GoSink("(*encoding/gob.Decoder).Decode"); !ok {
		t.Error("no built-in catalogue")
	}
}

func TestFlags(t *testing.T) {
	one := write(t, "one.cat", "go-sink a.F format=gob arg=0 danger=first # one\n")
	two := write(t, "two.cat", "go-sink a.F format=gob arg=0 danger=second # two\ngo-sink a.G format=gob arg=0 danger=x # two\n")
	a := fresh()
	for _, f := range [][2]string{
		{TodayFlag, "2026-11-01"},
		{CatalogFlag, one},
		{CatalogFlag, Overlay(two, []byte(read(t, two)))},
		{BoundariesFlag, `{"vault": {"description": "ours", "requires": ["owner"]}}`},
	} {
		if err := a.Flags.Set(f[0], f[1]); err != nil {
			t.Fatalf("%s: %v", f[0], err)
		}
	}
	s := run(t, a)
	if got := s.Policy.Today.Format(time.DateOnly); got != "2026-11-01" {
		t.Errorf("today is %s", got)
	}
	if f, ok := s.Catalog.GoSink("a.F"); !ok || f.Danger != "second" {
		t.Errorf("a.F is %+v", f)
	}
	if b := s.Policy.Boundaries; b["vault"].Requires[0] != "owner" || b["build"].Description == "" {
		t.Errorf("boundaries: %+v", b)
	}
	// Another analyzer of the same process keeps its own.
	if _, ok := run(t, fresh()).Catalog.GoSink("a.F"); ok {
		t.Error("flags are shared between analyzers")
	}
}

func TestBadFlags(t *testing.T) {
	file := write(t, "f.cat", "go-sink a.F format=gob arg=0 danger=first # one\n")
	bad := write(t, "bad.cat", "go-sink a.F\n")
	for _, test := range [][3]string{
		{TodayFlag, "1.11.2026", "not a day"},
		{TodayFlag, "", "not a day"},
		{CatalogFlag, filepath.Join(t.TempDir(), "no.cat"), "reading a catalogue"},
		{CatalogFlag, bad, "bad.cat:1"},
		{CatalogFlag, "sha256:00:" + file, "changed since its hash was taken"},
		{CatalogFlag, "sha256:00", "not sha256:HEX:PATH"},
		{BoundariesFlag, `{"a": {"desc": "x"}}`, "unknown field"},
		{BoundariesFlag, `{"public": {"description": "x"}}`, "public is built in"},
		{BoundariesFlag, `{"vault": {}}`, "vault has no description"},
		{BoundariesFlag, `{} {}`, "text behind"},
		{BoundariesFlag, ``, "boundaries: "},
	} {
		err := fresh().Flags.Set(test[0], test[1])
		if err == nil || !strings.Contains(err.Error(), test[2]) {
			t.Errorf("%s=%s: %v, want %s", test[0], test[1], err, test[2])
		}
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A word is about a rule by id, in any case, or by name; what is not known is refused where
// the rules are known.
func TestWords(t *testing.T) {
	found := &lint.Finding{Rule: "PKL301", Name: "unjustified-decode"}
	for text, off := range map[string]bool{
		`{"PKL301": "off"}`: true, `{"pkl301": "off"}`: true, `{"unjustified-decode": "off"}`: true,
		`{}`: false, `{"PKL301": "on"}`: false, `{"PKL301": "note"}`: false, `{"PKL302": "off"}`: false,
	} {
		a, f := newAnalyzer()
		if err := a.Flags.Set(RulesFlag, text); err != nil {
			t.Fatal(err)
		}
		if got := f.settings().Rules.Off(found); got != off {
			t.Errorf("%s: off is %v", text, got)
		}
		if f.rules.String() != text {
			t.Errorf("%s is told as %s", text, f.rules.String())
		}
	}
	Know([]*lint.Rule{{ID: "PKL301", Name: "unjustified-decode"}, {ID: "PKL311", Name: "template-text", Off: true}})
	defer clear(known)
	for text, want := range map[string]string{
		`{"PKL999": "off"}`:                 `no rule "PKL999"`,
		`{"PKL399": "off"}`:                 `no rule "PKL399": did you mean "PKL301"?`,
		`{"PKL301": "of"}`:                  `"of" is none of`,
		`{"PKL301": true}`:                  "cannot unmarshal bool",
		`{"PKL301": "on", "pkl301": "off"}`: "are one rule",
		`{"PKL301": "on"} {}`:               "text behind",
		`["PKL301"]`:                        "cannot unmarshal array",
	} {
		if err := fresh().Flags.Set(RulesFlag, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	// A rule that is off by default speaks where it is asked for.
	quiet := &lint.Finding{Rule: "PKL311", Name: "template-text"}
	var none, on Words
	if err := on.Set(`{"template-text": "warning"}`); err != nil {
		t.Fatal(err)
	}
	if !none.Off(quiet) || none.Off(found) || on.Off(quiet) {
		t.Error("defaults are not those of the rules")
	}
}
