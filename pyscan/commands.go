package pyscan

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/command"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// commands lints the Python that the commands of a file run, each by itself.
func (s *Scanner) commands(ctx context.Context, path string, raw []byte, res *Result) {
	found, whole := command.Find(commandForm(path, raw[:min(len(raw), headSize)]), raw)
	if !whole {
		res.skip(lint.Location{Path: path}, "there are more commands in the file than are looked at for Python")
	}
	if len(found) == 0 {
		return
	}
	slices.SortStableFunc(found, func(a, b command.Piece) int { return cmp.Compare(a.At, b.At) })
	outer := lineStarts(raw)
	used := make(map[int]bool)
	for _, piece := range found {
		e := &embedded{text: new(pieces.Text), raw: raw, outer: outer}
		e.text.Fill(noCookie, piece.Code.At(0))
		e.code(piece, used)
		s.inside(ctx, path, e, res)
	}
	res.sort()
	// Equal commands are different findings.
	var keys lint.Fingerprints
	for _, f := range res.Findings {
		f.Fingerprint = keys.Again(f.Fingerprint)
	}
}

// code adds the Python of a command. A justification that stands in the file above
// the command is as good as one in the Python, in which there may be no room for one.
// It is about one command, the first; used are those that were given to one.
func (e *embedded) code(piece command.Piece, used map[int]bool) {
	from, to, ok := e.directive(piece.At)
	ok = ok && !used[from]
	used[from] = used[from] || ok
	oneLine := bytes.IndexByte(bytes.TrimSpace(piece.Code.Bytes), '\n') < 0
	end := len(bytes.TrimRight(piece.Code.Bytes, " \t\r\n"))
	if ok && !oneLine {
		e.above = len(e.text.Bytes)
		e.text.Write(e.raw[from:to], from)
		e.text.Fill("\n", to)
	}
	e.text.Copy(piece.Code, 0, end)
	if ok && oneLine {
		e.text.Fill("  ", from)
		e.above = len(e.text.Bytes)
		e.text.Write(e.raw[from:to], from)
	}
	e.text.Fill("\n", piece.Code.At(max(0, end-1)))
}

// maxAbove is how many lines above a command are looked at for a justification.
const maxAbove = 50

// directive returns the comment with a justification above the command at an offset,
// or above the line with which the command begins.
func (e *embedded) directive(at int) (from, to int, ok bool) {
	line := lineOf(e.outer, at) - 1 // 0-based
	for n := 0; line > 0 && n < maxAbove; n++ {
		from, to := int(e.outer[line-1]), int(e.outer[line])
		text := bytes.TrimSpace(e.raw[from:to])
		switch {
		case len(text) > 0 && text[0] == '#':
			if justify.Mentions(string(bytes.TrimLeft(text, "# \t"))) {
				from += bytes.IndexByte(e.raw[from:to], '#')
				return from, from + len(text), true
			}
		case len(text) > 0 && bytes.IndexByte([]byte("\\|>-"), text[len(text)-1]) >= 0:
			// The command begins further up.
		default:
			return 0, 0, false
		}
		line--
	}
	return 0, 0, false
}
