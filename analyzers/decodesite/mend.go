package decodesite

import (
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// mend returns the fix that does to the comment from pos to end what the remedy says.
func (f *File) mend(problem justify.Problem, pos, end token.Pos) []analysis.SuggestedFix {
	if f.cgo {
		return nil // the comment is a copy, in the build cache
	}
	text, edits := problem.Mend(f.src, f.tokens.Offset(pos), f.tokens.Offset(end))
	if len(edits) == 0 {
		return nil
	}
	fix := analysis.SuggestedFix{Message: text}
	for _, e := range edits {
		fix.TextEdits = append(fix.TextEdits, analysis.TextEdit{Pos: f.tokens.Pos(int(e.Offset)), End: f.tokens.Pos(int(e.End)), NewText: []byte(e.New)})
	}
	return []analysis.SuggestedFix{fix}
}
