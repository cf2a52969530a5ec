package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What the binary and the golden file hold is what GitLab documents, and the schema
// refuses what is not.
func TestGitLabReport(t *testing.T) {
	schema := compileSchemaOf(t, "gitlab", "codequality-schema.json")
	golden, err := os.ReadFile("../internal/report/testdata/run.gitlab.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x \u202e.py"), []byte("import pickle\npickle.load(f)\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary("pickle-lint"), "--format", "gitlab", "--no-cache", "--fail-on", "never")
	cmd.Dir = dir
	written, err := cmd.Output()
	if err != nil && cgo(t) {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"golden": string(golden), "command": string(written), "empty": "[]"} {
		if err := validate(schema, text); err != nil {
			t.Errorf("%s: %v in\n%s", name, err, text)
		}
	}
	for old, bad := range map[string]string{
		`"severity": "major"`:   `"severity": "warning"`,
		`"path": "app/cache.go`: `"path": "./app/cache.go`,
		`"begin": 4`:            `"begin": 0`,
		`"check_name"`:          `"rule"`,
		`"fingerprint": "aaaa"`: `"fingerprint": ""`,
	} {
		text := strings.Replace(string(golden), old, bad, 1)
		if text == string(golden) || validate(schema, text) == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

// The job of the template, run as GitLab's runner does: one script of before_script and
// script. Only "go install" is another, since nothing is fetched here.
func TestGitLabTemplate(t *testing.T) {
	for _, program := range []string{"git", "sh"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("needs " + program)
		}
	}
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	var template struct {
		Job struct {
			Variables    map[string]string
			BeforeScript []string `yaml:"before_script"`
			Script       []string
			Artifacts    struct{ Reports map[string]string }
		} `yaml:".pickle-lint"`
	}
	readYAML(t, "packaging/gitlab-ci.yml", &template)
	job := template.Job

	r, path := &hooked{dir: t.TempDir()}, t.TempDir()
	r.env = append(os.Environ(), "CI_PROJECT_DIR="+r.dir, "PATH="+path+string(os.PathListSeparator)+os.Getenv("PATH"))
	for name, value := range job.Variables {
		r.env = append(r.env, name+"="+strings.ReplaceAll(value, "$CI_PROJECT_DIR", r.dir))
	}
	installer := "#!/bin/sh\n[ \"$1\" = install ] || exit 9\nmkdir -p \"$GOPATH/bin\" && cp '" + binary("pickle-lint") + "' \"$GOPATH/bin/pickle-lint\"\n"
	if err := os.WriteFile(filepath.Join(path, "go"), []byte(installer), 0o700); err != nil {
		t.Fatal(err)
	}
	script := "set -e\n" + strings.Join(append(job.BeforeScript, job.Script...), "\n")
	run := func(want int, variables ...string) string {
		t.Helper()
		before := r.env
		defer func() { r.env = before }()
		r.env = append(slices.Clip(r.env), variables...)
		out, err := r.run("sh", "-c", script)
		code := 0
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			code = exit.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		if code != want {
			t.Errorf("exit code %d, want %d:\n%s", code, want, out)
		}
		return out
	}

	r.git(t, "init", "-q", "-b", "main")
	r.write(t, "old.py", "import pickle\npickle.load(f)\n")
	r.git(t, "add", "-A")
	r.git(t, "commit", "-q", "-m", "before")
	base := strings.TrimSpace(r.git(t, "rev-parse", "HEAD"))
	// A branch is judged whole.
	run(1)
	for _, report := range job.Artifacts.Reports {
		text, err := os.ReadFile(filepath.Join(r.dir, report))
		if err != nil || !strings.Contains(string(text), "old.py") {
			t.Errorf("%s: %v\n%s", report, err, text)
		}
	}
	// A merge request is judged by what it adds.
	if out := run(0, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+base); !strings.Contains(out, "no new findings") {
		t.Errorf("old findings are told:\n%s", out)
	}
	r.write(t, "new.py", "import pickle\npickle.loads(f)\n")
	if out := run(1, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+base); strings.Contains(out, "old.py") || !strings.Contains(out, "new.py:2:1") {
		t.Errorf("what is new is not told:\n%s", out)
	}
	// It does not bring the results that it is judged by.
	r.git(t, "add", "-f", ".cache")
	run(2)
}
