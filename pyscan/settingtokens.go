package pyscan

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// maxValueTokens bounds the tokens of a value that are read where there is no tree.
const maxValueTokens = 256

// tokenSettings finds settings in the parts of the file that did not parse: names and
// keys before an equals sign or a colon, and constants behind it. Values that begin
// where one is known are left out.
func (f *file) tokenSettings(res *Result, known map[uint32]bool) []tokenSite {
	parts := f.brokenLines()
	if len(parts) == 0 {
		return nil
	}
	t := newTokens(f.gate.words, f.whole)
	var out []tokenSite
	for t.tok.Kind != prelex.EOF {
		at := t.tok
		all, key := f.tokenWord(t)
		t.next()
		if all == nil || !contains(parts, at.Start) {
			continue
		}
		switch {
		case key && t.isOp(':'):
		case key && t.isOp(']'):
			if t.next(); !t.assigns() {
				continue
			}
		case !key && t.assigns():
		default:
			continue
		}
		t.next()
		start := t.tok.Start
		if known[start] || known[at.Start] {
			continue
		}
		s, end := f.tokenValue(t, all, key)
		if s == nil {
			continue
		}
		if len(out) == maxTokenSites {
			res.skip(f.location(at.Start, at.End), "further settings that only their tokens show are not told")
			return out
		}
		known[start] = true // a loose lexer may come back to a place
		argument := lint.Shorten(strings.Join(strings.Fields(string(f.plain[start:min(end, start+maxDotted)])), " "), maxArgument)
		out = append(out, tokenSite{found: found{node: syntax.None, sink: s.sink, set: true, argument: argument}, start: at.Start, end: end})
	}
	return out
}

// tokenWord returns the settings that a name or a string may be meant for.
func (f *file) tokenWord(t *tokens) (all []*setting, key bool) {
	switch t.tok.Kind {
	case prelex.Name:
		return f.gate.settings.byWord[t.word()], false
	case prelex.String:
		return f.gate.settings.byWord[t.plainString()], true
	}
	return nil, false
}

// plainString is what is in a string without escapes, or "".
func (t *tokens) plainString() string {
	if t.tok.End-t.tok.Start > maxDotted {
		return ""
	}
	text := constantText(string(t.text[t.tok.Start:t.tok.End]))
	if len(text) < 2 || strings.IndexByte(text, '\\') >= 0 {
		return ""
	}
	return text[1 : len(text)-1]
}

// tokenValue reads a value to its end, and returns which of some settings it is unsafe
// for.
func (f *file) tokenValue(t *tokens, all []*setting, key bool) (unsafe *setting, end uint32) {
	var may []*setting
	for _, s := range all {
		in := s.In(catalog.ByKey)
		if !key {
			in = s.In(catalog.ByKeyword) || s.In(catalog.ByAttribute) || s.In(catalog.ByName) || s.In(catalog.ByClass)
		}
		// What stands beside it is not read here.
		if in && f.mentions(s.Near) && (len(s.Beside) == 0 || !f.mentions(s.Beside)) {
			may = append(may, s)
		}
	}
	depth := 0
	for n := 0; n < maxValueTokens && t.tok.Kind != prelex.EOF; n++ {
		switch {
		case t.isOp('(') || t.isOp('[') || t.isOp('{'):
			depth++
		case t.isOp(')') || t.isOp(']') || t.isOp('}'):
			depth--
		case t.tok.Kind == prelex.Newline, t.isOp(',') && depth == 0, t.isOp(';'):
			depth = -1
		}
		if depth < 0 {
			return unsafe, end
		}
		end = t.tok.End
		for _, s := range may {
			if unsafe == nil && f.unsafeToken(t, s) {
				unsafe = s
			}
		}
		t.next()
	}
	return unsafe, end
}

// unsafeToken reports a token that is an unsafe value.
func (f *file) unsafeToken(t *tokens, s *setting) bool {
	switch t.tok.Kind {
	case prelex.String:
		return s.Unsafe(t.plainString())
	case prelex.Name:
		word := t.word()
		for _, value := range s.Values {
			if value.Switch && word == value.Text || !value.String && word == value.Text || strings.HasPrefix(value.Text, "*") && value.Matches(word) {
				return true
			}
		}
	}
	return false
}
