package cli

import (
	"bytes"
	"context"
	"strings"

	"github.com/pickle-lint/pickle-lint/cmd/internal/goload"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan"
)

// unpickleRules are the rules for Python of which a finding says that a script unpickles.
var unpickleRules = func() map[string]bool {
	ids := make(map[string]bool)
	for _, r := range []*lint.Rule{pyscan.UnjustifiedLoad, pyscan.UnsafeConfig, pyscan.TaintedLoad, pyscan.UserControlledPath, pyscan.UnverifiedLoad} {
		ids[r.ID] = true
	}
	return ids
}()

// goScripts judges the Python that Go packages run.
type goScripts struct {
	set *settings
	// wings tell whether Python is read at all.
	wings    wingSet
	sites    []*lint.Site
	findings []*lint.Finding
	skips    []*lint.Skip
	keys     lint.Fingerprints
}

// judge reads a script as Python, or as commands that run some. The analyzer has judged
// it by its words; that stands where nobody could read it.
func (g *goScripts) judge(ctx context.Context, s *goload.Script) {
	if !g.wings.has(pythonWing) {
		g.findings = append(g.findings, s.Words...)
		return
	}
	name := "script.py"
	if s.Shell {
		name = "script.sh"
	}
	scanner := &pyscan.Scanner{Catalog: g.set.catalog, Policy: g.set.trust, Versions: g.set.versions, Wrappers: []string{}, Sources: g.set.config.Sources}
	res := scanner.Scan(ctx, name, s.Text)
	if len(res.Skips) > 0 && len(res.Findings) == 0 && len(s.Words) > 0 {
		g.findings = append(g.findings, s.Words...)
		return
	}
	m := &scriptMap{script: s, starts: lineStarts(s.Text)}
	for _, skip := range res.Skips {
		at := m.place(skip.Location)
		g.skips = append(g.skips, &lint.Skip{Location: at, Reason: lint.Printable("the Python that " + s.Call.Callable + " runs: " + skip.Reason)})
	}
	if s.From == "" { // or else they are those of a file of its own
		for _, site := range res.Sites {
			site.Location = m.place(site.Location)
			if site.Justification == nil {
				site.Justification = s.Call.Justification
			}
			g.sites = append(g.sites, site)
		}
	}
	for _, in := range res.Findings {
		if unpickleRules[in.Rule] {
			g.finding(m, in)
		}
	}
}

// finding reports what a rule for Python says of a script.
func (g *goScripts) finding(m *scriptMap, in *lint.Finding) {
	s := m.script
	standing := s.Standing
	if s.Call.Justification == nil {
		standing = "" // the rule for Python tells that of the script
	}
	why := in.Message
	if rest, ok := strings.CutPrefix(why, in.Callable+" "); ok {
		why = "it " + rest
	}
	from, to := m.span(in.Location)
	out := s.Finding(from, to, in.Callable, standing, why)
	if s.Call.Justification == nil && in.Justification != nil {
		out.Justification = in.Justification
		out.Justification.Line = m.place(lint.Location{Line: in.Justification.Line, Column: 1}).Line
	}
	out.Suppressed = s.Call.Suppressed || in.Suppressed
	if len(in.Trace) > 0 && len(out.Trace) > 0 {
		out.Trace = out.Trace[len(out.Trace)-1:] // the rule's own steps tell where the script unpickles
	}
	var trace []lint.Step
	for _, step := range in.Trace {
		step.Location = m.place(step.Location)
		step.Mark = step.Mark && len(out.Trace) == 0
		trace = append(trace, step)
	}
	out.Trace = append(trace, out.Trace...)
	out.Fingerprint = g.keys.Of(s.Key.Of(s.Key.Rule, in.Callable))
	// One script may be run by several statements, of which one has no claim.
	for i, other := range g.findings {
		if other.Location.Compare(out.Location) == 0 && other.Callable == out.Callable {
			if other.Suppressed && !out.Suppressed {
				g.findings[i] = out
			}
			return
		}
	}
	g.findings = append(g.findings, out)
}

// scriptMap moves places of a script to the Go file that spells it.
type scriptMap struct {
	script *goload.Script
	starts []int
}

func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// offset returns where a line and column of the script are in it.
func (m *scriptMap) offset(line, column int) int {
	if line < 1 || line > len(m.starts) {
		return 0
	}
	return min(m.starts[line-1]+max(column, 1)-1, max(0, len(m.script.Text)-1))
}

// span returns the stretch of the script that a place in it is.
func (m *scriptMap) span(at lint.Location) (from, to int) {
	from = m.offset(at.Line, at.Column)
	to = from + 1
	if at.EndLine > 0 {
		to = max(to, m.offset(at.EndLine, at.EndColumn-1)+1)
	}
	// A statement may end in the white space behind it.
	to = max(from+1, from+len(bytes.TrimRight(m.script.Text[from:min(to, len(m.script.Text))], " \t\r\n")))
	return from, to
}

// place returns where the Go file spells it, or the call where none does.
func (m *scriptMap) place(at lint.Location) lint.Location {
	if out, ok := m.script.Spelled(m.span(at)); ok {
		return out
	}
	return m.script.Call.Location
}
