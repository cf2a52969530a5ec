package pyscan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// mender writes the fixes of one file. A nil one writes none.
type mender struct {
	f   *file
	raw []byte
	sum string
	// same: the text is the file, byte for byte, behind a byte order mark.
	same bool
	// policy is what drafts are written by, or nil: nobody has asked for them.
	policy *justify.Policy
}

// mends returns the mender of a file that stands in raw as it was read: what was mended
// to be read, or is not all understood, is not changed.
func (l *look) mends(f *file) *mender {
	s := l.scanner
	if !s.Fixes && !s.Drafts && !s.Wraps || l.raw == nil || f.rewritten || f.unparsed || len(f.tree.Broken)+len(f.faults) > 0 || l.normal.Blanked {
		return nil
	}
	m := &mender{f: f, raw: l.raw, same: bytes.Equal(bytes.TrimPrefix(l.raw, utf8BOM), f.text)}
	if s.Drafts {
		m.policy = &s.Policy
	}
	return m
}

// fix returns a fix of the file, or none if it cannot be written in its encoding.
func (m *mender) fix(kind lint.FixKind, text string, edits ...lint.Edit) []lint.Fix {
	fix := lint.Fix{Text: text, Kind: kind, Path: m.f.path}
	for _, e := range edits {
		there, ok := m.inFile(e)
		if !ok {
			return nil
		}
		fix.Edits = append(fix.Edits, there)
	}
	if m.sum == "" {
		m.sum = lint.Sum(m.raw)
	}
	fix.Sum = m.sum
	return []lint.Fix{fix}
}

// inFile moves an edit of the text to the file. In whatever encoding that is, ASCII must
// stand for itself there, which the characters around the edit show.
func (m *mender) inFile(e lint.Edit) (lint.Edit, bool) {
	f := m.f
	start, end := uint32(e.Offset), uint32(e.End)
	plain := func(off uint32) bool {
		at := f.decoded.FileOffset(off)
		return f.text[off] < 0x80 && at < int64(len(m.raw)) && m.raw[at] == f.text[off] && f.decoded.FileOffset(off+1) == at+1
	}
	if !m.same && (start > 0 && !plain(start-1) || end < uint32(len(f.text)) && !plain(end)) {
		return lint.Edit{}, false
	}
	return lint.Edit{Offset: f.decoded.FileOffset(start), End: f.decoded.FileOffset(end), New: e.New}, true
}

// site adds to the finding of a site, and to what is told in its place, what may be done.
func (m *mender) site(s *found, statement span, claim justify.Claim, known *evidence, finding *lint.Finding) {
	if m == nil || claim.Justification != nil || finding.Suppressed {
		return
	}
	fixes := slices.Concat(m.safer(s), m.draft(s, statement, known))
	for ; finding != nil; finding = finding.Otherwise {
		finding.Fixes = fixes
		if finding.Rule == WrapperBypass.ID {
			finding.Fixes = slices.Concat(m.wrap(s.node, s.sink.Name), fixes)
		}
	}
}

// directives returns the findings about the directives of the file with what mends them.
func (m *mender) directives(directives *justify.File) (out []*lint.Finding) {
	var comments map[int64]prelex.Token
	for _, p := range directives.Problems() {
		out = append(out, p.Finding)
		if m == nil || p.Remedy == justify.ByHand || !m.f.scanned.Fixes {
			continue
		}
		if comments == nil {
			comments = make(map[int64]prelex.Token)
			for _, c := range m.f.comments {
				comments[m.f.decoded.FileOffset(c.Start)] = c
			}
		}
		if c, ok := comments[p.Offset]; ok {
			text, edits := p.Mend(m.f.text, int(c.Start), int(c.End))
			p.Fixes = m.fix(lint.SafeFix, text, edits...)
		}
	}
	return out
}

// safer returns the fix that gives a call the argument which makes it safe, where all
// that is wrong is that it is not there.
func (m *mender) safer(s *found) []lint.Fix {
	f, r := m.f, &s.sink.Releases
	if !f.scanned.Fixes || r.Mend.Name == "" || !s.called || s.binds || f.tree.Kind(s.node) != syntax.Call {
		return nil
	}
	function := f.unwrap(f.tree.Child(s.node, syntax.Function))
	known := f.names.Expression(function)
	if function != f.unwrap(s.reference) || !known.Complete || len(known.Targets) != 1 || len(known.Targets[0].Partials) > 0 {
		return nil // it may be something else that is called
	}
	given := f.given(s, known.Targets[0])
	forms := treeForms{f, &given}
	if given.starred >= 0 || forms.mayHave(r.Mend.Argument) || slices.ContainsFunc(r.Unless, func(form catalog.ArgForm) bool {
		return form.Name != r.Mend.Name && forms.mayHave(form.Argument)
	}) {
		return nil
	}
	if from := f.release(r.MendFrom); from != nil && from.any() {
		return nil // a release is admitted that does not know the argument
	}
	argument := r.Mend.Name + "=" + r.Mend.Value
	edit, ok := m.argument(s.node, argument)
	if !ok {
		return nil
	}
	return m.fix(lint.SafeFix, "add "+argument, edit)
}

// argument returns the edit that gives a call a further argument by keyword.
func (m *mender) argument(call syntax.Index, text string) (lint.Edit, bool) {
	f := m.f
	list := f.tree.Child(call, syntax.Arguments)
	if f.tree.Kind(list) != syntax.ArgumentList {
		return lint.Edit{}, false
	}
	last := syntax.None
	for c := f.tree.First(list); c != syntax.None; c = f.tree.Next(c) {
		last = c
	}
	end := f.tree.Nodes[list].End
	if last == syntax.None || end == 0 || f.text[end-1] != ')' || f.tree.Nodes[list].Missing {
		return lint.Edit{}, false
	}
	at := f.tree.Nodes[last].End
	// What is left between the last argument and the bracket is a comma at most.
	rest, ok := f.blankComments(at, end-1)
	if !ok {
		return lint.Edit{}, false
	}
	comma := strings.Trim(rest, " \t\r\n\f\\")
	if comma != "" && comma != "," {
		return lint.Edit{}, false
	}
	// Where the last argument has a line of its own the new one has, too.
	glue := " "
	start := f.tree.Nodes[last].Start
	if first, _ := f.indentation(start); first == start {
		glue = f.newLine(start) + string(f.text[f.lines[f.line(start)-1]:start])
	}
	if comma == "" {
		return lint.Edit{Offset: int64(at), End: int64(at), New: "," + glue + text}, true
	}
	at += uint32(strings.IndexByte(rest, ',')) + 1
	if glue != " " {
		text += ","
	}
	return lint.Edit{Offset: int64(at), End: int64(at), New: glue + text}, true
}

// newLine returns how the line of an offset ends, or the one before the last.
func (f *file) newLine(off uint32) string {
	line := min(f.line(off), len(f.lines)-1)
	if line == 0 {
		return "\n"
	}
	text := f.text[f.lines[line-1]:f.lines[line]]
	return string(text[len(bytes.TrimRight(text, "\r\n")):])
}

// blankComments returns a range of the text with blanks for comments, or false if one of
// them reaches over its end.
func (f *file) blankComments(start, end uint32) (string, bool) {
	text := slices.Clone(f.text[start:end])
	for _, c := range f.comments {
		if c.Start >= end || c.End <= start {
			continue
		}
		if c.Start < start || c.End > end {
			return "", false
		}
		for i := c.Start; i < c.End; i++ {
			text[i-start] = ' '
		}
	}
	return string(text), true
}

// draft returns the fix that writes the beginning of a justification above a statement,
// where there is a line for it and none yet.
func (m *mender) draft(s *found, statement span, known *evidence) []lint.Fix {
	f := m.f
	covered := f.claimed(statement)
	if m.policy == nil || !covered.Leads {
		return nil
	}
	top := f.lines[f.line(statement.decorated)-1]
	above := f.lines[max(f.line(top)-2, 0)]
	stop := uint32(len(f.text))
	if covered.Last < len(f.lines) {
		stop = f.lines[covered.Last]
	}
	if bytes.Contains(f.text[above:stop], []byte("picklelint:")) {
		return nil
	}
	indent := f.text[top:]
	indent = indent[:len(indent)-len(bytes.TrimLeft(indent, " \t\f"))]
	line := string(indent) + m.policy.Draft("# ", f.boundary(s, known)) + f.newLine(statement.start)
	return m.fix(lint.JustifyFix, "draft a justification, of which the reason is yours to give", lint.Edit{Offset: int64(top), End: int64(top), New: line})
}
