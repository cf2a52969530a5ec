package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/cmd/internal/cache"
	"github.com/pickle-lint/pickle-lint/cmd/internal/newcode"
	"github.com/pickle-lint/pickle-lint/cmd/internal/progress"
	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/cmd/internal/since"
	"github.com/pickle-lint/pickle-lint/lint"
)

// sinceFlags say with which older state results are compared.
type sinceFlags struct {
	rev, alias string
	staged     bool
}

func (f *sinceFlags) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.rev, "since", "", "tell only findings that are new since the work on `revision` began: results of the merge base with HEAD are compared with those of the working tree")
	fs.StringVar(&f.alias, "new-from-rev", "", "the same as --since `revision`")
	fs.BoolVar(&f.staged, "staged", false, "tell only findings that are new in the index, compared with HEAD (for pre-commit)")
	for _, name := range []string{"since", "new-from-rev"} {
		completeBy(cmd, name, func(cmd *cobra.Command, word string) []string {
			dir, err := workingDir()
			if err != nil {
				return nil
			}
			return since.Refs(cmd.Context(), dir, word)
		})
	}
}

// check refuses revisions that are none, and two older states.
func (f *sinceFlags) check(given func(string) bool) error {
	for _, flag := range []struct{ name, value string }{{"since", f.rev}, {"new-from-rev", f.alias}} {
		switch {
		case flag.value == "" && given(flag.name):
			return fmt.Errorf("--%s: the value is empty", flag.name)
		case strings.HasPrefix(flag.value, "-"):
			return fmt.Errorf("--%s: %q is no revision", flag.name, flag.value)
		}
	}
	revision := "since"
	if given("new-from-rev") {
		revision = "new-from-rev"
	}
	switch {
	case given("since") && given("new-from-rev"):
		return errors.New("--since and --new-from-rev are one flag of two names: leave one of them out")
	case f.staged && given(revision):
		return fmt.Errorf("--staged and --%s: the first compares the index with HEAD, the second the working tree with a revision: leave one of them out", revision)
	}
	return nil
}

// open asks git for the two states, or returns nil if nothing is to be compared.
func (f *sinceFlags) open(ctx context.Context, set *settings) (c *since.Comparison, err error) {
	o := since.Options{Ignored: !set.gitignore}
	flag := "--since"
	switch {
	case f.staged:
		flag = "--staged"
		c, err = since.Staged(ctx, set.root, o)
	case f.rev != "" || f.alias != "":
		if f.alias != "" {
			flag = "--new-from-rev"
		}
		c, err = since.Since(ctx, set.root, first(f.rev, f.alias), o)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, &exitError{ExitSkipped, errors.New("interrupted: nothing was looked at")}
	case err != nil:
		return nil, fmt.Errorf("%s: %w", flag, err)
	case c == nil:
		return nil, nil
	}
	set.view = &view{c.After}
	set.scope = &scope{c.Changed}
	return c, nil
}

// compare tells what is new in the results, compared with those of the older state.
func (l *lintRun) compare(ctx context.Context, targets []target, mem *memory, r *results) {
	base, err := l.before(ctx, targets, mem, r.scanned)
	if err != nil || ctx.Err() != nil {
		r.add(nil, nil, []*lint.Skip{{Location: lint.Location{Path: "."}, Reason: "the results of " + l.since.Base + " are incomplete, so that what is told may not be new"}}, nil)
		return
	}
	others := newcode.Skips(base, r.skips, func(path string) bool {
		return slices.ContainsFunc(l.since.Changed, func(c string) bool {
			_, below := relpath.Below(absPath(l.set.root, path), c)
			return below
		})
	})
	if others > 0 {
		r.add(nil, nil, []*lint.Skip{{
			Location: lint.Location{Path: "."}, Excluded: true,
			Reason: fmt.Sprintf("in %s %d files or packages were not fully looked at, so that findings may count as new that are not", l.since.Base, others),
		}}, nil)
	}
	r.add(nil, nil, l.submodules(targets), nil)
	show := func(path string) string { return relpath.Show(l.set.root, path) }
	moves := &newcode.Moves{Renamed: make(map[string]string), Gone: make(map[string]bool), Added: make(map[string]bool)}
	for from, to := range l.since.Renamed {
		moves.Renamed[show(from)] = show(to)
	}
	before, after := &view{l.since.Before}, &view{l.since.After}
	for _, path := range l.since.Changed {
		was, is := before.exists(path), after.exists(path)
		switch {
		case was && !is:
			moves.Gone[show(path)] = true
		case is && !was:
			moves.Added[show(path)] = true
		}
	}
	newcode.Compare(base, r.findings, r.sites, moves)
	r.counts.Since, r.counts.Reconfigured = l.since.Base, l.reconfigured()
}

// submodules are those of which nobody says what is new: their files are looked at as they
// are now, in both states.
func (l *lintRun) submodules(targets []target) (skips []*lint.Skip) {
	for _, path := range slices.Sorted(maps.Keys(l.since.Submodules)) {
		if entries, err := os.ReadDir(path); err == nil && len(entries) == 0 || !l.set.wanted(targets, path) {
			continue // it is not checked out
		}
		since := "."
		if old := l.since.Submodules[path]; old != "" {
			since = "--since " + old[:min(len(old), 12)] + " ."
		}
		skips = append(skips, &lint.Skip{
			Location: lint.Location{Path: relpath.Show(l.set.root, path)},
			Reason:   fmt.Sprintf("a submodule at another commit, and what is new in it is not told: run \"pickle-lint %s\" there", since),
		})
	}
	return skips
}

// before returns the results of the older state: those that an earlier run had, or those
// of a run that tells nothing.
func (l *lintRun) before(ctx context.Context, targets []target, mem *memory, scanned []string) (*newcode.Base, error) {
	key, c := l.baseKey(mem, scanned)
	if c != nil {
		if base := recallBase(c.Get(key)); base != nil {
			return base, nil
		}
	}
	older := *l.set
	older.view = &view{l.since.Before}
	older.verbose = false
	older.lock, _ = openLock(&older) // one that cannot be read locks nothing
	run := &lintRun{flags: l.flags, streams: l.streams, set: &older, wings: l.wings}
	r := new(results)
	run.look(ctx, targets, progress.NewMeter(), mem, r)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	r.anchor(older.root, older.anchor)
	base := newcode.NewBase(r.findings, r.sites, r.skips)
	if c != nil {
		if body := packBase(base); len(body) <= cache.MaxBody {
			_ = c.Put(key, body) // or the next run does it again
		}
	}
	return base, nil
}

// baseKey names the results of the older state: by its tree, by what of it is looked at,
// and by everything else that they depend on. The tree says nothing of files that git
// ignores, which a Go package may be made of.
func (l *lintRun) baseKey(mem *memory, scanned []string) (cache.Key, *opened) {
	if mem == nil {
		return cache.Key{}, nil
	}
	mem.asked.Store(true)
	c, err := mem.open()
	if err != nil {
		return cache.Key{}, nil
	}
	f := l.flags
	var environment []string
	for _, name := range []string{"GOFLAGS", "GOOS", "GOARCH", "CGO_ENABLED", "GOEXPERIMENT", "GOWORK", "GOTOOLCHAIN", "GOROOT"} {
		environment = append(environment, l.streams.Getenv(name))
	}
	words := fmt.Appendf(nil, "%d %q %q %q %q %q %q %q %v %v %v %s %q %q", l.wings, l.set.root, l.args, f.exclude, f.include, f.sources, f.tags, f.policy,
		l.set.gitignore, l.set.commands, l.set.quick, l.set.trust.Today.Format(time.DateOnly), l.set.levels.wanted(), environment)
	settings, err := json.Marshal(l.set.config)
	if err != nil {
		return cache.Key{}, nil
	}
	var locked []byte // git may not track it
	if l.set.lock != nil {
		locked = l.set.lock.Bytes()
	}
	return cache.KeyOf([]byte("base 2"), locked, c.context, []byte(l.since.Tree), words, settings,
		[]byte(strings.Join(l.since.Changed, "\x00")), []byte(strings.Join(scanned, "\x00"))), c
}

func packBase(base *newcode.Base) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := errors.Join(json.NewEncoder(z).Encode(base), z.Close()); err != nil {
		panic(err) // neither fails in memory
	}
	return b.Bytes()
}

// maxBase bounds the results that are read back, in bytes.
const maxBase = 64 << 20

func recallBase(body []byte) *newcode.Base {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil
	}
	base := new(newcode.Base)
	dec := json.NewDecoder(io.LimitReader(z, maxBase))
	dec.DisallowUnknownFields()
	if dec.Decode(base) != nil {
		return nil
	}
	return base
}

// within leaves of a plan what the change can reach.
func (l *lintRun) within(p *plan, r *results) []file {
	if l.set.scope == nil {
		return p.files
	}
	reach := l.set.scope.of(l.set, p)
	r.reach = reach
	for _, f := range reach.scan {
		r.scanned = append(r.scanned, f.show)
	}
	for dir := range p.modules {
		if !slices.ContainsFunc(l.set.scope.changed, func(path string) bool {
			_, below := relpath.Below(dir, path)
			return below || filepath.Base(path) == "go.work"
		}) {
			delete(p.modules, dir)
		}
	}
	return reach.scan
}

// sift leaves out the results of files that were looked at for what they give to others.
func (r *results) sift() {
	if r.reach == nil {
		return
	}
	context := make(map[string]bool)
	for _, f := range r.reach.scan {
		if !r.reach.tell[f.show] {
			context[f.show] = true
		}
	}
	r.findings = slices.DeleteFunc(r.findings, func(f *lint.Finding) bool { return context[f.Path] })
	r.sites = slices.DeleteFunc(r.sites, func(s *lint.Site) bool { return context[s.Path] })
	r.skips = slices.DeleteFunc(r.skips, func(s *lint.Skip) bool { return context[s.Path] })
}
