package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint"
)

// advice says of each rule that was broken what mends it.
func (p *markdownReport) advice() (lines []string) {
	told := make(map[string]bool)
	for _, f := range p.found {
		r := p.rules[f.Rule]
		if r == nil || told[f.Rule] {
			continue
		}
		told[f.Rule] = true
		line := "- " + p.rule(r.ID, r.Name, "#use-instead")
		if text := firstParagraph(r); text != "" {
			line += ": " + text
		}
		if fixes := p.fixes(r); len(fixes) > 0 {
			line += " `pickle-lint --fix` does: " + strings.Join(fixes, "; ") + "."
		}
		lines = append(lines, line+"\n")
	}
	return lines
}

// fixes are what may be done about the findings of a rule without a thought, some of them.
func (p *markdownReport) fixes(r *lint.Rule) (texts []string) {
	const most = 3
	for _, f := range p.found {
		for _, fix := range f.Fixes {
			if f.Rule != r.ID || fix.Kind != lint.SafeFix || len(texts) == most {
				continue
			}
			if text := sentence(fix.Text); !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// relative is a link of a page to its neighbours, which leads nowhere from a comment.
var relative = regexp.MustCompile(`\[([^\]]+)\]\([^):]+\)`)

// firstParagraph is what the page of a rule says in words before it shows what to write
// instead, as one line. The words are ours, so that they stand as they are.
func firstParagraph(r *lint.Rule) string {
	text, _, _ := strings.Cut(r.Page.Section("Use instead").Text, "\n\n")
	if text == "" || strings.HasPrefix(text, "```") {
		return ""
	}
	text = relative.ReplaceAllString(strings.Join(strings.Fields(text), " "), "$1")
	if before, ok := strings.CutSuffix(text, ":"); ok {
		text = before + "."
	}
	return text
}
