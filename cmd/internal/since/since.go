package since

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Overlay is a state of the files of a repository, as far as it differs from what is on
// disk: by absolute path, the file that stands in its place, or "" if there is none.
type Overlay map[string]string

// Comparison is two states of a repository.
type Comparison struct {
	// Top is the directory of the working tree.
	Top string
	// Base names the older state for people, Tree is the object name of its tree.
	Base, Tree string
	// Before and After are the two states.
	Before, After Overlay
	// Changed are the absolute paths of files that differ between the two, sorted.
	Changed []string
	// Submodules are those that are at another commit than before, with that one, or "" if
	// there was none. What differs in them is not among the changes.
	Submodules map[string]string
	// Renamed leads from old paths to new ones.
	Renamed map[string]string

	git git
	// dir is the temporary directory, or "".
	dir string
	// wanted are the objects that the overlays need, by the file to write.
	wanted []object
}

// object is a file in the store of git.
type object struct{ name, file string }

// Options say how files are found that git does not track.
type Options struct {
	// Ignored: files that git ignores count too.
	Ignored bool
}

// Since compares the merge base of a revision and HEAD with the working tree around a
// directory. [Comparison.Close] is to be called in the end.
func Since(ctx context.Context, dir, rev string, o Options) (*Comparison, error) {
	c, err := open(ctx, dir)
	if err != nil {
		return nil, err
	}
	commit, err := c.mergeBase(ctx, rev)
	if err != nil {
		return nil, err
	}
	c.Base = rev
	if short, err := c.git.line(ctx, "rev-parse", "--short", commit); err == nil && short != rev {
		c.Base = fmt.Sprintf("%s (%s)", rev, short)
	}
	if c.Tree, err = c.git.line(ctx, "rev-parse", "--verify", "--end-of-options", commit+"^{tree}"); err != nil {
		return nil, err
	}
	changes, err := c.diff(ctx, "-M", c.Tree)
	if err != nil {
		return nil, err
	}
	untracked, err := c.untracked(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, path := range untracked {
		c.note(path)
		c.Before[path] = ""
	}
	for _, ch := range changes {
		if ch.unmerged {
			continue // git tells such a file twice
		}
		c.change(ch)
	}
	return c.finish(ctx)
}

// Staged compares HEAD with the index.
func Staged(ctx context.Context, dir string, o Options) (*Comparison, error) {
	c, err := open(ctx, dir)
	if err != nil {
		return nil, err
	}
	c.Base = "HEAD"
	if c.Tree, err = c.git.line(ctx, "rev-parse", "--verify", "--quiet", "HEAD^{tree}"); err != nil {
		// There is no commit yet: everything is new.
		if c.Tree, err = c.git.line(ctx, "hash-object", "-t", "tree", os.DevNull); err != nil {
			return nil, err
		}
	}
	unstaged, err := c.diff(ctx, "--no-renames")
	if err != nil {
		return nil, err
	}
	staged, err := c.diff(ctx, "-M", "--cached", c.Tree)
	if err != nil {
		return nil, err
	}
	untracked, err := c.untracked(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, path := range untracked {
		c.Before[path], c.After[path] = "", ""
	}
	for _, ch := range unstaged {
		if ch.unmerged {
			return nil, fmt.Errorf("%s is not merged: the index has no one state of it", c.show(ch.to))
		}
		c.Before[ch.to] = c.object(ch.oldMode, ch.oldName, ch.to, "index")
		c.After[ch.to] = c.Before[ch.to]
	}
	for _, ch := range staged {
		c.change(ch)
	}
	return c.finish(ctx)
}

func open(ctx context.Context, dir string) (*Comparison, error) {
	c := &Comparison{Before: make(Overlay), After: make(Overlay), Renamed: make(map[string]string), Submodules: make(map[string]string), git: git{dir: dir}}
	top, err := c.git.line(ctx, "rev-parse", "--show-toplevel")
	if err == nil && top == "" {
		err = errors.New("there is no working tree")
	}
	if err == nil {
		c.Top, err = filepath.EvalSymlinks(filepath.FromSlash(top))
	}
	if err != nil {
		return nil, err
	}
	c.git.dir = c.Top
	if c.git.config, err = c.git.withoutFilters(ctx); err != nil {
		return nil, err
	}
	sweep()
	return c, nil
}

// note remembers a path that differs.
func (c *Comparison) note(path string) { c.Changed = append(c.Changed, path) }

// change enters a difference between the older state and the newer one.
func (c *Comparison) change(ch change) {
	if ch.submodule {
		c.Submodules[ch.to] = ""
		switch {
		case ch.oldMode == gitlink:
			c.Submodules[ch.to] = ch.oldName
			return
		case !strings.HasPrefix(ch.oldMode, "100"):
			return
		}
	}
	c.note(ch.to)
	old := c.object(ch.oldMode, ch.oldName, ch.from, "before")
	if ch.from != ch.to {
		c.note(ch.from)
		if old != "" {
			c.Renamed[ch.from] = ch.to
		}
		c.Before[ch.to] = ""
	}
	c.Before[ch.from] = old
}

// object asks for a file of the store and returns where it will be. What is no regular
// file there, a symbolic link or a submodule, is none.
func (c *Comparison) object(mode, name, path, side string) string {
	if !strings.HasPrefix(mode, "100") {
		return ""
	}
	rel, err := filepath.Rel(c.Top, path)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	file := filepath.Join(side, rel)
	c.wanted = append(c.wanted, object{name, file})
	return file
}

// show names a path as git does.
func (c *Comparison) show(path string) string {
	rel, err := filepath.Rel(c.Top, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// finish writes the files of the overlays down.
func (c *Comparison) finish(ctx context.Context) (*Comparison, error) {
	slices.Sort(c.Changed)
	c.Changed = slices.Compact(c.Changed)
	if err := c.write(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	for _, o := range []Overlay{c.Before, c.After} {
		for _, path := range slices.Collect(maps.Keys(o)) {
			if o[path] != "" {
				o[path] = filepath.Join(c.dir, o[path])
			}
		}
	}
	return c, nil
}

// temporary begins the names of our directories.
const temporary = "pickle-lint-since-"

// Close removes what was written.
func (c *Comparison) Close() error {
	if c.dir == "" {
		return nil
	}
	if err := os.RemoveAll(c.dir); err != nil {
		return fmt.Errorf("removing a temporary directory: %w", err)
	}
	return nil
}

// abandoned is how old a directory is of which nobody needs anything.
const abandoned = 24 * time.Hour

// sweep removes directories of runs that were killed before they could.
func sweep() {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), temporary+"*"))
	for _, dir := range old {
		if info, err := os.Lstat(dir); err == nil && info.IsDir() && time.Since(info.ModTime()) > abandoned {
			_ = os.RemoveAll(dir) // it may be somebody else's
		}
	}
}
