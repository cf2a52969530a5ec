package render

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/table"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// textHead names the columns. A place or a channel that is cut is of no use.
var textHead = table.Columns{{Name: "CHANNEL"}, {Name: "END"}, {Name: "SERVICE"}, {Name: "PLACE"}, {Name: "API", Least: 12}, {Name: "REMARKS", Least: 24}}

// writeText is for a terminal: one end of a channel a line, as the table of sites has one
// site a line, and below it what is wrong.
func writeText(w io.Writer, inv *inventory.Inventory, opt Options) error {
	var rows [][]string
	for _, c := range inv.Channels {
		name := kindOf(c) + " " + nameOf(c)
		add := func(word, service, place, api, remarks string) {
			row := []string{name, word, service, place, api, remarks}
			for i := range row {
				row[i] = cmp.Or(row[i], table.None)
			}
			rows = append(rows, row)
			name = " " // the following lines are of the same one
		}
		for _, e := range endsOf(c) {
			add(e.word, lint.Printable(e.service), e.place(), lint.Printable(e.api), strings.Join(e.remarks(), "; "))
		}
		if n := atRest(c); n > 0 {
			add("at rest", "", placeOf(lint.Location{Path: c.Blobs[0].Path}), "", plural(n, "blob"))
		}
		if len(c.Producers)+len(c.Consumers)+atRest(c) == 0 {
			add("none", "", "", "", "declared, and used nowhere")
		}
	}
	var b strings.Builder
	if len(rows) > 0 {
		b.WriteString(textHead.Text(rows, opt.Columns) + "\n")
	}
	for _, f := range inv.Findings {
		fmt.Fprintf(&b, "%s[%s %s]: %s\n  --> %s\n", f.Severity, lint.Printable(f.Rule), lint.Printable(f.Name), lint.Printable(f.Message), placeOf(f.Location))
	}
	if len(inv.Findings) > 0 {
		b.WriteString("\n")
	}
	for _, s := range inv.Skips {
		if !s.Excluded {
			fmt.Fprintf(&b, "skipped: %s: %s\n", placeOf(s.Location), lint.Printable(s.Reason))
		}
	}
	b.WriteString(strings.Join(sumOf(inv).lines(), "\n") + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
