package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// declarations is where a run looks for versions of Python libraries.
type declarations struct {
	project *declared.Project
	trees   []*os.Root
}

// declare settles which versions hold for the Python sources of a run. They are looked
// for from the directory of each source up to the directory of the run; for one that
// lies elsewhere, up to the directory that was named.
func (s *settings) declare(targets []target) *declarations {
	d := &declarations{project: &declared.Project{Libraries: pyscan.Libraries(s.catalog), Otherwise: s.configured()}}
	dirs := []string{s.root}
	for _, t := range targets {
		if t.stdin() || t.unreadable != nil {
			continue
		}
		dir := t.path
		if !t.isDir {
			dir = filepath.Dir(dir)
		}
		if _, inside := relpath.Below(s.root, dir); !inside {
			dirs = append(dirs, dir)
		}
	}
	// A file belongs to the first tree in which it lies: outer ones go first.
	slices.SortStableFunc(dirs[1:], func(a, b string) int { return len(a) - len(b) })
	for i, dir := range dirs {
		root, err := os.OpenRoot(dir)
		if err != nil {
			continue // the walk says so, if the directory was named
		}
		prefix := ""
		if i > 0 {
			prefix = filepath.ToSlash(dir)
		}
		d.trees = append(d.trees, root)
		d.project.Trees = append(d.project.Trees, declared.Tree{Prefix: prefix, FS: treeFS{root, dir, s.view}})
	}
	s.versions = d.project
	return d
}

// configured returns the versions that the configuration names. Its words were checked.
func (s *settings) configured() map[string]declared.Version {
	out := make(map[string]declared.Version)
	where := s.configFile()
	for name, version := range s.config.Python.Libraries {
		out[name] = declared.Version{Range: pep440.Exact(pep440.MustParse(version)), Text: name + " " + version, Where: where}
	}
	if version := s.config.Python.Version; version != "" {
		out[declared.Python] = declared.Version{Range: pep440.Exact(pep440.MustParse(version)), Text: "Python " + version, Where: where}
	}
	return out
}

func (d *declarations) skips() (skips []*lint.Skip) {
	for _, trouble := range d.project.Troubles() {
		skips = append(skips, &lint.Skip{Location: lint.Location{Path: trouble.Path}, Reason: lint.Printable(trouble.Reason)})
	}
	return skips
}

func (d *declarations) close() {
	for _, t := range d.trees {
		_ = t.Close() // it was only read
	}
}

// treeFS is a directory as fs.FS. Symbolic links do not lead out of it, and a named
// pipe is opened without waiting for a writer.
type treeFS struct {
	root *os.Root
	dir  string
	view *view
}

// Open opens a file or directory.
func (t treeFS) Open(name string) (fs.File, error) {
	if path := filepath.Join(t.dir, filepath.FromSlash(name)); t.view.replaces(path) {
		f, err := os.Open(t.view.overlay[path]) // "" is no file
		if err != nil {
			return nil, err
		}
		return f, nil
	}
	f, err := t.root.OpenFile(filepath.FromSlash(name), readOnly, 0)
	if err != nil {
		return nil, err
	}
	return f, nil
}
