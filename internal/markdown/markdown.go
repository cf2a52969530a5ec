// Package markdown writes foreign words into Markdown as GitHub and GitLab read it, so that
// none of them is a link, an element, the end of a cell, or the name of somebody who would be
// told. It owns the escapes and how much a comment takes; what is said is the business of
// whoever writes a page.
package markdown

import (
	"fmt"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// Most is how many bytes a page may have to fit into a comment or the body of a pull request:
// GitHub takes 65,536 characters, and a script puts a few of its own around them.
const Most = 65_000

// Code writes a printable text as code. Readers differ about a bar or a backslash between
// backticks in a table, and some run braces through a template first, so that what has one
// is an element, in which characters can be given by their numbers.
func Code(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return ""
	case strings.ContainsAny(text, "|`\\{"):
		return "<code>" + special.Replace(text) + "</code>"
	}
	return "`" + text + "`"
}

// special are what Markdown or HTML would read in a sentence. An empty comment parts what
// would otherwise be the name of a person, a ticket or an address, which readers look for in
// the finished text.
var special = strings.NewReplacer(
	`\`, "&#92;", "|", "&#124;", "`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "<", "&lt;", ">", "&gt;", "&", "&amp;", "!", "&#33;<!-- -->", "~", "&#126;", "$", "&#36;",
	"#", "&#35;<!-- -->", "{", "&#123;", "@", "@<!-- -->", "://", ":<!-- -->//", "www.", "www<!-- -->.",
)

// Escaped writes a sentence in which foreign words may stand.
func Escaped(text string) string { return special.Replace(lint.Printable(text)) }

// Row is a line of a table, of cells that are ready to stand in one.
func Row(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

// Head begins a table with the names of its columns.
func Head(names ...string) string { return Row(names...) + strings.Repeat("|---", len(names)) + "|\n" }

// Lines adds as many lines as fit before the page has until bytes, and returns how many are
// left out.
func Lines(b *strings.Builder, lines []string, until int) (left int) {
	for i, line := range lines {
		if b.Len()+len(line) > until {
			return len(lines) - i
		}
		b.WriteString(line)
	}
	return 0
}

// More says how many lines were left out, and where all of them are.
func More(b *strings.Builder, left int, elsewhere string) {
	if left > 0 {
		fmt.Fprintf(b, "\n… and %d more. %s\n", left, elsewhere)
	}
}
