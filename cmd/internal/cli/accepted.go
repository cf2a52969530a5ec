package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/baseline"
)

// accepted is a baseline and where it is.
type accepted struct {
	*baseline.File
	name string // absolute
}

// accepted reads the baseline of the run, or returns nil if there is none.
func (f *lintFlags) accepted(set *settings) (*accepted, error) {
	name := f.baselineName(set)
	if name == "" {
		return nil, nil
	}
	a, err := readBaseline(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w; \"pickle-lint baseline\" writes it", lint.Printable(relpath.Show(set.root, name)), errNoFile)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", lint.Printable(relpath.Show(set.root, name)), err)
	}
	return a, nil
}

// lastBaseline is a baseline that is read again when its file has changed.
type lastBaseline struct {
	mu       sync.Mutex
	accepted *accepted
	err      error
	name     string
	info     fs.FileInfo // nil: there was none
}

// of is [lintFlags.accepted].
func (l *lastBaseline) of(flags *lintFlags, set *settings) (*accepted, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	name := flags.baselineName(set)
	if name == "" {
		return nil, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		info = nil
	}
	if l.name != name || info == nil || l.info == nil || !info.ModTime().Equal(l.info.ModTime()) || info.Size() != l.info.Size() {
		l.accepted, l.err = flags.accepted(set)
		l.name, l.info = name, info
	}
	return l.accepted, l.err
}

// baselineName is the absolute path of the baseline, or "".
func (f *lintFlags) baselineName(set *settings) string {
	name := first(f.baseline, set.config.Baseline)
	if name == "" || f.noBaseline {
		return ""
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(set.root, name)
	}
	return name
}

func readBaseline(name string) (a *accepted, err error) {
	r, info, err := openRegular(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, errors.New(reasonOf(err))
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if info.Size() > baseline.MaxSize {
		return nil, fmt.Errorf("a baseline of %d bytes, more than %d", info.Size(), baseline.MaxSize)
	}
	text, err := io.ReadAll(io.LimitReader(r, baseline.MaxSize))
	if err != nil {
		return nil, errors.New(reasonOf(err))
	}
	file, err := baseline.Parse(text)
	if err != nil {
		return nil, err
	}
	return &accepted{file, name}, nil
}

// match finds what of the results was accepted.
func (a *accepted) match(set *settings, r *results) *baseline.Match {
	slices.SortStableFunc(r.findings, lint.CompareFindings)
	return a.Match(r.findings, entryPath(set), func(path string) bool { return !set.view.exists(absPath(set.anchor, path)) })
}

// apply suppresses what was accepted, and adds findings about entries that are stale.
func (a *accepted) apply(ctx context.Context, l *lintRun, targets []target, r *results) {
	m := a.match(l.set, r)
	m.Apply()
	if l.since != nil || ctx.Err() != nil {
		return // only a part was looked at
	}
	var keys lint.Fingerprints
	show := relpath.Show(l.set.root, a.name)
	for _, e := range m.Stale {
		at, _ := l.set.levels.at(baseline.StaleBaseline.ID, a.name)
		if at.off || !l.looked(e, targets, r) {
			continue
		}
		found := e.Finding(show, &keys)
		if at.severity != 0 {
			found.Severity = at.severity
		}
		r.add(nil, []*lint.Finding{found}, nil, nil)
	}
}

// looked reports whether the run would have found what an entry accepts.
func (l *lintRun) looked(e *baseline.Entry, targets []target, r *results) bool {
	path := absPath(l.set.anchor, e.Path)
	wing := map[byte]wingSet{'1': blobWing, '2': pythonWing, '3': goWing}[e.Rule[len("PKL")]]
	switch {
	case slices.ContainsFunc(lock.Rules, func(r *lint.Rule) bool { return r.ID == e.Rule }):
		wing = blobWing
	case wing == 0:
		wing = sourceWings
	}
	if l.wings&wing == 0 {
		return false
	}
	if at, ok := l.set.levels.at(e.Rule, path); ok && at.off {
		return false
	}
	if !slices.ContainsFunc(targets, func(t target) bool {
		_, below := relpath.Below(t.path, path)
		return !t.stdin() && (below && t.isDir || t.path == path)
	}) {
		return false
	}
	return !slices.ContainsFunc(r.skips, func(s *lint.Skip) bool {
		if s.Excluded {
			return false
		}
		_, below := relpath.Below(absPath(l.set.root, s.Path), path)
		return below
	})
}

// entryPath names the file of a finding in a baseline.
func entryPath(set *settings) func(*lint.Finding) string {
	return func(f *lint.Finding) string {
		return relpath.Show(set.anchor, absPath(set.root, f.Path))
	}
}

// replace writes a file in one step: whoever reads it meanwhile sees the old or the new.
func replace(name string, text []byte) error {
	f, err := createReport(name)
	if err != nil {
		return errors.New(reasonOf(err))
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.finish(err)); err != nil {
		return errors.New(reasonOf(err))
	}
	return nil
}
