package facts

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// FuzzDis shows each input in every format. Texts are printable, JSON is JSON, and
// a recipe gives the bytes back.
func FuzzDis(f *testing.F) {
	for _, s := range []string{
		"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x02id\x85R.", "cos\nsystem\n(S'id'\ntR.", "N.K\x01.", "\x80\x04\x95\x02\x00\x00\x00\x00\x00\x00\x00X\x01\x00\x00\x00a.",
		"(i\x1b[31m\n\xe2\x80\xae\n.", "]\x94h\x00a.", "\x82\x07.", "PK\x03\x04\n.", "N", "", "\xff", "\x8c\x03\xed\xa0\x80P\xc3\xa9\n\x93Q.",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<14 {
			return
		}
		show := func(o pickle.Options, how func(*Run, *blob.Report) error) string {
			text, _ := shown(t, b, o, how)
			return text
		}
		texts := []string{
			show(pickle.Options{}, opsAsText(t)),
			show(pickle.Options{Loaders: pickle.CFile, Plain: true}, opsAsText(t)),
			show(pickle.Options{}, func(r *Run, rep *blob.Report) error { return r.TraceText(t.Context(), rep) }),
			show(pickle.Options{}, func(r *Run, rep *blob.Report) error { return r.Decompile(t.Context(), rep) }),
		}
		for _, text := range texts {
			for line := range strings.Lines(text) {
				if line = strings.TrimSuffix(line, "\n"); line != lint.Printable(line) {
					t.Fatalf("%x is shown with %q", b, line)
				}
			}
		}
		for _, lines := range []string{
			show(pickle.Options{}, func(r *Run, rep *blob.Report) error { return r.TraceJSON(t.Context(), rep) }),
			show(pickle.Options{}, func(r *Run, rep *blob.Report) error { return r.DisJSON(t.Context(), rep) }),
		} {
			for line := range strings.Lines(lines) {
				if !json.Valid([]byte(line)) {
					t.Fatalf("%x: no JSON: %s", b, line)
				}
			}
		}
		text := show(pickle.Options{}, func(r *Run, rep *blob.Report) error { return r.Recipe(t.Context(), rep) })
		if again, err := recipe.Assemble(text); err != nil || !bytes.Equal(again, b) && !strings.Contains(text, "\n# ") {
			t.Fatalf("%x comes back as %x, %v:\n%s", b, again, err, text)
		}
	})
}
