package render

import (
	"io"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// csvRow is what a line is made from: one end of a channel, or a channel that has none.
type csvRow struct {
	c *inventory.Channel
	e *end
	j *lint.Justification
}

// csvCells are the columns. Lists in a cell are separated by a blank, except classes and
// owners: no name of them has a semicolon.
var csvCells = []struct {
	name string
	of   func(csvRow) string
}{
	{"channel", func(r csvRow) string { return r.c.ID }},
	{"kind", func(r csvRow) string { return string(r.c.Kind) }},
	{"name", func(r csvRow) string { return r.c.Name }},
	{"title", func(r csvRow) string { return r.c.Title }},
	{"role", func(r csvRow) string { return r.e.word }},
	{"service", func(r csvRow) string { return r.e.service }},
	{"external", func(r csvRow) string { return strconv.FormatBool(r.e.external) }},
	{"path", func(r csvRow) string { return strings.Join(append([]string{r.e.at.Path}, r.e.at.Member...), " » ") }},
	{"line", func(r csvRow) string { return number(r.e.at.Line) }},
	{"column", func(r csvRow) string { return number(r.e.at.Column) }},
	{"wing", func(r csvRow) string { return r.e.wing }},
	{"api", func(r csvRow) string { return r.e.api }},
	{"format", func(r csvRow) string { return r.e.format }},
	{"function", func(r csvRow) string { return r.e.function }},
	{"argument", func(r csvRow) string { return r.e.argument }},
	{"protocol", func(r csvRow) string { return r.e.protocol }},
	{"classes", func(r csvRow) string { return strings.Join(r.e.classes, ";") }},
	{"python", func(r csvRow) string { return r.e.python }},
	{"verification", func(r csvRow) string { return r.e.verification }},
	{"check", func(r csvRow) string { return r.e.check }},
	{"boundary", func(r csvRow) string { return r.j.Boundary }},
	{"reason", func(r csvRow) string { return r.j.Reason }},
	{"owner", func(r csvRow) string { return r.j.Owner }},
	{"expires", func(r csvRow) string { return r.j.Expires }},
	{"retention", func(r csvRow) string { return r.j.Retention }},
	{"sensitivity", func(r csvRow) string { return r.j.Sensitivity }},
	{"compat", func(r csvRow) string { return r.j.Compat }},
	{"ticket", func(r csvRow) string { return r.j.Ticket }},
	{"channel_boundaries", func(r csvRow) string { return strings.Join(r.c.Boundaries, ";") }},
	{"channel_verification", func(r csvRow) string { return r.c.Verification }},
	{"channel_owners", func(r csvRow) string { return strings.Join(r.c.Owners, ";") }},
	{"channel_retention", func(r csvRow) string { return r.c.Retention }},
	{"channel_sensitivity", func(r csvRow) string { return r.c.Sensitivity }},
	{"channel_blobs", func(r csvRow) string { return strconv.Itoa(atRest(r.c)) }},
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// writeCSV is one end of a channel a line, under a header. A channel without ends, which
// has nothing but blobs at rest or a declaration, has one line with the role "none".
func writeCSV(w io.Writer, inv *inventory.Inventory, _ Options) error {
	out := table.NewCSV(w)
	row := make([]string, len(csvCells))
	for i, cell := range csvCells {
		row[i] = cell.name
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for _, c := range inv.Channels {
		ends := endsOf(c)
		if len(ends) == 0 {
			ends = []*end{{word: "none"}}
		}
		for _, e := range ends {
			r := csvRow{c, e, e.claim}
			if r.j == nil {
				r.j = new(lint.Justification)
			}
			for i, cell := range csvCells {
				row[i] = table.Guarded(cell.of(r))
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}
