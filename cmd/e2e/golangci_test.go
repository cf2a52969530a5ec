package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// golangciVariable names the golangci-lint with the linter in it. Building it takes minutes,
// which scripts/golangci.sh does before it runs the tests here.
const golangciVariable = "PICKLE_GOLANGCI"

// golangci runs it in a directory, with the example of its configuration on the day of the
// demo, changed as change says.
func golangci(t *testing.T, dir string, change [2]string, args ...string) (stdout, stderr string) {
	t.Helper()
	program := os.Getenv(golangciVariable)
	if program == "" {
		t.Skip("needs the program that " + golangciVariable + " names; make integration builds it")
	}
	text, err := os.ReadFile(filepath.Join(repository, "testdata", "golangci", ".golangci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	example := strings.Replace(string(text), "# today:", "today:", 1)
	changed := strings.Replace(example, change[0], change[1], 1)
	if example == string(text) || changed == example && change[0] != "" {
		t.Fatal("the example of a configuration is not what it was")
	}
	file := filepath.Join(t.TempDir(), ".golangci.yml")
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, append([]string{"run", "--config", file, "--enable-only", "picklelint", "--allow-parallel-runners"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+t.TempDir(), "GOWORK=off")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if _, exited := errors.AsType[*exec.ExitError](err); !exited {
			t.Fatal(err)
		}
	}
	return out.String(), errs.String()
}

// golangciFindings are what it reports, one a line.
func golangciFindings(t *testing.T, dir string, change [2]string) []string {
	t.Helper()
	stdout, stderr := golangci(t, dir, change, "--path-mode", "abs", "--output.json.path", "stdout", "--show-stats=false", "./...")
	var report struct {
		Issues []struct {
			Text string
			Pos  struct {
				Filename     string
				Line, Column int
			}
		}
	}
	if err := json.NewDecoder(strings.NewReader(stdout)).Decode(&report); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stdout, stderr)
	}
	var out []string
	for _, issue := range report.Issues {
		// The name of the analyzer stands before what it says.
		_, text, _ := strings.Cut(issue.Text, ": ")
		path, err := filepath.Rel(dir, issue.Pos.Filename)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s:%d:%d: %s", filepath.ToSlash(path), issue.Pos.Line, issue.Pos.Column, text))
	}
	slices.Sort(out)
	return out
}

// commandFindings are what pickle-lint reports about Go, in the same form.
func commandFindings(t *testing.T, dir string, args ...string) []string {
	t.Helper()
	cmd := exec.Command(binary("pickle-lint"), append([]string{"--no-cache", "--today", "2026-11-01", "--fail-on", "never", "--format", "json"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	text, err := cmd.Output()
	if err != nil && cmd.ProcessState.ExitCode() != 3 {
		t.Fatal(err)
	}
	var out []string
	for line := range bytes.Lines(text) {
		var message struct {
			Finding *struct {
				Rule, Name, Message, Path string
				Line, Column              int
				Suppressed                bool
			}
		}
		if err := json.Unmarshal(line, &message); err != nil {
			t.Fatal(err)
		}
		if f := message.Finding; f != nil && !f.Suppressed && strings.HasSuffix(f.Path, ".go") {
			out = append(out, fmt.Sprintf("%s:%d:%d: %s %s: %s", f.Path, f.Line, f.Column, f.Rule, f.Name, f.Message))
		}
	}
	slices.Sort(out)
	return out
}

// unpack writes the module of a txtar file into a new directory.
func unpack(t *testing.T, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.Files {
		path := filepath.Join(dir, filepath.FromSlash(file.Name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, file.Data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The linter in golangci-lint and the command say the same of the same code.
func TestGolangciAgrees(t *testing.T) {
	demo, err := filepath.Abs(filepath.Join(repository, "testdata", "demo"))
	if err != nil {
		t.Fatal(err)
	}
	all := [2]string{"PKL909: off", ""}
	for name, tt := range map[string]struct {
		dir    string
		change [2]string
		args   []string
		least  int
	}{
		"demo":       {demo, all, nil, 3},
		"everything": {unpack(t, "testdata/golangci.txtar"), all, nil, 9},
		"less": {
			unpack(t, "testdata/golangci.txtar"), [2]string{"PKL909: off", "unjustified-decode: off, dead-justification: note"},
			[]string{"--disable", "PKL301"}, 4,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := golangciFindings(t, tt.dir, tt.change)
			want := commandFindings(t, tt.dir, tt.args...)
			if !slices.Equal(got, want) || len(want) < tt.least {
				t.Errorf("golangci-lint says\n\t%s\npickle-lint says\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
			}
		})
	}
}

// Its --fix applies every fix there is: none may be a claim that nobody has made.
func TestGolangciFix(t *testing.T) {
	dir := unpack(t, "testdata/golangci.txtar")
	golangci(t, dir, [2]string{}, "--fix", "./...")
	got, err := os.ReadFile(filepath.Join(dir, "mend", "mend.go"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "mend", "mended"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A wrong setting is one clear error, before anything is linted.
func TestGolangciSettings(t *testing.T) {
	for change, want := range map[[2]string]string{
		{"PKL909: off", "PKL999: off"}:        `settings of picklelint: rules: no rule "pkl999"`,
		{"PKL909: off", "PKL909: quiet"}:      `settings of picklelint: rules: pkl909: "quiet" is none of off, on, note, warning, error`,
		{"catalog: []", "catalogue: []"}:      `settings of picklelint: unknown field "catalogue"`,
		{"today: 2026-11-01", "today: today"}: `settings of picklelint: "today" is not a day`,
	} {
		stdout, stderr := golangci(t, filepath.Join(repository, "testdata", "demo"), change, "./...")
		lines := strings.Split(strings.TrimSpace(stderr), "\n") // golangci-lint itself tells each error twice
		if len(lines) > 2 || !strings.Contains(lines[0], want) || strings.Contains(stdout, "PKL") {
			t.Errorf("%q: want %s, got\n%s%s", change[1], want, stdout, stderr)
		}
	}
}
