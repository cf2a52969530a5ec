package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// github writes workflow commands, which the runner of GitHub Actions turns into
// annotations of a commit or pull request.
//
// Of each kind a step shows the first mostAnnotations, so all is collected and the
// loudest comes first; the rest is in the log of the step only.
type github struct {
	w       io.Writer
	opt     Options
	sources *sources
	found   []*lint.Finding
	skips   []*lint.Skip
}

// mostAnnotations is how many annotations of one kind GitHub takes from a step
// (actions/toolkit, docs/problem-matchers.md, "Limitations").
const mostAnnotations = 10

func newGitHub(w io.Writer, opt Options) lint.Handler {
	return &github{w: w, opt: opt, sources: newSources(opt.Source)}
}

func (g *github) Config(*lint.Config) error     { return nil }
func (g *github) Progress(*lint.Progress) error { return nil }
func (g *github) Site(*lint.Site) error         { return nil }

func (g *github) Skip(m *lint.Skip) error {
	if !m.Excluded {
		g.skips = append(g.skips, m)
	}
	return nil
}

func (g *github) Finding(m *lint.Finding) error {
	if !m.Suppressed {
		g.found = append(g.found, m)
	}
	return nil
}

// The words of GitHub for our severities.
var githubKinds = map[lint.Severity]string{lint.Error: "error", lint.Warning: "warning", lint.Note: "notice"}

func (g *github) Summary(m *lint.Summary) error {
	slices.SortStableFunc(g.found, func(a, b *lint.Finding) int { return int(b.Severity) - int(a.Severity) })
	quiet := slices.IndexFunc(g.found, func(f *lint.Finding) bool { return f.Severity < lint.Warning })
	if quiet < 0 {
		quiet = len(g.found)
	}
	var lines []string
	for _, f := range g.found[:quiet] {
		lines = append(lines, g.command(f))
	}
	for _, s := range g.skips {
		text := fmt.Sprintf("%s: %s", skipPlace(s.Location), lint.Printable(s.Reason))
		lines = append(lines, githubCommand("warning", g.properties(s.Location, "not looked at"), text))
	}
	for _, c := range m.Reconfigured {
		lines = append(lines, githubCommand("warning", g.properties(lint.Location{Path: c.Path}, "configuration changed"), Reconfigured(m, c)))
	}
	var notices []string
	for _, f := range g.found[quiet:] {
		notices = append(notices, g.command(f))
	}
	// The counts come last, but where GitHub still shows them.
	last := min(len(notices), mostAnnotations-1)
	notices = slices.Insert(notices, last, githubCommand("notice", []string{"title=pickle-lint"}, g.counts(m)))
	for _, line := range slices.Concat(lines, notices) {
		if _, err := io.WriteString(g.w, line+"\n"); err != nil {
			return fmt.Errorf("writing GitHub annotations: %w", err)
		}
	}
	return nil
}

func (g *github) counts(m *lint.Summary) string {
	text := summaryLine(m, false)
	kinds := map[lint.Severity]int{lint.Warning: len(g.skips) + len(m.Reconfigured)}
	most := kinds[lint.Warning]
	for _, f := range g.found {
		kinds[f.Severity]++
		most = max(most, kinds[f.Severity])
	}
	if most > mostAnnotations {
		text += fmt.Sprintf("; GitHub shows the first %d errors, warnings and notices of a step: the others are in its log", mostAnnotations)
	}
	return text
}

func (g *github) command(f *lint.Finding) string {
	return githubCommand(githubKinds[f.Severity], g.properties(f.Location, lint.Printable(f.Rule)+" "+lint.Printable(f.Name)), resultMessage(f))
}

// properties are the place, as far as there is one in a file that the repository
// shows, and a title.
func (g *github) properties(at lint.Location, title string) []string {
	var out []string
	add := func(key, value string) { out = append(out, key+"="+githubProperty.Replace(value)) }
	if at.Path != "-" && at.Path != "" {
		add("file", exactPath(g.opt.fromRepository(at.Path), "\r\n"))
		if at.Line > 0 && len(at.Member) == 0 {
			add("line", strconv.Itoa(at.Line))
			end := max(at.Line, at.EndLine)
			add("endLine", strconv.Itoa(end))
			out = append(out, g.columns(at, end)...)
		}
	}
	add("title", lint.Printable(title))
	return out
}

// columns counts characters as editors do. GitHub takes columns only of a range
// within one line.
func (g *github) columns(at lint.Location, end int) []string {
	file := g.sources.file(at)
	from, ok := file.utf16Column(at.Line, at.Column)
	if !ok || end != at.Line {
		return nil
	}
	out := []string{fmt.Sprintf("col=%d", from)}
	if to, ok := file.utf16Column(at.Line, at.EndColumn); ok && to > from {
		out = append(out, fmt.Sprintf("endColumn=%d", to))
	}
	return out
}

// How the runner reads commands: actions/runner, src/Runner.Common/ActionCommand.cs.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubCommand(kind string, properties []string, message string) string {
	return fmt.Sprintf("::%s %s::%s", kind, strings.Join(properties, ","), githubData.Replace(lint.Printable(message)))
}
