package newcode

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
)

// state is the results of one run.
type state struct {
	keys     lint.Fingerprints
	findings []*lint.Finding
	sites    []*lint.Site
}

// add adds a site of a function, and what a rule says of it, if anything.
func (s *state) add(rule, path, function string) (*lint.Finding, *lint.Site) {
	key := lint.Key{Place: path, Function: function}
	at := lint.Location{Path: path, Line: len(s.sites) + 1}
	site := &lint.Site{Location: at, Fingerprint: s.keys.Of(key)}
	s.sites = append(s.sites, site)
	if rule == "" {
		return nil, site
	}
	f := &lint.Finding{Rule: rule, Location: at, Message: "told", Fingerprint: s.keys.Of(key.Of(rule))}
	s.findings = append(s.findings, f)
	return f, site
}

func (s *state) justified(function string) *lint.Finding {
	f, site := s.add("PKL201", "a", function)
	f.Suppressed = true
	f.Justification = &lint.Justification{Boundary: "host", Reason: "why"}
	site.Justification = f.Justification
	return f
}

func (s *state) verified() {
	_, site := s.add("", "a", "f")
	site.Verified = "hmac.Equal on line 7"
}

// also adds what another rule says of the last site, a claim notwithstanding.
func (s *state) also(rule string) {
	last := s.sites[len(s.sites)-1]
	s.findings = append(s.findings, &lint.Finding{Rule: rule, Location: last.Location, Message: "also", Fingerprint: s.keys.Of(lint.Key{Rule: rule, Place: "a", Function: "f"})})
}

// base is the state as it is remembered.
func (s *state) base(t *testing.T) *Base {
	t.Helper()
	text, err := json.Marshal(NewBase(s.findings, s.sites, nil))
	if err != nil {
		t.Fatal(err)
	}
	b := new(Base)
	if err := json.Unmarshal(text, b); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCompare(t *testing.T) {
	const removed, broken, uncovered = "; the justification that stood here was removed (boundary=host: why)",
		"; the verification that stood here does not hold any more (it was hmac.Equal)", "; the justification here does not cover it any more"
	for _, tt := range []struct {
		name        string
		before, now func(s *state)
		moves       Moves
		// want are the messages of the new findings.
		want []string
	}{
		{"the same", func(s *state) { s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "f") }, Moves{}, nil},
		{"another function", func(s *state) { s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "g") }, Moves{}, []string{"told"}},
		{"one more", func(s *state) { s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "f"); s.add("PKL201", "a", "f") }, Moves{}, []string{"told"}},
		{"one less", func(s *state) { s.add("PKL201", "a", "f"); s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "f") }, Moves{}, nil},
		{"no claim any more", func(s *state) { s.justified("f") }, func(s *state) { s.add("PKL201", "a", "f") }, Moves{}, []string{"told" + removed}},
		{"one claim of two", func(s *state) { s.justified("f"); s.justified("f") }, func(s *state) { s.add("PKL201", "a", "f"); s.justified("f") }, Moves{}, []string{"told" + removed}},
		{"one before a claim", func(s *state) { s.justified("f") }, func(s *state) { s.add("PKL201", "a", "f"); s.justified("f") }, Moves{}, []string{"told"}},
		{"a claim in its place", func(s *state) { s.add("PKL201", "a", "f") }, func(s *state) { s.justified("f") }, Moves{}, nil},
		{"a claim that does not count", func(s *state) { s.justified("f") }, func(s *state) { s.justified("f").Suppressed = false }, Moves{}, []string{"told" + uncovered}},
		{"a claim, and more is known", func(s *state) { s.justified("f") }, func(s *state) { s.add("PKL203", "a", "f") }, Moves{}, []string{"told" + removed}},
		{"a check", func(s *state) { _, site := s.add("", "a", "f"); site.Verified = "hmac.Equal on line 7" }, func(s *state) { s.add("PKL205", "a", "f") }, Moves{}, []string{"told" + broken}},
		{"renamed", func(s *state) { s.add("PKL201", "a", "f"); s.justified("g") }, func(s *state) { s.add("PKL201", "b", "f"); s.add("PKL201", "b", "g") },
			Moves{Renamed: map[string]string{"a": "b"}}, []string{"told" + removed}},
		{"moved", func(s *state) { s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "b", "f") }, Moves{Gone: map[string]bool{"a": true}, Added: map[string]bool{"b": true}}, nil},
		{"a check moved", func(s *state) { _, site := s.add("", "a", "f"); site.Verified = "hmac.Equal" }, func(s *state) { s.add("PKL205", "b", "f") },
			Moves{Renamed: map[string]string{"a": "b"}}, []string{"told" + broken}},
		{"a claim that moved", func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "f"); s.justified("f") }, Moves{}, []string{"told" + removed}},
		{"a claim that moved up", func(s *state) { s.add("PKL201", "a", "f"); s.justified("f") }, func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") }, Moves{}, []string{"told" + removed}},
		{"a check that moved", func(s *state) { s.verified(); s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "f"); s.verified() }, Moves{}, []string{"told" + broken}},
		{"a claim that moved with its file", func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") },
			func(s *state) {
				s.add("PKL201", "b", "f")
				f, site := s.add("PKL201", "b", "f")
				f.Suppressed, site.Justification = true, &lint.Justification{Boundary: "host", Reason: "why"}
			}, Moves{Renamed: map[string]string{"a": "b"}}, []string{"told" + removed}},
		{"a claim that moved, and one more", func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") },
			func(s *state) { s.add("PKL201", "a", "f"); s.add("PKL201", "a", "f"); s.justified("f") }, Moves{}, []string{"told", "told"}},
		{"one more between", func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") },
			func(s *state) { s.justified("f"); s.add("PKL201", "a", "f"); s.add("PKL201", "a", "f") }, Moves{}, []string{"told"}},
		{"one less, and a claim", func(s *state) { s.justified("f"); s.add("PKL201", "a", "f"); s.add("PKL201", "a", "f") },
			func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") }, Moves{}, nil},
		{"the claim went with its statement", func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "f") }, Moves{}, nil},
		{"a second claim", func(s *state) { s.justified("f"); s.add("PKL201", "a", "f") }, func(s *state) { s.justified("f"); s.justified("f") }, Moves{}, nil},
		{"another rule of the place", func(s *state) { s.justified("f"); s.also("PKL304"); s.add("PKL201", "a", "f") },
			func(s *state) { s.add("PKL201", "a", "f"); s.also("PKL304"); s.justified("f") }, Moves{}, []string{"told" + removed}},
		{"from the tests", func(s *state) { s.add("PKL201", "tests/a", "f") }, func(s *state) { s.add("PKL201", "app/b", "f") },
			Moves{Gone: map[string]bool{"tests/a": true}, Added: map[string]bool{"app/b": true}}, []string{"told"}},
		{"copied", func(s *state) { s.add("PKL201", "a", "f") }, func(s *state) { s.add("PKL201", "a", "f"); s.add("PKL201", "b", "f") }, Moves{Added: map[string]bool{"b": true}}, []string{"told"}},
	} {
		var before, now state
		tt.before(&before)
		tt.now(&now)
		n := Compare(before.base(t), now.findings, now.sites, &tt.moves)
		var got []string
		for _, f := range now.findings {
			if !f.Suppressed {
				got = append(got, f.Message)
			}
			if f.Suppressed == (f.BaselineState == lint.NewFinding) || f.Known() != (f.BaselineState == lint.KnownFinding) {
				t.Errorf("%s: %+v", tt.name, f)
			}
		}
		if strings.Join(got, "\n") != strings.Join(tt.want, "\n") || n != len(got) {
			t.Errorf("%s: %d new, %q, want %q", tt.name, n, got, tt.want)
		}
	}
}

// What the more general rules say of a place is known, too: less is no news.
func TestLessIsKnown(t *testing.T) {
	var before, now state
	f, _ := before.add("PKL203", "a", "f")
	f.Otherwise = &lint.Finding{Rule: "PKL201", Fingerprint: before.keys.Of(lint.Key{Rule: "PKL201", Place: "a", Function: "f"})}
	now.add("PKL201", "a", "f")
	if n := Compare(before.base(t), now.findings, now.sites, new(Moves)); n != 0 {
		t.Errorf("%d new", n)
	}
}

func TestSkips(t *testing.T) {
	skip := func(path, reason string) *lint.Skip {
		return &lint.Skip{Location: lint.Location{Path: path}, Reason: reason}
	}
	base := NewBase(nil, nil, []*lint.Skip{skip("a", "x"), skip("b", "x"), skip("c", "x"), {Location: lint.Location{Path: "d"}, Excluded: true}})
	now := []*lint.Skip{skip("a", "x"), skip("a", "y"), skip("b", "x")}
	if others := Skips(base, now, func(path string) bool { return path == "b" }); others != 2 {
		t.Errorf("%d others", others)
	}
	if !now[0].Excluded || now[1].Excluded || now[2].Excluded {
		t.Errorf("%+v %+v %+v", now[0], now[1], now[2])
	}
}
