package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// Graphviz takes minutes for thousands of nodes.
const (
	graphvizChannels = 300
	graphvizServices = 100
)

// writeGraphviz is a digraph for dot, boundaries drawn as clusters. Each name is of our
// making; what others chose stands in quoted labels only.
func writeGraphviz(w io.Writer, inv *inventory.Inventory, _ Options) error {
	g := graphOf(inv, graphvizChannels, graphvizServices)
	var b strings.Builder
	fmt.Fprintf(&b, "digraph inventory {\n  rankdir=LR;\n  label=%s;\n  graph [fontname=\"sans-serif\", fontsize=11];\n  node [fontname=\"sans-serif\", fontsize=11];\n  edge [fontname=\"sans-serif\", fontsize=9, color=\"#5b655e\"];\n",
		dotLabel("Pickles of "+lint.Printable(inv.Repository)+", "+lint.Printable(inv.Date)))
	nodes := func(indent, zone string) {
		services, channels := g.inZone(zone)
		for _, s := range services {
			style := "filled"
			if s.external {
				style = "dashed"
			}
			fmt.Fprintf(&b, "%ss%d [shape=box, style=%s, fillcolor=\"#e9f0fb\", label=%s];\n", indent, s.n, style, dotLabel(s.name))
		}
		for _, c := range channels {
			color := "#5b655e"
			if c.severity >= lint.Warning {
				color = "#b3261e"
			}
			fmt.Fprintf(&b, "%sc%d [shape=cylinder, color=\"%s\", label=%s];\n", indent, c.n, color, dotLabel(c.kind, c.name))
		}
	}
	for i, zone := range g.zones {
		fmt.Fprintf(&b, "  subgraph cluster_z%d {\n    style=dashed;\n    label=%s;\n", i, dotLabel("boundary: "+zone))
		nodes("    ", zone)
		b.WriteString("  }\n")
	}
	nodes("  ", "")
	for _, f := range g.flows {
		from, to := fmt.Sprintf("s%d", f.service.n), fmt.Sprintf("c%d", f.channel.n)
		if f.loads {
			from, to = to, from
		}
		attributes := "label=" + dotLabel(f.label())
		if f.unchecked() {
			attributes += ", style=dashed, color=\"#b3261e\""
		}
		fmt.Fprintf(&b, "  %s -> %s [%s];\n", from, to, attributes)
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// dotLabel quotes printable lines. In a quoted string dot reads a quote, escapes behind a
// backslash, and entities of HTML behind an ampersand.
func dotLabel(lines ...string) string {
	for i, line := range lines {
		lines[i] = dotSpecial.Replace(lint.Shorten(line, labelWidth))
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}

var dotSpecial = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "<", "&lt;", ">", "&gt;")
