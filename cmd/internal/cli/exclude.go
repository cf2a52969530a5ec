package cli

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/config"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
)

// excluded returns the glob that leaves out a path met below top. Globs of the
// configuration start at its directory, those of flags at the directory of the
// run. That a glob matches top itself, or what is above it, does not count.
func (s *settings) excluded(top, path string) (string, bool) {
	for _, from := range []struct {
		dir   string
		globs []string
	}{{s.config.Dir, s.config.Exclude}, {s.root, s.exclude}} {
		rel, ok := relpath.Below(from.dir, path)
		if !ok {
			continue
		}
		above := 0
		if named, ok := relpath.Below(from.dir, top); ok && named != "." {
			above = 1 + strings.Count(named, "/")
		}
		for _, glob := range from.globs {
			if config.Match(glob, rel, above) {
				return glob, true
			}
		}
	}
	return "", false
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
