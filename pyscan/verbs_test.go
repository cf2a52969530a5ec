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
	const head = "import hmac\nimport pickle\nfrom bus import hear, pour, calm\n" +
		"def verified(f):\n    def wrapped(sig, body):\n        if not hmac.compare_digest(sig, hmac.digest(key(), body, 'sha256')):\n            raise ValueError\n        return f(sig, body)\n    return wrapped\n" +
		"def check(sig, body):\n    if not hmac.compare_digest(sig, hmac.digest(key(), body, 'sha256')):\n        raise ValueError\n"
	for name, tt := range map[string]struct{ src, verb string }{
		"a decorator": {"@verified\n@hear('rows')\ndef handle(sig, body):\n    return pickle.loads(body)\n", "python-verb hear does=registers # r"},
		"a method":    {"def handle(sig, body, other):\n    check(sig, body)\n    other.pour_into(body)\n    return pickle.loads(body)\n", "python-verb pour_into does=fills # r"},
		"a manager":   {"def handle(sig, body):\n    with calm():\n        check(sig, body)\n    return pickle.loads(body)\n", "python-verb calm does=swallows # r"},
	} {
		found := func(c *catalog.Catalog) int {
			s := &Scanner{Catalog: c, Policy: justify.DefaultPolicy(testDay)}
			return len(s.Scan(context.Background(), "x.py", []byte(head+tt.src)).Findings)
		}
		if n := found(catalog.Builtin()); n != 0 {
			t.Errorf("%s: %d findings without the fact", name, n)
		}
		own, err := catalog.Builtin().With("own.cat", strings.NewReader(tt.verb+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if n := found(own); n != 1 {
			t.Errorf("%s: %d findings with the fact, want 1", name, n)
		}
	}
}
