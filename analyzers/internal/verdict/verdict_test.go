package verdict

import (
	"go/token"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Where a rule is off, the more general one has its say, unless a claim answers it.
func TestReport(t *testing.T) {
	finding := func(rule string, otherwise *lint.Finding) *lint.Finding {
		return &lint.Finding{Rule: rule, Name: "a-name", Message: "it is so", Otherwise: otherwise}
	}
	excused := finding("PKL301", nil)
	excused.Suppressed = true
	for _, test := range []struct {
		off   string
		found *lint.Finding
		want  string
	}{
		{`{}`, finding("PKL302", finding("PKL301", nil)), "PKL302"},
		{`{"PKL302": "off"}`, finding("PKL302", finding("PKL301", nil)), "PKL301"},
		{`{"PKL302": "off", "PKL301": "off"}`, finding("PKL302", finding("PKL301", nil)), ""},
		{`{"PKL302": "off"}`, finding("PKL302", excused), ""},
		{`{}`, excused, ""},
	} {
		settings.Reset()
		if err := settings.Analyzer.Flags.Set(settings.RulesFlag, test.off); err != nil {
			t.Fatal(err)
		}
		var got []string
		pass := &analysis.Pass{Fset: token.NewFileSet(), Report: func(d analysis.Diagnostic) {
			got = append(got, d.Category)
			if d.Message != d.Category+" a-name: it is so" || !strings.Contains(d.URL, d.Category) || len(d.SuggestedFixes) != 1 {
				t.Errorf("%+v", d)
			}
		}}
		Report(pass, []Finding{{Finding: test.found, Fixes: make([]analysis.SuggestedFix, 1)}})
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %v, want %q", test.off, got, test.want)
		}
	}
	settings.Reset()
}
