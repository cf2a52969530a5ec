package pickle_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// semanticCase is one case of testdata/semantics.txt: a recipe, and lines with
// "=>" that say what is found in it.
type semanticCase struct {
	name string
	text []string // the recipe
	data []byte
	want []string
}

func loadCases(t testing.TB) []semanticCase {
	t.Helper()
	text, err := os.ReadFile("testdata/semantics.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []semanticCase
	var lines []string
	flush := func() {
		if n := len(cases); n > 0 {
			c := &cases[n-1]
			c.text = lines
			if c.data, err = recipe.Assemble(strings.Join(lines, "\n")); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
		lines = nil
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		switch {
		case strings.HasPrefix(line, "-- "):
			flush()
			cases = append(cases, semanticCase{name: strings.Trim(line, "- ")})
		case strings.HasPrefix(line, "=> "):
			cases[len(cases)-1].want = append(cases[len(cases)-1].want, line)
		default:
			lines = append(lines, line)
		}
	}
	flush()
	return cases
}

// describe writes a trace in the words of testdata/semantics.txt.
func describe(t *pickle.Trace, err error) []string {
	var out []string
	add := func(set pickle.LoaderSet, format string, args ...any) {
		line := fmt.Sprintf(format, args...)
		if set != pickle.AllLoaders {
			line += " [" + strings.Join(set.Names(), " ") + "]"
		}
		out = append(out, "=> "+line)
	}
	quoteOdd := func(s string) string {
		if q := fmt.Sprintf("%+q", s); q != `"`+s+`"` {
			return q
		}
		return s
	}
	for _, g := range t.Globals {
		raw := ""
		if r := g.RawModule + "." + g.RawName; g.Resolved && r != g.String() {
			raw = " from " + quoteOdd(r)
		}
		if g.Untrusted {
			raw += " untrusted"
		}
		add(g.Loaders, "find %s%s", quoteOdd(g.String()), raw)
	}
	for _, c := range t.Calls {
		add(c.Loaders, "%s %s(%s)", c.Kind, strings.ReplaceAll(quoteOdd(c.Target), `\u2026`, "…"), c.Args)
	}
	for _, a := range t.Anomalies {
		add(pickle.AllLoaders, "anomaly %d at %d", a.Kind, a.Offset)
	}
	if t.PersistentIDs > 0 {
		add(pickle.AllLoaders, "persistent %d", t.PersistentIDs)
	}
	if perr := (*pickle.Error)(nil); errors.As(err, &perr) {
		add(pickle.AllLoaders, "error %s at %d", perr.Kind, perr.Offset)
	}
	if t.Complete {
		add(t.Loaders, "stop")
	}
	return out
}

var update = flag.Bool("update", false, "rewrite what testdata/semantics.txt says is found")

func TestSemantics(t *testing.T) {
	if *update {
		updateCases(t)
	}
	for _, c := range loadCases(t) {
		t.Run(c.name, func(t *testing.T) {
			trace, err := pickle.Run(bytes.NewReader(c.data), int64(len(c.data)), 0, pickle.Options{})
			if got := describe(trace, err); !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func updateCases(t *testing.T) {
	t.Helper()
	var out strings.Builder
	for _, c := range loadCases(t) {
		trace, err := pickle.Run(bytes.NewReader(c.data), int64(len(c.data)), 0, pickle.Options{})
		lines := append([]string{"-- " + c.name + " --"}, c.text...)
		out.WriteString(strings.Join(append(lines, describe(trace, err)...), "\n") + "\n")
	}
	if err := os.WriteFile("testdata/semantics.txt", []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
