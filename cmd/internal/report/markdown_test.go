package report

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/markdown"
	"github.com/pickle-lint/pickle-lint/lint"
)

var (
	lockRules = []*lint.Rule{
		testRule(lint.Rule{ID: "PKL520", Name: "unlocked-blob", Severity: lint.Warning, Precision: "high"}, "Not in the lock."),
		testRule(lint.Rule{ID: "PKL521", Name: "changed-blob", Severity: lint.Error, Precision: "high"}, "Other bytes."),
		testRule(lint.Rule{ID: "PKL522", Name: "new-global", Severity: lint.Error, Precision: "high"}, "Loads more."),
		testRule(lint.Rule{ID: "PKL523", Name: "stale-lock", Severity: lint.Warning, Precision: "high"}, "Says what is not so."),
	}
	lockRule = func(i int, at lint.Location, message string) lint.Message {
		return lint.Message{Finding: lockRules[i].Finding(at, "%s", message)}
	}
)

// change is what a pull request brings.
func change() []lint.Message {
	site := func(path string, line int, state string, more func(*lint.Site)) lint.Message {
		s := &lint.Site{Location: at(path, line, 5, line, 20), Wing: "python", API: "pickle.load", Format: "pickle", BaselineState: state}
		if more != nil {
			more(s)
		}
		return lint.Message{Site: s}
	}
	found := blobRule.Finding(blobAt(0x1a, "models/new.pt", "data.pkl"), "calls posix.system('id')")
	mended := deadRule.Finding(at("app/a.py", 3, 1, 3, 9), "excuses nothing")
	mended.Fixes = []lint.Fix{testFix("app/a.py", "remove the directive")}
	known := loadRule.Finding(at("app/old.py", 1, 1, 1, 9), "was there before")
	known.Accept(lint.BySince)
	return []lint.Message{
		site("app/old.py", 1, lint.KnownSite, nil),
		site("app/new.py", 7, lint.NewSite, nil),
		site("app/new.py", 9, lint.NewSite, func(s *lint.Site) {
			s.Justification = &lint.Justification{Boundary: "partner", Reason: "signed export, checked at ingest", Owner: "@acme/data", VerifiedBy: "ingest.verify", Expires: "2027-06-30", Line: 8}
		}),
		site("app/new.py", 12, lint.NewSite, func(s *lint.Site) { s.API, s.Safe = "torch.load", "weights_only=True" }),
		site("app/spool.py", 4, lint.ChangedSite, func(s *lint.Site) {
			s.Verified = "hmac.compare_digest on line 3"
			s.Justification = &lint.Justification{Boundary: "host", Reason: "spool of this program, mode 0600", Line: 3}
		}),
		{Finding: mended}, {Finding: known}, {Finding: found},
		lockRule(0, lint.Location{Path: "models/new.pt"}, "nobody has reviewed this blob"),
		lockRule(1, lint.Location{Path: "models/b.pkl"}, "this is not the blob that was reviewed: it had 3 bytes, and has 4"),
		lockRule(2, lint.Location{Path: "models/b.pkl"}, "os.system is called, and was not when the blob was reviewed"),
		lockRule(3, at("pickle.lock", 12, 1, 12, 1), "models/c.pkl has an entry here, and is not there any more"),
		{Skip: &lint.Skip{Location: lint.Location{Path: "app/broken.py", Line: 3}, Reason: "syntax error"}},
		{Skip: &lint.Skip{Location: lint.Location{Path: "vendor"}, Reason: "left out", Excluded: true}},
		{Summary: &lint.Summary{
			Files: 9, Python: 4, Blobs: 3, Sites: 5, Errors: 3, Warnings: 3, Suppressed: 1, Known: 1, Skips: 1, Excluded: 1, Since: "origin/main (1f2e3d4)",
			Reconfigured: []lint.ConfigChange{{Path: ".pickle-lint.yml", Keys: []string{"exclude", "rules.unjustified-load"}}},
		}},
	}
}

func markdownOptions() Options {
	opt := testOptions()
	opt.Rules = slices.Concat(lockRules, testRules)
	return opt
}

func TestMarkdown(t *testing.T) {
	golden(t, "change.md", render(t, "markdown", markdownOptions(), change()))
}

// Reviewers know the paths of the repository, wherever the run began.
func TestMarkdownPaths(t *testing.T) {
	opt := markdownOptions()
	opt.Repository, opt.Root = "/src", "/src/sub/dir"
	text := string(render(t, "markdown", opt, change()))
	for _, want := range []string{"| `sub/dir/app/a.py:3:1` |", "| `sub/dir/app/new.py:7:5` |", "| `sub/dir/models/b.pkl` |", "| `sub/dir/app/broken.py:3` |"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// What was there before, and what was left out on purpose, is no news. Everything else is.
func TestMarkdownNothingNew(t *testing.T) {
	all := change()
	quiet := func(more ...lint.Message) string {
		return string(render(t, "markdown", markdownOptions(), append([]lint.Message{all[0], all[6], all[13]}, more...)))
	}
	sum := lint.Summary{Files: 9, Suppressed: 1, Known: 1, Since: "main (1f2e3d4)"}
	want := "<!-- pickle-lint -->\n## pickle-lint: nothing new since main (1f2e3d4)\n\nLooked at 9 files; 1 was there before.\n"
	if got := quiet(lint.Message{Summary: &sum}); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	reconfigured, incomplete := sum, sum
	reconfigured.Reconfigured, incomplete.Incomplete = all[len(all)-1].Summary.Reconfigured, true
	for name, more := range map[string][]lint.Message{
		"a site": {all[1], {Summary: &sum}}, "a claim": {all[4], {Summary: &sum}}, "a finding": {all[7], {Summary: &sum}},
		"a skip": {all[12], {Summary: &sum}}, "a configuration": {{Summary: &reconfigured}}, "half of it": {{Summary: &incomplete}},
	} {
		if got := quiet(more...); strings.Contains(got, "nothing new") {
			t.Errorf("%s is nothing new:\n%s", name, got)
		}
	}
	if got := string(render(t, "markdown", Options{}, []lint.Message{{Summary: &lint.Summary{Files: 2}}})); !strings.Contains(got, "## pickle-lint: nothing found\n") {
		t.Error(got)
	}
}

// Our own words outside of code: links to pages, entities, comments and what folds.
var pageLink = regexp.MustCompile(`\[PKL[^\]]*\]\(https://github\.com/pickle-lint/[^)]*\)`)

// somebody is the name of a person, as forges look for it.
var somebody = regexp.MustCompile(`@\w`)

var ownMarkdown = regexp.MustCompile(`</?details>|</?summary>|<!-- pickle-lint -->|<!-- -->|&#?\w+;`)

// codeMarkdown is what Markdown has as code, in either form.
var codeMarkdown = regexp.MustCompile("`[^`|\\\\{\\n]+`|<code>[^<>|`\\\\@]*(?:@?<!-- -->[^<>|`\\\\@]*)*</code>")

// hostileChange has a hostile text wherever one may stand.
func hostileChange(name string) []lint.Message {
	place := lint.Location{Path: name, Member: []string{name}, Line: 1, Column: 1}
	claim := &lint.Justification{Boundary: name, Reason: name, Owner: name, VerifiedBy: name, Expires: name}
	out := []lint.Message{
		{Site: &lint.Site{Location: place, API: name, Justification: claim, BaselineState: lint.NewSite}},
		{Site: &lint.Site{Location: place, API: name, Verified: name, BaselineState: lint.ChangedSite}},
		{Site: &lint.Site{Location: place, API: name, Safe: name, BaselineState: lint.NewSite}},
		{Finding: &lint.Finding{Rule: name, Name: name, Severity: lint.Error, Message: name, Location: place}},
		{Finding: &lint.Finding{Rule: "PKL907", Name: name, Severity: lint.Note, Message: name, Location: place, Fixes: []lint.Fix{testFix(name, name)}}},
		{Skip: &lint.Skip{Location: place, Reason: name}},
		{Summary: &lint.Summary{Since: name, Errors: 1, Notes: 1, Reconfigured: []lint.ConfigChange{{Path: name, Keys: []string{name}}}}},
	}
	for i := range lockRules {
		out = append([]lint.Message{lockRule(i, place, name)}, out...)
	}
	return out
}

// Whatever the names are, a line of a table has as many cells as its head, and outside of
// code no foreign character means anything.
func TestMarkdownHostile(t *testing.T) {
	for _, name := range append(oddPaths, bad,
		"a|b||c", "`code` ``more``", "@everyone", "<!-- x -->", "<img src=x onerror=alert(1)>", "</details></summary>", "[l](javascript:alert(1))", "![i](http://192.0.2.1/x.png)",
		"http://192.0.2.1", "www.example.org", "{{ secrets.TOKEN }}", "#12 !3", "\n\n# head\n\n```\n", "*b* _i_ ~s~ $m$", "---", "- [ ] task", "&lt;b&gt;", `\`, `a\|b`, "",
	) {
		text := string(render(t, "markdown", markdownOptions(), hostileChange(name)))
		cells := 0
		for line := range strings.Lines(text) {
			bare := codeMarkdown.ReplaceAllString(line, "")
			n := strings.Count(bare, "|")
			switch {
			case !strings.HasPrefix(line, "|"):
				cells = 0
			case cells == 0:
				cells = n
			case n != cells:
				t.Errorf("%q: %d bars, want %d: %s", name, n, cells, line)
			}
			bare = pageLink.ReplaceAllString(bare, "")
			if strings.Contains(bare, "://") || strings.Contains(bare, "www.") || somebody.MatchString(bare) {
				t.Errorf("%q: a link or a person: %s", name, line)
			}
			bare = strings.TrimLeft(strings.TrimSpace(ownMarkdown.ReplaceAllString(bare, "")), "#")
			if i := strings.IndexAny(bare, "<>`[]*_\\{~#!$"); i >= 0 {
				t.Errorf("%q: %q in %s", name, bare[i], line)
			}
		}
	}
}

// A comment takes what is written of any change, and it says what is missing.
func TestMarkdownOfMany(t *testing.T) {
	for _, name := range []string{"a/b.py", strings.Repeat("@|`{", 300)} {
		var messages []lint.Message
		for i := range 500 {
			for _, m := range hostileChange(fmt.Sprintf("%d/%s", i, name)) {
				if m.Summary == nil {
					messages = append(messages, m)
				}
			}
		}
		text := string(render(t, "markdown", markdownOptions(), append(messages, lint.Message{Summary: &lint.Summary{Errors: 1, Since: name}})))
		if len(text) > markdown.Most {
			t.Errorf("%d bytes", len(text))
		}
		for _, part := range []string{"### New findings (1000)", "### The lock (2000)", "#### Gone: ", "### New load sites (1000)", "### Load sites with another claim or check (500)", "### Not looked at (500)", "### What to do (5)"} {
			if !strings.Contains(text, part) {
				t.Errorf("no %q", part)
			}
		}
		if n := strings.Count(text, " more. The other formats have all of them.\n"); n < 8 {
			t.Errorf("%d lists are cut, want at least 8", n)
		}
		if strings.Count(text, "<details>") != strings.Count(text, "</details>") || !strings.HasSuffix(text, " prints the page of a rule.\n") {
			t.Error("it is cut in the middle")
		}
		first, rest, _ := strings.Cut(text, "\n… and ")
		shown := strings.Count(first, "\n| ") - 1
		if !strings.HasPrefix(rest, fmt.Sprintf("%d more. ", 1000-shown)) {
			t.Errorf("%d are shown, and %.20s", shown, rest)
		}
	}
}
