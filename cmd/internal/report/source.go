package report

import (
	"bytes"
	"path"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/lines"
)

// cachedFiles bounds the sources kept at a time. Findings come sorted by path, so
// a handful serves the hops of a trace that lead through other files.
const cachedFiles = 8

// sources reads source files through the injected function and remembers a few.
type sources struct {
	read  func(string) ([]byte, error)
	files map[string]*sourceFile
}

func newSources(read func(string) ([]byte, error)) *sources {
	return &sources{read: read, files: make(map[string]*sourceFile)}
}

// sourceFile is one file, split into lines.
type sourceFile struct {
	text []byte
	// starts holds the offset of each line, and the end of the text last.
	starts []int
	// hashes are made when first asked for; see lineHash.
	hashes []string
}

// file returns the source that a location lies in, or nil if there is none to
// show: a location without a line, inside a container, on standard input, or in
// a file that cannot be read. That it cannot be read is the business of whoever
// linted it.
func (s *sources) file(at lint.Location) *sourceFile {
	if s.read == nil || at.Line <= 0 || len(at.Member) > 0 || at.Path == "-" || at.Path == "" {
		return nil
	}
	if f, ok := s.files[at.Path]; ok {
		return f
	}
	if len(s.files) >= cachedFiles {
		clear(s.files)
	}
	var f *sourceFile
	if text, err := s.read(at.Path); err == nil {
		// go/token counts line feeds only; Python ends a line at a lone CR too.
		f = &sourceFile{text: text, starts: append(lines.Starts(text, path.Ext(at.Path) != ".go"), len(text))}
	}
	s.files[at.Path] = f
	return f
}

// line returns a line without its ending. The line is 1-based.
func (f *sourceFile) line(n int) (text []byte, ok bool) {
	if f == nil || n < 1 || n >= len(f.starts) {
		return nil, false
	}
	return lines.TrimEnd(f.text[f.starts[n-1]:f.starts[n]]), true
}

// utf16Column converts a 1-based column in bytes to one in UTF-16 code units.
// The byte order mark is no character of the text, and editors do not count it.
// A column behind the end of the line is brought back to it.
func (f *sourceFile) utf16Column(line, column int) (int, bool) {
	text, ok := f.line(line)
	if !ok || column < 1 {
		return 0, false
	}
	before := text[:min(column-1, len(text))]
	if line == 1 {
		before = bytes.TrimPrefix(before, []byte(lines.ByteOrderMark))
	}
	return 1 + lines.UTF16(before), true
}
