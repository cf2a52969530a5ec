package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/lint"
)

// plan is what a run will look at: files for pyscan and blob, patterns for the
// Go analyzers, and what was passed over.
type plan struct {
	files   []file
	modules map[string]*module
	skips   []*lint.Skip
}

// file is one regular file.
type file struct {
	path string // absolute
	show string // as messages name it
	// named: an argument named the file itself.
	named bool
}

// module is one Go module with the patterns that were asked for.
type module struct {
	dir      string
	patterns []string
}

// walker makes a plan.
type walker struct {
	set  *settings
	plan *plan
	// modules caches the module directory of a directory; "" for none.
	modules map[string]string
}

// versionControl are the directories that hold no sources and no stored data of
// the project itself. Their contents are made by tools from what is elsewhere.
var versionControl = []string{".git", ".hg", ".svn", ".jj", ".bzr"}

// dependencies are directories of other people's code that package managers put
// beside a project's own. They are left out with notice.
var dependencies = []string{"node_modules", ".venv", ".tox", ".nox"}

// makePlan walks all targets.
func makePlan(set *settings, targets []target) *plan {
	w := &walker{set: set, plan: &plan{modules: make(map[string]*module)}, modules: make(map[string]string)}
	seen := make(map[string]bool)
	for _, t := range targets {
		if t.stdin() || seen[t.path] {
			continue
		}
		seen[t.path] = true
		if t.unreadable != nil {
			w.skip(t.path, reasonOf(t.unreadable), false)
			continue
		}
		if t.isDir {
			w.tree(t)
		} else {
			w.single(t)
		}
	}
	slices.SortFunc(w.plan.files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	w.plan.files = slices.CompactFunc(w.plan.files, func(a, b file) bool { return a.path == b.path })
	return w.plan
}

func (w *walker) single(t target) {
	info, err := os.Stat(t.path)
	if err == nil && !info.Mode().IsRegular() {
		w.skip(t.path, "not a regular file: "+kindOf(info.Mode()), false)
		return
	}
	w.plan.files = append(w.plan.files, file{t.path, w.show(t.path), true})
	if isGo(t.path) {
		w.goFile(t.path, filepath.Dir(t.path), true)
	}
}

// tree walks one directory. Every file and directory that is passed over leaves
// a skip.
func (w *walker) tree(t target) {
	looked := len(w.plan.files)
	skipped := len(w.plan.skips)
	err := filepath.WalkDir(t.path, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			w.skip(path, reasonOf(err), false)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if path != t.path {
			if stop := w.leaveOut(t.path, path, d); stop {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
		}
		if d.IsDir() {
			return nil
		}
		w.plan.files = append(w.plan.files, file{path, w.show(path), false})
		if isGo(path) {
			w.goFile(path, t.path, false)
		}
		return nil
	})
	if err != nil {
		w.skip(t.path, reasonOf(err), false)
	}
	if len(w.plan.files) == looked && len(w.plan.skips) == skipped {
		w.skip(t.path, "nothing to lint: the directory holds no files", false)
	}
}

// leaveOut decides about one entry of a tree, and says so.
func (w *walker) leaveOut(top, path string, d fs.DirEntry) bool {
	name := d.Name()
	if d.IsDir() {
		if slices.Contains(versionControl, name) {
			w.skip(path, "version control is left out; name the directory to lint it", true)
			return true
		}
		if slices.Contains(dependencies, name) || exists(filepath.Join(path, "pyvenv.cfg")) {
			w.skip(path, "installed dependencies are left out; name the directory to lint it", true)
			return true
		}
	}
	if glob, ok := w.set.excluded(top, path); ok {
		w.skip(path, "excluded by "+glob, true)
		return true
	}
	if !d.IsDir() && !d.Type().IsRegular() {
		w.skip(path, kindOf(d.Type())+" left out", true)
		return true
	}
	return false
}

func (w *walker) skip(path, reason string, excluded bool) {
	w.plan.skips = append(w.plan.skips, &lint.Skip{
		Location: lint.Location{Path: w.show(path)}, Reason: reason, Excluded: excluded,
	})
}

// show names a path as messages do: relative to the directory of the run when it
// lies below it, with slashes.
func (w *walker) show(path string) string { return relpath.Show(w.set.root, path) }

func kindOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		return "named pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	case mode&fs.ModeDevice != 0:
		return "device"
	}
	return "special file"
}

// reasonOf returns the cause of a file error without the path, which the skip
// names already.
func reasonOf(err error) string {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
