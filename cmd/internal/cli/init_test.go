package cli

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestAsk(t *testing.T) {
	words := []string{"error", "warning", "note", "never"}
	for _, tt := range []struct {
		typed string
		words []string
		want  string
		said  string
	}{
		{"error\n", words, "error", ""},
		{"\n", words, "warning", ""},
		{"", words, "warning", ""}, // the end of the input
		{" NOTE \n", words, "note", ""},
		{"eror\nerror\n", words, "error", `did you mean "error"?`},
		{"x\n", words, "warning", `"x" is none of them`},
		{"w\n\n", words, "warning", `"w" is none of them`}, // no shortcuts among many
		{"n\n", []string{"warning", "no"}, "no", ""},
	} {
		var errs bytes.Buffer
		s := &starting{streams: Streams{Err: &errs}, answers: bufio.NewScanner(strings.NewReader(tt.typed))}
		if got := s.ask("What", "warning", tt.words); got != tt.want || !strings.Contains(errs.String(), tt.said) {
			t.Errorf("%q: %q, %s", tt.typed, got, errs.String())
		}
	}
	s := &starting{}
	if got := s.ask("What", "warning", words); got != "warning" {
		t.Error(got) // and it wrote to nobody
	}
}

// What cannot be written leaves nothing behind.
func TestInitWrites(t *testing.T) {
	root := t.TempDir()
	s := &starting{}
	f := starterFile{"a/b/c.yml", "x"}
	if err := s.write(root, f); err != nil {
		t.Fatal(err)
	}
	if err := s.write(root, starterFile{"a/b/c.yml", "y"}); err == nil {
		t.Error("written over")
	}
	if text, err := os.ReadFile(filepath.Join(root, "a", "b", "c.yml")); err != nil || string(text) != "x" {
		t.Errorf("%q, %v", text, err)
	}
	s.force = true
	if err := s.write(root, starterFile{"a/b/c.yml", "y"}); err != nil {
		t.Error(err)
	}
	if err := s.write(root, starterFile{"a/b", "y"}); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Error(err)
	}
	if entries, err := os.ReadDir(filepath.Join(root, "a", "b")); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
	if info, err := os.Stat(filepath.Join(root, "a", "b", "c.yml")); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o644) {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestInitInterrupted(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	if code := Main(ctx, []string{"init"}, quietStreams(&out)); code != ExitUsage {
		t.Errorf("exit code %d", code)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestEnvironmentOfColour(t *testing.T) {
	for _, tt := range []struct {
		env            map[string]string
		when, variable string
	}{
		{nil, "", ""},
		{map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1"}, "never", "NO_COLOR"},
		{map[string]string{"CLICOLOR_FORCE": "0", "FORCE_COLOR": "1"}, "always", "FORCE_COLOR"},
		{map[string]string{"CLICOLOR_FORCE": "0"}, "", ""},
	} {
		when, variable := colorOf(func(name string) string { return tt.env[name] })
		if when != tt.when || variable != tt.variable {
			t.Errorf("%v: %q, %q", tt.env, when, variable)
		}
	}
}

// A repository may hold links that lead out of it.
func TestInitThroughLink(t *testing.T) {
	root, elsewhere := t.TempDir(), t.TempDir()
	if err := os.Symlink(elsewhere, filepath.Join(root, ".github")); err != nil {
		t.Skip(err)
	}
	for _, force := range []bool{false, true} {
		s := &starting{force: force}
		if err := s.write(root, starterFile{".github/workflows/x.yml", "x"}); err == nil {
			t.Error("it was written through a link")
		}
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) > 0 {
		t.Errorf("%v is elsewhere, %v", left, err)
	}
}
