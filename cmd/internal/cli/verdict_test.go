package cli

import (
	"errors"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/cmd/internal/report"
	"github.com/pickle-lint/pickle-lint/lint"
)

func TestVerdict(t *testing.T) {
	warning := &lint.Finding{Severity: lint.Warning}
	note := &lint.Finding{Severity: lint.Note}
	justified := &lint.Finding{Severity: lint.Error, Suppressed: true}
	skip := &lint.Skip{Reason: "unreadable"}
	leftOut := &lint.Skip{Reason: "excluded", Excluded: true}
	wrong := []error{errors.New("no such file")}
	for _, tt := range []struct {
		name     string
		results  *results
		failOn   lint.Severity
		problems []error
		want     int
	}{
		{"nothing", &results{}, lint.Warning, nil, ExitClean},
		{"a warning", &results{findings: []*lint.Finding{warning}}, lint.Warning, nil, ExitFindings},
		{"a note", &results{findings: []*lint.Finding{note}}, lint.Warning, nil, ExitClean},
		{"a note that fails", &results{findings: []*lint.Finding{note}}, lint.Note, nil, ExitFindings},
		{"a warning below the bar", &results{findings: []*lint.Finding{warning}}, lint.Error, nil, ExitClean},
		{"never", &results{findings: []*lint.Finding{warning}}, 0, nil, ExitClean},
		{"justified", &results{findings: []*lint.Finding{justified}}, lint.Note, nil, ExitClean},
		{"a skip", &results{skips: []*lint.Skip{skip}}, lint.Warning, nil, ExitSkipped},
		{"a skip, never", &results{skips: []*lint.Skip{skip}}, 0, nil, ExitSkipped},
		{"left out", &results{skips: []*lint.Skip{leftOut}}, lint.Warning, nil, ExitClean},
		{"a finding and a skip", &results{findings: []*lint.Finding{warning}, skips: []*lint.Skip{skip}}, lint.Warning, nil, ExitFindings},
		{"interrupted after a finding", &results{findings: []*lint.Finding{warning}, skips: []*lint.Skip{skip}, interrupted: true}, lint.Warning, nil, ExitSkipped},
		{"a wrong argument and a finding", &results{findings: []*lint.Finding{warning}}, lint.Warning, wrong, ExitUsage},
	} {
		err := verdict(tt.results, &settings{failOn: tt.failOn}, tt.problems)
		if got := exitCode(err); got != tt.want {
			t.Errorf("%s: exit code %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestColor(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	for _, tt := range []struct {
		flag string
		env  func(string) string
		want bool
	}{
		{"auto", env(), false}, // not a terminal
		{"auto", env("FORCE_COLOR", "1"), true},
		{"auto", env("CLICOLOR_FORCE", "0"), false},
		{"auto", env("FORCE_COLOR", "1", "NO_COLOR", "1"), false},
		{"always", env("NO_COLOR", "1"), true},
		{"never", env("FORCE_COLOR", "1"), false},
	} {
		f := &lintFlags{color: tt.flag}
		if got, err := f.wantColor(nil, tt.env); err != nil || got != tt.want {
			t.Errorf("--color %s: %v, %v", tt.flag, got, err)
		}
	}
	if _, err := (&lintFlags{color: "often"}).wantColor(nil, env()); err == nil {
		t.Error("--color often: no error")
	}
}

// Who reads the summary alone sees that the run was interrupted.
func TestIncomplete(t *testing.T) {
	for _, interrupted := range []bool{false, true} {
		var out strings.Builder
		h, err := report.New("json", &out, report.Options{})
		if err != nil {
			t.Fatal(err)
		}
		sum, err := (&results{interrupted: interrupted}).emit(h)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), `"incomplete":true`); got != interrupted || sum.Incomplete != interrupted {
			t.Errorf("interrupted %v: %s", interrupted, out.String())
		}
	}
}
