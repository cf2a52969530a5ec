package newcode

import (
	"fmt"
	"path"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Moves says where files have gone.
type Moves struct {
	// Renamed leads from old paths to new ones, as messages name them.
	Renamed map[string]string
	// Gone are paths of the older state that are no more, Added those that were not there.
	// A finding in one of the former may be that in one of the latter in the same directory:
	// a load that goes from the tests to the program is no old one.
	Gone, Added map[string]bool
}

// leads reports whether what was in the file of one path may be in that of another now.
func (m *Moves) leads(from, to string) bool {
	if now, ok := m.Renamed[from]; ok {
		return now == to
	}
	return m.Gone[from] && m.Added[to] && path.Dir(from) == path.Dir(to)
}

// Compare marks the findings of the newer state that were there before as suppressed, and
// says of the others what was lost, if something was. It returns how many are new.
// Findings are matched by what they are and how many of them there are, not by where in
// the file they stand; equal ones in one function also by their order. It marks each site
// as new, as changed, or as what was there before.
func Compare(base *Base, findings []*lint.Finding, sites []*lint.Site, moves *Moves) int {
	c := &comparison{base: base, moves: moves, taken: make([]bool, len(base.Findings)), sites: make(map[place]*lint.Site)}
	c.index(findings, sites)
	// A claim that still stands is none that was lost.
	var open []*lint.Finding
	for _, f := range findings {
		if !f.Suppressed {
			open = append(open, f)
			continue
		}
		for _, way := range c.ways() {
			if c.take(f, true, way) >= 0 {
				break
			}
		}
	}
	was, held := make(map[*lint.Finding]*before), make(map[*lint.Finding]bool)
	for _, f := range open {
		was[f], held[f] = c.held(f)
	}
	for _, way := range c.ways() {
		open = slices.DeleteFunc(open, func(f *lint.Finding) bool {
			if held[f] {
				return false
			}
			known := c.take(f, false, way) >= 0
			if known {
				f.Accept(lint.BySince)
			}
			return known
		})
	}
	for _, f := range open {
		f.BaselineState = lint.NewFinding
		if lost := c.lost(f, was[f]); lost != "" {
			f.Message += "; " + lint.Printable(lost)
		}
	}
	markSites(base, sites, moves)
	return len(open)
}

// Skips marks as excluded what was not looked at in the older state either, for the same
// reason, where nothing has changed: it hides nothing new. It returns how many others there
// were.
func Skips(base *Base, skips []*lint.Skip, changed func(path string) bool) (others int) {
	old := make(map[Skip]bool)
	for _, s := range base.Skips {
		old[s] = true
	}
	for _, s := range skips {
		if key := (Skip{s.Path, s.Reason}); old[key] && !s.Excluded && !changed(s.Path) {
			s.Excluded = true
			delete(old, key)
		}
	}
	return len(old)
}

type comparison struct {
	base  *Base
	moves *Moves
	// taken: the finding of the older state is that of a newer one.
	taken []bool
	// prints, same and rest find findings of the older state by their fingerprints, by
	// what equal ones have in common, and by what does not change with the place.
	prints, same map[lint.Fingerprint][]int
	rest         map[string][]int
	sites        map[place]*lint.Site
	// groups are the sites of the newer state that are equal, told the findings about a
	// place there, at those about a site of the older one, and aligned what is known of
	// groups.
	groups  map[lint.Fingerprint][]*lint.Site
	told    map[place][]*lint.Finding
	at      map[lint.Fingerprint][]int
	aligned map[group]map[*lint.Site]*before
}

type place struct {
	path         string
	offset       int64
	line, column int
}

func placeOf(l *lint.Location) place { return place{l.Path, l.Offset, l.Line, l.Column} }

func (c *comparison) index(findings []*lint.Finding, sites []*lint.Site) {
	c.groups, c.told, c.at = make(map[lint.Fingerprint][]*lint.Site), make(map[place][]*lint.Finding), make(map[lint.Fingerprint][]int)
	c.aligned = make(map[group]map[*lint.Site]*before)
	for _, s := range sites {
		c.sites[placeOf(&s.Location)] = s
		c.groups[s.Fingerprint.Same()] = append(c.groups[s.Fingerprint.Same()], s)
	}
	for _, f := range findings {
		c.told[placeOf(&f.Location)] = append(c.told[placeOf(&f.Location)], f)
	}
	c.prints, c.same, c.rest = make(map[lint.Fingerprint][]int), make(map[lint.Fingerprint][]int), make(map[string][]int)
	for i, f := range c.base.Findings {
		if f.Site != "" {
			c.at[f.Site] = append(c.at[f.Site], i)
		}
		for _, p := range f.Prints {
			c.prints[p] = append(c.prints[p], i)
			c.same[p.Same()] = append(c.same[p.Same()], i)
			c.rest[p.Rest()] = append(c.rest[p.Rest()], i)
		}
	}
}

// ways are those to find an older finding, the surest first.
func (c *comparison) ways() []func(*lint.Finding) []int {
	return []func(*lint.Finding) []int{c.exact, c.equal, c.moved}
}

func (c *comparison) exact(f *lint.Finding) []int { return c.prints[f.Fingerprint] }
func (c *comparison) equal(f *lint.Finding) []int { return c.same[f.Fingerprint.Same()] }

// moved are those of files that were renamed.
func (c *comparison) moved(f *lint.Finding) (out []int) {
	for _, i := range c.rest[f.Fingerprint.Rest()] {
		if c.moves.leads(c.base.Findings[i].Path, f.Path) {
			out = append(out, i)
		}
	}
	return out
}

// take finds a finding of the older state that none of the newer one has taken, and
// returns its index or -1.
func (c *comparison) take(f *lint.Finding, suppressed bool, way func(*lint.Finding) []int) int {
	for _, i := range way(f) {
		if !c.taken[i] && c.base.Findings[i].Suppressed == suppressed {
			c.taken[i] = true
			return i
		}
	}
	return -1
}

// lost says what was there before that made no finding, or none that counts. was is the site
// in its place, if it is known.
func (c *comparison) lost(f *lint.Finding, was *before) string {
	if was != nil && was.standing == excused {
		return lostClaim(f, was.reason)
	}
	if was != nil && was.standing == silent && was.Verified != "" {
		return lostCheck(was.Verified)
	}
	site := c.sites[placeOf(&f.Location)]
	for _, way := range c.ways() {
		if i := c.take(f, true, way); i >= 0 {
			return lostClaim(f, c.base.Findings[i].Reason)
		}
	}
	if site == nil {
		return ""
	}
	if verified := c.fewer(site, func(s *Site) string { return s.Verified }, func(s *lint.Site) bool { return s.Verified != "" }); verified != "" {
		return lostCheck(verified)
	}
	if reason := c.fewer(site, func(s *Site) string { return s.Reason }, func(s *lint.Site) bool { return s.Justification != nil && s != site }); reason != "" {
		return lostClaim(f, reason)
	}
	return ""
}

// fewer returns what was known of a site, or of one equal to it, if that is known of fewer
// of these now, or "".
func (c *comparison) fewer(site *lint.Site, old func(*Site) string, now func(*lint.Site) bool) (was string) {
	n := 0
	for _, s := range c.base.Sites {
		if old(&s) == "" || s.Print.Rest() != site.Fingerprint.Rest() {
			continue
		}
		if s.Print.Same() == site.Fingerprint.Same() || c.moves.leads(s.Path, site.Path) {
			n++
			if was == "" || s.Print == site.Fingerprint {
				was = old(&s)
			}
		}
	}
	for _, s := range c.sites {
		if s.Fingerprint.Same() == site.Fingerprint.Same() && now(s) {
			n--
		}
	}
	if n <= 0 {
		return ""
	}
	return was
}

func lostCheck(verified string) string {
	return fmt.Sprintf("the verification that stood here does not hold any more (it was %s)", verified)
}

func lostClaim(f *lint.Finding, reason string) string {
	if f.Justification != nil {
		return "the justification here does not cover it any more"
	}
	if reason == "" {
		return "the justification that stood here was removed"
	}
	return fmt.Sprintf("the justification that stood here was removed (%s)", reason)
}
