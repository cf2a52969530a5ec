package baseline

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Update brings the file up to date with a match: entries that accept nothing go, unless
// keep says that nobody has looked; those of a file that was renamed follow it; and the new
// findings come in, if they may, on a day and with an owner. path names the file of a
// finding as entries do. It returns how many entries came and went.
func (f *File) Update(m *Match, path func(*lint.Finding) string, keep func(*Entry) bool, add bool, day, owner string) (came, went int) {
	f.Entries = slices.DeleteFunc(f.Entries, func(e *Entry) bool {
		out := slices.Contains(m.Stale, e) && !keep(e)
		if out {
			went++
		}
		return out
	})
	for found, e := range m.Known {
		e.Path, e.Print = path(found), found.Fingerprint.Same()
	}
	if add {
		for _, found := range m.New {
			f.Entries = append(f.Entries, &Entry{
				Path: path(found), Rule: found.Rule, Print: found.Fingerprint.Same(), Since: day, Owner: owner, About: found.Callable,
			})
			came++
		}
	}
	return came, went
}
