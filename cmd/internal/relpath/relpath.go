// Package relpath answers one question for the command: where does a path lie,
// seen from a directory?
package relpath

import (
	"path/filepath"
	"strings"
)

// Below returns path relative to dir, with slashes ("." for dir itself), and
// whether it lies there at all. Both must be absolute, or neither.
func Below(dir, path string) (string, bool) {
	rel, err := filepath.Rel(dir, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Show names a path as messages do: relative to root when it lies below it, and
// always with slashes.
func Show(root, path string) string {
	if rel, ok := Below(root, path); ok {
		return rel
	}
	return filepath.ToSlash(path)
}
