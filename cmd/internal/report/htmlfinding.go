package report

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// htmlFinding is a finding as the page shows it. What takes reading is made when the
// template asks for it, one finding after the other.
type htmlFinding struct {
	f       *lint.Finding
	sources *sources
	rule    *htmlGroup

	// N is its number on the page, Place that in the order of places.
	N, Place                                  int
	Severity, Rule, Name, Message, At, Folder string
	Rank                                      int
	Suppressed                                bool
	Claim                                     string
}

// list orders findings: what counts first, the loudest first, then by place.
func (h *htmlReport) list(folder func(string) string) []*htmlFinding {
	var all []*htmlFinding
	for i, f := range h.findings {
		v := &htmlFinding{
			f: f, sources: h.sources, Place: i, Severity: f.Severity.String(), Rank: int(f.Severity), Rule: lint.Printable(f.Rule), Name: lint.Printable(f.Name),
			Message: lint.Printable(f.Message), At: place(f.Location), Folder: folder(f.Path), Suppressed: f.Suppressed,
		}
		if f.Justification != nil {
			v.Claim = claim(f.Justification)
		}
		all = append(all, v)
	}
	slices.SortStableFunc(all, func(a, b *htmlFinding) int {
		return cmp.Or(compareBool(a.Suppressed, b.Suppressed), cmp.Compare(b.Rank, a.Rank))
	})
	for i, f := range all {
		f.N = i + 1
	}
	return all
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Words are those of the message.
func (f *htmlFinding) Words() []htmlWord { return words(f.Message) }

// Why is the sentence of the rule, URL its page.
func (f *htmlFinding) Why() []htmlWord { return words(f.rule.Text) }

// URL is that of the rule's page.
func (f *htmlFinding) URL() string { return f.rule.URL }

// htmlWord is a stretch of a text that is code, or not.
type htmlWord struct {
	Text string
	Code bool
}

// words tells apart what stands between backticks in a message. One that has no other is
// a character like any.
func words(text string) (out []htmlWord) {
	for text != "" {
		before, rest, found := strings.Cut(text, "`")
		code, after, closed := strings.Cut(rest, "`")
		if !found || !closed || code == "" {
			return append(out, htmlWord{Text: text})
		}
		if before != "" {
			out = append(out, htmlWord{Text: before})
		}
		out = append(out, htmlWord{code, true})
		text = after
	}
	return out
}

// htmlLine is one line of source.
type htmlLine struct {
	N     int
	Hit   bool // the range covers some of it
	Parts []htmlPart
}

// htmlPart is a stretch of a line that is marked, or not.
type htmlPart struct {
	Text string
	Mark bool
}

const (
	// htmlWidth is what a line is cut to, around its mark. A page can scroll, and
	// lines of many kilobytes are of no use to anybody.
	htmlWidth = 240
	// htmlContext is how many lines stand around those that are meant.
	htmlContext = 2
)

// Source shows the place of the finding with some lines around it.
func (f *htmlFinding) Source() []htmlLine { return f.sources.lines(f.f.Location, htmlContext) }

// lines is what excerpt is to a terminal.
func (s *sources) lines(at lint.Location, context int) []htmlLine {
	f := s.file(at)
	if _, ok := f.line(at.Line); !ok {
		return nil
	}
	end := max(at.Line, at.EndLine)
	if _, ok := f.line(end); !ok || end > at.Line && at.EndColumn <= 1 {
		// The file is shorter than it was, or the range ends before a line.
		end, at.EndColumn = max(at.Line, min(end-1, len(f.starts)-1)), 0
	}
	at.EndLine = end
	var out []htmlLine
	for n := max(1, at.Line-context); n <= end+context; n++ {
		text, ok := f.line(n)
		if !ok || n == len(f.starts)-1 && len(text) == 0 && n > end {
			break
		}
		if end-at.Line >= 2*mostLines && n == at.Line+mostLines {
			out = append(out, htmlLine{Parts: []htmlPart{{Text: fmt.Sprintf("… %d lines …", end-mostLines-n)}}})
			n = end - mostLines
			continue
		}
		line := htmlLine{N: n, Hit: n >= at.Line && n <= end}
		if line.Hit {
			from, to := markOn(text, n, at)
			line.Parts = htmlParts(text, from, to)
		} else {
			line.Parts = []htmlPart{{Text: plainLine(text, htmlWidth)}}
		}
		out = append(out, line)
	}
	return out
}

// htmlParts cuts a line into stretches, as markedLine does into text and carets.
func htmlParts(line []byte, from, to int) []htmlPart {
	from = min(max(from, 0), len(line))
	to = min(max(to, from), len(line))
	cells, before, after := window(split(line, from, to), htmlWidth)
	var parts []htmlPart
	add := func(text string, mark bool) {
		if n := len(parts); n > 0 && parts[n-1].Mark == mark {
			parts[n-1].Text += text
			return
		}
		parts = append(parts, htmlPart{text, mark})
	}
	if before {
		add("…", false)
	}
	for _, c := range cells {
		add(c.text, c.marked)
	}
	if after {
		add("…", false)
	}
	return parts
}

// htmlOp is one op of a trace.
type htmlOp struct {
	Offset, Bytes, Text string
	Mark                bool
}

// htmlHop is one step of a way through sources.
type htmlHop struct {
	At, Text string
	Mark     bool
	Source   []htmlLine
}

// Words are those of the step.
func (h htmlHop) Words() []htmlWord { return words(h.Text) }

// inSource reports that the trace leads through sources, and not through the ops of a
// blob.
func (f *htmlFinding) inSource() bool {
	return slices.ContainsFunc(f.f.Trace, func(s lint.Step) bool { return s.Line > 0 })
}

// Ops are the ops of a blob that lead to the finding.
func (f *htmlFinding) Ops() []htmlOp {
	if f.inSource() {
		return nil
	}
	places, _ := stepPlaces(f.f, f.f.Trace)
	var ops []htmlOp
	for i, s := range f.f.Trace {
		op := htmlOp{Offset: places[i], Bytes: spacedHex(s.Bytes), Text: lint.Printable(s.Text), Mark: s.Mark}
		if len(s.Bytes) == 2*lint.StepBytes && i+1 < len(places) && f.f.Trace[i+1].Offset > s.Offset+lint.StepBytes {
			op.Bytes += " …"
		}
		ops = append(ops, op)
	}
	return ops
}

// spacedHex writes each byte apart. A recorded run may hold anything.
func spacedHex(s string) string {
	b, err := hex.DecodeString(s)
	if err != nil {
		return lint.Printable(s)
	}
	return strings.TrimSuffix(fmt.Sprintf("% x", b), " ")
}

// Flow is the way of the bytes through sources.
func (f *htmlFinding) Flow() []htmlHop {
	if !f.inSource() {
		return nil
	}
	var hops []htmlHop
	for _, s := range f.f.Trace {
		at := s.Location
		if at.Path == "" {
			at = f.f.Location
		}
		hops = append(hops, htmlHop{At: place(at), Text: lint.Printable(s.Text), Mark: s.Mark, Source: f.sources.lines(at, 0)})
	}
	return hops
}
