package analyzers_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

func TestSuiteIsValid(t *testing.T) {
	if err := analysis.Validate(analyzers.Suite); err != nil {
		t.Error(err)
	}
	for _, a := range analyzers.Suite {
		if a.URL == "" {
			t.Errorf("%s has no URL", a.Name)
		}
	}
}

// A driver offers the flags of the analyzers it is given, and a judging analyzer
// that nobody lists is never heard.
func TestSuiteIsClosed(t *testing.T) {
	listed := make(map[*analysis.Analyzer]bool)
	for _, a := range analyzers.Suite {
		listed[a] = true
	}
	for _, a := range analyzers.Suite {
		for _, r := range a.Requires {
			if !listed[r] && r.Name != "isgenerated" {
				t.Errorf("%s requires %s, which is not in the suite", a.Name, r.Name)
			}
		}
	}
}

func TestRules(t *testing.T) {
	if len(analyzers.Rules) == 0 {
		t.Error("there are no rules")
	}
	for _, r := range analyzers.Rules {
		if !strings.HasPrefix(r.ID, "PKL3") {
			t.Errorf("%s is not of the Go family", r.ID)
		}
	}
}

func TestFlags(t *testing.T) {
	flags, err := analyzers.Options{
		Today:      "2026-11-01",
		Boundaries: map[string]justify.Boundary{"vault": {Description: "ours"}},
	}.Flags()
	want := `-picklelint.today=2026-11-01 -picklelint.boundaries={"vault":{"description":"ours"}}`
	if err != nil || strings.Join(flags, " ") != want {
		t.Errorf("got %q, %v", flags, err)
	}
	if _, err := (analyzers.Options{Catalogs: []string{"testdata/no.cat"}}).Flags(); err == nil {
		t.Error("a catalogue that does not exist gave no error")
	}
}
