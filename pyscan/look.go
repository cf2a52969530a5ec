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
	text    *decode.Text
	normal  *prelex.Normal
	asides  aside
	// plain is the source in which the cuts are blank; nil if nothing is.
	plain []byte
	cuts  []syntax.Cut
}

// at finds what there is to find. It reports false if the run was ended.
func (l *look) at(ctx context.Context, res *Result) bool {
	if len(l.cuts) > 0 {
		thin := &Result{thin: true}
		if !l.parsed(ctx, thin, l.plain, l.cuts) {
			return false
		}
		// What reaches an unsafe site may come from any function of the file.
		if l.scanner.shallow || !thin.flows {
			res.add(thin)
			return true
		}
	}
	return l.parsed(ctx, res, l.normal.Text, nil)
}

func (l *look) parsed(ctx context.Context, res *Result, plain []byte, cuts []syntax.Cut) bool {
	f := l.scanner.parse(ctx, l.gate, res, l.path, l.text, l.normal, plain, cuts)
	if f == nil {
		return false
	}
	f.sites(res, l.scanner.Policy)
	f.syntaxErrors(res)
	return true
}

// add takes over what another result of the same file holds.
func (r *Result) add(more *Result) {
	r.Sites = append(r.Sites, more.Sites...)
	r.Findings = append(r.Findings, more.Findings...)
	r.Skips = append(r.Skips, more.Skips...)
	r.Literals = append(r.Literals, more.Literals...)
	r.thin = r.thin || more.thin
}
