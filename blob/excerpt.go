package blob

import (
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

const (
	// excerptOps is how many ops an excerpt shows from each end.
	excerptOps = 12
	// excerptSpan is how many bytes are read for the end of one. Arguments of
	// a megabyte between callee and reducer are no story to be told.
	excerptSpan = 1 << 20
	// excerptText bounds the text of one op, in bytes.
	excerptText = 64
)

// bytesOf returns the first bytes of an op in hexadecimal, or "" if they cannot be
// read.
func bytesOf(data container.Data, op pickle.Op) string {
	b := make([]byte, min(op.End-op.Offset, lint.StepBytes))
	if n, err := data.ReadAt(b, op.Offset); n < len(b) && err != nil {
		return ""
	}
	return hex.EncodeToString(b)
}

// excerpt shows the ops from the one that pushed the callee to the reducer.
func (j *judge) excerpt(c *charge) []lint.Step {
	if c.stream == nil {
		return nil // it is about no op
	}
	step := func(op pickle.Op, text string) lint.Step {
		return lint.Step{
			Location: j.rep.location(c.stream.Member, op.Offset), Text: lint.Printable(text),
			Bytes: bytesOf(c.stream.data, op), Mark: op.Offset == c.offset,
		}
	}
	var first, last []lint.Step
	skipped := 0
	collect := func(op pickle.Op, text string) bool {
		switch s := step(op, text); {
		case len(first) < excerptOps:
			first = append(first, s)
		case len(last) < excerptOps:
			last = append(last, s)
		default:
			copy(last, last[1:])
			last[len(last)-1] = s
			skipped++
		}
		return op.Offset < c.offset
	}
	from := c.from
	if c.offset-from > excerptSpan || from > c.offset {
		from = c.offset
	}
	// One finding after another: what one member had cached is not held while
	// the next is read.
	defer container.ReleaseAll(c.stream.data)
	err := c.stream.Ops(from, c.offset, excerptText, collect)
	steps := slices.Concat(first, last)
	if n := len(steps); n == 0 || steps[n-1].Offset != c.offset {
		// Not every loader gets from here to there op by op (see frames), or
		// this is where the stream breaks.
		text := "the ops cannot be shown"
		if err != nil {
			text = fmt.Sprintf("%s: %v", text, err)
		}
		if c.rule == BrokenStream {
			text = c.text
		}
		return []lint.Step{{Location: j.rep.location(c.stream.Member, c.offset), Text: lint.Printable(text), Mark: true}}
	}
	if skipped > 0 {
		gap := lint.Step{Location: last[0].Location, Text: fmt.Sprintf("… %d ops …", skipped)}
		steps = slices.Concat(first, []lint.Step{gap}, last)
	}
	return steps
}
