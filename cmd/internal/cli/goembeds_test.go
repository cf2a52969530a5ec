package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/cmd/internal/goload"
	"github.com/pickle-lint/pickle-lint/lint"
)

func embedded(file, rule string, start, end int64, member ...string) *goload.Embedded {
	const offset = 7
	f := &lint.Finding{Rule: "PKL309", Severity: lint.Note, Location: lint.Location{Path: "p.go"}, Message: fmt.Sprint(file, rule, offset)}
	return &goload.Embedded{Finding: f, File: file, Rule: rule, Offset: offset, Start: start, End: end, Member: member}
}

func stored(path string, offset int64, member ...string) *lint.Finding {
	const rule = "PKL101"
	return &lint.Finding{Rule: rule, Severity: lint.Error, Location: lint.Location{Path: path, Offset: offset, Member: member}}
}

// What is both in a program and in a file is told once, with the severity that the
// project gives it.
func TestEmbeddedIsToldOnce(t *testing.T) {
	looked := map[string]bool{"a.pkl": true, "p.go": true}
	for _, test := range []struct {
		name   string
		in     *goload.Embedded
		stored *lint.Finding
		want   string
	}{
		{"the same", embedded("a.pkl", "PKL101", 0, 0), stored("a.pkl", 7), "PKL309 error"},
		{"the same member", embedded("a.zip", "PKL101", 0, 0, "x"), stored("a.zip", 7, "x"), "PKL309 error"},
		{"another member", embedded("a.zip", "PKL101", 0, 0, "x"), stored("a.zip", 7, "y"), "PKL101 error, PKL309 note"},
		{"another place", embedded("b.pkl", "PKL101", 0, 0), stored("b.pkl", 8), "PKL101 error, PKL309 note"},
		{"another file", embedded("b.pkl", "PKL101", 0, 0), stored("c.pkl", 7), "PKL101 error, PKL309 note"},
		{"the project allows it", embedded("a.pkl", "PKL104", 0, 0), stored("a.pkl", 9), "PKL101 error"},
		{"nobody looked", embedded("b.pkl", "PKL104", 0, 0), stored("a.pkl", 9), "PKL101 error, PKL309 note"},
		{"base64 in a literal", embedded("", "PKL101", 90, 120, "base64"), stored("p.go", 7, "base64 at 95"), "PKL309 error"},
		{"base64 behind it", embedded("", "PKL101", 90, 120, "base64"), stored("p.go", 7, "base64 at 120"), "PKL101 error, PKL309 note"},
		{"bytes of a literal", embedded("", "PKL101", 90, 120), stored("p.go", 7), "PKL101 error, PKL309 note"},
	} {
		r := &results{findings: []*lint.Finding{test.stored}}
		r.embeds([]*goload.Embedded{test.in}, looked)
		var got []string
		for _, f := range r.findings {
			got = append(got, f.Rule+" "+f.Severity.String())
			if f.Rule == "PKL309" && f.Severity == lint.Error && f.Otherwise != test.stored {
				t.Errorf("%s: otherwise %v", test.name, f.Otherwise)
			}
		}
		slices.Sort(got)
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: %s, want %s", test.name, strings.Join(got, ", "), test.want)
		}
	}
	// Two programs embed one file: with the rule off, the file is told of once.
	file := stored("a.pkl", 7)
	r := &results{findings: []*lint.Finding{file}}
	r.embeds([]*goload.Embedded{embedded("a.pkl", "PKL101", 0, 0), embedded("a.pkl", "PKL101", 0, 0)}, looked)
	if len(r.findings) != 2 || r.findings[0].Otherwise != file || r.findings[1].Otherwise != nil {
		t.Errorf("%d findings", len(r.findings))
	}
	// A skip about a file that was looked at is a skip of the file.
	skip := &lint.Skip{Reason: "too large"}
	r = new(results)
	r.embeds([]*goload.Embedded{{Skip: skip, File: "a.pkl"}, {Skip: skip, File: "b.pkl"}, {Skip: skip}}, looked)
	if len(r.skips) != 2 {
		t.Errorf("%d skips", len(r.skips))
	}
}
