package goload

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
)

// told is a finding with the unit of go vet's output that brought it.
type told struct {
	finding *lint.Finding
	unit    int
	// tests: the unit was analysed with its tests.
	tests bool
}

// findings are those of one variant of a package a place: the files of a package are also
// those of the variant with its tests, where bytes may come to a site on other ways. The
// variant without tests goes first; of equals the one with the finding that sorts first,
// for in which order the go command answers is not said.
func findings(all []told) []*lint.Finding {
	slices.SortFunc(all, func(a, b told) int {
		if a.tests != b.tests {
			if a.tests {
				return 1
			}
			return -1
		}
		if n := lint.CompareFindings(a.finding, b.finding); n != 0 {
			return n
		}
		return a.unit - b.unit
	})
	type place struct {
		path         string
		line, column int
	}
	units := make(map[place]int)
	var out []*lint.Finding
	for _, t := range all {
		at := place{t.finding.Path, t.finding.Line, t.finding.Column}
		if unit, ok := units[at]; ok && unit != t.unit {
			continue
		}
		units[at] = t.unit
		out = append(out, t.finding)
	}
	return out
}

// end is the channel of a site or a dump that one variant of a package has brought. The files of
// a package say the same in each, but what its tests store belongs to them.
type end struct {
	channel **lint.Channel
	tests   bool
}

// better reports whether another variant knows the channel better.
func (e end) better(tests bool) bool { return e.channel != nil && e.tests && !tests }
