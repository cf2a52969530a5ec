package facts

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

var update = flag.Bool("update", false, "rewrite testdata")

// shown runs one of the methods of Run over bytes, and returns what it wrote.
func shown(t testing.TB, b []byte, o pickle.Options, show func(*Run, *blob.Report) error) (string, []*lint.Skip) {
	t.Helper()
	rep := blob.Scan(t.Context(), "f.pkl", bytes.NewReader(b), int64(len(b)), blob.Options{Reading: o, Named: true, Forced: true})
	skips := rep.Skips()
	var out bytes.Buffer
	r := NewRun(&out, o, 80, func(s *lint.Skip) { skips = append(skips, s) })
	if err := show(r, rep); err != nil {
		t.Fatal(err)
	}
	return out.String(), skips
}

func opsAsText(t testing.TB) func(*Run, *blob.Report) error {
	return func(r *Run, rep *blob.Report) error { return r.DisText(t.Context(), rep) }
}

func TestDisText(t *testing.T) {
	const file = "testdata/dis.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for section := range strings.SplitSeq(strings.TrimPrefix(string(text), "-- "), "\n-- ") {
		title, body, _ := strings.Cut(section, " --\n")
		code, want, _ := strings.Cut(body, "\n==")
		b, err := recipe.Assemble(code)
		if err != nil {
			t.Fatalf("%s: %v", title, err)
		}
		got, _ := shown(t, b, pickle.Options{}, opsAsText(t))
		if got = strings.TrimSpace(got); got != strings.TrimSpace(want) && !*update {
			t.Errorf("%s:\n%s\nwant\n%s", title, got, want)
		}
		all.WriteString("-- " + title + " --\n" + code + "\n==\n" + got + "\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// cases are the streams with which the decoder is tested.
func cases(t testing.TB) [][]byte {
	t.Helper()
	text, err := os.ReadFile("../../../pickle/testdata/semantics.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for section := range strings.SplitSeq(strings.TrimPrefix(string(text), "-- "), "\n-- ") {
		_, body, _ := strings.Cut(section, " --\n")
		code, _, _ := strings.Cut(body, "\n=> ")
		b, err := recipe.Assemble(code)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	if len(out) < 100 {
		t.Fatalf("only %d cases", len(out))
	}
	return out
}

// Whatever a stream is, every command shows it without a failure of its own, in
// every reading, and the JSON is JSON.
func TestEveryStreamIsShown(t *testing.T) {
	readings := []pickle.Options{{}}
	for _, set := range []pickle.LoaderSet{pickle.CMem, pickle.CFile, pickle.CPeek, pickle.Py} {
		readings = append(readings, pickle.Options{Loaders: set, Plain: true})
	}
	ctx := t.Context()
	for _, b := range cases(t) {
		for _, o := range readings {
			shown(t, b, o, opsAsText(t))
			shown(t, b, o, func(r *Run, rep *blob.Report) error { return r.TraceText(ctx, rep) })
			shown(t, b, o, func(r *Run, rep *blob.Report) error { return r.Decompile(ctx, rep) })
			trace, _ := shown(t, b, o, func(r *Run, rep *blob.Report) error { return r.TraceJSON(ctx, rep) })
			ops, _ := shown(t, b, o, func(r *Run, rep *blob.Report) error { return r.DisJSON(ctx, rep) })
			for line := range strings.Lines(trace + ops) {
				if !json.Valid([]byte(line)) {
					t.Errorf("%x: no JSON: %s", b, line)
				}
			}
		}
	}
}

// Every prefix of a stream ends with an error of the stream, not of ours.
func TestEveryPrefixIsShown(t *testing.T) {
	for _, b := range cases(t) {
		if len(b) > 200 {
			continue
		}
		for n := range b {
			got, _ := shown(t, b[:n], pickle.Options{}, opsAsText(t))
			if !strings.Contains(got, "f.pkl: 0x0..") {
				t.Fatalf("%x: %s", b[:n], got)
			}
		}
	}
}

// asm(dis(x)) == x, also where x breaks off.
func TestRecipeGivesTheBytesBack(t *testing.T) {
	check := func(b []byte) {
		t.Helper()
		text, skips := shown(t, b, pickle.Options{}, func(r *Run, rep *blob.Report) error { return r.Recipe(t.Context(), rep) })
		got, err := recipe.Assemble(text)
		if err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%x came back as %x, %v (%v)\n%s", b, got, err, skips, text)
		}
	}
	for _, b := range cases(t) {
		check(b)
		step := 1 + len(b)/64
		for n := 0; n < len(b); n += step {
			check(b[:n])
		}
	}
}
