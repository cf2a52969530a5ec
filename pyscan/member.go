package pyscan

import (
	"context"

	"github.com/pickle-lint/pickle-lint/lint"
)

// ScanMember lints Python in a member of a container. way leads to it, as in
// [lint.Location]. It is looked at by itself, whatever else is in the container.
func (s *Scanner) ScanMember(ctx context.Context, path string, way []string, src []byte) *Result {
	alone := *s
	alone.Modules, alone.Stored, alone.moved = nil, nil, true
	// Fingerprints are made of the whole way.
	res := alone.Scan(ctx, lint.PlaceOf(path, way), src)
	move := func(l *lint.Location) { l.Path, l.Member = path, way }
	for _, site := range res.Sites {
		move(&site.Location)
	}
	for _, d := range res.Dumps {
		move(&d.Location)
	}
	for _, f := range res.Findings {
		move(&f.Location)
		for i := range f.Trace {
			move(&f.Trace[i].Location)
		}
	}
	for _, skip := range res.Skips {
		move(&skip.Location)
	}
	return res
}
