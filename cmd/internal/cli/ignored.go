package cli

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/ignore"
	"github.com/pickle-lint/pickle-lint/lint"
)

// ignored leaves out what git ignores in one tree, and counts it.
type ignored struct {
	*walker
	tree        target
	files, dirs int
	first       string
	// deaf: nobody can say what git ignores here.
	deaf bool
}

// open returns the directory of the tree, or nil if git ignores nothing in it.
func (g *ignored) open() *ignore.Dir {
	if !g.set.gitignore || g.tree.all {
		return nil
	}
	dir, problems := ignore.Open(g.tree.path)
	g.problems(problems)
	return dir
}

func (g *ignored) problems(problems []error) {
	for _, err := range problems {
		g.skip(g.tree.path, "what git ignores is not fully known: "+lint.Printable(reasonOf(err)), true)
	}
}

// enter looks for rules among the entries of a directory. dir.git is what is known
// of the directory around it, or of itself at the top of the tree.
func (g *ignored) enter(dir directory, entries []fs.DirEntry) *ignore.Dir {
	if !g.set.gitignore || g.tree.all || dir.rel == "." || g.deaf {
		return dir.git
	}
	has := func(name string) bool {
		_, found := slices.BinarySearchFunc(entries, name, func(d fs.DirEntry, name string) int { return strings.Compare(d.Name(), name) })
		return found
	}
	if has(".git") {
		top, problems := ignore.Top(filepath.Join(g.tree.path, dir.rel))
		g.problems(problems)
		return top
	}
	if dir.git == nil {
		return nil
	}
	below, err := dir.git.Enter(filepath.Base(dir.rel), has(".gitignore"))
	if err != nil {
		g.problems([]error{err})
	}
	return below
}

// leaveOut decides about one entry of a directory.
func (g *ignored) leaveOut(dir *ignore.Dir, path string, d fs.DirEntry) bool {
	if dir == nil || g.deaf {
		return false
	}
	out, err := dir.Ignored(d.Name(), d.IsDir())
	if err != nil {
		g.deaf = true
		g.skip(g.tree.path, "nothing is left out as ignored by git: "+lint.Printable(reasonOf(err)), true)
		return false
	}
	if !out {
		return false
	}
	if g.first == "" {
		g.first = g.show(path)
	}
	if d.IsDir() {
		g.dirs++
	} else {
		g.files++
	}
	return true
}

// tracks returns whether git tracks an entry of a directory, or something in it.
func (g *ignored) tracks(dir *ignore.Dir, d fs.DirEntry) func() bool {
	return func() bool {
		if dir == nil || g.deaf {
			return false
		}
		tracked, err := dir.Tracked(d.Name(), d.IsDir())
		return err == nil && tracked
	}
}

func (g *ignored) any() bool { return g.files+g.dirs > 0 }

// tell says in one notice what was left out.
func (g *ignored) tell() {
	if !g.any() {
		return
	}
	var counts []string
	for _, c := range []struct {
		n         int
		one, many string
	}{{g.files, "file", "files"}, {g.dirs, "directory", "directories"}} {
		switch {
		case c.n == 1:
			counts = append(counts, "1 "+c.one)
		case c.n > 1:
			counts = append(counts, fmt.Sprintf("%d %s", c.n, c.many))
		}
	}
	g.skip(g.tree.path, fmt.Sprintf("%s that git ignores, the first is %s; --no-gitignore looks at them",
		strings.Join(counts, " and "), lint.Printable(g.first)), true)
}
