package justify

import (
	"bytes"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Remedy is what a program may do to a directive without being asked what was meant.
type Remedy int

// The remedies.
const (
	// ByHand: somebody has to think about it.
	ByHand Remedy = iota
	// Remove takes the comment out: nothing is decoded where it stands.
	Remove
	// Respace puts the blanks right, which is all that is wrong.
	Respace
)

// Problem is a finding about a directive, and what mends it.
type Problem struct {
	*lint.Finding
	Remedy Remedy
	// blanks are the changes of [Respace], counted from the start of the comment.
	blanks []lint.Edit
}

// Mend returns what the remedy does to a source in which the comment stands from start to
// end: its edits, and what they do in the imperative; nothing for [ByHand].
func (p Problem) Mend(src []byte, start, end int) (text string, edits []lint.Edit) {
	switch p.Remedy {
	case Remove:
		start = len(bytes.TrimRight(src[:start], " \t"))
		if start == 0 || src[start-1] == '\n' || src[start-1] == '\r' {
			end += lineEnd(src[end:])
		}
		return "remove the directive", []lint.Edit{{Offset: int64(start), End: int64(end)}}
	case Respace:
		for _, e := range p.blanks {
			edits = append(edits, lint.Edit{Offset: e.Offset + int64(start), End: e.End + int64(start), New: e.New})
		}
		return "put the blanks of the directive right", edits
	}
	return "", nil
}

// lineEnd returns how many bytes end the line that ends at the start of a text.
func lineEnd(text []byte) int {
	switch {
	case bytes.HasPrefix(text, []byte("\r\n")):
		return 2
	case bytes.HasPrefix(text, []byte("\n")), bytes.HasPrefix(text, []byte("\r")):
		return 1
	}
	return 0
}

// NewLine returns how the lines of a source end, going by the first.
func NewLine(src []byte) string {
	i := bytes.IndexAny(src, "\r\n")
	if i < 0 {
		return "\n"
	}
	return string(src[i : i+lineEnd(src[i:])])
}

// Draft is the beginning of a justification with the comment sign of a language and with
// every key that the boundary asks for. Its reason is empty, which is for a person to
// give; and so is the boundary where it is "".
func (p Policy) Draft(sign, boundary string) string {
	word := boundary
	if word == "" {
		word = `""`
	}
	words := []string{sign + prefix + Trust, "boundary=" + word, `reason=""`}
	for _, key := range p.Boundaries[boundary].Requires {
		words = append(words, key+`=""`)
	}
	return strings.Join(words, " ")
}
