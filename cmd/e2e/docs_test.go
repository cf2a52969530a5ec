package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocsAreTrue runs every console block of the documentation. A line that
// begins with "$ " is a command, what follows is its output, and a line of three
// dots stands for any number of lines.
func TestDocsAreTrue(t *testing.T) {
	root := repoRoot(t)
	ran := 0
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "docs/versions.md", "docs/configuration.md", "docs/fixes.md", "docs/lock.md", "docs/wrapper.md", "docs/inventory.md"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range sessions(string(text)) {
			ran++
			cmd := exec.Command("sh", "-c", s.command)
			cmd.Dir = root
			cmd.Env = append(os.Environ(), "PATH="+binDir+string(os.PathListSeparator)+os.Getenv("PATH"), "NO_COLOR=1", "PICKLE_LINT_CACHE="+t.TempDir())
			out, err := cmd.CombinedOutput()
			if !isVerdict(err) {
				t.Errorf("%s: %v\n%s", s.command, err, out)
			}
			if strings.Trim(strings.Join(s.output, ""), ".") == "" {
				t.Errorf("%s shows no output of %q", name, s.command)
			}
			if !matchLines(s.output, splitLines(string(out))) {
				t.Errorf("%s shows for %q\n%s\nbut it prints\n%s", name, s.command, strings.Join(s.output, "\n"), out)
			}
		}
	}
	if ran == 0 {
		t.Error("no console block was found")
	}
}

// isVerdict reports success, or the exit code that says findings or skips.
func isVerdict(err error) bool {
	exit, failed := errors.AsType[*exec.ExitError](err)
	return err == nil || failed && (exit.ExitCode() == 1 || exit.ExitCode() == 3)
}

type session struct {
	command string
	output  []string
}

// sessions returns the commands of all console blocks.
func sessions(markdown string) []session {
	var all []session
	inside := false
	for line := range strings.SplitSeq(markdown, "\n") {
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case line == "```console":
			inside = true
		case strings.HasPrefix(line, "```"):
			inside = false
		case inside && isCommand:
			all = append(all, session{command: command})
		case inside && len(all) > 0:
			last := &all[len(all)-1]
			last.output = append(last.output, line)
		}
	}
	return all
}

func splitLines(s string) []string {
	return strings.Split(strings.TrimRight(s, "\n"), "\n")
}

// matchLines compares with "..." as a wildcard for lines.
func matchLines(want, got []string) bool {
	if len(want) == 0 {
		return len(got) == 0 || len(got) == 1 && got[0] == ""
	}
	if want[0] == "..." {
		for i := range len(got) + 1 {
			if matchLines(want[1:], got[i:]) {
				return true
			}
		}
		return false
	}
	return len(got) > 0 && strings.TrimRight(want[0], " ") == strings.TrimRight(got[0], " ") && matchLines(want[1:], got[1:])
}

func TestMatchLines(t *testing.T) {
	for _, tt := range []struct {
		want, got string
		ok        bool
	}{
		{"a\nb", "a\nb", true}, {"a", "a\nb", false}, {"a\n...", "a\nb\nc", true}, {"...\nc", "a\nb\nc", true}, {"...", "", true}, {"a\n...\nd", "a\nb\nc", false},
	} {
		if matchLines(splitLines(tt.want), splitLines(tt.got)) != tt.ok {
			t.Errorf("%q against %q: want %v", tt.want, tt.got, tt.ok)
		}
	}
}

// repoRoot returns the root of the checkout, two directories up.
func repoRoot(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return root
}
