package fix

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// context is how many lines around a change a diff shows.
const context = 3

// span is a stretch of lines that changes: from line from up to line to, counted from 0,
// which become others.
type span struct {
	from, to int
	becomes  [][]byte
}

// Diff returns the change as a unified diff, which git apply and patch -p1 take. Nothing
// has to be searched for: the edits say what changes.
func (c *Change) Diff() []byte {
	old := lines(c.Before)
	spans := c.spans(old)
	var out bytes.Buffer
	out.WriteString("--- " + label("a", c.Show) + "\n+++ " + label("b", c.Show) + "\n")
	shift := 0
	for len(spans) > 0 {
		n := 1
		for n < len(spans) && spans[n].from-spans[n-1].to <= 2*context {
			n++
		}
		shift += hunk(&out, old, spans[:n], shift)
		spans = spans[n:]
	}
	return out.Bytes()
}

// hunk writes some spans with the lines around them, and returns how many lines more
// there are behind it.
func hunk(out *bytes.Buffer, old [][]byte, spans []span, shift int) (more int) {
	from := max(0, spans[0].from-context)
	to := min(len(old), spans[len(spans)-1].to+context)
	var body bytes.Buffer
	at := from
	for _, s := range spans {
		put(&body, ' ', old[at:s.from])
		put(&body, '-', old[s.from:s.to])
		put(&body, '+', s.becomes)
		more += len(s.becomes) - (s.to - s.from)
		at = s.to
	}
	put(&body, ' ', old[at:to])
	fmt.Fprintf(out, "@@ -%s +%s @@\n", lineRange(from, to-from), lineRange(from+shift, to-from+more))
	out.Write(body.Bytes())
	return more
}

// lineRange names lines as a diff does: of none, the line before it.
func lineRange(from, n int) string {
	if n > 0 {
		from++
	}
	if n == 1 {
		return strconv.Itoa(from)
	}
	return fmt.Sprintf("%d,%d", from, n)
}

func put(out *bytes.Buffer, sign byte, text [][]byte) {
	for _, line := range text {
		out.WriteByte(sign)
		out.Write(line)
		if !bytes.HasSuffix(line, []byte("\n")) {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// spans returns the lines that the edits change.
func (c *Change) spans(old [][]byte) (out []span) {
	starts := make([]int64, len(old)+1)
	for i, line := range old {
		starts[i+1] = starts[i] + int64(len(line))
	}
	lineOf := func(off int64) int {
		i, found := slices.BinarySearch(starts[:len(old)], off)
		if !found {
			i--
		}
		return max(i, 0)
	}
	for i := 0; i < len(c.edits); {
		s := span{from: lineOf(c.edits[i].Offset)}
		var edits []lint.Edit
		for ; i < len(c.edits) && (len(edits) == 0 || lineOf(c.edits[i].Offset) < s.to); i++ {
			e := c.edits[i]
			s.to = max(s.to, min(lineOf(e.End)+1, len(old)))
			e.Offset, e.End = e.Offset-starts[s.from], e.End-starts[s.from]
			edits = append(edits, e)
		}
		text, err := lint.Apply(c.Before[starts[s.from]:starts[s.to]], edits)
		if err != nil {
			panic(err) // they were applied to the whole
		}
		s.becomes = lines(text)
		for s.from < s.to && len(s.becomes) > 0 && bytes.Equal(old[s.to-1], s.becomes[len(s.becomes)-1]) {
			s.to, s.becomes = s.to-1, s.becomes[:len(s.becomes)-1]
		}
		for s.from < s.to && len(s.becomes) > 0 && bytes.Equal(old[s.from], s.becomes[0]) {
			s.from, s.becomes = s.from+1, s.becomes[1:]
		}
		if s.from < s.to || len(s.becomes) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// lines cuts a text behind its line feeds.
func lines(text []byte) [][]byte { return slices.Collect(bytes.Lines(text)) }

// label writes the name of a file as git does: in quotes where it has what would end it.
func label(side, show string) string {
	name := show
	if !strings.HasPrefix(show, "/") {
		name = side + "/" + show
	}
	var quoted strings.Builder
	for i := range len(name) {
		switch b := name[i]; {
		case b == '"' || b == '\\':
			quoted.WriteString(`\` + string(b))
		case b < ' ' || b == 0x7f:
			fmt.Fprintf(&quoted, `\%03o`, b)
		default:
			quoted.WriteByte(b)
		}
	}
	switch {
	case quoted.Len() != len(name):
		return `"` + quoted.String() + `"`
	case strings.Contains(name, " "):
		return name + "\t"
	}
	return name
}
