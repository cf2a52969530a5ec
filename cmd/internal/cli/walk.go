package cli

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/foreign"
	"github.com/pickle-lint/pickle-lint/cmd/internal/ignore"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/cause"
	"github.com/pickle-lint/pickle-lint/lint"
)

// plan is what a run will look at: files for pyscan and blob, patterns for the
// Go analyzers, and what was passed over.
type plan struct {
	files   []file
	modules map[string]*module
	skips   []*lint.Skip
	// trees are the directories that were walked. Files below are opened through
	// them: a directory that has become a symbolic link since leads nowhere else.
	trees []*os.Root
}

// file is one regular file.
type file struct {
	path string // absolute
	show string // as messages name it
	// named: an argument named the file itself.
	named bool
	// tree and rel say where it was met; tree is nil if it was named.
	tree *os.Root
	rel  string
	// at is where its bytes are, if not at its path.
	at string
}

// close lets go of the trees.
func (p *plan) close() {
	for _, t := range p.trees {
		_ = t.Close() // it was only read
	}
}

// module is one Go module with the patterns that were asked for.
type module struct {
	dir      string
	patterns []string
}

// walker makes a plan.
type walker struct {
	ctx   context.Context
	set   *settings
	plan  *plan
	found func(files int)
	// missed counts files that nothing includes.
	missed int
	// modules caches the module directory of a directory; "" for none.
	modules map[string]string
}

// versionControl are the directories that hold no sources and no stored data of
// the project itself. Their contents are made by tools from what is elsewhere.
var versionControl = []string{".git", ".hg", ".svn", ".jj", ".bzr"}

// makePlan walks all targets. It tells found how many files it knows of.
func makePlan(ctx context.Context, set *settings, targets []target, found func(int)) *plan {
	w := &walker{ctx: ctx, set: set, found: found, plan: &plan{modules: make(map[string]*module)}, modules: make(map[string]string)}
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
	// A file that was named stands before the same file of a tree.
	slices.SortFunc(w.plan.files, func(a, b file) int {
		return cmp.Or(strings.Compare(a.path, b.path), -compareBool(a.named, b.named))
	})
	w.plan.files = slices.CompactFunc(w.plan.files, func(a, b file) bool { return a.path == b.path })
	// Targets may lie in each other.
	told := make(map[[2]string]bool)
	w.plan.skips = slices.DeleteFunc(w.plan.skips, func(s *lint.Skip) bool {
		key := [2]string{s.Path, s.Reason}
		again := told[key]
		told[key] = true
		return again
	})
	return w.plan
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (w *walker) single(t target) {
	if w.set.view.replaces(t.path) {
		if at := w.set.view.overlay[t.path]; at != "" {
			w.add(file{path: t.path, show: w.show(t.path), named: true, at: at}, filepath.Dir(t.path))
		}
		return
	}
	info, err := os.Stat(t.path)
	if err == nil && !info.Mode().IsRegular() {
		w.skip(t.path, "not a regular file: "+kindOf(info.Mode()), false)
		return
	}
	w.add(file{path: t.path, show: w.show(t.path), named: true}, filepath.Dir(t.path))
}

// add takes a file that was met below top.
func (w *walker) add(f file, top string) {
	w.plan.files = append(w.plan.files, f)
	if isGo(f.path) {
		w.goFile(f.path, top, f.named)
	}
}

// maxPath is how long a path may be that is walked. Systems take paths of this
// length, and a chain of directories can be made longer step by step.
const maxPath = 4096

// tree walks one directory. Every file and directory that is passed over leaves
// a skip.
func (w *walker) tree(t target) {
	looked, skipped, missed := len(w.plan.files), len(w.plan.skips), w.missed
	root, err := os.OpenRoot(t.path)
	if err != nil {
		w.skip(t.path, reasonOf(err), false)
		return
	}
	w.plan.trees = append(w.plan.trees, root)
	ignored := &ignored{walker: w, tree: t}
	todo := []directory{{".", ignored.open()}}
	for len(todo) > 0 && w.ctx.Err() == nil {
		dir := todo[len(todo)-1]
		todo = append(todo[:len(todo)-1], w.directory(t, root, dir, ignored)...)
		w.found(len(w.plan.files))
	}
	w.further(t)
	ignored.tell()
	switch {
	case len(w.plan.files) > looked || w.ctx.Err() != nil:
	case w.missed > missed:
		w.skip(t.path, "nothing to lint: no file of the directory is included", false)
	case ignored.any():
		w.skip(t.path, "nothing to lint: git ignores all files of the directory; --no-gitignore looks at them", false)
	case len(w.plan.skips) == skipped:
		w.skip(t.path, "nothing to lint: the directory holds no files", false)
	}
}

// directory is one directory of a tree, by its path in it, with what git ignores
// there; nil for nothing.
type directory struct {
	rel string
	git *ignore.Dir
}

// directory takes the files of one directory, and returns the directories in it.
func (w *walker) directory(t target, root *os.Root, dir directory, ignored *ignored) (below []directory) {
	entries, err := readDir(root, dir.rel)
	if err != nil {
		w.skip(filepath.Join(t.path, dir.rel), reasonOf(err), false)
	}
	git := ignored.enter(dir, entries)
	for _, d := range entries {
		rel := filepath.Join(dir.rel, d.Name())
		path := filepath.Join(t.path, rel)
		switch {
		case w.set.written.has(path):
		case w.leaveOut(t.path, path, d, ignored.tracks(git, d)):
		case ignored.leaveOut(git, path, d):
		case w.set.view.replaces(path):
			// The view has its own word on it; see further.
		case !d.IsDir() && !w.set.included(t.path, path):
			w.missed++
			w.skip(path, "not included", true)
		case len(path) > maxPath:
			w.skip(path, "the path is longer than any system takes", false)
		case d.IsDir():
			below = append(below, directory{rel, git})
		default:
			w.add(file{path: path, show: w.show(path), tree: root, rel: rel}, t.path)
		}
	}
	return below
}

// readDir lists a directory in the order of names. What was read before an error
// is returned too.
func readDir(root *os.Root, dir string) ([]fs.DirEntry, error) {
	f, err := root.OpenFile(dir, readOnly, 0)
	if err != nil {
		return nil, err
	}
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, errors.Join(err, f.Close())
}

// leaveOut decides about one entry of a tree, and says so. Dependencies that git tracks
// are a part of the project, whoever wrote them.
func (w *walker) leaveOut(top, path string, d fs.DirEntry, tracked func() bool) bool {
	name := d.Name()
	if d.IsDir() {
		if slices.Contains(versionControl, name) {
			w.skip(path, "version control; name the directory to lint it", true)
			return true
		}
		// What a project has copied into itself (vendor, third_party) is linted: it is in the
		// repository, it ships, and somebody here has decided that it does.
		installed := foreign.Installed(name) || exists(filepath.Join(path, "pyvenv.cfg")) || exists(filepath.Join(path, "conda-meta"))
		if installed && !tracked() {
			w.skip(path, "installed dependencies; name the directory to lint it", true)
			return true
		}
	}
	if glob, ok := w.set.excluded(top, path); ok {
		w.skip(path, "excluded by "+glob, true)
		return true
	}
	if !d.IsDir() && !d.Type().IsRegular() {
		w.skip(path, kindOf(d.Type()), true)
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
	return cause.Of(err).Error()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
