package pyscan

import (
	"bytes"
	"context"
	"sort"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/decode"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// source is a file as it is read. Offsets are those of text, which is UTF-8
// without a byte order mark; plain is as long.
type source struct {
	path string
	text []byte
	// plain is the text in the words of the grammar (see prelex.Normalise), and whole
	// the same with what was left out before it was parsed.
	plain    []byte
	whole    []byte
	decoded  *decode.Text
	comments []prelex.Token
	faults   []prelex.Fault
	// lines holds the offsets at which lines start.
	lines []uint32
}

func newSource(path string, text *decode.Text, normal *prelex.Normal) *source {
	s := &source{path: path, text: text.Bytes, plain: normal.Text, whole: normal.Text, decoded: text, comments: normal.Comments, faults: normal.Faults}
	s.lines = lineStarts(s.text)
	return s
}

// moduleSource is the source of a module that another file leads to. asWritten: it is read
// as it is written, with nothing that had to be mended.
func moduleSource(path string, raw []byte) (s *source, asWritten bool) {
	text, notices := decode.Decode(raw, decode.Declared(raw))
	normal := prelex.Normalise(text.Bytes, nil)
	return newSource(path, text, normal), len(notices) == 0 && len(normal.Faults) == 0 && !normal.Blanked
}

// parse returns the tree of all of the source, or nil where that takes too long.
func (s *source) parse() *syntax.Tree {
	tree, err := syntax.Parse(context.Background(), s.plain, syntax.Budget(len(s.plain)))
	if err != nil {
		return nil
	}
	return tree
}

// lineStarts returns where lines begin as Python and editors count them: behind
// a line feed, a carriage return, or both together. Form feeds and the line
// separators of Unicode end none.
func lineStarts(text []byte) []uint32 {
	out := make([]uint32, 1, bytes.Count(text, []byte("\n"))+2)
	returns := bytes.IndexByte(text, '\r') >= 0
	for i := 0; i < len(text); i++ {
		if !returns {
			next := bytes.IndexByte(text[i:], '\n')
			if next < 0 {
				break
			}
			i += next
		}
		if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			i++
		}
		if text[i] == '\r' || text[i] == '\n' {
			out = append(out, uint32(i+1))
		}
	}
	return out
}

// line returns the 1-based number of the line that holds an offset.
func (s *source) line(off uint32) int {
	return sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > off })
}

// location returns the place of the text from start to end, in bytes of the file.
func (s *source) location(start, end uint32) lint.Location {
	first, last := s.line(start), s.line(end)
	at := s.decoded.FileOffset(start)
	return lint.Location{
		Path:      s.path,
		Offset:    at,
		Line:      first,
		Column:    int(at-s.lineOffset(first)) + 1,
		EndLine:   last,
		EndColumn: int(s.decoded.FileOffset(end)-s.lineOffset(last)) + 1,
	}
}

// lineOffset returns where in the file a line begins. A byte order mark belongs to
// the first.
func (s *source) lineOffset(line int) int64 {
	if line == 1 {
		return 0
	}
	return s.decoded.FileOffset(s.lines[line-1])
}

// encodingOf is what the source is to be read in.
func (s *Scanner) encodingOf(raw []byte) decode.Encoding {
	if s.UTF8 {
		return decode.Encoding{UTF8: true}
	}
	return decode.Declared(raw)
}
