package baseline

import "github.com/pickle-lint/pickle-lint/lint"

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
func (f *File) Match(findings []*lint.Finding, gone func(path string) bool) *Match {
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
		same := found.Fingerprint.Same()
		if left := prints[same]; len(left) > 0 {
			m.Known[found], prints[same] = left[0], left[1:]
			used[left[0]] = true
			continue
		}
		open = append(open, found)
	}
	rests := make(map[string][]*Entry)
	for _, e := range f.Entries {
		if !used[e] && gone(e.Path) {
			rests[e.Print.Rest()] = append(rests[e.Print.Rest()], e)
		}
	}
	for _, found := range open {
		rest := found.Fingerprint.Rest()
		if left := rests[rest]; len(left) > 0 {
			m.Known[found], rests[rest] = left[0], left[1:]
			used[left[0]] = true
			continue
		}
		m.New = append(m.New, found)
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
