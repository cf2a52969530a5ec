package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func readYAML(t *testing.T, name string, into any) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

// The action hands every input on, by its own name, and none that it does not have.
func TestAction(t *testing.T) {
	var action struct {
		Inputs  map[string]struct{ Description, Default string }
		Outputs map[string]struct{ Description, Value string }
		Runs    struct {
			Using string
			Steps []struct {
				Shell, Run, Uses string
				Env              map[string]string
			}
		}
	}
	text := readYAML(t, "action.yml", &action)
	used := make(map[string]bool)
	for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(text, -1) {
		used[m[1]] = true
		if _, ok := action.Inputs[m[1]]; !ok {
			t.Errorf("there is no input %s", m[1])
		}
	}
	for name, in := range action.Inputs {
		if !used[name] || in.Description == "" {
			t.Errorf("input %s is not used, or not described", name)
		}
	}
	script, err := os.ReadFile(filepath.Join(repository, "packaging", "action.sh"))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range action.Runs.Steps {
		// What a stranger names in a pull request would be run.
		if strings.Contains(step.Run, "${{") {
			t.Errorf("an expression in a script: %s", step.Run)
		}
		if step.Run != "" && step.Shell == "" {
			t.Errorf("a step without a shell: %s", step.Run)
		}
		for name := range step.Env {
			if !strings.Contains(string(script), name) {
				t.Errorf("action.sh does not read %s", name)
			}
		}
		if _, version, ok := strings.Cut(step.Uses, "@"); step.Uses != "" && (!ok || version == "main") {
			t.Errorf("%s has no version", step.Uses)
		}
	}
	for name := range action.Outputs {
		if !strings.Contains(string(script), name+"=") {
			t.Errorf("action.sh does not write output %s", name)
		}
	}
}

// The hooks of pre-commit come in twos: built by it, and found in the path.
func TestHooks(t *testing.T) {
	type hook struct {
		ID, Name, Description, Entry, Language string
		AlwaysRun                              bool  `yaml:"always_run"`
		PassFilenames                          *bool `yaml:"pass_filenames"`
		RequireSerial                          bool  `yaml:"require_serial"`
	}
	var hooks []hook
	text := readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	byID := make(map[string]hook)
	for _, h := range hooks {
		byID[h.ID] = h
		// A pickle is told by its content, and a file that is deleted may have held a check:
		// no name is a reason to look, and none is to be opened whatever it is.
		if !h.AlwaysRun || h.PassFilenames == nil || *h.PassFilenames || !strings.Contains(h.Entry, " --staged") {
			t.Errorf("%s goes by the names of files", h.ID)
		}
	}
	if m := regexp.MustCompile(`(?m)^\s+(files|exclude|types\w*|exclude_types):`).FindString(text); m != "" {
		t.Errorf("a hook goes by the names of files: %s", m)
	}
	for id, h := range byID {
		if strings.HasSuffix(id, "-system") {
			continue
		}
		twin, ok := byID[id+"-system"]
		if !ok {
			t.Errorf("%s has no twin", id)
			continue
		}
		if h.Language != "golang" || twin.Language != "system" {
			t.Errorf("%s is of language %s, and its twin of %s", id, h.Language, twin.Language)
		}
		twin.ID, twin.Description, twin.Language, twin.PassFilenames = h.ID, h.Description, h.Language, h.PassFilenames
		if twin != h {
			t.Errorf("%s and its twin differ", id)
		}
	}
}

// What the image is built from is the Go that the module asks for, or newer.
func TestDockerfile(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(repository, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	want := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)[1]
	images := regexp.MustCompile(`FROM golang:(\d+\.\d+)\.\d+-`).FindAllSubmatch(text, -1)
	if len(images) != 2 {
		t.Fatalf("%d images of Go", len(images))
	}
	for _, m := range images {
		if string(m[1]) != string(want) {
			t.Errorf("Go %s, and go.mod asks for %s", m[1], want)
		}
	}
}
