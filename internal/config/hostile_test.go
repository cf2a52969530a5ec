package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMistakesHaveALineAndAHint(t *testing.T) {
	for text, want := range map[string]string{
		"exclud: [a]\n":                               `line 1: unknown key "exclud": did you mean "exclude"?`,
		"fail_on: error\n":                            `line 1: unknown key "fail_on": did you mean "fail-on"?`,
		"a: 1\ntests: false\n":                        `line 2: unknown key "tests": did you mean "tests" under "go"?`,
		"go:\n  exclude: [a]\n":                       `line 2: unknown key "exclude": "exclude" stands at the top, not under "go"`,
		"go:\n  speed: 3\n":                           `line 2: unknown key "speed": want tests, generated, optional-sinks`,
		"fail-on: wraning\n":                          `line 1: fail-on: "wraning" is none of error, warning, note, never: did you mean "warning"?`,
		"policy: strikt\n":                            `did you mean "strict"?`,
		"rules:\n  PKL201: eror\n":                    `line 2: rules: PKL201: "eror" is none of off, on, note, warning, error: did you mean "error"?`,
		"sources: {redis: internl}\n":                 `line 1: sources: redis: "internl" is not trusted or the name of a boundary: did you mean "internal"?`,
		"fail-on: note\nfail-on: error\n":             `line 2: "fail-on" is given twice, first on line 1`,
		"go: {tests: true, tests: false}\n":           `line 1: "tests" is given twice`,
		"sources:\n  queue: trusted\n  queue: host\n": `line 3: "queue" is given twice, first on line 2`,
		"exclude:\n":                                  "line 1: exclude: no value: want a list of words, or leave the key out",
		"exclude: [a, ~]\n":                           "line 1: exclude: no value: want one word",
		"go:\n":                                       "line 1: go: no value",
		"gitignore: yes\n":                            "line 1: want true or false here",
		"gitignore: \"true\"\n":                       "line 1: want true or false here",
		"fail-on: true\n":                             "line 1: want one word here: quote it",
		"exclude: [3]\n":                              "line 1: want one word here: quote it",
		"fail-on: \"\"\n":                             `line 1: fail-on: "" is none of`,
		"python: {version: \"\"}\n":                   `line 1: python: version: "" is not a version`,
		"python: {libraries: {-torch: 2}}\n":          `line 1: python: libraries: "-torch" is not the name of a distribution`,
		"catalog: [\"\"]\n":                           `line 1: catalog: "" is not the name of a file`,
		"protocol: {min: 4.0}\n":                      "line 1: want a number here",
		"? [a]\n: b\n":                                "line 1: want one word as the key",
		"- exclude\n":                                 "line 1: want keys with values here",
		"exclude\n":                                   "line 1: want keys with values here",
		"fail-on: error\nexclude: [a, b\n":            "line 2: did not find expected ',' or ']'",
		"[a":                                          "line 1: did not find expected ',' or ']'",
		"a: 1\n- b\n":                                 "line 2: did not find expected key",
		"a: 1\nb: 'x\n":                               "line 2: found unexpected end of stream",
		"a: 1\nb: c: d\n":                             "line 2: mapping values are not allowed",
		"go: &a\n  <<: *a\n":                          "line 1: more than 100000 values",
		"go: &a\n  <<: [*a, *a]\n":                    "line 1: more than 100000 values",
		"boundaries: &a\n  lab: *a\n":                 "line 2: unknown key \"lab\"",
		"fail-on: error\n\tpolicy: strict\n":          "line 2: ",
		"exclude: *nothing\n":                         "line 1: unknown anchor 'nothing' referenced",
		"exclude: [a]\n\x00\n":                        "line 2: a NUL byte",
		"exclude: [a]\n\n\x1b[31m\n":                  `line 3: the control character '\x1b'`,
		"exclude: [\"\xff\"]\n":                       "line 1: the file is no UTF-8",
		"\xff\xfee\x00":                               "line 1: the file is no UTF-8",
		"base: &a {tests: yes}\ngo:\n  <<: *a\n":      "line 1: unknown key \"base\"",
		"go:\n  <<: {test: true}\n":                   `line 2: unknown key "test": did you mean "tests"?`,
	} {
		if _, err := Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestTOML(t *testing.T) {
	c, err := ParseTOML([]byte(`
[project]
name = "pickle-lint-user"
tool = 3

[tool.black]
pickle-lint = true

[tool.pickle-lint]
exclude = [
  "third_party/", # with a comment
  "**/*.golden",
]
gitignore = false
fail-on = 'error'
go.tests = false
"python".version = "3.10"
python.libraries = {torch = 2.60, "ruamel.yaml" = "0.18"}
protocol = {min = 2, max = 0x4}

[tool.pickle-lint.boundaries.lab]
description = """
written by the lab's instruments"""

[tool.pickle-lint.rules]
unjustified-load = "off"

[[tool.pickle-lint.overrides]]
paths = ["tests/**"]
rules = {PKL201 = "note"}

[[tool.pickle-lint.overrides]]
paths = ["b"]
[tool.pickle-lint.overrides.rules]
PKL301 = "error"
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Exclude) != 2 || *c.Gitignore || c.FailOn != "error" || *c.Go.Tests || c.Python.Version != "3.10" || c.Boundaries["lab"].Description == "" {
		t.Errorf("%+v", c)
	}
	if c.Python.Libraries["torch"] != "2.60" || c.Python.Libraries["ruamel.yaml"] != "0.18" || *c.Protocol.Max != 4 {
		t.Errorf("%+v %d", c.Python, *c.Protocol.Max)
	}
	if w := c.Rules[0]; w != (RuleWord{26, "unjustified-load", "off"}) {
		t.Errorf("%+v", w)
	}
	if len(c.Overrides) != 2 || c.Overrides[0].Line != 28 || c.Overrides[0].Rules[0].Line != 30 || c.Overrides[1].Rules[0] != (RuleWord{35, "PKL301", "error"}) {
		t.Errorf("%+v", c.Overrides)
	}
}

func TestMistakesInTOML(t *testing.T) {
	for text, want := range map[string]string{
		"[tool.pickle-lint]\nexclud = []\n":                                     `line 2: unknown key "exclud": did you mean "exclude"?`,
		"[tool.pickle-lint]\n\n[tool.pickle-lint.go]\ntest = true\n":            `line 4: unknown key "test": did you mean "tests"?`,
		"[tool.pickle-lint]\nfail-on = \"loud\"\n":                              `line 2: fail-on: "loud" is none of`,
		"[tool.pickle-lint]\nexclude = [\n 'a',\n 3.0,\n true]\n":               "line 5: want one word here",
		"[tool.pickle-lint]\nsources.flask.request = \"host\"\n":                "line 2: want one word here: quote a key that has dots in it",
		"[tool.pickle-lint]\nprotocol = {min = 4, max = 2}\n":                   "line 2: protocol: min: 4 is more than max: 2",
		"[tool.pickle-lint]\nprotocol = {min = 'four'}\n":                       "line 2: want a number here",
		"[tool.pickle-lint]\nfail-on = 1979-05-27\n":                            "line 2: want one word here",
		"[tool.pickle-lint]\nfail-on = 'note'\nfail-on = 'note'\n":              "line 3: ",
		"[tool.pickle-lint]\n[tool.pickle-lint]\n":                              "line 2: ",
		"[tool.pickle-lint]\nexclude = [\n":                                     "line ",
		"x = 1\n[tool.pickle_lint]\n":                                           "line 2: [tool.pickle_lint] is not read: did you mean [tool.pickle-lint]?",
		"[tool]\npicklelint = {}\n":                                             "line 2: [tool.picklelint] is not read",
		"[tool]\npickle-lint = 3\n":                                             "line 2: want keys with values here",
		"# pickle-lint\n[tool.ruff]\n":                                          "no [tool.pickle-lint]",
		"[tool.ruff]\n":                                                         "no [tool.pickle-lint]",
		"[tool.pickle-lint]\nexclude = ['\x00']\n":                              "line 2: a NUL byte",
		"[tool.pickle-lint]\nx = " + strings.Repeat("[", 100_000):               "line 2: more than 1000 brackets in one another",
		"[[tool.pickle-lint.overrides]]\npaths = ['a']\n[tool.pickle-lint.b]\n": `line 3: unknown key "b"`,
	} {
		if _, err := ParseTOML([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.200s\n got %v\nwant %s", text, err, want)
		}
	}
}

// Aliases make little text large.
func TestAliasesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("overrides:\n  - &o\n    paths: [a]\n    rules:\n")
	for i := range 1000 {
		b.WriteString("      a" + strings.Repeat("b", i) + ": off\n")
	}
	b.WriteString(strings.Repeat("  - *o\n", 50_000))
	start := time.Now()
	if _, err := Parse([]byte(b.String())); err == nil || !strings.Contains(err.Error(), "more than 100000 values") && !strings.Contains(err.Error(), "excessive aliasing") {
		t.Errorf("%v", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestManyMistakesAreCut(t *testing.T) {
	_, err := Parse([]byte(strings.Repeat("- a\n", 3) + "\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 0 {
		t.Errorf("%v", err)
	}
	_, err = Parse([]byte("exclude: [" + strings.Repeat("{}, ", 1000) + "]"))
	if err == nil || strings.Count(err.Error(), "\n") != mostMistakes || !strings.HasSuffix(err.Error(), "and 980 mistakes more") {
		t.Errorf("%v", err)
	}
}

// What stands in the place of the file is told, and never waited for.
func TestFindRefuses(t *testing.T) {
	const table = "[tool.pickle-lint]\n"
	for name, tt := range map[string]struct {
		files map[string]string
		dirs  []string
		want  string
	}{
		"both":            {map[string]string{Name: "", ProjectName: "\n" + table}, nil, ProjectName + ":2: [tool.pickle-lint] stands beside a .pickle-lint.yml: keep one of the two"},
		"yaml":            {map[string]string{otherName: ""}, nil, ".pickle-lint.yaml is not read: the configuration is named .pickle-lint.yml"},
		"broken TOML":     {map[string]string{ProjectName: table + "x =\n"}, nil, ProjectName + ":2: "},
		"near miss":       {map[string]string{ProjectName: "[tool.pickle_lint]\n"}, nil, ProjectName + ":1: [tool.pickle_lint] is not read"},
		"directory":       {nil, []string{ProjectName}, ProjectName + ": is a directory, not a file"},
		"NUL":             {map[string]string{ProjectName: table + "\x00"}, nil, ProjectName + ":2: a NUL byte"},
		"too much":        {map[string]string{ProjectName: strings.Repeat("#", mostText+1)}, nil, ProjectName + ": more than 1048576 bytes"},
		"link to nothing": {map[string]string{"link:" + Name: "nowhere"}, nil, Name + ": a symbolic link that leads nowhere"},
	} {
		dir := t.TempDir()
		for file, text := range tt.files {
			var err error
			if link, ok := strings.CutPrefix(file, "link:"); ok {
				err = os.Symlink(text, filepath.Join(dir, link))
			} else {
				err = os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, d := range tt.dirs {
			if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		found, err := Find(dir)
		if err == nil || !strings.HasPrefix(err.Error(), filepath.Join(dir, tt.want)) {
			t.Errorf("%s: %q, %v", name, found, err)
		}
	}
}

func TestFindProject(t *testing.T) {
	root := t.TempDir()
	deep := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	find := func(want string) {
		t.Helper()
		got, err := Find(deep)
		if err != nil || want != "" && got != filepath.Join(root, filepath.FromSlash(want)) || want == "" && got != "" {
			t.Errorf("Find = %q, %v, want %q", got, err, want)
		}
	}
	// Of other tools, and broken for all we know: no matter of ours.
	write("a/b/pyproject.toml", "[tool.ruff\n")
	find("")
	write("pyproject.toml", "[tool.pickle-lint]\ncatalog = ['extra.cat']\n")
	find("pyproject.toml")
	write("a/.pickle-lint.yml", "")
	find("a/.pickle-lint.yml")
	write("a/b/pyproject.toml", "[tool]\npickle-lint.fail-on = 'note'\n")
	find("a/b/pyproject.toml")
	c, err := Load(filepath.Join(root, "pyproject.toml"))
	if err != nil || c.Catalog[0] != filepath.Join(root, "extra.cat") || c.Dir != root {
		t.Errorf("%+v, %v", c, err)
	}
}
