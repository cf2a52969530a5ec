package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/markdown"
	"github.com/pickle-lint/pickle-lint/lint"
)

// markdownReport writes a comment on a pull request or a merge request: what a reviewer has to
// look at, and nothing of what was there before. All of it is known only at the end, and the
// page has room for so much, so that each part has its share and says what it leaves out.
type markdownReport struct {
	w     io.Writer
	opt   Options
	rules map[string]*lint.Rule
	found []*lint.Finding
	sites []*lint.Site
	skips []*lint.Skip
}

// How many bytes the page may have at the end of each part.
const (
	findingsUntil = 26_000
	lockUntil     = 36_000
	sitesUntil    = 52_000
	changesUntil  = 55_000
	skipsUntil    = 59_000
	adviceUntil   = markdown.Most - 500
)

// foldedFrom is how many lines a list has that is shown on a click.
const foldedFrom = 9

// whole says where nothing is left out.
const whole = "The other formats have all of them."

func newMarkdown(w io.Writer, opt Options) lint.Handler {
	m := &markdownReport{w: w, opt: opt, rules: make(map[string]*lint.Rule)}
	for _, r := range opt.Rules {
		m.rules[r.ID] = r
	}
	return m
}

func (p *markdownReport) Config(*lint.Config) error     { return nil }
func (p *markdownReport) Progress(*lint.Progress) error { return nil }

func (p *markdownReport) Site(m *lint.Site) error {
	p.sites = append(p.sites, m)
	return nil
}

func (p *markdownReport) Finding(m *lint.Finding) error {
	if !m.Suppressed {
		p.found = append(p.found, m)
	}
	return nil
}

func (p *markdownReport) Skip(m *lint.Skip) error {
	if !m.Excluded {
		p.skips = append(p.skips, m)
	}
	return nil
}

func (p *markdownReport) Summary(m *lint.Summary) error {
	slices.SortStableFunc(p.found, func(a, b *lint.Finding) int { return int(b.Severity) - int(a.Severity) })
	came, changed := p.sitesThat(lint.NewSite), p.sitesThat(lint.ChangedSite)
	var b strings.Builder
	// The comment lets a script find what it wrote before.
	fmt.Fprintf(&b, "<!-- pickle-lint -->\n## pickle-lint: %s\n\n", p.lead(m, came, changed))
	looked := []string{"Looked at " + lookedAt(m)}
	if before := listCounts(count{m.Suppressed - m.Known, "finding is justified", "findings are justified"}, count{m.Known, "was there before", "were there before"}); before != "" {
		looked = append(looked, before)
	}
	fmt.Fprintf(&b, "%s.\n", markdown.Escaped(strings.Join(looked, "; ")))

	adjective := ""
	if m.Since != "" {
		adjective = "new "
	}
	p.section(&b, title(adjective+"findings"), p.findings(), findingsUntil, "Severity", "Rule", "Place", "Finding")
	p.lock(&b)
	p.section(&b, "New load sites", p.siteRows(came), sitesUntil-2000, siteHead...)
	p.section(&b, "Load sites with another claim or check", p.siteRows(changed), sitesUntil, siteHead...)
	p.section(&b, "Configuration that the change brings", p.changes(m), changesUntil)
	p.section(&b, "Not looked at", p.unseen(), skipsUntil, "Place", "Why")
	p.section(&b, "What to do", p.advice(), adviceUntil)
	if len(p.found) > 0 {
		b.WriteString("\n`pickle-lint explain RULE` prints the page of a rule.\n")
	}
	if _, err := io.WriteString(p.w, b.String()); err != nil {
		return fmt.Errorf("writing Markdown report: %w", err)
	}
	return nil
}

// lead is the answer to the first question.
func (p *markdownReport) lead(m *lint.Summary, came, changed []*lint.Site) string {
	loud := make(map[lint.Severity]int)
	for _, f := range p.found {
		loud[f.Severity]++
	}
	text := listCounts(
		count{loud[lint.Error], "error", "errors"}, count{loud[lint.Warning], "warning", "warnings"}, count{loud[lint.Note], "note", "notes"},
		count{len(came), "new load site", "new load sites"}, count{len(changed), "load site with another claim or check", "load sites with another claim or check"},
	)
	if text == "" && len(p.skips)+len(m.Reconfigured) == 0 && !m.Incomplete {
		text = "nothing found"
		if m.Since != "" {
			text = "nothing new"
		}
	}
	text = cmp.Or(text, "no findings")
	if m.Since != "" {
		text += " since " + lint.Shorten(lint.Printable(m.Since), mostOfPlace)
	}
	if n := len(p.skips); n > 0 {
		text += fmt.Sprintf("; %d not looked at", n)
	}
	if m.Incomplete {
		text = "incomplete: " + text
	}
	return markdown.Escaped(text)
}

func (p *markdownReport) sitesThat(state string) (out []*lint.Site) {
	for _, s := range p.sites {
		if s.BaselineState == state {
			out = append(out, s)
		}
	}
	return out
}

// section writes a list, if there is anything in it: a table where columns are named.
func (p *markdownReport) section(b *strings.Builder, name string, lines []string, until int, columns ...string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n### %s (%d)\n\n", name, len(lines))
	p.list(b, lines, until, columns...)
}

func (p *markdownReport) list(b *strings.Builder, lines []string, until int, columns ...string) {
	folded := len(lines) >= foldedFrom
	if folded {
		b.WriteString("<details><summary>The list</summary>\n\n")
	}
	if len(columns) > 0 {
		b.WriteString(markdown.Head(columns...))
	}
	markdown.More(b, markdown.Lines(b, lines, until), whole)
	if folded {
		b.WriteString("\n</details>\n")
	}
}

func title(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// What of a foreign text a line has room for, in bytes.
const (
	mostOfPlace   = 300
	mostOfMessage = 600
)

// codeCell is a foreign text in a cell, short enough to leave room for others.
func codeCell(text string, most int) string {
	return markdown.Code(lint.Shorten(lint.Printable(text), most))
}

// place names a place as the page of the change does: from the top of the repository.
func (p *markdownReport) place(at lint.Location) string {
	at.Path = p.opt.fromRepository(at.Path)
	return codeCell(skipPlace(at), mostOfPlace)
}

func sentence(text string) string {
	return markdown.Escaped(lint.Shorten(lint.Printable(text), mostOfMessage))
}

func (p *markdownReport) findings() (rows []string) {
	for _, f := range p.found {
		if lockPart(f.Rule) < 0 {
			rows = append(rows, markdown.Row(f.Severity.String(), p.rule(f.Rule, f.Name, ""), p.place(f.Location), sentence(f.Message)))
		}
	}
	return rows
}

// rule is a link to the page of a rule, or to a part of it.
func (p *markdownReport) rule(id, name, part string) string {
	text := markdown.Escaped(id + " " + name)
	if r := p.rules[id]; r != nil {
		return "[" + text + "](" + lint.PageURL(r.ID, r.Name) + part + ")"
	}
	return text
}

// lockParts are the rules of the lock, by what they say of it.
var lockParts = []struct{ rule, title string }{
	{"PKL520", "Added: stored pickles that the lock does not have"},
	{"PKL521", "Changed: not the bytes that were reviewed"},
	{"PKL522", "New: globals and calls that nobody has reviewed"},
	{"PKL523", "Gone: lines of the lock that are not true any more"},
}

func lockPart(rule string) int {
	return slices.IndexFunc(lockParts, func(part struct{ rule, title string }) bool { return part.rule == rule })
}

// lock writes what the stored bytes and the lock disagree about.
func (p *markdownReport) lock(b *strings.Builder) {
	parts := make([][]string, len(lockParts))
	all := 0
	for _, f := range p.found {
		if i := lockPart(f.Rule); i >= 0 {
			parts[i] = append(parts[i], markdown.Row(f.Severity.String(), p.place(f.Location), sentence(f.Message)))
			all++
		}
	}
	if all == 0 {
		return
	}
	fmt.Fprintf(b, "\n### The lock (%d)\n", all)
	for i, rows := range parts {
		if len(rows) > 0 {
			fmt.Fprintf(b, "\n#### %s (%d)\n\n", lockParts[i].title, len(rows))
			p.list(b, rows, lockUntil-2000*(len(parts)-1-i), "Severity", "Place", "What")
		}
	}
}

var siteHead = []string{"Place", "Load", "Boundary", "Reason", "Owner", "Verified", "Expires"}

// siteRows say of load sites what is claimed of them.
func (p *markdownReport) siteRows(sites []*lint.Site) (rows []string) {
	const most = 100
	for _, s := range sites {
		j := s.Justification
		if j == nil {
			j = &lint.Justification{Boundary: "no claim"}
		}
		verified := "no"
		switch {
		case s.Verified != "":
			verified = "proved: " + codeCell(s.Verified, most)
		case s.Safe != "":
			verified = "safe form: " + codeCell(s.Safe, most)
		case j.VerifiedBy != "":
			verified = "claimed: " + codeCell(j.VerifiedBy, most)
		}
		boundary := codeCell(j.Boundary, most)
		if s.Justification == nil {
			boundary = "no claim"
		}
		rows = append(rows, markdown.Row(p.place(s.Location), codeCell(s.API, most), boundary, sentence(j.Reason), codeCell(j.Owner, most), verified, codeCell(j.Expires, most)))
	}
	return rows
}

func (p *markdownReport) changes(m *lint.Summary) (lines []string) {
	for _, c := range m.Reconfigured {
		lines = append(lines, "- "+sentence(c.String())+"\n")
	}
	if len(lines) > 0 {
		lines[len(lines)-1] += "\nThe change is judged by it: a rule that it switches off, or a path that it leaves out, is told by nothing else.\n"
	}
	return lines
}

func (p *markdownReport) unseen() (rows []string) {
	for _, s := range p.skips {
		rows = append(rows, markdown.Row(p.place(s.Location), sentence(s.Reason)))
	}
	return rows
}
