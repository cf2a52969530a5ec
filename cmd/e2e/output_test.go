package e2e

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdNoEscapes checks that nothing in the last output could steer a terminal. It
// has its own idea of what that is, so that a hole in lint.Printable shows.
func cmdNoEscapes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: noescapes")
	}
	for _, name := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(name)
		if !utf8.ValidString(text) {
			ts.Fatalf("%s is not UTF-8", name)
		}
		for i, r := range text {
			if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)) {
				ts.Fatalf("%s holds %U at byte %d", name, r, i)
			}
		}
	}
}

// messageKeys are those of the JSON contract.
var messageKeys = map[string]bool{
	"config": true, "progress": true, "site": true, "blob": true, "skip": true, "finding": true, "summary": true,
}

// cmdJSONLines checks the last output against the contract of --format json.
func cmdJSONLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: jsonlines")
	}
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile("stdout"), "\n"), "\n")
	var keys []string
	for n, line := range lines {
		var m map[string]json.RawMessage
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			ts.Fatalf("line %d: %v", n+1, err)
		}
		for key := range m {
			if !messageKeys[key] || len(m) != 1 {
				ts.Fatalf("line %d: key %q of %d", n+1, key, len(m))
			}
			keys = append(keys, key)
		}
	}
	if len(keys) < 2 || keys[0] != "config" || keys[len(keys)-1] != "summary" {
		ts.Fatalf("messages are %v, want them to begin with config and end with summary", keys)
	}
}
