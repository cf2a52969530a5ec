package pickle_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/pickle"
)

func decompiled(b []byte, o pickle.Options, lim pickle.DecompileLimits) (string, *pickle.Trace, error) {
	var out bytes.Buffer
	trace, err := pickle.Decompile(&out, bytes.NewReader(b), int64(len(b)), 0, o, lim)
	return out.String(), trace, err
}

// TestDecompileGolden compares with the files of testdata/decompile: a recipe,
// and behind a line of dashes its text. -update rewrites the texts.
func TestDecompileGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/decompile/*.txt")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	const line = "----\n"
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code, want, _ := strings.Cut(string(b), line)
			data, err := recipe.Assemble(code)
			if err != nil {
				t.Fatal(err)
			}
			got, _, _ := decompiled(data, pickle.Options{}, pickle.DecompileLimits{})
			if *update {
				if err := os.WriteFile(name, []byte(code+line+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// checked is a line for testdata/decompile/check.py.
type checked struct {
	Hex  string `json:"hex,omitempty"`
	Text string `json:"text"`
}

// check asks Python about texts.
func check(t *testing.T, cases []checked) {
	t.Helper()
	var in strings.Builder
	enc := json.NewEncoder(&in)
	for _, c := range cases {
		if err := enc.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	lines := python(t, oracles(t)[0], in.String(), "testdata/decompile/check.py")
	if lines[len(lines)-1] != "done" {
		t.Fatal("Python did not come to the end")
	}
	for i, line := range lines[:len(lines)-1] {
		if i == 10 {
			t.Fatalf("and %d more", len(lines)-1-i)
		}
		var n int
		if _, err := fmt.Sscan(line, &n); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		t.Errorf("%s\n%.2000s\n%.400s", line, cases[n].Text, cases[n].Hex)
	}
}

// printable fails the test if a text holds what a terminal would act on.
func printable(t testing.TB, text string) {
	t.Helper()
	for i, r := range text {
		if r != '\n' && r != '…' && (r < ' ' || r > '~') {
			t.Fatalf("%q at %d in\n%q", r, i, text)
		}
	}
}

// TestDecompileParses: whatever the stream, Python reads the text. None of them
// is executed.
func TestDecompileParses(t *testing.T) {
	var streams [][]byte
	for _, c := range loadCases(t) {
		streams = append(streams, c.data)
	}
	for _, line := range python(t, oracles(t)[0], "", "testdata/objects.py") {
		b, err := hex.DecodeString(line)
		if err != nil {
			t.Fatal(err)
		}
		streams = append(streams, b)
	}
	rng := rand.New(rand.NewPCG(7, 0))
	for range 4000 {
		streams = append(streams, program(rng), framed(rng), textOp(rng), mutated(rng, streams[rng.IntN(len(streams))]))
	}
	small := pickle.DecompileLimits{Statements: 6, Line: 40, Items: 2, Depth: 2}
	two, err := pickle.ParseRelease("2.7")
	if err != nil {
		t.Fatal(err)
	}
	readings := []pickle.Options{{}, {}, {Plain: true}, {Loaders: pickle.CFile}, {Python: two}, {Encoding: pickle.RawBytes}}
	var cases []checked
	for i, b := range streams {
		for _, lim := range []pickle.DecompileLimits{{}, small} {
			text, _, _ := decompiled(b, readings[i%len(readings)], lim)
			printable(t, text)
			cases = append(cases, checked{Text: text})
			if i%17 != 0 {
				break
			}
		}
	}
	// As many brackets inside each other as are ever written.
	for _, ops := range [][2]string{{"", "\x85"}, {"(", "\x91"}, {"(", "\x91\x85"}, {"]", "a"}, {"}N", "s"}} {
		b := "cm\nf\n" + strings.Repeat(ops[0], 300) + "N" + strings.Repeat(ops[1], 300) + "\x85R."
		text, _, err := decompiled([]byte(b), pickle.Options{}, pickle.DecompileLimits{Depth: 1000, Line: 1 << 20})
		if err != nil {
			t.Errorf("%q: %v", ops, err)
		}
		cases = append(cases, checked{Text: text})
	}
	check(t, cases)
}

// TestDecompileMeaning executes the texts of pickles that were made here, of
// ordinary objects, and compares with what pickle.loads makes of them.
func TestDecompileMeaning(t *testing.T) {
	t.Parallel()
	exe := oracles(t)[0]
	lines := python(t, exe, "", "testdata/objects.py")
	lines = append(lines, python(t, exe, "", "testdata/decompile/graphs.py", "200", "1")...)
	whole := pickle.DecompileLimits{Line: 1 << 20, Items: 1 << 20}
	named := whole
	named.Depth = 2
	var cases []checked
	for _, line := range lines {
		b, err := hex.DecodeString(line)
		if err != nil {
			t.Fatal(err)
		}
		for _, lim := range []pickle.DecompileLimits{whole, named} {
			text, _, err := decompiled(b, pickle.Options{}, lim)
			if err != nil {
				t.Fatal(err)
			}
			cases = append(cases, checked{line, text})
		}
	}
	check(t, cases)
}
