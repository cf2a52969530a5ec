package lint

import (
	"fmt"
	"slices"
	"strings"
)

// Page is the page of one rule: Markdown with a fixed cut, so that the
// hundredth is read in the time of the first.
//
//	# rule-name
//
//	One-sentence summary.
//
//	## What it does
//	## Why is this bad
//	## Example
//	## Use instead
//
// Further second-level sections may follow. The fenced blocks of Example and
// "Use instead" are run by the tests of the wing that owns the rule.
type Page struct {
	Title    string
	Summary  string
	Sections []Section
	// Text is the whole page as written.
	Text string
}

// Section is one second-level section.
type Section struct {
	Title    string
	Text     string
	Examples []Example
}

// Example is one fenced block.
type Example struct {
	// Lang is the first word of the info string: python, go, pickle, …
	Lang string
	// Attrs are the words behind it.
	Attrs []string
	Code  string
	// Line is where the code begins in the page, 1-based.
	Line int
}

var requiredSections = []string{"What it does", "Why is this bad", "Example", "Use instead"}

// ParsePage parses a page strictly: a missing section, an unclosed fence or an
// Example section with nothing to run is an error.
func ParsePage(text string) (*Page, error) {
	p := &Page{Text: text}
	var fence *Example
	var intro, body, code []string
	flush := func() {
		if n := len(p.Sections); n > 0 {
			p.Sections[n-1].Text = strings.TrimSpace(strings.Join(body, "\n"))
		}
		body = nil
	}
	for i, line := range strings.Split(text, "\n") {
		switch {
		case fence != nil && strings.TrimSpace(line) == "```":
			fence.Code = strings.Join(code, "\n") + "\n"
			if n := len(p.Sections); n > 0 {
				p.Sections[n-1].Examples = append(p.Sections[n-1].Examples, *fence)
			}
			fence, code = nil, nil
			body = append(body, line)
		case fence != nil:
			code = append(code, line)
			body = append(body, line)
		case strings.HasPrefix(line, "```"):
			info := strings.Fields(strings.TrimPrefix(line, "```"))
			if len(info) == 0 {
				return nil, fmt.Errorf("line %d: fenced block does not name its language", i+1)
			}
			fence = &Example{Lang: info[0], Attrs: info[1:], Line: i + 2}
			body = append(body, line)
		case strings.HasPrefix(line, "# "):
			if p.Title != "" {
				return nil, fmt.Errorf("line %d: second title", i+1)
			}
			p.Title = strings.TrimPrefix(line, "# ")
		case strings.HasPrefix(line, "## "):
			flush()
			p.Sections = append(p.Sections, Section{Title: strings.TrimPrefix(line, "## ")})
		case len(p.Sections) == 0:
			intro = append(intro, line)
		default:
			body = append(body, line)
		}
	}
	flush()
	if fence != nil {
		return nil, fmt.Errorf("line %d: fenced block is not closed", fence.Line-1)
	}
	p.Summary = strings.Join(strings.Fields(strings.Join(intro, " ")), " ")
	return p, p.validate()
}

func (p *Page) validate() error {
	if p.Title == "" {
		return fmt.Errorf("no title")
	}
	if p.Summary == "" || len(p.Summary) > 1024 {
		return fmt.Errorf("the summary under the title must have 1 to 1024 bytes, has %d", len(p.Summary))
	}
	var titles []string
	for _, s := range p.Sections {
		titles = append(titles, s.Title)
	}
	if len(titles) < len(requiredSections) || !slices.Equal(titles[:len(requiredSections)], requiredSections) {
		return fmt.Errorf("sections are %q, want them to begin with %q", titles, requiredSections)
	}
	if len(p.Section("Example").Examples) == 0 {
		return fmt.Errorf("the Example section has nothing to run")
	}
	return nil
}

// Section returns the section with that title, or nil.
func (p *Page) Section(title string) *Section {
	for i := range p.Sections {
		if p.Sections[i].Title == title {
			return &p.Sections[i]
		}
	}
	return nil
}
