package pythonexec

import (
	"bytes"

	"github.com/pickle-lint/pickle-lint/analyzers/internal/pywords"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// claims are the directives in a script. By its words a statement is the line of the
// call.
type claims struct {
	text []byte
	file *justify.File
}

func newClaims(policy justify.Policy, text []byte) *claims {
	c := &claims{text: text}
	var comments []justify.Comment
	for _, at := range pywords.Comments(text) {
		start := bytes.LastIndexByte(text[:at[0]], '\n') + 1
		line := c.line(at[0])
		comments = append(comments, justify.Comment{
			Location: lint.Location{Offset: int64(at[0]), Line: line, Column: at[0] - start + 1, EndLine: line},
			Text:     string(text[at[0]:at[1]]),
			Alone:    len(bytes.TrimSpace(text[start:at[0]])) == 0,
		})
	}
	c.file = justify.NewFile(policy, comments)
	return c
}

func (c *claims) line(at int) int { return bytes.Count(c.text[:at], []byte("\n")) + 1 }

// cover returns the claim that covers a call.
func (c *claims) cover(at int) justify.Claim {
	line := c.line(at)
	return c.file.Cover(justify.Statement{ID: int64(line), First: line, Last: line, Leads: true})
}
