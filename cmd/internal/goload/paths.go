package goload

import (
	"path/filepath"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
)

// relative returns a path relative to the root if it lies below it, with
// slashes. Both may be spelled through a symbolic link (on macOS every temporary
// directory is), so the real spelling is tried too.
func (l *loader) relative(path string) string {
	if path == "" || !filepath.IsAbs(path) {
		return filepath.ToSlash(path)
	}
	if rel, ok := relpath.Below(l.Root, path); ok {
		return rel
	}
	realRoot, err1 := filepath.EvalSymlinks(l.Root)
	realPath, err2 := filepath.EvalSymlinks(path)
	if err1 == nil && err2 == nil {
		if rel, ok := relpath.Below(realRoot, realPath); ok {
			return rel
		}
	}
	return filepath.ToSlash(path)
}
