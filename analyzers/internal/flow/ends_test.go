package flow

import (
	"testing"

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
		if normalise(c); c.Name != test.want || (c.From == "") != (test.want == "" || test.want == hole) {
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
