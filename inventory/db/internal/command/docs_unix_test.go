//go:build unix

package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocsAreTrue runs the console blocks of the page about the database: with pickle-lint,
// which hands over to the program beside it.
func TestDocsAreTrue(t *testing.T) {
	page, err := os.ReadFile(top + "/docs/inventory-database.md")
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Dir(build(t))
	lint := exec.CommandContext(t.Context(), "go", "build", "-C", top, "-buildvcs=false", "-o", filepath.Join(bin, "pickle-lint"), "./cmd/pickle-lint")
	lint.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := lint.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "inventories"), os.DirFS("../../testdata")); err != nil {
		t.Fatal(err)
	}
	ran, inside := 0, false
	var command string
	var want []string
	check := func() {
		if command == "" {
			return
		}
		ran++
		cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) != strings.TrimSpace(strings.Join(want, "\n")) {
			t.Errorf("%s: %v\nprints\n%s\nand the page says\n%s", command, err, out, strings.Join(want, "\n"))
		}
		command, want = "", nil
	}
	for line := range strings.SplitSeq(string(page), "\n") {
		next, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case line == "```console":
			inside = true
		case strings.HasPrefix(line, "```"):
			inside = false
			check()
		case inside && isCommand:
			check()
			command = next
		case inside:
			want = append(want, line)
		}
	}
	if ran < 8 {
		t.Errorf("only %d commands", ran)
	}
}
