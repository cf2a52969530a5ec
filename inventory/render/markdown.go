package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/markdown"
	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/lint"
)

// The body of a pull request takes 65,536 characters, so a table ends when the page has
// that many bytes, and says how many rows it leaves out.
const (
	channelsUntil = 36_000
	findingsUntil = 60_000
)

// writeMarkdown is for wikis and pull requests: tables as GitHub and GitLab have them.
// Foreign text stands in code, where nothing is a link, an element or the name of somebody
// who would be told.
func writeMarkdown(w io.Writer, inv *inventory.Inventory, _ Options) error {
	var b strings.Builder
	b.WriteString("# Inventory of pickles\n\n")
	for _, pair := range about(inv) {
		fmt.Fprintf(&b, "- %s: %s\n", pair[0], markdown.Code(pair[1]))
	}
	for _, line := range sumOf(inv).lines() {
		fmt.Fprintf(&b, "- %s\n", markdown.Escaped(line))
	}
	if len(inv.Channels) > 0 {
		b.WriteString("\n## Channels\n\n| Channel | Kind | Producers | Consumers | Boundary | Verification | Sensitivity | Retention | Owners |\n|---|---|---|---|---|---|---|---|---|\n")
		for i, c := range inv.Channels {
			if b.Len() > channelsUntil {
				markdown.More(&b, len(inv.Channels)-i, whole)
				break
			}
			var producers, consumers []string
			for _, e := range endsOf(c) {
				text := markdown.Code(lint.Printable(e.service))
				if place := e.place(); place != "" {
					text += " " + markdown.Code(place)
				} else {
					text += " (external)"
				}
				if e.word == producerWord {
					producers = append(producers, text)
				} else {
					consumers = append(consumers, text)
				}
			}
			if n := atRest(c); n > 0 {
				producers = append(producers, plural(n, "blob")+" at rest")
			}
			verification := ""
			if len(c.Consumers) > 0 {
				verification = c.Verification
			}
			cells := []string{markdown.Code(nameOf(c)), markdown.Code(kindOf(c)), several(producers), several(consumers), markdown.Code(list(c.Boundaries)), markdown.Code(verification), markdown.Code(lint.Printable(c.Sensitivity)), markdown.Code(lint.Printable(c.Retention)), markdown.Code(list(c.Owners))}
			b.WriteString(markdown.Row(cells...))
		}
	}
	if len(inv.Findings) > 0 {
		b.WriteString("\n## Findings\n\n| Severity | Rule | Finding | Place |\n|---|---|---|---|\n")
		for i, f := range inv.Findings {
			if b.Len() > findingsUntil {
				markdown.More(&b, len(inv.Findings)-i, whole)
				break
			}
			rule := markdown.Escaped(f.Rule + " " + f.Name)
			if known := ruleOf(f); known != nil {
				rule = "[" + rule + "](" + lint.PageURL(known.ID, known.Name) + ")"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", f.Severity, rule, markdown.Escaped(f.Message), markdown.Code(placeOf(f.Location)))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// whole says where nothing is left out.
const whole = "The formats json, csv and html have all of them."

// several puts the ends of a channel in one cell.
func several(texts []string) string {
	const most = 5
	if n := len(texts); n > most {
		texts = append(texts[:most:most], fmt.Sprintf("and %d more", n-most))
	}
	return strings.Join(texts, "<br>")
}
