package newcode

import (
	"cmp"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

// A finding may be new at a site that is not: a justification was deleted. And a site may be
// new without a finding: it came with its justification, which nobody has read. So sites are
// compared by themselves, whatever rules say of them.

// markSites says of each site of the newer state whether it was in the older one.
func markSites(base *Base, sites []*lint.Site, moves *Moves) {
	older, left := make(map[lint.Fingerprint][]*Site), make(map[string][]*Site)
	for i := range base.Sites {
		s := &base.Sites[i]
		older[s.Print.Same()] = append(older[s.Print.Same()], s)
	}
	newer := make(map[lint.Fingerprint][]*lint.Site)
	for _, s := range sites {
		s.BaselineState = lint.NewSite
		newer[s.Fingerprint.Same()] = append(newer[s.Fingerprint.Same()], s)
	}
	for same, was := range older {
		pairs, rest := pair(was, newer[same])
		for s, old := range pairs {
			s.BaselineState = stateOf(s, old)
		}
		if len(rest) > 0 {
			left[same.Rest()] = append(left[same.Rest()], rest...)
		}
	}
	for rest, was := range left {
		slices.SortStableFunc(was, func(a, b *Site) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(ordinal(a.Print), ordinal(b.Print)))
		})
		left[rest] = was
	}
	ordered := slices.Clone(sites) // which file gets an older site is no matter of chance
	slices.SortStableFunc(ordered, lint.CompareSites)
	for _, s := range ordered {
		if s.BaselineState != lint.NewSite {
			continue
		}
		was := left[s.Fingerprint.Rest()]
		if i := slices.IndexFunc(was, func(old *Site) bool { return moves.leads(old.Path, s.Path) }); i >= 0 {
			s.BaselineState = stateOf(s, was[i])
			left[s.Fingerprint.Rest()] = slices.Delete(was, i, i+1)
		}
	}
}

// pair lays equal sites of one function side by side, those of one standing first, and returns
// which older one each is, and the older ones that are no more.
func pair(was []*Site, is []*lint.Site) (pairs map[*lint.Site]*Site, rest []*Site) {
	slices.SortStableFunc(was, func(a, b *Site) int { return cmp.Compare(ordinal(a.Print), ordinal(b.Print)) })
	is = slices.Clone(is)
	slices.SortStableFunc(is, func(a, b *lint.Site) int { return cmp.Compare(ordinal(a.Fingerprint), ordinal(b.Fingerprint)) })
	pairs = make(map[*lint.Site]*Site)
	if len(was) != len(is) && len(was)*len(is) <= mostPairs {
		var older []before
		var newer []now
		for _, s := range was {
			older = append(older, before{Site: s, standing: standingOf(s.Claim, s.Verified)})
		}
		for _, s := range is {
			newer = append(newer, now{Site: s, standing: standingOf(claim(s.Justification), s.Verified)})
		}
		for i, j := range sideBySide(older, newer) {
			pairs[is[j]] = was[i]
		}
	}
	taken := make(map[*Site]bool)
	for _, old := range pairs {
		taken[old] = true
	}
	was = slices.DeleteFunc(slices.Clone(was), func(s *Site) bool { return taken[s] })
	for _, s := range is {
		if pairs[s] == nil && len(was) > 0 {
			pairs[s], was = was[0], was[1:]
		}
	}
	return pairs, was
}

func standingOf(claim, verified string) standing {
	switch {
	case claim != "":
		return excused
	case verified != "":
		return silent
	}
	return told
}

func stateOf(s *lint.Site, old *Site) string {
	if claim(s.Justification) != old.Claim || withoutLine(s.Verified) != old.Verified {
		return lint.ChangedSite
	}
	return lint.KnownSite
}
