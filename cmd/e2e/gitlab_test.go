package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
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
