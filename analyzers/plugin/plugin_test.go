package plugin

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
)

// build asks for the linter as golangci-lint does.
func build(t *testing.T, raw any) ([]*analysis.Analyzer, error) {
	t.Helper()
	newPlugin, err := register.GetPlugin(Name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := (analyzers.Options{}).Apply(); err != nil {
			t.Error(err)
		}
	})
	linter, err := newPlugin(raw)
	if err != nil {
		return nil, err
	}
	if linter.GetLoadMode() != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", linter.GetLoadMode())
	}
	return linter.BuildAnalyzers()
}

func TestAnalyzers(t *testing.T) {
	suite, err := build(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(suite); err != nil {
		t.Error(err)
	}
	if len(suite) != len(analyzers.Suite)-1 {
		t.Errorf("%d analyzers of %d", len(suite), len(analyzers.Suite))
	}
	for _, a := range suite {
		if a.Name == "wire" {
			t.Error("golangci-lint would report messages for programs")
		}
	}
}

func TestSettings(t *testing.T) {
	own := filepath.Join(t.TempDir(), "own.cat")
	if err := os.WriteFile(own, []byte("go-sink a.F format=gob arg=0 danger=first # one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	raw := map[string]any{
		"today":      "2026-11-01T00:00:00Z",
		"catalog":    []any{own},
		"boundaries": map[string]any{"vault": map[string]any{"description": "ours", "requires": []any{"owner"}}},
		"rules":      map[string]any{"pkl301": "off", "dead-justification": "note"},
		"go":         map[string]any{"tests": false, "optional-sinks": true},
	}
	// golangci-lint may ask more than once, and the last word counts.
	for range 2 {
		if _, err := build(t, raw); err != nil {
			t.Fatal(err)
		}
	}
	set := settings.Current()
	if _, ok := set.Catalog.GoSink("a.F"); !ok {
		t.Error("no catalogue")
	}
	if set.Policy.Boundaries["vault"].Description != "ours" || set.Policy.Today.Day() != 1 {
		t.Errorf("policy %+v", set.Policy)
	}
	if !set.SkipTests || set.SkipGenerated || !set.Optional || set.Draft {
		t.Errorf("%+v", set)
	}
	if _, err := build(t, nil); err != nil {
		t.Fatal(err)
	}
	if set := settings.Current(); set.SkipTests || set.Optional || set.Policy.Boundaries["vault"].Description != "" {
		t.Errorf("settings of before are there still: %+v", set)
	}
}

// What is wrong is told at once, in one line.
func TestBadSettings(t *testing.T) {
	for _, test := range []struct {
		raw  any
		want string
	}{
		{map[string]any{"boundary": nil}, `settings of picklelint: unknown field "boundary"`},
		{map[string]any{"draft": true}, `unknown field "draft"`},
		{map[string]any{"go": map[string]any{"test": false}}, `unknown field "test"`},
		{map[string]any{"go": map[string]any{"optional-sinks": "yes"}}, "cannot unmarshal string"},
		{map[string]any{"today": "1.11.2026"}, "not a day"},
		{map[string]any{"catalog": "own.cat"}, "cannot unmarshal string"},
		{map[string]any{"catalog": []any{"no.cat"}}, "reading a catalogue"},
		{map[string]any{"rules": map[string]any{"PKL999": "off"}}, `no rule "PKL999"`},
		{map[string]any{"rules": map[string]any{"PKL301": "quiet", "PKL998": "on"}}, `rules: PKL301: "quiet" is none of off, on, note, warning, error; rules: no rule "PKL998"`},
		{map[string]any{"rules": map[string]any{"PKL301": "on", "unjustified-decode": "off"}}, "PKL301 and unjustified-decode are one rule"},
		{map[string]any{"boundaries": map[string]any{"public": map[string]any{"description": "x"}}}, "public is built in"},
		{[]any{1}, "cannot unmarshal array"},
	} {
		_, err := build(t, test.raw)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%v: %v, want %s", test.raw, err, test.want)
		}
	}
}

// What the settings leave out is left out.
func TestWhatIsLeftOut(t *testing.T) {
	for name, test := range map[string]struct {
		raw  map[string]any
		want []string
	}{
		"everything":   {nil, []string{"made.go", "p.go", "p_test.go"}},
		"no tests":     {map[string]any{"go": map[string]any{"tests": false}}, []string{"made.go", "p.go"}},
		"nothing made": {map[string]any{"go": map[string]any{"generated": false}}, []string{"p.go", "p_test.go"}},
		"optional":     {map[string]any{"go": map[string]any{"optional-sinks": true}}, []string{"made.go", "optional.go", "p.go", "p_test.go"}},
		"no such rule": {map[string]any{"rules": map[string]any{"unjustified-decode": "off"}}, nil},
		"loudness":     {map[string]any{"rules": map[string]any{"unjustified-decode": "note"}}, []string{"made.go", "p.go", "p_test.go"}},
	} {
		t.Run(name, func(t *testing.T) {
			suite, err := build(t, test.raw)
			if err != nil {
				t.Fatal(err)
			}
			all := &analysis.Analyzer{Name: "all", Doc: "runs all", Requires: suite, Run: func(*analysis.Pass) (any, error) { return nil, nil }}
			var got []string
			for _, result := range analysistest.Run(quiet{}, analysistest.TestData(), all, "p") {
				for _, a := range result.Action.Deps {
					for _, d := range a.Diagnostics {
						got = append(got, filepath.Base(a.Package.Fset.Position(d.Pos).Filename))
					}
				}
			}
			seen := strings.Join(unique(got), " ")
			if seen != strings.Join(test.want, " ") {
				t.Errorf("got %s, want %v", seen, test.want)
			}
		})
	}
}

// unique returns the different words, sorted.
func unique(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// quiet keeps analysistest from comparing diagnostics with comments.
type quiet struct{}

func (quiet) Errorf(string, ...any) {}

// The documentation shows the examples as they are.
func TestExamplesAreShown(t *testing.T) {
	page, err := os.ReadFile("../../docs/drivers.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".custom-gcl.yml", ".golangci.yml"} {
		text, err := os.ReadFile("../../testdata/golangci/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), "```yaml\n"+string(text)+"```\n") {
			t.Errorf("docs/drivers.md does not show testdata/golangci/%s as it is", name)
		}
	}
}
