package newcode

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

func TestSites(t *testing.T) {
	plain := func(path string) func(*state) { return func(s *state) { s.add("PKL201", path, "f") } }
	justified := func(s *state) { s.justified("f") }
	all := func(steps ...func(*state)) func(*state) {
		return func(s *state) {
			for _, step := range steps {
				step(s)
			}
		}
	}
	// claimed is a site whose claim says more than that of justified.
	claimed := func(more func(*lint.Justification)) func(*state) {
		return func(s *state) {
			f := s.justified("f")
			j := *f.Justification
			more(&j)
			f.Justification, s.sites[len(s.sites)-1].Justification = &j, &j
		}
	}
	for _, tt := range []struct {
		name        string
		before, now func(*state)
		moves       Moves
		want        string
	}{
		{"the same", plain("a"), plain("a"), Moves{}, "unchanged"},
		{"nothing before", all(), all(plain("a"), justified), Moves{}, "new new"},
		{"a claim went", justified, plain("a"), Moves{}, "updated"},
		{"a claim came", plain("a"), justified, Moves{}, "updated"},
		{"a claim went down", justified, claimed(func(j *lint.Justification) { j.Line = 9 }), Moves{}, "unchanged"},
		{"a claim lasts longer", justified, claimed(func(j *lint.Justification) { j.Expires = "2030-01-01" }), Moves{}, "updated"},
		{"another reason", justified, claimed(func(j *lint.Justification) { j.Reason = "another" }), Moves{}, "updated"},
		{"one more above", justified, all(plain("a"), justified), Moves{}, "new unchanged"},
		{"one more below", all(plain("a"), justified), all(plain("a"), justified, plain("a")), Moves{}, "unchanged unchanged new"},
		{"one less", all(plain("a"), justified), justified, Moves{}, "unchanged"},
		{"a claim moved", all(justified, plain("a")), all(plain("a"), justified), Moves{}, "updated updated"},
		{"a check moved down", func(s *state) { s.verified() }, func(s *state) { s.verified(); s.sites[0].Verified = "hmac.Equal on line 70" }, Moves{}, "unchanged"},
		{"another check", func(s *state) { s.verified() }, func(s *state) { s.verified(); s.sites[0].Verified = "ingest.verify" }, Moves{}, "updated"},
		{"renamed", plain("a"), plain("b"), Moves{Renamed: map[string]string{"a": "b"}}, "unchanged"},
		{"moved", plain("a"), plain("b"), Moves{Gone: map[string]bool{"a": true}, Added: map[string]bool{"b": true}}, "unchanged"},
		{"copied", plain("a"), all(plain("a"), plain("b")), Moves{Added: map[string]bool{"b": true}}, "unchanged new"},
		{"renamed and copied", plain("a"), all(plain("c"), plain("b")), Moves{Gone: map[string]bool{"a": true}, Added: map[string]bool{"b": true, "c": true}}, "new unchanged"},
	} {
		var before, now state
		tt.before(&before)
		tt.now(&now)
		base := before.base(t)
		Compare(base, now.findings, now.sites, &tt.moves)
		var got []string
		for _, s := range now.sites {
			got = append(got, s.BaselineState)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
