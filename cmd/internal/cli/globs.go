package cli

import (
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
)

// excluded returns the glob that leaves out a path met below top. Globs of the
// configuration start at its directory, those of flags at the directory of the
// run, or at top where that lies elsewhere. That a glob matches top itself, or
// what is above it, does not count.
func (s *settings) excluded(top, path string) (string, bool) {
	for _, from := range []struct {
		dir   string
		globs []string
		flag  bool
	}{{s.config.Dir, s.config.Exclude, false}, {s.root, s.exclude, true}} {
		rel, ok := relpath.Below(from.dir, path)
		above := 0
		if named, inside := relpath.Below(from.dir, top); inside && named != "." {
			above = 1 + strings.Count(named, "/")
		}
		if !ok && from.flag {
			rel, ok = relpath.Below(top, path)
		}
		if !ok {
			continue
		}
		for _, glob := range from.globs {
			if config.Match(glob, rel, above) {
				return glob, true
			}
		}
	}
	return "", false
}

// included reports whether a file met below top is to be looked at: there are no
// globs of what to include, or one matches. Those of flags stand in for those of
// the configuration, which say nothing about what lies outside of its directory.
func (s *settings) included(top, path string) bool {
	dir, globs := s.config.Dir, s.config.Include
	if len(s.include) > 0 {
		dir, globs = s.root, s.include
	}
	if len(globs) == 0 {
		return true
	}
	rel, ok := relpath.Below(dir, path)
	if !ok {
		if len(s.include) == 0 {
			return true
		}
		if rel, ok = relpath.Below(top, path); !ok {
			return false
		}
	}
	return slices.ContainsFunc(globs, func(glob string) bool { return config.Match(glob, rel, 0) })
}

// wanted reports whether some target covers a path that is not left out below
// it. The go command lints whole packages, so its findings are sifted here.
func (s *settings) wanted(targets []target, path string) bool {
	return slices.ContainsFunc(targets, func(t target) bool {
		if t.stdin() {
			return false
		}
		if !t.isDir {
			return t.path == path
		}
		if _, below := relpath.Below(t.path, path); !below {
			return false
		}
		_, out := s.excluded(t.path, path)
		return !out && s.included(t.path, path)
	})
}
