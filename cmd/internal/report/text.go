package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/lint"
)

// text writes for people, in the manner of rustc: what, where, the source or the
// ops with the marked part, and where to read on.
type text struct {
	w       io.Writer
	style   style
	verbose bool
	// skipsElsewhere: see [Options.SkipsElsewhere].
	skipsElsewhere bool
	sources        *sources
	// gap: the last thing written was a line that a summary should not touch.
	gap bool
	// facts: the last thing written was a line about a blob.
	facts bool
}

func newText(w io.Writer, opt Options) lint.Handler {
	return &text{w: w, style: style{opt.Color}, verbose: opt.Verbose, skipsElsewhere: opt.SkipsElsewhere, sources: newSources(opt.Source)}
}

func (t *text) Config(*lint.Config) error     { return nil }
func (t *text) Progress(*lint.Progress) error { return nil }
func (t *text) Site(*lint.Site) error         { return nil }

// Blob writes the facts of a place in a line.
func (t *text) Blob(m *lint.Blob) error {
	t.gap, t.facts = true, true
	return t.write(t.style.paint(inkFaint, "looked at") + ": " + blobLine(m) + "\n")
}

func (t *text) write(s string) error {
	if _, err := io.WriteString(t.w, s); err != nil {
		return fmt.Errorf("writing text report: %w", err)
	}
	return nil
}

func (t *text) Skip(m *lint.Skip) error {
	if t.skipsElsewhere {
		return nil
	}
	word, hue := "skipped", inkWarning
	if m.Excluded {
		if !t.verbose {
			return nil
		}
		word, hue = "left out", inkFaint
	}
	t.gap = true
	return t.write(fmt.Sprintf("%s: %s: %s\n", t.style.paint(hue, word), skipPlace(m.Location), lint.Printable(m.Reason)))
}

func (t *text) Finding(m *lint.Finding) error {
	if m.Suppressed && !t.verbose {
		return nil
	}
	apart := ""
	if t.facts {
		apart = "\n"
	}
	t.gap, t.facts = false, false
	hue := severityInk(m.Severity)
	word := m.Severity.String()
	if m.Suppressed {
		hue = inkFaint
		switch {
		case m.Known():
			word = "known " + word
		case m.Justification != nil:
			word = "justified " + word
		default:
			word = "suppressed " + word
		}
	}
	src := t.sources.excerpt(m.Location, hue)
	margin := strings.Repeat(" ", max(1, src.digits))
	bar := margin + " " + t.style.paint(inkGutter, "|")

	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s\n", apart,
		t.style.paint(hue, fmt.Sprintf("%s[%s %s]", word, lint.Printable(m.Rule), lint.Printable(m.Name))),
		t.style.paint(inkStrong, ": "+lint.Printable(m.Message)))
	fmt.Fprintf(&b, "%s%s %s\n", margin, t.style.paint(inkGutter, "-->"), place(m.Location))
	if len(src.rows) > 0 {
		b.WriteString(bar + "\n")
		for _, r := range src.rows {
			label := t.style.paint(inkGutter, table.Pad(r.label, len(margin))+" |")
			b.WriteString(strings.TrimRight(label+" "+t.style.paint(r.ink, r.text), " ") + "\n")
		}
	}
	if len(m.Trace) > 0 {
		b.WriteString(bar + "\n")
		for _, r := range t.traceRows(m) {
			b.WriteString(bar + " " + r + "\n")
		}
	}
	if len(src.rows) > 0 || len(m.Trace) > 0 {
		b.WriteString(bar + "\n")
	}
	if j := m.Justification; j != nil {
		fmt.Fprintf(&b, "%s %s claim: %s\n", margin, t.style.paint(inkGutter, "="), claim(j))
	}
	for _, fix := range m.Fixes {
		if fix.Kind == lint.SafeFix {
			fmt.Fprintf(&b, "%s %s fix: %s (--fix)\n", margin, t.style.paint(inkGutter, "="), lint.Printable(fix.Text))
		}
	}
	fmt.Fprintf(&b, "%s %s help: pickle-lint explain %s\n\n", margin, t.style.paint(inkGutter, "="), lint.Printable(m.Rule))
	return t.write(b.String())
}

// claim says a justification in one line.
func claim(j *lint.Justification) string {
	parts := []string{"boundary=" + lint.Printable(j.Boundary) + ": " + lint.Printable(j.Reason)}
	for _, f := range []struct{ name, value string }{
		{"verified by", j.VerifiedBy}, {"expires", j.Expires}, {"owner", j.Owner}, {"ticket", j.Ticket},
	} {
		if f.value != "" {
			parts = append(parts, f.name+" "+lint.Printable(f.value))
		}
	}
	return strings.Join(parts, "; ")
}

// Reconfigured says that a change brings a configuration of its own.
func Reconfigured(m *lint.Summary, c lint.ConfigChange) string {
	return fmt.Sprintf("configuration changed since %s: %s; it is judged by its own", lint.Printable(m.Since), c)
}

func (t *text) Summary(m *lint.Summary) error {
	line := summaryLine(m, t.verbose)
	if !t.skipsElsewhere {
		for _, c := range m.Reconfigured {
			if err := t.write(t.style.paint(inkWarning, Reconfigured(m, c)) + "\n"); err != nil {
				return err
			}
			t.gap = true
		}
	}
	if t.gap {
		line = "\n" + line
	}
	return t.write(line + "\n")
}

func summaryLine(m *lint.Summary, verbose bool) string {
	counts := listCounts(
		count{m.Errors, "error", "errors"},
		count{m.Warnings, "warning", "warnings"},
		count{m.Notes, "note", "notes"},
	)
	switch {
	case counts == "" && m.Since != "":
		counts = "no new findings since " + lint.Printable(m.Since)
	case counts == "":
		counts = "no findings"
	case m.Since != "":
		counts += " new since " + lint.Printable(m.Since)
	}
	if n := m.Suppressed - m.Known; n > 0 {
		counts += fmt.Sprintf("; %d justified", n)
	}
	if m.Known > 0 {
		counts += fmt.Sprintf("; %d known", m.Known)
	}
	if m.Skips > 0 {
		counts += fmt.Sprintf("; %d skipped", m.Skips)
	}
	// Who has looked at nothing wants to know whether something was there.
	if m.Excluded > 0 && (verbose || m.Files+m.Packages == 0) {
		counts += fmt.Sprintf("; %d left out", m.Excluded)
	}
	if m.Incomplete {
		counts = "incomplete: " + counts
	}
	return fmt.Sprintf("%s (looked at %s)", counts, lookedAt(m))
}

// lookedAt says what a run has seen: the absence of findings is not the absence of
// looking.
func lookedAt(m *lint.Summary) string {
	seen := listCounts(
		count{m.Packages, "Go package", "Go packages"},
		count{m.Python, "Python file", "Python files"},
		count{m.Blobs, "blob", "blobs"},
	)
	files := cmp.Or(listCounts(count{m.Files, "file", "files"}), "nothing")
	if seen != "" {
		files += ": " + seen
	}
	return files
}

type count struct {
	n         int
	one, many string
}

// listCounts lists the counts that are not 0.
func listCounts(counts ...count) string {
	var parts []string
	for _, c := range counts {
		switch {
		case c.n == 1:
			parts = append(parts, "1 "+c.one)
		case c.n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.many))
		}
	}
	return strings.Join(parts, ", ")
}
