package pyscan

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxSnippet bounds the source text that a skip quotes, in bytes.
const maxSnippet = 40

// syntaxErrors reports the first place the grammar could not read. The parser
// goes on behind it, so sites on both sides are found; what stands inside may be
// misread.
func (f *file) syntaxErrors(res *Result) {
	if len(f.tree.Broken) == 0 {
		return
	}
	first := f.tree.Broken[0]
	n := &f.tree.Nodes[first]
	at := f.location(n.Start, n.End)
	more := ""
	if len(f.tree.Broken) > 1 {
		more = " (the first of several)"
	}
	if n.Missing {
		res.skip(at, "syntax error at line %d: something is missing%s; sites near it may be overlooked", at.Line, more)
		return
	}
	_ = syntax.Error
	res.skip(at, "syntax error at line %d: cannot read %q%s; sites near it may be overlooked", at.Line, f.excerpt(first, maxSnippet), more)
}
