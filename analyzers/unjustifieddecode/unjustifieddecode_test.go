package unjustifieddecode

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
)

func TestMessages(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "messages")
}

func TestOneClaimCoversOneStatement(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "oneclaim")
}

// The fingerprint of a finding survives edits above it, reformatting and
// comments, and tells equal statements apart.
func TestFingerprints(t *testing.T) {
	before := fingerprints(t, "before")
	after := fingerprints(t, "after")
	if len(before) != 4 || strings.Join(before, " ") != strings.Join(after, " ") {
		t.Errorf("before\n\t%s\nafter\n\t%s", strings.Join(before, "\n\t"), strings.Join(after, "\n\t"))
	}
	seen := make(map[string]bool)
	for _, f := range before {
		if seen[f] {
			t.Errorf("%s is there twice", f)
		}
		seen[f] = true
	}
}

func fingerprints(t *testing.T, version string) (out []string) {
	t.Helper()
	for _, r := range analysistest.Run(t, analysistest.TestData()+"/fingerprints/"+version, Analyzer, "spool") {
		for _, f := range r.Action.Result.([]verdict.Finding) {
			out = append(out, string(f.Fingerprint))
		}
	}
	return out
}
