package cli

import (
	"io/fs"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/internal/worktree"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/lock"
	"github.com/pickle-lint/pickle-lint/lint"
)

// results collects what the wings find, from any goroutine, and emits it in an
// order that does not depend on theirs.
type results struct {
	mu       sync.Mutex
	sites    []*lint.Site
	dumps    []*lint.Dump
	resting  []*inventory.Blob
	blobs    []*lint.Blob
	findings []*lint.Finding
	skips    []*lint.Skip
	counts   lint.Summary
	// order is that of the sites; nil is the order of their places.
	order func(a, b *lint.Site) int
	// reach is what was looked at, if that was not everything; scanned are the files of it.
	reach   *reach
	scanned []string
	// interrupted: they are of a part, and nobody knows of how large a one.
	interrupted bool
}

func (r *results) add(sites []*lint.Site, findings []*lint.Finding, skips []*lint.Skip, count func(*lint.Summary)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sites = append(r.sites, sites...)
	r.findings = append(r.findings, findings...)
	r.skips = append(r.skips, skips...)
	if count != nil {
		count(&r.counts)
	}
}

// dumped adds where objects become bytes.
func (r *results) dumped(dumps []*lint.Dump) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dumps = append(r.dumps, dumps...)
}

// rests adds a file of stored bytes, as the inventory tells it.
func (r *results) rests(show string, info fs.FileInfo, b *lock.Blob) {
	out := &inventory.Blob{Path: show, Size: info.Size(), Modified: info.ModTime().UTC().Format(time.DateOnly)}
	for _, p := range b.Pickles {
		out.Protocols, out.Globals = append(out.Protocols, p.Protocols...), append(out.Globals, p.Globals...)
	}
	slices.Sort(out.Protocols)
	slices.Sort(out.Globals)
	out.Protocols, out.Globals = slices.Compact(out.Protocols), slices.Compact(out.Globals)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resting = append(r.resting, out)
}

// facts adds what is in a file of stored bytes.
func (r *results) facts(blobs []*lint.Blob) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.blobs = append(r.blobs, blobs...)
}

// anchor makes the fingerprints of what lies in files begin at a directory, so that they
// are the same from whichever directory the run starts. Those of Go begin with the import
// path of the package.
func (r *results) anchor(root, anchor string) {
	if root == anchor {
		return
	}
	at := func(old lint.Fingerprint, l *lint.Location) lint.Fingerprint {
		if isGo(l.Path) && len(l.Member) == 0 || l.Path == "-" {
			return old
		}
		return old.At(lint.PlaceOf(relpath.Show(anchor, absPath(root, l.Path)), l.Member))
	}
	for _, s := range r.sites {
		s.Fingerprint = at(s.Fingerprint, &s.Location)
	}
	for _, d := range r.dumps {
		d.Fingerprint = at(d.Fingerprint, &d.Location)
	}
	for _, f := range r.findings {
		for ; f != nil; f = f.Otherwise {
			f.Fingerprint = at(f.Fingerprint, &f.Location)
		}
	}
}

// anchorOf is the top of the checkout around a directory or, without one, that of the
// configuration, or the directory itself.
func anchorOf(dir string, c *config.Config) string {
	if top := worktree.Top(dir); top != "" {
		return top
	}
	if resolved, err := filepath.EvalSymlinks(c.Dir); err == nil && c.Dir != "" {
		if _, below := relpath.Below(resolved, dir); below {
			return resolved
		}
	}
	return dir
}

// emit hands everything to h, and returns the summary it ended with.
func (r *results) emit(h lint.Handler) (*lint.Summary, error) {
	slices.SortStableFunc(r.sites, lint.CompareSites)
	if r.order != nil {
		slices.SortStableFunc(r.sites, r.order)
	}
	slices.SortStableFunc(r.findings, lint.CompareFindings)
	slices.SortStableFunc(r.skips, lint.CompareSkips)
	for _, m := range r.sites {
		if err := h.Site(m); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.blobs, lint.CompareBlobs)
	for _, m := range r.blobs {
		if err := lint.HandBlob(h, m); err != nil {
			return nil, err
		}
	}
	for _, m := range r.findings {
		if m.Suppressed && m.SuppressedBy == "" {
			m.SuppressedBy = lint.ByJustification
		}
		if err := h.Finding(m); err != nil {
			return nil, err
		}
	}
	for _, m := range r.skips {
		if err := h.Skip(m); err != nil {
			return nil, err
		}
	}
	sum := r.summary()
	return sum, h.Summary(sum)
}

func (r *results) summary() *lint.Summary {
	sum := r.counts
	sum.Sites = len(r.sites)
	sum.Incomplete = r.interrupted
	for _, f := range r.findings {
		switch {
		case f.Suppressed:
			sum.Suppressed++
			if f.Known() {
				sum.Known++
			}
		case f.Severity == lint.Error:
			sum.Errors++
		case f.Severity == lint.Warning:
			sum.Warnings++
		default:
			sum.Notes++
		}
	}
	for _, s := range r.skips {
		if s.Excluded {
			sum.Excluded++
		} else {
			sum.Skips++
		}
	}
	return &sum
}

// failing counts the findings at or above a severity; 0 means never.
func (r *results) failing(at lint.Severity) int {
	n := 0
	for _, f := range r.findings {
		if at != 0 && !f.Suppressed && f.Severity >= at {
			n++
		}
	}
	return n
}
