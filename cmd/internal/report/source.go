package report

import (
	"bytes"
	"path"
	"unicode/utf8"

	"github.com/pickle-lint/pickle-lint/lint"
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
		f = &sourceFile{text: text, starts: lineStarts(text, path.Ext(at.Path) != ".go")}
	}
	s.files[at.Path] = f
	return f
}

// lineStarts returns where each line begins, and the end of the text.
func lineStarts(text []byte, loneCR bool) []int {
	starts := []int{0}
	for i := range text {
		switch {
		case text[i] == '\n':
			starts = append(starts, i+1)
		case text[i] == '\r' && loneCR && (i+1 == len(text) || text[i+1] != '\n'):
			starts = append(starts, i+1)
		}
	}
	return append(starts, len(text))
}

// line returns a line without its ending. The line is 1-based.
func (f *sourceFile) line(n int) (text []byte, ok bool) {
	if f == nil || n < 1 || n >= len(f.starts) {
		return nil, false
	}
	text = f.text[f.starts[n-1]:f.starts[n]]
	if t, ok := bytes.CutSuffix(text, []byte("\r\n")); ok {
		return t, true
	}
	return bytes.TrimRight(text, "\r\n"), true
}

var byteOrderMark = []byte("\ufeff")

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
		before = bytes.TrimPrefix(before, byteOrderMark)
	}
	units := 1
	for len(before) > 0 {
		r, size := utf8.DecodeRune(before)
		before = before[size:]
		units++
		if r > 0xffff {
			units++
		}
	}
	return units, true
}
