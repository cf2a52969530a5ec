package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

func quietStreams(out io.Writer) Streams {
	return Streams{In: strings.NewReader(""), Out: out, Err: io.Discard, Getenv: func(string) string { return "" }}
}

// TestHelpFitsTerminals asks that no line of our help is broken in the middle of a
// word. What cobra says of completion is its own.
func TestHelpFitsTerminals(t *testing.T) {
	seen := 0
	all := append([]*cobra.Command{newRoot(quietStreams(io.Discard))}, newRoot(quietStreams(io.Discard)).Commands()...)
	for _, cmd := range all[1:] {
		if cmd.Name() != "completion" {
			all = append(all, cmd.Commands()...)
		}
	}
	for _, cmd := range all {
		if cmd.Name() == "completion" || cmd.Name() == "help" {
			continue
		}
		seen++
		cmd.InitDefaultHelpFlag()
		for line := range strings.Lines(cmd.Long + "\n" + cmd.UsageString()) {
			if line = strings.TrimRight(line, "\n"); utf8.RuneCountInString(line) > helpColumns {
				t.Errorf("%s: more than %d columns: %s", cmd.Name(), helpColumns, line)
			}
		}
	}
	if seen < 8 {
		t.Errorf("%d commands", seen)
	}
}

// TestValuesOfFlagsHaveNames: "string" says nothing about what to write there.
func TestValuesOfFlagsHaveNames(t *testing.T) {
	root := newRoot(quietStreams(io.Discard))
	for _, cmd := range append(root.Commands(), root) {
		for line := range strings.Lines(cmd.LocalFlags().FlagUsages()) {
			if flag, _, _ := strings.Cut(strings.TrimSpace(line), "   "); strings.HasSuffix(flag, " string") {
				t.Errorf("%s: %s", cmd.Name(), flag)
			}
		}
	}
}

// shownKeys is what makes the facts show all keys that they have.
var shownKeys = []string{
	// Calls with conditions, a persistent id, a second state, implicit code.
	"PROTO 2\nGLOBAL app.models Point\nEMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nBUILD\nNONE\nBUILD\nBININT1 1\nBINPERSID\nGLOBAL app.models x\nEMPTY_TUPLE\nREDUCE\nEMPTY_DICT\nEXT1 7\nNONE\nSETITEM\nSTOP",
	// An error.
	"PROTO 4\nBINUNICODE 'x'\nPOP\nPOP\nPOP",
	// An oddity.
	"PROTO 2\nGLOBAL builtins list\nEMPTY_DICT\nBUILD\nSTOP",
}

// TestKeysAreDocumented: every key of the JSON of trace and dis stands on the page
// about them and in the command's help.
func TestKeysAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../../docs/facts.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var files []string
	for i, code := range shownKeys {
		name := filepath.Join(dir, string(rune('a'+i))+".pkl")
		if err := os.WriteFile(name, recipe.MustAssemble(code), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	for _, name := range []string{"trace", "dis"} {
		var help, out bytes.Buffer
		if code := Main(t.Context(), []string{name, "--help"}, quietStreams(&help)); code != 0 {
			t.Fatalf("%s --help: exit code %d", name, code)
		}
		Main(t.Context(), append([]string{name, "--format", "json"}, files...), quietStreams(&out))
		keys := make(map[string]bool)
		for line := range bytes.Lines(out.Bytes()) {
			var v any
			if err := json.Unmarshal(line, &v); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			collectKeys(keys, v, name == "trace")
		}
		if len(keys) < 20 {
			t.Errorf("%s: %d keys", name, len(keys))
		}
		words := strings.FieldsFunc(help.String(), func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') })
		said := make(map[string]bool)
		for _, w := range words {
			said[w] = true
		}
		for key := range keys {
			if !bytes.Contains(page, []byte("`"+key+"`")) {
				t.Errorf("docs/facts.md does not speak of %q of %s", key, name)
			}
			if !said[key] {
				t.Errorf("%s --help does not speak of %q", name, key)
			}
		}
	}
}

// collectKeys adds the keys of v, with deep also those of what is in it.
func collectKeys(keys map[string]bool, v any, deep bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			keys[key] = true
			if deep {
				collectKeys(keys, value, deep)
			}
		}
	case []any:
		for _, value := range v {
			collectKeys(keys, value, deep)
		}
	}
}

// A flag that a command takes and does nothing with is not offered.
func TestHelpOffersNoIdleFlags(t *testing.T) {
	root := newRoot(quietStreams(io.Discard))
	for name, flags := range map[string][]string{
		"lsp":      {"since", "new-from-rev", "staged", "fix", "output"},
		"baseline": {"fix", "diff", "sarif-category", "since", "output"},
		"blob":     {"fix", "diff", "tags"},
	} {
		cmd, _, err := root.Find([]string{name})
		if err != nil {
			t.Fatal(err)
		}
		for _, flag := range flags {
			if f := cmd.Flags().Lookup(flag); f == nil || !f.Hidden {
				t.Errorf("%s offers --%s", name, flag)
			}
		}
	}
}
