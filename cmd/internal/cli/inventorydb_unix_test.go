//go:build unix

package cli

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// script writes a program.
func script(t *testing.T, dir, text string) string {
	t.Helper()
	path := filepath.Join(dir, helperProgram)
	if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o755)); err != nil {
		t.Fatal(err)
	}
	return path
}

// database runs one of the commands with a PATH.
func database(ctx context.Context, path, in string, args ...string) (code int, out, said string) {
	var stdout, stderr bytes.Buffer
	streams := Streams{In: strings.NewReader(in), Out: &stdout, Err: &stderr, Getenv: func(name string) string { return map[string]string{"PATH": path}[name] }}
	parent := &cobra.Command{Use: "inventory", SilenceErrors: true, SilenceUsage: true}
	parent.SetOut(&stdout)
	parent.SetArgs(args)
	addInventoryDatabase(parent, streams)
	err := parent.ExecuteContext(ctx)
	if err != nil && err.Error() != "" {
		complain(&stderr, "%v", err)
	}
	return exitCode(err), stdout.String(), stderr.String()
}

func TestHandOver(t *testing.T) {
	dir := t.TempDir()
	script(t, dir, `printf '%s|' "$@"; cat; echo trouble >&2; exit 7`)
	code, out, said := database(t.Context(), dir, "what comes in", "query", "--db", "a b", "--sql", "SELECT 'x'", "--help-me", "--", "-h")
	if code != 7 || out != "query|--db|a b|--sql|SELECT 'x'|--help-me|--|-h|what comes in" || said != "trouble\n" {
		t.Errorf("%d, %q, %q", code, out, said)
	}
	script(t, dir, "exit 0")
	if code, _, said := database(t.Context(), dir, "", "merge", "x"); code != 0 || said != "" {
		t.Errorf("%d, %q", code, said)
	}
	script(t, dir, "kill -9 $$")
	if code, _, said := database(t.Context(), dir, "", "merge", "x"); code != ExitUsage || !strings.Contains(said, "was killed") {
		t.Errorf("%d, %q", code, said)
	}
}

// Whoever is told to end passes it on, and ends as the helper does.
func TestHandOverEnds(t *testing.T) {
	dir := t.TempDir()
	script(t, dir, "trap 'echo ending; exit 5' TERM; echo ready >"+dir+"/ready; while :; do sleep 0.05; done")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for {
			if _, err := os.Stat(dir + "/ready"); err == nil {
				cancel()
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	if code, out, said := database(ctx, dir, "", "serve"); code != 5 || out != "ending\n" || said != "" {
		t.Errorf("%d, %q, %q", code, out, said)
	}
}

func TestFindHelper(t *testing.T) {
	top := t.TempDir()
	t.Chdir(top)
	script(t, top, "exit 0") // what a repository may hold
	beside, elsewhere := script(t, top+"/beside", "exit 0"), script(t, top+"/elsewhere", "exit 0")
	if err := os.Symlink(top+"/beside/pickle-lint", top+"/link"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(top+"/beside/pickle-lint", nil, 0o755), os.MkdirAll(top+"/bin", 0o755), os.Mkdir(top+"/folder", 0o755), os.Mkdir(top+"/folder/"+helperProgram, 0o755)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Mkdir(top+"/plain", 0o755), os.WriteFile(top+"/plain/"+helperProgram, nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	bin := top + "/bin/pickle-lint"
	for _, tt := range []struct{ self, path, want string }{
		{top + "/beside/pickle-lint", top + "/elsewhere", beside},
		{bin, top + "/elsewhere", elsewhere},
		{bin, ".:" + top + "/elsewhere", elsewhere},
		{bin, "", ""}, {bin, ".", ""}, {bin, "::", ""}, {bin, "elsewhere", ""}, {bin, "./elsewhere:beside", ""},
		{bin, top + "/folder:" + top + "/plain:" + top + "/elsewhere", elsewhere},
	} {
		if got := findHelper(func() (string, error) { return tt.self, nil }, tt.path); got != tt.want {
			t.Errorf("beside %s and in %q: %q, want %q", tt.self, tt.path, got, tt.want)
		}
	}
	// Installed once, and linked to from a directory of links.
	if err := errors.Join(os.Mkdir(top+"/links", 0o755), os.Symlink("../beside/pickle-lint", top+"/links/pickle-lint")); err != nil {
		t.Fatal(err)
	}
	if got := findHelper(func() (string, error) { return top + "/links/pickle-lint", nil }, ""); filepath.Base(filepath.Dir(got)) != "beside" {
		t.Errorf("behind a link: %q", got)
	}
}

// Without the helper there is its help, and a word on how to install it.
func TestWithoutHelper(t *testing.T) {
	for _, name := range []string{"merge", "push", "query", "serve"} {
		code, _, said := database(t.Context(), "", "", name, "x")
		if code != ExitUsage || !strings.Contains(said, "is not installed") || !strings.Contains(said, "go install github.com/pickle-lint/pickle-lint/inventory/db/cmd/pickle-inventory") {
			t.Errorf("%s: %d, %q", name, code, said)
		}
		code, out, _ := database(t.Context(), "", "", name, "--db", "x", "--help")
		if code != 0 || !strings.Contains(out, "--db FILE") || !strings.Contains(out, "Exit codes") {
			t.Errorf("%s: %d, %q", name, code, out)
		}
		for line := range strings.Lines(out) {
			if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > helpColumns && !strings.Contains(line, "   ") {
				t.Errorf("%s: more than %d columns: %s", name, helpColumns, line)
			}
		}
	}
}
