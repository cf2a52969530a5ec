//go:build cgo

package pyscan

import (
	"context"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// What a decorator, a method and a context manager of another library do, a project says in a
// file of its own.
func TestVerbsOfOverlay(t *testing.T) {
	const head = "import hmac\nimport pickle\nfrom bus import hear, pour, calm, retry\n" +
		"def verified(f):\n    def wrapped(sig, body):\n        if not hmac.compare_digest(sig, hmac.digest(key(), body, 'sha256')):\n            raise ValueError\n        return f(sig, body)\n    return wrapped\n" +
		"def check(sig, body):\n    if not hmac.compare_digest(sig, hmac.digest(key(), body, 'sha256')):\n        raise ValueError\n"
	for name, tt := range map[string]struct {
		src, verb     string
		without, with int
	}{
		// Of one of which nothing is known, what it hands on is not.
		"a decorator that hands on":  {"@verified\n@hear('rows')\ndef handle(sig, body):\n    return pickle.loads(body)\n", "python-verb hear does=handson # r", 1, 0},
		"a decorator that registers": {"@verified\n@retry\ndef handle(sig, body):\n    return pickle.loads(body)\n", "python-verb retry does=registers # r", 0, 1},
		"a method":                   {"def handle(sig, body, other):\n    check(sig, body)\n    other.pour_into(body)\n    return pickle.loads(body)\n", "python-verb pour_into does=fills # r", 0, 1},
		"a manager":                  {"def handle(sig, body):\n    with calm():\n        check(sig, body)\n    return pickle.loads(body)\n", "python-verb calm does=swallows # r", 0, 1},
	} {
		found := func(c *catalog.Catalog) int {
			s := &Scanner{Catalog: c, Policy: justify.DefaultPolicy(testDay)}
			return len(s.Scan(context.Background(), "x.py", []byte(head+tt.src)).Findings)
		}
		if n := found(catalog.Builtin()); n != tt.without {
			t.Errorf("%s: %d findings without the fact, want %d", name, n, tt.without)
		}
		own, err := catalog.Builtin().With("own.cat", strings.NewReader(tt.verb+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if n := found(own); n != tt.with {
			t.Errorf("%s: %d findings with the fact, want %d", name, n, tt.with)
		}
	}
}

// A project may have a pickler of its own for its wrapper to stand before.
func TestPlainOfOverlay(t *testing.T) {
	c, err := catalog.Builtin().With("own.cat", strings.NewReader("python-sink mine.loads format=pickle arg=@0 danger=\"runs it\" # r\npython-dump mine.dumps to=bytes protocol=protocol@1 plain=yes # r\n"))
	if err != nil {
		t.Fatal(err)
	}
	const src = "import mine\ndef get(b):\n    return mine.loads(b)\ndef put(x):\n    return mine.dumps(x, 4)\n"
	for name, tt := range map[string]struct {
		catalog *catalog.Catalog
		want    int
	}{"with": {c, 2}, "without": {catalog.Builtin(), 0}} {
		s := &Scanner{Catalog: tt.catalog, Policy: justify.DefaultPolicy(testDay), Wrappers: []string{"app.safe_pickle"}}
		n := 0
		for _, f := range s.Scan(context.Background(), "x.py", []byte(src)).Findings {
			if f.Rule == WrapperBypass.ID {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s the facts: %d findings past the wrapper, want %d", name, n, tt.want)
		}
	}
}
