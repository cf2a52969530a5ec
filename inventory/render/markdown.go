package render

import (
	"fmt"
	"io"
	"strings"

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
		fmt.Fprintf(&b, "- %s: %s\n", pair[0], code(pair[1]))
	}
	for _, line := range sumOf(inv).lines() {
		fmt.Fprintf(&b, "- %s\n", escaped(line))
	}
	if len(inv.Channels) > 0 {
		b.WriteString("\n## Channels\n\n| Channel | Kind | Producers | Consumers | Boundary | Verification | Sensitivity | Retention | Owners |\n|---|---|---|---|---|---|---|---|---|\n")
		for i, c := range inv.Channels {
			if b.Len() > channelsUntil {
				more(&b, len(inv.Channels)-i)
				break
			}
			var producers, consumers []string
			for _, e := range endsOf(c) {
				text := code(lint.Printable(e.service))
				if place := e.place(); place != "" {
					text += " " + code(place)
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
			cells := []string{code(nameOf(c)), code(kindOf(c)), several(producers), several(consumers), code(list(c.Boundaries)), code(verification), code(lint.Printable(c.Sensitivity)), code(lint.Printable(c.Retention)), code(list(c.Owners))}
			b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		}
	}
	if len(inv.Findings) > 0 {
		b.WriteString("\n## Findings\n\n| Severity | Rule | Finding | Place |\n|---|---|---|---|\n")
		for i, f := range inv.Findings {
			if b.Len() > findingsUntil {
				more(&b, len(inv.Findings)-i)
				break
			}
			rule := escaped(f.Rule + " " + f.Name)
			if known := ruleOf(f); known != nil {
				rule = "[" + rule + "](" + lint.PageURL(known.ID, known.Name) + ")"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", f.Severity, rule, escaped(f.Message), code(placeOf(f.Location)))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// more says how many rows a table leaves out.
func more(b *strings.Builder, n int) {
	fmt.Fprintf(b, "\n… and %d more. The formats json, csv and html have all of them.\n", n)
}

// several puts the ends of a channel in one cell.
func several(texts []string) string {
	const most = 5
	if n := len(texts); n > most {
		texts = append(texts[:most:most], fmt.Sprintf("and %d more", n-most))
	}
	return strings.Join(texts, "<br>")
}

// code writes a printable text as code. Readers differ about a bar or a backslash between
// backticks in a table, and some run braces through a template first, so that what has one
// is an element, in which characters can be given by their numbers.
func code(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return ""
	case strings.ContainsAny(text, "|`\\{"):
		return "<code>" + special.Replace(text) + "</code>"
	}
	return "`" + text + "`"
}

// special are what Markdown or HTML would read in a sentence. An empty comment parts what
// would otherwise be the name of a person or an address, which readers look for in the
// finished text.
var special = strings.NewReplacer(
	`\`, "&#92;", "|", "&#124;", "`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "<", "&lt;", ">", "&gt;", "&", "&amp;", "!", "&#33;", "~", "&#126;", "$", "&#36;",
	"#", "&#35;", "{", "&#123;", "@", "@<!-- -->", "://", ":<!-- -->//", "www.", "www<!-- -->.",
)

// escaped writes a sentence in which foreign words may stand.
func escaped(text string) string { return special.Replace(lint.Printable(text)) }
