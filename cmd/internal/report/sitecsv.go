package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// siteCSV writes RFC 4180: a header, comma, CRLF, and quotes where they are needed.
type siteCSV struct {
	noVerdict
	w      *csv.Writer
	headed bool
}

func newSiteCSV(w io.Writer, _ int) lint.Handler {
	out := &siteCSV{w: csv.NewWriter(w)}
	out.w.UseCRLF = true
	return out
}

// siteCells are the columns in front of those of the claim.
var siteCells = []struct {
	name string
	of   func(*lint.Site) string
}{
	{"path", func(s *lint.Site) string { return strings.Join(append([]string{s.Path}, s.Member...), " » ") }},
	{"line", func(s *lint.Site) string { return strconv.Itoa(s.Line) }},
	{"column", func(s *lint.Site) string { return strconv.Itoa(s.Column) }},
	{"end_line", func(s *lint.Site) string { return strconv.Itoa(s.EndLine) }},
	{"end_column", func(s *lint.Site) string { return strconv.Itoa(s.EndColumn) }},
	{"wing", func(s *lint.Site) string { return s.Wing }},
	{"api", func(s *lint.Site) string { return s.API }},
	{"format", func(s *lint.Site) string { return s.Format }},
	{"function", func(s *lint.Site) string { return s.Function }},
	{"argument", func(s *lint.Site) string { return s.Argument }},
	{"loads", func(s *lint.Site) string { return s.Loads }},
	{"safe", func(s *lint.Site) string { return s.Safe }},
	{"verified", func(s *lint.Site) string { return s.Verified }},
	{"note", func(s *lint.Site) string { return s.Note }},
	{"generated", func(s *lint.Site) string { return strconv.FormatBool(s.Generated) }},
}

func (c *siteCSV) header() error {
	if c.headed {
		return nil
	}
	c.headed = true
	var row []string
	for _, cell := range siteCells {
		row = append(row, cell.name)
	}
	for _, key := range claimKeys {
		row = append(row, strings.ReplaceAll(key.name, "-", "_"))
	}
	return c.write(append(row, "claim_line"))
}

func (c *siteCSV) write(row []string) error {
	if err := c.w.Write(row); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func (c *siteCSV) Site(m *lint.Site) error {
	if err := c.header(); err != nil {
		return err
	}
	var row []string
	for _, cell := range siteCells {
		row = append(row, guarded(cell.of(m)))
	}
	j, line := m.Justification, ""
	if j == nil {
		j = new(lint.Justification)
	} else {
		line = strconv.Itoa(j.Line)
	}
	for _, key := range claimKeys {
		row = append(row, guarded(key.of(j)))
	}
	return c.write(append(row, line))
}

// Skip says nothing: a table has no row for it, and standard error has.
func (c *siteCSV) Skip(*lint.Skip) error { return nil }

func (c *siteCSV) Summary(*lint.Summary) error {
	if err := c.header(); err != nil {
		return err
	}
	c.w.Flush()
	if err := c.w.Error(); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

// formulas are the characters at the beginning of a cell by which spreadsheets know
// a formula (OWASP, "CSV Injection"), the full-width ones included, and the
// apostrophe, so that taking one off gives every cell back. Tabs and carriage
// returns, which some of them pass over first, are escapes by then.
const formulas = "=+-@'＝＋－＠"

// guarded writes a cell that no spreadsheet runs: source code chooses these texts.
func guarded(cell string) string {
	text := lint.Printable(cell)
	if text == "" || !strings.ContainsRune(formulas, []rune(text)[0]) {
		return text
	}
	return "'" + text
}
