package decodesite

import (
	"bytes"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// mend returns the fix that does to the comment from pos to end what the remedy says.
func (f *File) mend(remedy justify.Remedy, pos, end token.Pos) []analysis.SuggestedFix {
	if f.cgo {
		return nil // the comment is a copy, in the build cache
	}
	start, stop := f.tokens.Offset(pos), f.tokens.Offset(end)
	var message string
	switch remedy {
	case justify.Remove:
		message = "remove the directive"
		before := f.src[:start]
		start = len(bytes.TrimRight(before, " \t"))
		if start == 0 || f.src[start-1] == '\n' {
			stop += len(f.src[stop:]) - len(bytes.TrimPrefix(bytes.TrimPrefix(f.src[stop:], []byte("\r")), []byte("\n")))
		}
	case justify.CloseUp:
		message = "remove the space behind //"
		start += len("//")
		stop = start + len(f.src[start:stop]) - len(bytes.TrimLeft(f.src[start:stop], " \t"))
	default:
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   message,
		TextEdits: []analysis.TextEdit{{Pos: f.tokens.Pos(start), End: f.tokens.Pos(stop)}},
	}}
}
