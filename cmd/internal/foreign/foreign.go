// Package foreign owns the names of directories that hold what others have written: what a
// package manager installs there, and what a project has copied into itself. What follows
// from that is decided where it is asked: installed packages are not walked, and neither
// kind is changed.
package foreign

import (
	"slices"
	"strings"
)

// installed are directories that package managers fill beside a project's own. Debian's Python
// has one of its own name.
var installed = []string{"node_modules", ".venv", ".tox", ".nox", "site-packages", "__pypackages__", ".eggs"}

// copied are directories of what a project has taken into its repository, or that only by
// convention hold an environment: there somebody here has decided that it ships.
var copied = []string{"vendor", "_vendor", "third_party", "third-party", "dist-packages", "venv"}

// Installed reports the name of a directory of installed packages.
func Installed(name string) bool { return slices.Contains(installed, name) }

// Within reports whether a path with slashes leads through a directory of either kind.
func Within(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(name string) bool { return Installed(name) || slices.Contains(copied, name) })
}
