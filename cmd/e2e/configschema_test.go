package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/pickle-lint/pickle-lint/internal/config"
)

func configSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "docs", "pickle-lint.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(config.SchemaURL, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(config.SchemaURL)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// judged are what the schema and the command say of one configuration.
type judged struct{ schema, command error }

// judge asks the schema as an editor does, which reads YAML or TOML into plain values, and
// the command, which takes the file or refuses it.
func judge(t *testing.T, schema *jsonschema.Schema, name, text string) (j judged) {
	t.Helper()
	var value any
	if filepath.Ext(name) == ".toml" {
		var whole struct {
			Tool map[string]any `toml:"tool"`
		}
		j.schema = toml.Unmarshal([]byte(text), &whole)
		value = whole.Tool["pickle-lint"]
	} else {
		j.schema = yaml.Unmarshal([]byte(text), &value)
	}
	if j.schema == nil && value != nil { // an empty file is no value for an editor
		plain, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		j.schema = validate(schema, string(plain))
	}
	dir := t.TempDir()
	for file, text := range map[string]string{name: text, "pickle-lint.cat": "", "extra.cat": ""} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(binary("pickle-lint"), "config", "--config", name)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if exit, failed := errors.AsType[*exec.ExitError](err); failed && exit.ExitCode() == 2 {
		j.command = errors.New(strings.TrimSpace(string(out)))
	} else if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return j
}

// refused are configurations that both refuse, and accepted those that both take.
var (
	refused = []string{
		"exclud: [a]", "fail-on: loud", "fail-on: [error]", "fail-on: true", "policy: mild", "exclude: a", "exclude: [[a]]", "exclude: [3]", "boundaries: {lab: {description: 3}}", "exclude: [\"\"]", "exclude: [/]",
		"exclude:", "include: {a: b}", "gitignore: yes", "gitignore: 1", "commands: \"true\"", "catalog: [\"\"]", "allow-packages: [\"mycompany.*\"]", "allow-packages: [a-b]",
		"wrapper: app.x", "wrapper: [app/x.py]", "states: [\" \"]", "boundaries: [lab]", "boundaries: {lab: {}}", "boundaries: {lab: {description: \" \"}}",
		"boundaries: {Lab: {description: x}}", "boundaries: {host: {description: x}}", "boundaries: {lab: {description: x, requires: [reasn]}}",
		"boundaries: {lab: {description: x, proof: maybe}}", "boundaries: {lab: {description: x, owner: me}}", "rules: {PKL201: loud}", "rules: {PKL201: true}", "rules: {unjustified-lode: off}",
		"rules: {PKL999: off}", "rules: [PKL201]", "overrides: {paths: [a]}", "overrides: [{paths: [a]}]", "overrides: [{rules: {PKL201: off}}]",
		"overrides: [{paths: [], rules: {PKL201: off}}]", "overrides: [{paths: [a], rules: {}}]", "overrides: [{paths: [a], rules: {nothing: off}}]",
		"overrides: [{paths: [a], rules: {PKL201: off}, when: now}]", "sources: {redis: user}", "sources: {redis: Inside}", "sources: [redis]", "go: {tests: 3}", "go: {test: true}",
		"go:", "python: {version: new}", "python: {version: \"\"}", "python: {libraries: {torch: new}}", "python: {libraries: {-torch: 2}}", "protocol: {min: 6}", "protocol: {max: -1}", "protocol: {min: four}",
		"protocol: {min: 2.5}", "protocol: 4", "proof: {asserts: true}", "proof: {assert: often}", "- a", "a",
	}
	accepted = []string{
		"", "{}", "# nothing", "exclude: []", "fail-on: never", "python: {version: 3.10}", "python: {version: v3, libraries: {ruamel.yaml: 1}}", "rules: {pkl201: off, PKL202: \"on\"}",
		"wrapper: []", "allow-packages: [größe.modèle]", "sources: {redis: internal, queue: trusted, flask.session: host}", "protocol: {min: 0, max: 5}",
		"boundaries: {lab: {description: x}}\nsources: {redis: lab}", "exclude: [\"a b\"]",
	}
	// beyond is what a schema cannot say; the command does.
	beyond = map[string]string{
		"exclude: [\"[\"]":                            "a glob is no regular expression",
		"protocol: {min: 4, max: 2}":                  "two values are compared",
		"rules: {PKL201: off, unjustified-load: off}": "two names of one rule",
		"sources: {redis: nowhere}":                   "which boundaries are declared",
		"sources: {radis: internal}":                  "catalogues may add sources",
		"allow-packages: [os]":                        "what the catalogue knows of libraries",
		"allow-packages: [__main__]":                  "a name among all names",
		"python: {version: 3.x.y}":                    "PEP 440 in full",
		"catalog: [missing.cat]":                      "which files there are",
		"exclude: []\nexclude: []":                    "the value has one of them only",
		"---\n---\n":                                  "the editor reads documents one by one",
	}
)

func TestSchemaAgreesWithTheCommand(t *testing.T) {
	schema := configSchema(t)
	for _, text := range refused {
		j := judge(t, schema, "c.yml", text)
		if j.schema == nil || j.command == nil {
			t.Errorf("%s\nschema: %v\ncommand: %v", text, j.schema, j.command)
		} else if !strings.HasPrefix(j.command.Error(), "pickle-lint: c.yml:1: ") {
			t.Errorf("%s: no place: %v", text, j.command)
		}
	}
	for _, text := range accepted {
		if j := judge(t, schema, "c.yml", text); j.schema != nil || j.command != nil {
			t.Errorf("%s\nschema: %v\ncommand: %v", text, j.schema, j.command)
		}
	}
	for text, why := range beyond {
		j := judge(t, schema, "c.yml", text)
		if _, syntax := errors.AsType[*jsonschema.ValidationError](j.schema); syntax || j.command == nil {
			t.Errorf("%s (%s)\nschema: %v\ncommand: %v", text, why, j.schema, j.command)
		}
	}
}

// Every example of the table of keys is one.
func TestExamplesOfKeys(t *testing.T) {
	schema := configSchema(t)
	seen := 0
	for _, f := range config.Shapes().Fields {
		keys := []config.Field{f}
		for _, inner := range f.Fields {
			keys = append(keys, config.Field{Name: f.Name + ": {" + inner.Name, Shape: inner.Shape})
		}
		for _, key := range keys {
			seen++
			text := key.Name + ": " + key.Key.Example
			if strings.Contains(key.Name, "{") {
				text += "}"
			}
			if j := judge(t, schema, "c.yml", text); j.schema != nil || j.command != nil || key.Key.Example == "" || key.Key.About == "" {
				t.Errorf("%s\nschema: %v\ncommand: %v", text, j.schema, j.command)
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d keys", seen)
	}
}

// usedAsConfig finds the files of a script that it uses as a configuration.
var usedAsConfig = regexp.MustCompile(`(?m)(?:cp (\S+) (?:\S*/)?\.pickle-lint\.yml|--config (\S+\.yml)|cp (\S+\.toml) pyproject\.toml)`)

// TestConfigurationsOfTheRepository: each configuration in scripts, in testdata and in the
// documentation is taken by both or by none.
func TestConfigurationsOfTheRepository(t *testing.T) {
	schema := configSchema(t)
	seen := 0
	agree := func(where, name, text string) {
		seen++
		j := judge(t, schema, name, text)
		if (j.schema == nil) != (j.command == nil) && !isBeyond(j) {
			t.Errorf("%s\n%s\nschema: %v\ncommand: %v", where, text, j.schema, j.command)
		}
	}
	scripts, err := filepath.Glob(filepath.Join(repository, "testdata", "script", "*.txtar"))
	if err != nil || len(scripts) == 0 {
		t.Fatal(err)
	}
	for _, script := range scripts {
		archive, err := txtar.ParseFile(script)
		if err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{".pickle-lint.yml": true}
		for _, m := range usedAsConfig.FindAllSubmatch(archive.Comment, -1) {
			used[string(m[1])+string(m[2])+string(m[3])] = true
		}
		for _, f := range archive.Files {
			if used[f.Name] {
				agree(script+": "+f.Name, "c"+filepath.Ext(f.Name), string(f.Data))
			}
		}
	}
	err = filepath.WalkDir(filepath.Join(repository, "testdata"), func(path string, _ os.DirEntry, err error) error {
		if err == nil && filepath.Base(path) == config.Name {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			agree(path, "c.yml", string(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	docs, _ := filepath.Glob(filepath.Join(repository, "docs", "*.md"))
	pages, _ := filepath.Glob(filepath.Join(repository, "docs", "rules", "*.md"))
	for _, page := range append(append(docs, pages...), filepath.Join(repository, "README.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range fenced(string(text)) {
			shown++
			j := judge(t, schema, block.name, block.text)
			if j.schema != nil || j.command != nil {
				t.Errorf("%s\n%s\nschema: %v\ncommand: %v", page, block.text, j.schema, j.command)
			}
		}
	}
	if seen < 20 || shown < 3 {
		t.Errorf("%d configurations and %d in the documentation", seen, shown)
	}
}

// isBeyond reports a disagreement about what a schema cannot say.
func isBeyond(j judged) bool {
	if j.schema != nil {
		return false
	}
	for _, words := range []string{"malformed", "is more than max", "already", "or the name of a boundary", "is not the name of a boundary", "leads out of the directory", "belongs to service", "is neither one of", "is no package of the project", "__main__", "is not a version", "reading catalogue", "catalogue:", "is not read"} {
		if strings.Contains(j.command.Error(), words) {
			return true
		}
	}
	return false
}

type block struct{ name, text string }

var fence = regexp.MustCompile("(?ms)^```(yaml|toml)\n(.*?)^```")

// fenced returns the blocks of a page that begin with a key of ours.
func fenced(markdown string) (blocks []block) {
	for _, m := range fence.FindAllStringSubmatch(markdown, -1) {
		b := block{"c.yml", m[2]}
		if m[1] == "toml" {
			if strings.Contains(m[2], "[tool.pickle-lint]") {
				blocks = append(blocks, block{"c.toml", m[2]})
			}
			continue
		}
		var root yaml.Node
		if yaml.Unmarshal([]byte(m[2]), &root) != nil || len(root.Content) == 0 || len(root.Content[0].Content) == 0 {
			continue
		}
		first := root.Content[0].Content[0].Value
		// GitLab has a key "include", too.
		if config.KeyAt(first) != nil && !strings.Contains(m[2], "- remote:") {
			blocks = append(blocks, b)
		}
	}
	return blocks
}
