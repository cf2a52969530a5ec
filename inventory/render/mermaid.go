package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

const (
	// Mermaid draws no text of more than 50,000 characters and no more than 500 edges
	// (maxTextSize and maxEdges of its configuration), and nobody reads a drawing that
	// comes near.
	mermaidChannels = 80
	mermaidServices = 40
	mermaidFlows    = 400
	// labelWidth is what a label is cut to, in bytes.
	labelWidth = 60
)

// writeMermaid is a flowchart as GitHub, GitLab and wikis draw it. Each name is of our
// making; what others chose stands in quoted labels only.
func writeMermaid(w io.Writer, inv *inventory.Inventory, _ Options) error {
	g := graphOf(inv, mermaidChannels, mermaidServices)
	for most := mermaidChannels; len(g.flows) > mermaidFlows; most /= 2 {
		g = graphOf(inv, most/2, max(2, most/4))
	}
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	nodes := func(indent, zone string) {
		services, channels := g.inZone(zone)
		for _, s := range services {
			shape := [2]string{"[", "]"}
			if s.external {
				shape = [2]string{"[[", "]]"}
			}
			fmt.Fprintf(&b, "%ss%d%s%s%s\n", indent, s.n, shape[0], mermaidLabel(s.name), shape[1])
		}
		for _, c := range channels {
			fmt.Fprintf(&b, "%sc%d[(%s)]\n", indent, c.n, mermaidLabel(c.kind+" "+c.name))
		}
	}
	for i, zone := range g.zones {
		fmt.Fprintf(&b, "  subgraph z%d[%s]\n", i, mermaidLabel("boundary: "+zone))
		nodes("    ", zone)
		b.WriteString("  end\n")
	}
	nodes("  ", "")
	var unchecked []string
	for i, f := range g.flows {
		from, to := fmt.Sprintf("s%d", f.service.n), fmt.Sprintf("c%d", f.channel.n)
		if f.loads {
			from, to = to, from
		}
		arrow := "-->"
		if f.unchecked() {
			arrow = "-.->"
			unchecked = append(unchecked, strconv.Itoa(i))
		}
		if label := f.label(); label != "" {
			arrow += "|" + mermaidLabel(label) + "|"
		}
		fmt.Fprintf(&b, "  %s %s %s\n", from, arrow, to)
	}
	if len(unchecked) > 0 {
		fmt.Fprintf(&b, "  linkStyle %s stroke:#b3261e\n", strings.Join(unchecked, ","))
	}
	b.WriteString("  classDef trouble stroke:#b3261e,stroke-width:2px\n")
	for _, c := range g.channels {
		if c.severity >= lint.Warning {
			fmt.Fprintf(&b, "  class c%d trouble\n", c.n)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mermaidLabel quotes a printable text. Everything but letters, digits and a few signs is
// a code of Mermaid's, which it turns into an entity: quotes, brackets, what is HTML, what
// is Markdown in labels, and what a line of Mermaid could begin with.
func mermaidLabel(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	text = lint.Shorten(text, labelWidth)
	for i, r := range text {
		rest := text[i:]
		// "1. x" and "- x" would be lists, and Mermaid takes semicolons out of what looks
		// like a style of its own, even in quotes.
		begins := i == 0 || strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ")
		styles := strings.HasPrefix(rest, "style") || strings.HasPrefix(rest, "classDef")
		switch {
		case r > 127, !styles && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'), r >= '0' && r <= '9', !begins && strings.ContainsRune(" .,/-_:+()", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
