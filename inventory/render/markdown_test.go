package render

import (
	"regexp"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/sample"
)

// codes are what Markdown has as code, in either form.
var codes = regexp.MustCompile("`[^`|\\\\{]+`|<code>[^<>|`\\\\@]*(?:@?<!-- -->[^<>|`\\\\@]*)*</code>")

// What is left outside of code are our own words, links to rules, and what parts cells.
var (
	rules  = regexp.MustCompile(`\[PKL[^\]]*\]\(https://github\.com/pickle-lint/[^)]*\)`)
	marks  = regexp.MustCompile(`<br>|<!-- -->|&#?\w+;`)
	person = regexp.MustCompile(`@\w`)
)

// Whatever the names are, a line of a table has as many cells as its head, and outside of
// code no foreign character means anything.
func TestMarkdownHostile(t *testing.T) {
	text := write(t, "markdown", sample.Hostile(), 0)
	cells := 0
	for line := range strings.Lines(text) {
		bare := codes.ReplaceAllString(line, "")
		n := strings.Count(bare, "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			cells = 0
		case cells == 0:
			cells = n
		case n != cells:
			t.Errorf("%d bars, want %d: %s", n, cells, line)
		}
		bare = rules.ReplaceAllString(bare, "")
		if strings.Contains(bare, "://") || person.MatchString(bare) {
			t.Errorf("a link or a person: %s", line)
		}
		bare = marks.ReplaceAllString(bare, "")
		if i := strings.IndexAny(bare, "<>`[]*_\\{~"); i >= 0 {
			t.Errorf("%q in %s", bare[i], line)
		}
	}
	if cells == 0 || !strings.Contains(text, "## Findings") {
		t.Error("no tables")
	}
}

// A pull request takes what is written of any record, and it says what is missing.
func TestMarkdownOfMany(t *testing.T) {
	text := write(t, "markdown", sample.Large(2000), 0)
	if len(text) > 65_000 {
		t.Errorf("%d bytes", len(text))
	}
	for _, want := range []string{"- 2000 channels: 400 bucket", "\n… and ", "## Findings"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	first, _, _ := strings.Cut(text, "\n… and ")
	shown := strings.Count(first, "\n| ") - 1
	if !strings.Contains(text, "\n… and "+number(2000-shown)+" more") {
		t.Errorf("%d are shown", shown)
	}
}
