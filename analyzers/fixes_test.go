package analyzers_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/directives"
)

// A draft stands above its statement, names the boundary that the code speaks for and what
// that asks for, and has an empty reason.
func TestDrafts(t *testing.T) {
	configure(t, analyzers.Options{Draft: true})
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), everything, "drafts")
}

// Nobody is offered a draft who did not ask.
func TestNoDraftsUnasked(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), everything, "drafts") {
		for _, d := range result.Action.Diagnostics {
			if len(d.SuggestedFixes) > 0 {
				t.Errorf("%s: %s", d.Message, d.SuggestedFixes[0].Message)
			}
		}
	}
}

// A draft suppresses nothing: the site stays a finding, and the draft is another.
func TestDraftsSuppressNothing(t *testing.T) {
	dir := t.TempDir()
	golden := readFile(t, filepath.Join("testdata", "src", "drafts", "drafts.go.golden"))
	write(t, filepath.Join(dir, "src", "drafted", "drafted.go"), golden)
	write(t, filepath.Join(dir, "src", "drafted", "table.gob"), "")
	count := make(map[string]int)
	for _, result := range analysistest.Run(quiet{}, dir, everything, "drafted") {
		for _, d := range result.Action.Diagnostics {
			count[d.Category]++
		}
	}
	for _, rule := range []string{"PKL301", "PKL302"} {
		if want := strings.Count(golden, `"`+rule+`"`); count[rule] != want || want == 0 {
			t.Errorf("%s: %d findings at %d sites", rule, count[rule], want)
		}
	}
	if want := strings.Count(golden, `reason=""`); want < 8 || count["PKL903"] != want {
		t.Errorf("%d empty reasons in %d drafts", count["PKL903"], want)
	}
}

func TestMendedDirectives(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), directives.Analyzer, "mended")
}

// quiet keeps analysistest from comparing diagnostics with comments.
type quiet struct{}

func (quiet) Errorf(string, ...any) {}
