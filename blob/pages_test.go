package blob

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// scanned scans bytes that were named and judges them by the built-in catalogue.
func scanned(b []byte, policy Policy) (*Report, []*lint.Finding, []*lint.Skip) {
	rep := Scan(context.Background(), "f.pkl", bytes.NewReader(b), int64(len(b)), Options{Named: true})
	findings, skips := Judge(rep, catalog.Builtin(), policy)
	return rep, findings, skips
}

// ids are the rules of findings, each once, sorted.
func ids(findings []*lint.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Rule)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// The fenced blocks of the pages run. The grammar of the words behind "pickle":
//
//	want=PKL101,PKL110   exactly these rules have findings
//	silent               none has, and there is no skip
//	policy=weights-only  before one of them: under that policy
func TestPages(t *testing.T) {
	for _, r := range Rules {
		fires := false
		for _, s := range r.Page.Sections {
			for _, e := range s.Examples {
				if e.Lang != "pickle" {
					t.Errorf("%s line %d: a page about blobs has pickle examples, not %s", r.Name, e.Line, e.Lang)
					continue
				}
				b, err := recipe.Assemble(e.Code)
				if err != nil {
					t.Errorf("%s line %d: %v", r.Name, e.Line, err)
					continue
				}
				var want []string
				attrs, policy := e.Attrs, Default
				if len(attrs) == 2 && strings.HasPrefix(attrs[0], "policy=") {
					if policy, err = ParsePolicy(strings.TrimPrefix(attrs[0], "policy=")); err != nil {
						t.Errorf("%s line %d: %v", r.Name, e.Line, err)
					}
					attrs = attrs[1:]
				}
				switch {
				case len(attrs) == 1 && attrs[0] == "silent":
				case len(attrs) == 1 && strings.HasPrefix(attrs[0], "want="):
					want = strings.Split(strings.TrimPrefix(attrs[0], "want="), ",")
					slices.Sort(want)
				default:
					t.Errorf("%s line %d: %q is neither want=RULE,… nor silent", r.Name, e.Line, e.Attrs)
					continue
				}
				_, findings, skips := scanned(b, policy)
				got := ids(findings)
				if !slices.Equal(got, want) {
					t.Errorf("%s line %d: rules %v, want %v", r.Name, e.Line, got, want)
					for _, f := range findings {
						t.Logf("  %s %s", f.Rule, f.Message)
					}
				}
				for _, skip := range skips {
					t.Errorf("%s line %d: skip: %s", r.Name, e.Line, skip.Reason)
				}
				fires = fires || s.Title == "Example" && slices.Contains(got, r.ID)
			}
		}
		if !fires {
			t.Errorf("%s: no example fires the rule", r.Name)
		}
	}
}
