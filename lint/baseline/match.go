package baseline

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Match is what a baseline and the findings of a run have in common.
type Match struct {
	// Known leads from findings to the entries that accept them, New are the others,
	// suppressed ones left out.
	Known map[*lint.Finding]*Entry
	New   []*lint.Finding
	// Stale are the entries that accept nothing.
	Stale []*Entry
}

// Match finds the entry of each finding. An entry accepts one finding: a line that stands
// twice accepts two equal ones. gone reports that the file of an entry is no more; then a
// finding of the same words in another file may be meant.
func (f *File) Match(findings []*lint.Finding, path func(*lint.Finding) string, gone func(path string) bool) *Match {
	m := &Match{Known: make(map[*lint.Finding]*Entry)}
	prints := make(map[lint.Fingerprint][]*Entry)
	for _, e := range f.Entries {
		prints[e.Print] = append(prints[e.Print], e)
	}
	used := make(map[*Entry]bool)
	var open []*lint.Finding
	for _, found := range findings {
		if found.Suppressed {
			continue
		}
		left := prints[found.Fingerprint.Same()]
		// A line that names another file or rule was not written for this finding, and
		// would show its reader something else.
		k := slices.IndexFunc(left, func(e *Entry) bool { return !used[e] && e.Rule == found.Rule && e.Path == path(found) })
		if k < 0 {
			open = append(open, found)
			continue
		}
		m.Known[found], used[left[k]] = left[k], true
	}
	rests := make(map[string][]*Entry)
	for _, e := range f.Entries {
		if !used[e] && gone(e.Path) {
			rests[e.Print.Rest()] = append(rests[e.Print.Rest()], e)
		}
	}
	for _, found := range open {
		left := rests[found.Fingerprint.Rest()]
		k := slices.IndexFunc(left, func(e *Entry) bool { return !used[e] && e.Rule == found.Rule })
		if k < 0 {
			m.New = append(m.New, found)
			continue
		}
		m.Known[found], used[left[k]] = left[k], true
	}
	for _, e := range f.Entries {
		if !used[e] {
			m.Stale = append(m.Stale, e)
		}
	}
	return m
}

// Apply suppresses the findings that are known, and marks the new ones.
func (m *Match) Apply() {
	for found := range m.Known {
		found.Accept(lint.ByBaseline)
	}
	for _, found := range m.New {
		found.BaselineState = lint.NewFinding
	}
}
