package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/lint"
)

// siteCSV is one site a line, under a header.
type siteCSV struct {
	noVerdict
	w      *csv.Writer
	headed bool
}

func newSiteCSV(w io.Writer, _ int) lint.Handler {
	return &siteCSV{w: table.NewCSV(w)}
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
		row = append(row, table.Guarded(cell.of(m)))
	}
	j, line := m.Justification, ""
	if j == nil {
		j = new(lint.Justification)
	} else {
		line = strconv.Itoa(j.Line)
	}
	for _, key := range claimKeys {
		row = append(row, table.Guarded(key.of(j)))
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
