package goload

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// relative returns a path relative to the root if it lies below it, with
// slashes. Both may be spelled through a symbolic link (on macOS every temporary
// directory is), so the real spelling is tried too.
func (l *loader) relative(path string) string {
	if path == "" || !filepath.IsAbs(path) {
		return filepath.ToSlash(path)
	}
	if rel, ok := below(l.Root, path); ok {
		return rel
	}
	realRoot, err1 := filepath.EvalSymlinks(l.Root)
	realPath, err2 := filepath.EvalSymlinks(path)
	if err1 == nil && err2 == nil {
		if rel, ok := below(realRoot, realPath); ok {
			return rel
		}
	}
	return filepath.ToSlash(path)
}

func below(root, path string) (string, bool) {
	rel, err := filepath.Rel(root, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// Module is a Go module on disk.
type Module struct {
	// Dir is absolute; File is its go.mod.
	Dir, File string
}

// FindModule returns the module that a directory lies in, or nil if no
// directory upwards has a go.mod.
func FindModule(dir string) (*Module, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the module of %s: %w", dir, err)
	}
	for {
		file := filepath.Join(dir, "go.mod")
		info, err := os.Stat(file)
		switch {
		case err == nil && info.Mode().IsRegular():
			return &Module{Dir: dir, File: file}, nil
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("looking for go.mod: %w", err)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, nil
		}
		dir = parent
	}
}
