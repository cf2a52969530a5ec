package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/cmd/internal/since"
)

// view is a state of the files: what is on disk, with some files in the place of others.
// A nil view is what is on disk.
type view struct{ overlay since.Overlay }

// replaces reports whether the view has its own word on a path.
func (v *view) replaces(path string) bool {
	if v == nil {
		return false
	}
	_, ok := v.overlay[path]
	return ok
}

// actual returns where the bytes of a file are, and false if the file is away.
func (v *view) actual(path string) (string, bool) {
	if v.replaces(path) {
		return v.overlay[path], v.overlay[path] != ""
	}
	return path, true
}

func (v *view) exists(path string) bool {
	at, ok := v.actual(path)
	return ok && exists(at)
}

func (v *view) readSource(name string) ([]byte, error) {
	at, ok := v.actual(filepath.FromSlash(name))
	if !ok {
		return nil, os.ErrNotExist
	}
	return readSource(at)
}

// forGo is the view as the go command takes it.
func (v *view) forGo() map[string]string {
	if v == nil {
		return nil
	}
	return v.overlay
}

// further adds the files of a view that lie below a tree: a walk of what is on disk
// passes them over, or does not meet them. Git tracks them, so that nothing of what it
// ignores is among them.
func (w *walker) further(t target) {
	if w.set.view == nil {
		return
	}
	var paths []string
	for path, at := range w.set.view.overlay {
		if _, below := relpath.Below(t.path, path); below && at != "" {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		rel, _ := relpath.Below(t.path, path)
		if slices.ContainsFunc(strings.Split(rel, "/"), func(name string) bool { return slices.Contains(versionControl, name) }) {
			continue
		}
		if _, out := w.set.excluded(t.path, path); out || !w.set.included(t.path, path) {
			continue
		}
		w.add(file{path: path, show: w.show(path), at: w.set.view.overlay[path]}, t.path)
	}
}
