package pyscan

import (
	"context"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/decode"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// look is a source whose words ask for a parse.
type look struct {
	scanner *Scanner
	gate    *gate
	path    string
	// raw is the file, or nil where its text is not that of a file.
	raw    []byte
	text   *decode.Text
	normal *prelex.Normal
	asides aside
	// bare: its words hold no site, and all that is asked is about the hooks of its classes.
	bare bool
	// plain is the source in which the cuts are blank.
	plain []byte
	cuts  []syntax.Cut
}

// at finds what there is to find. It reports false if the run was ended.
func (l *look) at(ctx context.Context, res *Result) bool {
	f := l.scanner.parse(ctx, l.gate, res, l.path, l.text, l.normal, l.plain, l.cuts, l.bare)
	if f == nil {
		return false
	}
	res.thin = len(l.cuts) > 0
	f.asides, f.protocolPolicy = l.asides, l.scanner.Protocols
	if l.scanner.Modules != nil {
		f.statesOf = l.scanner.States
	}
	f.scanned, f.mender = l.scanner, l.mends(f)
	if l.scanner.Inventory {
		f.ways = newWays(f)
	}
	f.sites(res, l.scanner.Policy)
	f.ways.writes(res)
	if l.asides&(customs|dumps|hands) != 0 {
		f.states(res)
	}
	f.syntaxErrors(res)
	return true
}
