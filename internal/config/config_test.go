package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		glob, name string
		above      int
		want       bool
	}{
		{"testdata", "testdata/x.pkl", 0, true},
		{"testdata/", "a/testdata/x.pkl", 0, true},
		{"testdata", "testdatax/y", 0, false},
		{"*.pkl", "a/b/c.pkl", 0, true},
		{"/a/*.pkl", "a/c.pkl", 0, true},
		{"a/*.pkl", "x/a/c.pkl", 0, false},
		{"/testdata", "a/testdata/x", 0, false},
		{"/testdata", "testdata/x", 0, true},
		{"a/**/z", "a/z", 0, true},
		{"a/**/z", "a/b/c/z/deep", 0, true},
		{"a/**/z", "b/z", 0, false},
		{"**/gen", "x/gen/y", 0, true},
		{"a/**", "a/b", 0, true},
		{"a/**", "a", 0, true},
		{"**/**/**/**/**/**/q", strings.Repeat("d/", 200) + "x", 0, false},
		{"testdata/", "testdata/demo/x", 1, false},
		{"testdata/", "testdata/demo/testdata/x", 2, true},
		{"*", "x", 0, true},
		{"**", "a/x", 1, true},
		{"a/*", "a/b/x", 2, false},
	} {
		if got := Match(tt.glob, tt.name, tt.above); got != tt.want {
			t.Errorf("Match(%q, %q, %d) = %v", tt.glob, tt.name, tt.above, got)
		}
	}
}

func TestParse(t *testing.T) {
	c, err := Parse([]byte(`
exclude: [testdata/, "**/*.golden"]
include: ["*.pkl"]
fail-on: error
policy: strict
catalog: [extra.cat]
allow-packages: [mycompany, my_tools.models]
wrapper: []
boundaries:
  lab: {description: written by the lab's instruments, requires: [owner]}
sources: {redis: internal, queue: trusted, flask.request: lab}
python:
  version: 3.10
  libraries: {torch: "2.6", ruamel.yaml: 0.18}
protocol: {min: 2, max: 4, require: true}
proof: {assert: true}
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Exclude) != 2 || len(c.Include) != 1 || len(c.AllowPackages) != 2 || c.FailOn != "error" || c.Boundaries["lab"].Requires[0] != "owner" {
		t.Errorf("%+v", c)
	}
	if c.Wrapper == nil || len(c.Wrapper) != 0 {
		t.Errorf("an empty list of wrappers says something else than none: %v", c.Wrapper)
	}
	if c.Python.Version != "3.10" || c.Python.Libraries["torch"] != "2.6" || c.Python.Libraries["ruamel.yaml"] != "0.18" {
		t.Errorf("versions: %+v", c.Python)
	}
	if p := c.Protocol; *p.Min != 2 || *p.Max != 4 || !p.Require {
		t.Errorf("protocol: %+v", p)
	}
	if !c.Proof.Assert {
		t.Errorf("proof: %+v", c.Proof)
	}
	if c.Sources["redis"] != "internal" || c.Sources["queue"] != Trusted || c.Sources["flask.request"] != "lab" {
		t.Errorf("sources: %v", c.Sources)
	}
	if all := c.AllBoundaries(); all["lab"].Description == "" || all["host"].Description == "" {
		t.Errorf("boundaries: %v", all)
	}
	if _, err := Parse(nil); err != nil {
		t.Errorf("empty file: %v", err)
	}
}

func TestParseMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"fail-on: warning\nexcludes: [a]\n":                           `line 2: unknown key "excludes"`,
		"boundaries: {lab: {desc: x}}":                                `line 1: unknown key "desc"`,
		"python:\n  versions: 3":                                      `line 2: unknown key "versions"`,
		"python: {version: new}":                                      `python: version: "new" is not a version`,
		"python: {version: [3]}":                                      "line 1: want one word here",
		"python: {libraries: {torch: \">=2.6\"}}":                     `python: libraries: torch: ">=2.6" is not a version`,
		"python: {libraries: {\"torch x\": 2.6}}":                     `python: libraries: "torch x" is not the name`,
		"python: {libraries: [torch]}":                                "line 1: want keys with values here",
		"exclude: 3":                                                  "line 1",
		"exclude: [\"[\"]":                                            "malformed",
		"exclude: [\"\"]":                                             "empty",
		"include: [\"[\"]":                                            "include: the glob \"[\" is malformed",
		"include: a.pkl":                                              "line 1: want a list of words here",
		"allow-packages: mycompany":                                   "line 1: want a list of words",
		"allow-packages: [\"\"]":                                      `allow-packages: "" is not`,
		"allow-packages: [\"*\"]":                                     `allow-packages: "*" is not`,
		"allow-packages: [\"mycompany.*\"]":                           `"mycompany.*" is not`,
		"allow-packages: [mycompany.]":                                `"mycompany." is not`,
		"allow-packages: [\"mycompany:models\"]":                      `"mycompany:models" is not`,
		"allow-packages: [__main__]":                                  "allow-packages: __main__ is whatever program",
		"allow-packages: [__main__.x]":                                "__main__ is whatever",
		"wrapper: app.safe_pickle":                                    "line 1: want a list of words here",
		"wrapper: [app/safe_pickle.py]":                               `line 1: wrapper: "app/safe_pickle.py" is not the dotted name`,
		"fail-on: loud":                                               `line 1: fail-on: "loud" is none of error, warning, note, never`,
		"boundaries: {Lab: {description: x}}":                         "not a lower-case word",
		"boundaries: {host: {description: x}}":                        "host is built in",
		"boundaries: {lab: {requires: [owner]}}":                      "lab has no description",
		"boundaries: {lab: {description: x, requires: [reasn]}}":      `requires "reasn"`,
		"fail-on: error\nrules:\n  PKL201: loud\n":                    `line 3: rules: PKL201: "loud" is none of off, on, note, warning, error`,
		"rules: {PKL201: {a: b}}":                                     "line 1: want one word here",
		"rules: {PKL201: off, PKL201: on}":                            `line 1: "PKL201" is given twice`,
		"rules: [PKL201]":                                             "line 1: want keys with values here",
		"rules:\n  a: x\n  b: y\n":                                    `line 3: rules: b: "y"`,
		"overrides:\n  - paths: [a]\n    rule: {PKL201: off}\n":       `line 3: unknown key "rule"`,
		"overrides:\n  - rules: {PKL201: off}\n":                      "line 2: overrides: no paths",
		"overrides:\n  - paths: [a]\n":                                "line 2: overrides: no rules",
		"overrides:\n  - paths: [\"[\"]\n    rules: {a: off}":         "line 2: overrides: the glob \"[\" is malformed",
		"overrides:\n  - paths: a\n    rules: {a: off}":               "line 2: want a list of words here",
		"overrides: {paths: [a]}":                                     "line 1: want",
		"protocol: {min: 6}":                                          "line 1: protocol: min: 6 is not a protocol, 0 to 5",
		"protocol: {max: -1}":                                         "protocol: max: -1 is not a protocol",
		"protocol: {min: 4, max: 2}":                                  "protocol: min: 4 is more than max: 2",
		"protocol: {least: 4}":                                        `line 1: unknown key "least"`,
		"protocol: {min: four}":                                       "line 1: want a number here",
		"proof: {assert: often}":                                      "line 1: want true or false here",
		"proof: {asserts: true}":                                      `line 1: unknown key "asserts"`,
		"protocol: 4":                                                 "line 1: want keys with values here",
		"sources: {redis: inside}":                                    `line 1: sources: redis: "inside" is not trusted or the name of a boundary`,
		"sources: {redis: user}":                                      "behind boundary=user comes from outside",
		"sources: {redis: partner}":                                   "behind boundary=partner comes from outside",
		"sources: [redis]":                                            "line 1: want keys with values here",
		"a: [":                                                        "line 1",
		"fail-on: error\nsources:\n  queue: trusted\n  redis: user\n": "line 4: sources: redis: what lies behind",
		"wrapper:\n  - app.a\n  - a b\n":                              `line 3: wrapper: "a b" is not`,
		"boundaries:\n  ok: {description: x}\n  lab: {requires: [owner]}\n  host: {description: x}\n": "line 4: boundaries: host is built in and keeps its meaning\nline 3: boundaries: lab has no description",
		"python:\n  libraries:\n    torch: new\n":                                                     "line 3: python: libraries: torch: ",
		"exclude: []\n---\nexclude: []\n":                                                             "second document",
	} {
		if _, err := Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestEachMistakeNamesTheFile(t *testing.T) {
	for _, text := range []string{"boundaries: {b: {requires: [x]}}", "exclude: 3\ninclude: 3"} {
		path := filepath.Join(t.TempDir(), Name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(path)
		if err == nil {
			t.Fatal("no error")
		}
		for line := range strings.Lines(err.Error()) {
			if !strings.HasPrefix(line, path+":") {
				t.Errorf("%q does not name the file", line)
			}
		}
	}
}

func TestAllBoundaryMistakesAtOnce(t *testing.T) {
	for range 20 {
		_, err := Parse([]byte("boundaries: {b: {requires: [x]}, A: {description: y}, public: {description: z}}"))
		const want = `line 1: boundaries: "A" is not a lower-case word
line 1: boundaries: b has no description
line 1: boundaries: b requires "x", which is none of `
		if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.HasSuffix(err.Error(), "public is built in and keeps its meaning") {
			t.Fatalf("error: %v", err)
		}
	}
}

func TestFindAndLoad(t *testing.T) {
	root := t.TempDir()
	deep := filepath.Join(root, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, Name)
	if err := os.WriteFile(file, []byte("catalog: [extra.cat]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	found, err := Find(deep)
	if err != nil || found != file {
		t.Fatalf("Find = %q, %v", found, err)
	}
	if err := os.Mkdir(filepath.Join(root, "a", ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if above, err := Find(deep); err != nil || above != "" {
		t.Errorf("above the checkout: %q, %v", above, err)
	}
	c, err := Load(found)
	if err != nil || c.Catalog[0] != filepath.Join(root, "extra.cat") {
		t.Errorf("Load = %+v, %v", c, err)
	}
}
