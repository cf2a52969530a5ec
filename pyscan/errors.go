package pyscan

import (
	"errors"
	"fmt"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxSnippet bounds the source text that a skip quotes, in bytes.
const maxSnippet = 40

// syntaxErrors reports the first place the grammar could not read. The parser
// goes on behind it, so sites on both sides are found; what stands inside may be
// misread.
func (f *file) syntaxErrors(res *Result) {
	if len(f.tree.Broken) == 0 {
		f.lexicalErrors(res)
		return
	}
	// Errors nest, and the outer one may span the file: the innermost is where
	// it began.
	k := 0
	for k+1 < len(f.tree.Broken) && f.tree.Contains(f.tree.Broken[k], f.tree.Broken[k+1]) {
		k++
	}
	first := f.tree.Broken[k]
	n := &f.tree.Nodes[first]
	at := f.location(n.Start, n.End)
	more := ""
	if k+1 < len(f.tree.Broken) {
		more = " (the first of several)"
	}
	if n.Missing {
		res.skip(at, "syntax error: something is missing here%s; sites near it may be overlooked", more)
		return
	}
	res.skip(at, "syntax error: cannot read %q%s; sites near it may be overlooked", f.excerpt(first, maxSnippet), more)
}

// lexicalErrors reports what the grammar passes over and Python does not.
func (f *file) lexicalErrors(res *Result) {
	if f.unparsed || len(f.faults) == 0 {
		return
	}
	fault := f.faults[0]
	what := map[prelex.FaultKind]string{
		prelex.UnterminatedString: "the string that begins here does not end",
		prelex.UnclosedBracket:    "the bracket that opens here is not closed",
		prelex.UnopenedBracket:    "the bracket that closes here was not opened",
		prelex.StrayByte:          "this character stands outside strings and comments",
	}[fault.Kind]
	res.skip(f.location(fault.At, fault.At+1), "syntax error: %s; sites near it may be overlooked", what)
}

// parseFailure says why there is no tree.
func parseFailure(err error) string {
	switch {
	case errors.Is(err, syntax.ErrNoCgo):
		return "this program was built without cgo and cannot parse Python"
	case errors.Is(err, syntax.ErrTooLarge):
		return fmt.Sprintf("Python sources of more than %d bytes are not parsed", syntax.MaxSource)
	case errors.Is(err, syntax.ErrTooDense):
		return fmt.Sprintf("Python sources of more than %d tokens are not parsed", syntax.MaxTokens)
	}
	return "not parsed: " + err.Error()
}
