package e2e

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// compileSchema loads the committed copy; nothing is fetched.
func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	return compileSchemaOf(t, "sarif", "sarif-schema-2.1.0.json")
}

func compileSchemaOf(t *testing.T, dir, name string) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, "testdata", dir, name))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	// Without this, "format": "uri" is a comment.
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(schema *jsonschema.Schema, text string) error {
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

func TestGoldenSARIF(t *testing.T) {
	schema := compileSchema(t)
	files, err := filepath.Glob("../internal/report/testdata/*.sarif")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(schema, string(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		multitool(t, string(text))
	}
}

// The schema must be able to refuse, or the tests beside this one prove nothing.
func TestSchemaRefuses(t *testing.T) {
	schema := compileSchema(t)
	text, err := os.ReadFile("../internal/report/testdata/run.sarif")
	if err != nil {
		t.Fatal(err)
	}
	for old, bad := range map[string]string{
		`"version": "2.1.0",`:           `"version": "2.0.0",`,
		`"level": "warning"`:            `"level": "critical"`,
		`"startLine": 4`:                `"startLine": 0`,
		`"executionSuccessful": false`:  `"successful": false`,
		`"uri": "models/evil%20net.pt"`: `"uri": "models/evil%zznet.pt"`,
	} {
		if !strings.Contains(string(text), old) {
			t.Fatalf("golden file has no %s", old)
		}
		if validate(schema, strings.ReplaceAll(string(text), old, bad)) == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

// TestCommandSARIF validates what the built binary writes over a small tree with
// findings, skips, justified sites and names that need escaping.
func TestCommandSARIF(t *testing.T) {
	schema := compileSchema(t)
	dir := t.TempDir()
	evil, err := recipe.Assemble("PROTO 4\nGLOBAL posix system\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"app/load \u202e.py": "import pickle\n\n\ndef read(fh):\n    return (\"\U0001f600\", pickle.load(fh))\n",
		"app/fine.py": "import pickle\n\n\ndef read(fh):\n" +
			"    # picklelint:trust boundary=internal reason=\"spool that only the scheduler may write to\"\n    return pickle.load(fh)\n",
		"app/view.py":    "import pickle\nfrom flask import request\n\nraw = request.data\nprint(pickle.loads(raw))\n",
		"app/broken.py":  "def (:\n",
		"spool/evil.pkl": string(evil),
		"spool/cut.pkl":  string(evil[:len(evil)-3]),
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	empty := t.TempDir()
	for _, tt := range []struct {
		name, dir string
		args      []string
		exit      int
		want      string
	}{
		{"findings", dir, []string{"--format", "sarif", "."}, 1, `"ruleId"`},
		{"code flows", dir, []string{"--format", "sarif", "."}, 1, `"threadFlows"`},
		{"audit", dir, []string{"--format", "sarif", "--sarif-suppressed", "include", "."}, 1, `"suppressions"`},
		{"nothing to see", empty, []string{"--format", "sarif", "."}, 3, `"results": []`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(binary("pickle-lint"), tt.args...)
			cmd.Dir = tt.dir
			out, err := cmd.Output()
			exit := 0
			if e, ok := errors.AsType[*exec.ExitError](err); ok {
				exit = e.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			if exit != tt.exit {
				t.Errorf("exit code %d, want %d", exit, tt.exit)
			}
			if !strings.Contains(string(out), tt.want) {
				t.Errorf("no %s in:\n%s", tt.want, out)
			}
			if err := validate(schema, string(out)); err != nil {
				t.Errorf("%v in:\n%s", err, out)
			}
			multitool(t, string(out))
		})
	}
}
