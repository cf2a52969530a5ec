package ignore

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/worktree"
)

// Dir is a directory of a work tree, with what is ignored in it.
type Dir struct {
	repo *repo
	up   *Dir // nil at the top of the work tree
	// path is relative to the top, with slashes; "" there.
	path     string
	patterns []pattern
	// lost: git ignores the directory itself, and looks at tracked files of it only.
	lost bool
}

// repo is what all directories of a work tree share.
type repo struct {
	top     string // absolute
	exclude []pattern
	tracked []string
	read    bool  // the index was
	trouble error // of reading the index
}

// Open returns the directory at an absolute path, or nil if that is in no work
// tree. problems are what could not be read.
//
// Where git ignores the directory itself, or it has a .gitignore of its own by which
// nearly all in it is ignored (that of a virtual environment), nothing in it counts
// as ignored: whoever opens it wants to see it. A work tree as a whole is no such
// directory.
func Open(path string) (d *Dir, problems []error) {
	top := worktree.Top(path)
	if top == "" {
		return nil, nil
	}
	d, problems = root(top)
	rel, err := filepath.Rel(top, path)
	if err != nil || rel == "." {
		return d, problems
	}
	for name := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
		ignored, err := d.Ignored(name, true)
		if err != nil {
			return nil, append(problems, err)
		}
		if ignored {
			return nil, problems
		}
		below, err := d.Enter(name, true)
		if err != nil {
			problems = append(problems, err)
		}
		d = below
	}
	if p := last(d.patterns, anyName, false); d.lost || p != nil && !p.negative {
		return nil, problems
	}
	return d, problems
}

// anyName stands for the names that nothing but a wildcard matches. It has no dot:
// "*.*" is not everything.
const anyName = "\x01"

// root opens the top of a work tree.
func root(top string) (d *Dir, problems []error) {
	r := &repo{top: top}
	d = &Dir{repo: r}
	for _, from := range []struct {
		path string
		into *[]pattern
	}{{filepath.Join(r.common(), "info", "exclude"), &r.exclude}, {filepath.Join(top, ".gitignore"), &d.patterns}} {
		var err error
		if *from.into, err = load(from.path); err != nil {
			problems = append(problems, err)
		}
	}
	return d, problems
}

// gitDir returns the directory with the index: .git, or where a file of that name
// leads in a submodule or a further work tree (git, gitrepository-layout).
func (r *repo) gitDir() string {
	dir := filepath.Join(r.top, ".git")
	text, err := small(dir)
	if err != nil {
		return dir
	}
	if to, ok := strings.CutPrefix(text, "gitdir: "); ok {
		return under(r.top, to)
	}
	return dir
}

// common returns the directory with what all work trees of a repository share.
func (r *repo) common() string {
	dir := r.gitDir()
	if to, err := small(filepath.Join(dir, "commondir")); err == nil {
		return under(dir, to)
	}
	return dir
}

func under(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// small reads a line of a small file.
func small(path string) (string, error) {
	text, err := readFile(path, maxPattern)
	return strings.TrimSpace(string(text)), err
}

// readFile reads a regular file of at most so many bytes. git does not follow a
// link that is named .gitignore either (git 2.32, release notes).
func readFile(path string, most int64) (_ []byte, err error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: %w", path, errIrregular)
	case info.Size() > most:
		return nil, fmt.Errorf("%s has more than %d bytes, which are not read", filepath.Base(path), most)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return io.ReadAll(io.LimitReader(f, most))
}

var errIrregular = errors.New("not a regular file")

// load reads the patterns of a file, if it is there.
func load(path string) ([]pattern, error) {
	text, err := readFile(path, maxFile)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errIrregular) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	patterns, whole := parse(bytes.TrimSuffix(text, []byte("\x00")))
	if !whole {
		err = fmt.Errorf("%s has more than %d patterns: the others are not honoured", filepath.Base(path), maxPatterns)
	}
	return patterns, err
}

// Enter returns a directory in d. rules says whether there is a .gitignore in it,
// as far as anybody knows.
func (d *Dir) Enter(name string, rules bool) (*Dir, error) {
	below := &Dir{repo: d.repo, up: d, path: d.join(name), lost: d.lost || d.matches(name, true)}
	if !rules {
		return below, nil
	}
	var err error
	below.patterns, err = load(filepath.Join(d.repo.top, filepath.FromSlash(below.path), ".gitignore"))
	return below, err
}

// Top returns the directory at the top of a work tree, whatever is around it.
func Top(path string) (*Dir, []error) { return root(path) }

func (d *Dir) join(name string) string {
	if d.path == "" {
		return name
	}
	return d.path + "/" + name
}

// Ignored reports whether git ignores a file or a directory in d. What is tracked,
// or holds something that is, is not ignored. An error says that nobody knows.
func (d *Dir) Ignored(name string, dir bool) (bool, error) {
	if !d.lost && !d.matches(name, dir) {
		return false, nil
	}
	tracked, err := d.Tracked(name, dir)
	return err == nil && !tracked, err
}

// Tracked reports whether git tracks a file in d, or something in a directory of it.
func (d *Dir) Tracked(name string, dir bool) (bool, error) {
	tracked, err := d.repo.paths()
	return err == nil && holds(tracked, d.join(name), dir), err
}

// matches reports whether the last pattern that matches says so. What stands
// deeper comes after what stands above, and .git/info/exclude before all.
func (d *Dir) matches(name string, dir bool) bool {
	path := d.join(name)
	for at := d; at != nil; at = at.up {
		rel := path
		if at.path != "" {
			rel = path[len(at.path)+1:]
		}
		if p := last(at.patterns, rel, dir); p != nil {
			return !p.negative
		}
	}
	p := last(d.repo.exclude, path, dir)
	return p != nil && !p.negative
}

func last(patterns []pattern, path string, dir bool) *pattern {
	for i := len(patterns) - 1; i >= 0; i-- {
		if patterns[i].match(path, dir) {
			return &patterns[i]
		}
	}
	return nil
}

// paths returns what is tracked. The index is read when something is ignored.
func (r *repo) paths() ([]string, error) {
	if r.read {
		return r.tracked, r.trouble
	}
	r.read = true
	b, err := readFile(filepath.Join(r.gitDir(), "index"), maxIndex)
	switch {
	case errors.Is(err, fs.ErrNotExist): // nothing was ever added
	case err != nil:
		r.trouble = err
	default:
		r.tracked, r.trouble = readIndex(b)
	}
	return r.tracked, r.trouble
}
