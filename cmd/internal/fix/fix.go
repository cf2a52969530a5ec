// Package fix owns changing files: which of the fixes that findings carry are made
// together, which files are left alone and why, how a change is shown as a diff, and how
// it is written so that a file is either as it was or as it is to be.
//
// It leaves to its caller which findings there are, which files were asked for, and
// looking again. What a fix does is the business of who found it.
package fix

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/foreign"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/cause"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Options say what may be changed.
type Options struct {
	// Root is the directory that paths of findings are relative to, without symbolic
	// links.
	Root string
	// Kinds are the kinds of fixes that are wanted.
	Kinds []lint.FixKind
	// May returns why a file is not to be changed, by its absolute path, or nil.
	May func(path string) error
}

// Change is what becomes of one file.
type Change struct {
	// Path is absolute and without symbolic links, Show as messages name it.
	Path, Show string
	// Fixed counts the findings that are answered.
	Fixed         int
	Before, After []byte
	edits         []lint.Edit
	info          fs.FileInfo
}

// Notice is about a file that is not changed, or not fully.
type Notice struct {
	Show, Reason string
}

// Plan picks the fixes that can be made together. Of those that overlap the first is
// made, in the order of the findings, and of several for one finding the first that is
// wanted.
func Plan(findings []*lint.Finding, o Options) (changes []*Change, notices []Notice) {
	files := make(map[string]*Change)
	refused := make(map[string]bool)
	overlapping := make(map[string]int)
	for _, f := range findings {
		i := slices.IndexFunc(f.Fixes, func(x lint.Fix) bool { return slices.Contains(o.Kinds, x.Kind) && len(x.Edits) > 0 })
		if i < 0 || f.Suppressed || refused[f.Fixes[i].Path] {
			continue
		}
		fix := f.Fixes[i]
		c, err := o.open(files, fix.Path)
		if err == nil && fix.Sum != lint.Sum(c.Before) {
			err = errChanged
		}
		if err != nil {
			refused[fix.Path] = true
			notices = append(notices, Notice{fix.Path, cause.Of(err).Error()})
			continue
		}
		if !c.take(fix) {
			overlapping[c.Show]++
		}
	}
	for _, c := range files {
		if refused[c.Show] || len(c.edits) == 0 {
			continue
		}
		slices.SortFunc(c.edits, lint.CompareEdits)
		after, err := lint.Apply(c.Before, c.edits)
		switch {
		case err != nil:
			notices = append(notices, Notice{c.Show, err.Error()})
			continue
		case bytes.Equal(after, c.Before):
			continue
		}
		c.After = after
		changes = append(changes, c)
	}
	for show, n := range overlapping {
		what := "1 fix overlaps"
		if n > 1 {
			what = fmt.Sprintf("%d fixes overlap", n)
		}
		notices = append(notices, Notice{show, what + " with another one, which goes first"})
	}
	slices.SortFunc(changes, func(a, b *Change) int { return strings.Compare(a.Show, b.Show) })
	slices.SortFunc(notices, func(a, b Notice) int { return strings.Compare(a.Show+a.Reason, b.Show+b.Reason) })
	return changes, notices
}

// take adds the edits of a fix, or reports that one overlaps with what is there.
func (c *Change) take(fix lint.Fix) bool {
	for _, e := range fix.Edits {
		if slices.ContainsFunc(c.edits, e.Overlaps) {
			return false
		}
	}
	for _, e := range fix.Edits {
		if !slices.Contains(c.edits, e) {
			c.edits = append(c.edits, e)
		}
	}
	c.Fixed++
	return true
}

// What is wrong with a file.
var (
	errChanged   = errors.New("it has changed since it was read")
	errReadOnly  = errors.New("it is read-only")
	errGenerated = errors.New("it is generated: its generator is to be changed")
	errVendored  = errors.New("it is a copy of somebody else's code")
	errOutside   = errors.New("a symbolic link leads to it from elsewhere")
)

// open reads a file that may be changed, once.
func (o Options) open(files map[string]*Change, show string) (*Change, error) {
	path := filepath.FromSlash(show)
	if !filepath.IsAbs(path) {
		path = filepath.Join(o.Root, path)
	}
	if err := o.May(path); err != nil {
		return nil, err
	}
	actual, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, err
	}
	if c := files[actual]; c != nil {
		return c, nil
	}
	if _, below := relpath.Below(o.Root, actual); actual != path && !below {
		return nil, errOutside
	}
	if foreign.Within(show) {
		return nil, errVendored
	}
	c := &Change{Path: actual, Show: show}
	if c.info, err = os.Lstat(actual); err != nil {
		return nil, err
	}
	if !c.info.Mode().IsRegular() {
		return nil, errors.New("it is no regular file")
	}
	if c.info.Mode().Perm()&0o200 == 0 {
		return nil, errReadOnly
	}
	if c.Before, err = os.ReadFile(actual); err != nil {
		return nil, err
	}
	if isGenerated(c.Before) {
		return nil, errGenerated
	}
	files[actual] = c
	return c, nil
}

// isGenerated reports that a line of a text says that it is generated.
func isGenerated(text []byte) bool {
	for line := range bytes.Lines(text) {
		if lint.IsGenerated(bytes.TrimRight(line, "\r\n")) {
			return true
		}
	}
	return false
}
