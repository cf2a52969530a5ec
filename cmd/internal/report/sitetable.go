package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/table"
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

// tableHead names the columns. A place or an API that is cut is of no use.
var tableHead = table.Columns{
	{Name: "PLACE"}, {Name: "API"}, {Name: "FORMAT"}, {Name: "FUNCTION", Least: 8}, {Name: "ARGUMENT", Least: 8}, {Name: "REMARKS", Least: 24},
}

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
		b.WriteString(tableHead.Text(t.rows, t.columns))
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
