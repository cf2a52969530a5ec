package cli

import (
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan"
)

// nearby adds to Python files, by their absolute paths with slashes, those whose results may
// hang on them without an import: a load on who calls the function around it, and a proof on
// who puts another function in the place of the check. Both are looked for in the files of
// the package, if they are few. Which directory is that of the package is not asked: each
// around the file may be it. all are the files there are; those that changed do not count
// as many, because there may be fewer in one of the two states.
func nearby(of map[string]bool, all []string, changed func(string) bool) map[string]bool {
	type few struct {
		files []string
		count int
	}
	dirs := make(map[string]*few)
	for f := range of {
		for dir := range around(f) {
			dirs[dir] = new(few)
		}
	}
	for _, f := range all {
		for dir := range around(f) {
			d := dirs[dir]
			if d == nil || d.count > pyscan.MaxNear {
				continue
			}
			if path.Ext(f) == ".py" && !changed(f) {
				d.count++
			}
			d.files = append(d.files, f)
		}
	}
	out := make(map[string]bool, len(of))
	for f := range of {
		out[f] = true
	}
	for _, d := range dirs {
		if d.count > pyscan.MaxNear {
			continue
		}
		for _, f := range d.files {
			out[f] = true
		}
	}
	return out
}

// around are the directories around a file.
func around(file string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for at := strings.LastIndexByte(file, '/'); at > 0; at = strings.LastIndexByte(file[:at], '/') {
			if !yield(file[:at]) {
				return
			}
		}
	}
}
