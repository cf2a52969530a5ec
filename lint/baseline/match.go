package baseline

import (
	"path"
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
// finding of the same words in another file may be meant, if that looks like the same file
// (see sameName).
func (f *File) Match(findings []*lint.Finding, file func(*lint.Finding) string, gone func(path string) bool) *Match {
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
		k := slices.IndexFunc(left, func(e *Entry) bool { return !used[e] && e.Rule == found.Rule && e.Path == file(found) })
		if k < 0 {
			open = append(open, found)
			continue
		}
		m.Known[found], used[left[k]] = left[k], true
	}
	rests := make(map[string][]*Entry)
	named := make(map[string]bool)
	for _, e := range f.Entries {
		named[e.Path] = true
		if !used[e] && gone(e.Path) {
			rests[e.Print.Rest()] = append(rests[e.Print.Rest()], e)
		}
	}
	for _, near := range []func(from, to string) bool{sameName, sameDirectory} {
		open = slices.DeleteFunc(open, func(found *lint.Finding) bool {
			at := file(found)
			left := rests[found.Fingerprint.Rest()]
			k := slices.IndexFunc(left, func(e *Entry) bool {
				return !used[e] && e.Rule == found.Rule && !named[at] && near(e.Path, at)
			})
			if k >= 0 {
				m.Known[found], used[left[k]] = left[k], true
			}
			return k >= 0
		})
	}
	m.New = open
	for _, e := range f.Entries {
		if !used[e] {
			m.Stale = append(m.Stale, e)
		}
	}
	return m
}

// A file that is no more may have moved to one that no entry names: it keeps its name in
// another directory, or has another one in its own, as git sees most renames. A load that
// goes to another program is no old one. Stored bytes have few words of their own, as any two
// that call the same function have the same, so that they must keep their names.

func sameName(from, to string) bool { return path.Base(from) == path.Base(to) }

func sameDirectory(from, to string) bool {
	return path.Dir(from) == path.Dir(to) && path.Ext(from) == path.Ext(to) && source(from)
}

// source reports a file of Go or Python.
func source(name string) bool {
	switch path.Ext(name) {
	case ".go", ".py", ".pyi", ".pyw", ".ipynb":
		return true
	}
	return false
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
