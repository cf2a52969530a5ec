package cli

import (
	"slices"

	"github.com/pickle-lint/pickle-lint/cmd/internal/config"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
)

// excluded returns the glob that leaves out a path met below top. Globs of the
// configuration start at its directory, those of flags at the directory of the
// run. A glob that matches top itself does not count: whoever names an excluded
// directory wants to see what is in it.
func (s *settings) excluded(top, path string) (string, bool) {
	for _, from := range []struct {
		dir   string
		globs []string
	}{{s.config.Dir, s.config.Exclude}, {s.root, s.exclude}} {
		for _, glob := range from.globs {
			if matchBelow(from.dir, glob, path) && !matchBelow(from.dir, glob, top) {
				return glob, true
			}
		}
	}
	return "", false
}

// matchBelow reports whether path lies below dir and matches the glob there.
func matchBelow(dir, glob, path string) bool {
	rel, ok := relpath.Below(dir, path)
	return ok && config.Match(glob, rel)
}

// wanted reports whether some target covers a path that is not excluded below
// it. The go command lints whole packages, so its findings are sifted here.
func (s *settings) wanted(targets []target, path string) bool {
	return slices.ContainsFunc(targets, func(t target) bool {
		if t.stdin() {
			return false
		}
		if !t.isDir {
			return t.path == path
		}
		_, below := relpath.Below(t.path, path)
		_, out := s.excluded(t.path, path)
		return below && !out
	})
}
