package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/goload"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
)

func isGo(path string) bool { return strings.HasSuffix(path, ".go") }

// goFile notes that a Go file was met below top, so that its module's packages
// are linted. A tree is linted with the go command's own "...", which passes over
// testdata and names that begin with . or _; so do we, or a directory of
// fixtures would be reported as files without a module.
func (w *walker) goFile(path, top string, single bool) {
	dir := filepath.Dir(path)
	if !single && ignoredByGo(top, dir) {
		return
	}
	moduleDir := w.moduleOf(dir)
	if moduleDir == "" {
		w.withoutModule(dir)
		return
	}
	m := w.plan.modules[moduleDir]
	if m == nil {
		m = &module{dir: moduleDir}
		w.plan.modules[moduleDir] = m
	}
	// A tree that begins inside the module is linted from there, another
	// module below the tree is linted whole, a file with its package.
	from, suffix := ".", "/..."
	if single {
		suffix = ""
		top = dir
	}
	if rel, ok := relpath.Below(moduleDir, top); ok {
		from = rel
	}
	pattern := "./" + from + suffix
	if from == "." {
		pattern = "." + suffix
	}
	if !slices.Contains(m.patterns, pattern) {
		m.patterns = append(m.patterns, pattern)
	}
}

// withoutModule says of a directory that its Go files are not linted.
func (w *walker) withoutModule(dir string) { w.skip(dir, noModule, false) }

// noModule is why Go files are skipped that belong to no module.
const noModule = "Go files without a go.mod are not linted"

// ignoredByGo reports a directory that a pattern ending in "..." passes over.
func ignoredByGo(top, dir string) bool {
	rel, ok := relpath.Below(top, dir)
	if !ok || rel == "." {
		return false
	}
	return slices.ContainsFunc(strings.Split(rel, "/"), goload.IgnoredDir)
}

// moduleOf returns the nearest directory with a go.mod at dir or above it, or "".
func (w *walker) moduleOf(dir string) string {
	if found, ok := w.modules[dir]; ok {
		return found
	}
	found := ""
	if exists(filepath.Join(dir, "go.mod")) {
		found = dir
	} else if parent := filepath.Dir(dir); parent != dir {
		found = w.moduleOf(parent)
	}
	w.modules[dir] = found
	return found
}
