package starter

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/pickle-lint/pickle-lint/internal/config"
)

var hostile = &Facts{
	GoModules: []string{"example.com/x\nfail-on: never", "b"}, Packages: []string{"app"}, Python: "Python>=3.9\u2028rules: {}", Torch: "torch\r\nexclude: ['*']",
	UsesPython: true, UsesTorch: true, Wrappers: []string{"app.safe_pickle"}, Claims: 3,
	Boundaries: []Boundary{{"lab", "a\nexclude: ['*']\n\u009b2J\u202e.py:3"}},
	CI:         []CI{GitHub, GitLab, PreCommit},
}

// Whatever stands in a repository stays in the comments.
func TestConfigIsOne(t *testing.T) {
	for _, tt := range []struct {
		facts *Facts
		want  []string
		not   []string
	}{
		{new(Facts), []string{"# wrapper: [", "fail-on: error", "# boundaries: {lab", "# python: {"}, []string{"Found here"}},
		{hostile, []string{"Found here", "\nwrapper: [app.safe_pickle]\n", "# allow-packages: [app]", "#   lab: {", "# Nothing to say here: Python>=3.9"}, nil},
	} {
		text := Config(tt.facts, Choices{FailOn: "error"})
		c, err := config.Parse([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if c.FailOn != "error" || c.Exclude != nil || len(c.Wrapper) != len(tt.facts.Wrappers) {
			t.Errorf("%+v", c)
		}
		if at := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); at >= 0 {
			t.Errorf("unprintable: %q", text[at:])
		}
		for _, w := range tt.want {
			if !strings.Contains(text, w) {
				t.Errorf("no %q in\n%s", w, text)
			}
		}
		for _, w := range tt.not {
			if strings.Contains(text, w) {
				t.Errorf("%q in\n%s", w, text)
			}
		}
		for _, f := range config.Shapes().Fields {
			if f.Name != "python" && !strings.Contains(text, "\n# "+f.Name+":") && !strings.Contains(text, "\n"+f.Name+":") {
				t.Errorf("no %s", f.Name)
			}
		}
	}
}

// What is commented out can be taken in, key by key: it is what the table of keys shows.
func TestCommentedKeysAreRight(t *testing.T) {
	taken := 0
	for line := range strings.Lines(Config(new(Facts), Choices{})) {
		name, _, found := strings.Cut(strings.TrimPrefix(line, "# "), ": ")
		if key := config.KeyAt(name); !found || key == nil || !strings.HasPrefix(line, "# "+name+":") {
			continue
		}
		taken++
		if _, err := config.Parse([]byte(strings.TrimPrefix(line, "# "))); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	if taken != len(config.Shapes().Fields) {
		t.Errorf("%d keys of %d", taken, len(config.Shapes().Fields))
	}
}

// The snippets are those that docs/ci.md shows, for the release that it shows.
func TestSnippets(t *testing.T) {
	page, err := os.ReadFile("../../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	for ci := range Marks {
		var v any
		if err := yaml.Unmarshal([]byte(ci.Snippet("v1.2.3")), &v); err != nil || v == nil {
			t.Errorf("%s: %v", ci.File(), err)
		}
		if text := ci.Snippet("v0.1.0"); strings.Contains(text, "VERSION") || !strings.Contains(string(page), "\n"+text+"```") {
			t.Errorf("docs/ci.md does not show, for %s:\n%s", ci.File(), text)
		}
	}
}

func TestLinesAreShort(t *testing.T) {
	f := &Facts{Packages: strings.Split(strings.Repeat("p ", 100)+"p", " ")}
	if got := f.Lines(); len(got) != 1 || !strings.HasSuffix(got[0], "and 93 more") {
		t.Errorf("%q", got)
	}
}
