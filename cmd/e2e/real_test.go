package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// realVariable is set where the libraries of testdata/real may be fetched.
const realVariable = "PICKLE_REAL"

var wanted = regexp.MustCompile(`// want (PKL\d+)$`)

// The fixtures of the analyzers have stubs; here stand the libraries themselves. Each line
// says what is found there, and nothing is found elsewhere.
func TestRealLibraries(t *testing.T) {
	if os.Getenv(realVariable) == "" {
		t.Skip("fetches libraries; make integration sets " + realVariable)
	}
	dir, err := filepath.Abs(filepath.Join("testdata", "real"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var want []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if m := wanted.FindStringSubmatch(line); m != nil {
				want = append(want, fmt.Sprintf("%s:%d %s", filepath.Base(file), i+1, m[1]))
			}
		}
	}
	var got []string
	for _, f := range commandFindings(t, dir, "./...") {
		place, rest, _ := strings.Cut(f, ": ")
		rule, _, _ := strings.Cut(rest, " ")
		got = append(got, place[:strings.LastIndexByte(place, ':')]+" "+rule)
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Two runs of which neither knows what the other found say the same, in the same order,
// whatever the order of the packages on the command line.
func TestColdRunsAgree(t *testing.T) {
	dir := unpack(t, filepath.Join("testdata", "order.txtar"))
	packages := []string{"./peer", "./spool", "./user"}
	text, err := os.ReadFile(binary("pickle-lint"))
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for run := range 2 {
		// To the go command a tool with another byte at its end is another tool, so that
		// it has no results of it.
		tool := filepath.Join(t.TempDir(), filepath.Base(binary("pickle-lint")))
		if err := os.WriteFile(tool, append(text, t.TempDir()...), 0o700); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(tool, append([]string{"--no-cache", "--today", "2026-11-01", "--fail-on", "never", "--format", "json"}, packages...)...)
		cmd.Dir = dir
		report, err := cmd.Output()
		if err != nil && cmd.ProcessState.ExitCode() != 3 {
			t.Fatal(err)
		}
		// The first line repeats the arguments.
		_, report, _ = bytes.Cut(report, []byte("\n"))
		if run == 0 {
			first = report
			for _, rule := range []string{"PKL301", "PKL302", "PKL303"} {
				if !bytes.Contains(first, []byte(rule)) {
					t.Fatalf("no %s in\n%s", rule, first)
				}
			}
			slices.Reverse(packages)
		} else if !bytes.Equal(first, report) {
			t.Errorf("the first run\n%s\nthe second\n%s", first, report)
		}
	}
}
