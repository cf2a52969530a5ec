package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// siteTable is a list of sites for people: one site a line, in columns.
type siteTable struct {
	noVerdict
	w       io.Writer
	columns int // 0: any width
	rows    [][]string
	// Sites with a claim, in a safe form, with a check that is proved, and with none of these.
	claims, safe, verified, bare int
}

func newSiteTable(w io.Writer, columns int) lint.Handler {
	return &siteTable{w: w, columns: columns}
}

// tableHead names the columns. least is what a column keeps where the terminal is
// narrow, 0 for one that is never cut: a place or an API that is cut is of no use.
var tableHead = []struct {
	name  string
	least int
}{{"PLACE", 0}, {"API", 0}, {"FORMAT", 0}, {"FUNCTION", 8}, {"ARGUMENT", 8}, {"REMARKS", 24}}

// gap stands between two columns.
const gap = "  "

func (t *siteTable) Site(m *lint.Site) error {
	var remarks []string
	if m.Loads != "" {
		remarks = append(remarks, "loads "+m.Loads)
	}
	if m.Safe != "" {
		t.safe++
		remarks = append(remarks, "safe form: "+m.Safe)
	}
	if m.Verified != "" {
		t.verified++
		remarks = append(remarks, "verified: "+m.Verified)
	}
	if m.Justification != nil {
		t.claims++
		remarks = append(remarks, "claim: "+claimText(m.Justification))
	}
	if m.Note != "" {
		remarks = append(remarks, "note: "+m.Note)
	}
	if m.Generated {
		remarks = append(remarks, "generated code")
	}
	if m.Safe == "" && m.Verified == "" && m.Justification == nil {
		t.bare++
	}
	row := []string{place(m.Location), m.API, m.Format, m.Function, m.Argument, strings.Join(remarks, "; ")}
	for i, cell := range row {
		if row[i] = lint.Printable(cell); cell == "" {
			row[i] = "-"
		}
	}
	t.rows = append(t.rows, row)
	return nil
}

// claimText writes a claim as it is written in source.
func claimText(j *lint.Justification) string {
	var parts []string
	for _, key := range claimKeys {
		switch value := key.of(j); {
		case value == "":
		case strings.ContainsAny(value, " \t\"") || key.name == "reason":
			parts = append(parts, key.name+"="+strconv.Quote(value))
		default:
			parts = append(parts, key.name+"="+value)
		}
	}
	return strings.Join(parts, " ")
}

// Skip says nothing: standard error does.
func (t *siteTable) Skip(*lint.Skip) error { return nil }

// Summary writes the table, because only now the widths are known.
func (t *siteTable) Summary(m *lint.Summary) error {
	var b strings.Builder
	if len(t.rows) > 0 {
		t.table(&b)
		b.WriteString("\n")
	}
	text := "no sites"
	if n := len(t.rows); n > 0 {
		text = listCounts(count{n, "site", "sites"}) + ": " + listCounts(
			count{t.safe, "in a safe form", "in a safe form"},
			count{t.verified, "verified", "verified"},
			count{t.claims, "with a claim", "with a claim"},
			count{t.bare, "unjustified", "unjustified"},
		)
	}
	if m.Skips > 0 {
		text += fmt.Sprintf("; %d skipped", m.Skips)
	}
	b.WriteString(text + " (looked at " + lookedAt(m) + ")\n")
	if _, err := io.WriteString(t.w, b.String()); err != nil {
		return fmt.Errorf("writing the list of sites: %w", err)
	}
	return nil
}

func (t *siteTable) table(b *strings.Builder) {
	widths := make([]int, len(tableHead))
	head := make([]string, len(tableHead))
	for i, c := range tableHead {
		head[i], widths[i] = c.name, len(c.name)
	}
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	remarks := len(widths) - 1
	below := !t.narrow(slices.Clone(widths))
	if below {
		widths = widths[:remarks]
	}
	t.narrow(widths)
	for _, row := range append([][]string{head}, t.rows...) {
		var line strings.Builder
		for i, cell := range row[:len(widths)] {
			if columnsOf(cell) > widths[i] {
				cell = Line(cell, widths[i])
			}
			if i > 0 {
				line.WriteString(gap)
			}
			line.WriteString(pad(cell, widths[i]))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		if below && row[remarks] != "-" && row[remarks] != head[remarks] {
			b.WriteString(indent + Line(row[remarks], max(t.columns-len(indent), tableHead[remarks].least)) + "\n")
		}
	}
}

// indent stands before remarks that have a line of their own, because the terminal is
// too narrow for a column of them.
const indent = "    "

// narrow makes the widest columns narrower until a line fits, one column of text at
// a time from the widest, and reports whether one does. Where the places alone are too
// wide, lines are longer.
func (t *siteTable) narrow(widths []int) bool {
	if t.columns <= 0 {
		return true
	}
	over := len(gap)*(len(widths)-1) - t.columns
	for _, w := range widths {
		over += w
	}
	for ; over > 0; over-- {
		widest := -1
		for i, c := range tableHead[:len(widths)] {
			if c.least > 0 && widths[i] > c.least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return false
		}
		widths[widest]--
	}
	return true
}

// columnsOf is how many columns a printable text takes.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n += runeWidth(r)
	}
	return n
}
