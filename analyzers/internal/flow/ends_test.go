package flow

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

func TestEither(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"a/b.gob", "a/b.gob", "a/b.gob"},
		{"spool/users.gob", "spool/orders.gob", "spool/*.gob"},
		{"job:new", "job:newer", "job:*"},
		{"users", "orders", "*"},
		{"a.b", "a.b.b", "a.*"},
		{"x/*/y", "x/z/y", "x/*/y"},
		{"*", "a/b", "*"},
		{"", "a", "*"},
	} {
		if got := (phrase{test.a, fromLiteral}).either(phrase{test.b, fromLiteral}); got.text != test.want {
			t.Errorf("%q, %q: %q, want %q", test.a, test.b, got.text, test.want)
		}
	}
}

// Both ends write a name alike.
func TestNormalise(t *testing.T) {
	for _, test := range []struct {
		kind       lint.ChannelKind
		name, want string
	}{
		{lint.FileChannel, `.\a\\b.gob`, "a/b.gob"},
		{lint.FileChannel, "", "*"},
		{lint.FileChannel, "*.*", "*"},
		{lint.BucketChannel, "s3://models/a/", "models/a"},
		{lint.TableChannel, "Jobs", "jobs"},
		{lint.NetworkChannel, "*:*", ""},
		{lint.ProcessChannel, "x", ""},
		{lint.CacheChannel, "job:*/*", "job:*"},
	} {
		c := &lint.Channel{Kind: test.kind, Name: test.name, From: fromLiteral}
		if c.Normalize(); c.Name != test.want || (c.From == "") != (test.want == "" || test.want == hole) {
			t.Errorf("%s %q: %+v, want %q", test.kind, test.name, c, test.want)
		}
	}
}

func TestTableOf(t *testing.T) {
	for statement, want := range map[string]string{
		"SELECT a FROM jobs WHERE x":      "jobs",
		"insert or replace into [Jobs] x": "Jobs",
		"UPDATE ONLY app.\"jobs\" SET":    "app.jobs",
		"VACUUM":                          "",
		"DELETE FROM * WHERE":             "*",
	} {
		if got := tableOf(phrase{statement, fromLiteral}); got.text != want {
			t.Errorf("%s: %q, want %q", statement, got.text, want)
		}
	}
}

// Whatever the code is, an answer comes, soon, and is the same again.
func TestEndsOfEverything(t *testing.T) {
	if testing.Short() {
		t.Skip("minutes under the race detector")
	}
	for _, p := range loadReal(t, "net/rpc", "container/list") {
		ask := func(p *Package) (answers []string) {
			e := p.Ends(catalog.Builtin())
			arguments(p, func(call ssa.CallInstruction, v ssa.Value) {
				began := time.Now()
				for _, c := range []*lint.Channel{e.From(v, false), e.From(v, true), e.To(v, false), e.To(v, true)} {
					text := "nowhere"
					if c != nil {
						text = fmt.Sprint(*c)
						if c.Kind == "" || (c.Name == "" || c.Name == hole) && c.From != "" {
							t.Errorf("%s: %s: %+v", p.pass.Fset.Position(call.Pos()), v, c)
						}
					}
					answers = append(answers, text)
				}
				if took := time.Since(began); took > maxOne {
					t.Errorf("%s: %s took %v", p.pass.Fset.Position(call.Pos()), v, took)
				}
			})
			return answers
		}
		first, again := ask(p), ask(New(p.pass, p.catalog))
		for i := range first {
			if first[i] != again[i] {
				t.Errorf("%s\nthen %s", first[i], again[i])
			}
		}
	}
}
