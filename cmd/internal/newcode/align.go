package newcode

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Counting does not tell equal statements of one function apart. A claim or a check that was
// moved from one of them to another leaves the count as it was, and excuses a load that
// nobody has looked at. So the statements of both states are laid side by side, in their
// order, and a finding is known only where one stood before.

// standing is what a rule said of a site.
type standing int

const (
	silent  standing = iota // nothing: the site is verified, or safe
	excused                 // a finding that a claim covers
	told                    // a finding that counts
)

// before is a site of the older state, and now one of the newer, with what a rule says of it.
type before struct {
	*Site
	standing standing
	reason   string
}

type now struct {
	*lint.Site
	standing standing
}

// mostPairs bounds the table by which statements are laid side by side. Where there are
// more, they count, and no more.
const mostPairs = 1 << 20

// held reports whether a finding stands at a site that had none before, or an excused one,
// and what that site was then, if it is known.
func (c *comparison) held(f *lint.Finding) (was *before, held bool) {
	site := c.sites[placeOf(&f.Location)]
	if site == nil {
		return nil, false
	}
	key := group{f.Fingerprint.Same(), site.Fingerprint.Same()}
	pairs, ok := c.aligned[key]
	if !ok {
		pairs = c.align(key, f, site)
		c.aligned[key] = pairs
	}
	if pairs == nil {
		return nil, false
	}
	was = pairs[site]
	return was, was == nil || was.standing != told
}

// group are the findings of a rule about equal statements.
type group struct{ finding, site lint.Fingerprint }

// align leads from each site of a group to that of the older state in its place, if there is
// one. It is nil where counting does: one statement is itself.
func (c *comparison) align(key group, f *lint.Finding, site *lint.Site) map[*lint.Site]*before {
	older, newer := c.older(f, site), c.newer(key)
	if len(older) < 2 && len(newer) < 2 || len(older) == 0 {
		return nil
	}
	pairs := make(map[*lint.Site]*before)
	if len(older) == len(newer) {
		for i, s := range newer {
			pairs[s.Site] = &older[i]
		}
		return pairs
	}
	if len(older)*len(newer) > mostPairs {
		return nil
	}
	for i, j := range sideBySide(older, newer) {
		pairs[newer[j].Site] = &older[i]
	}
	return pairs
}

// older are the sites of a group in the older state, in their order, also where the file had
// another name.
func (c *comparison) older(f *lint.Finding, site *lint.Site) (out []before) {
	add := func(same func(lint.Fingerprint, lint.Fingerprint) bool, there func(string) bool) {
		for i := range c.base.Sites {
			s := &c.base.Sites[i]
			if !same(s.Print, site.Fingerprint) || !there(s.Path) {
				continue
			}
			b := before{Site: s}
			for _, k := range c.at[s.Print] {
				old := &c.base.Findings[k]
				if old.Path != s.Path || !slices.ContainsFunc(old.Prints, func(p lint.Fingerprint) bool { return same(p, f.Fingerprint) }) {
					continue
				}
				b.reason = old.Reason
				if b.standing = told; old.Suppressed {
					b.standing = excused
				}
			}
			out = append(out, b)
		}
	}
	add(func(a, b lint.Fingerprint) bool { return a.Same() == b.Same() }, func(string) bool { return true })
	if len(out) == 0 {
		add(func(a, b lint.Fingerprint) bool { return a.Rest() == b.Rest() }, func(path string) bool { return c.moves.leads(path, site.Path) })
	}
	slices.SortStableFunc(out, func(a, b before) int { return cmp.Compare(ordinal(a.Print), ordinal(b.Print)) })
	return out
}

// newer are those of the newer state.
func (c *comparison) newer(key group) (out []now) {
	for _, s := range c.groups[key.site] {
		n := now{Site: s}
		for _, f := range c.told[placeOf(&s.Location)] {
			for g := f; g != nil; g = g.Otherwise {
				if g.Fingerprint.Same() != key.finding {
					continue
				}
				if n.standing = told; f.Suppressed {
					n.standing = excused
				}
			}
		}
		out = append(out, n)
	}
	slices.SortStableFunc(out, func(a, b now) int { return cmp.Compare(ordinal(a.Fingerprint), ordinal(b.Fingerprint)) })
	return out
}

// ordinal is which of the equal things in its place a fingerprint is of.
func ordinal(p lint.Fingerprint) int {
	_, number, _ := strings.Cut(string(p), ".")
	n, _ := strconv.Atoi(number) // the first has none
	return n
}

// sideBySide finds which sites of two states are the same, where some came or went: those of
// one standing, in their order, as many as can be. What was excused or silent counts for more
// than what was told, so that a claim stays with its statement.
func sideBySide(older []before, newer []now) map[int]int {
	n, m := len(older), len(newer)
	weight := func(i, j int) int {
		switch {
		case older[i].standing != newer[j].standing:
			return 0
		case older[i].standing == told:
			return 1
		}
		return min(n, m) + 1
	}
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if w := weight(i, j); w > 0 {
				best[i][j] = max(best[i][j], w+best[i+1][j+1])
			}
		}
	}
	pairs := make(map[int]int)
	for i, j := 0, 0; i < n && j < m; {
		switch w := weight(i, j); {
		case w > 0 && best[i][j] == w+best[i+1][j+1]:
			pairs[i] = j
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
	return pairs
}
