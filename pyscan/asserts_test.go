//go:build cgo

package pyscan

import (
	"context"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// An assert counts as a check where the project says so, in the file and in a helper of
// another module; what else is wrong with it still is.
func TestAssertsByPolicy(t *testing.T) {
	const files = `
-- app/__init__.py --
-- app/check.py --
import hmac, os
KEY = os.environ["KEY"].encode()
def check(sig, body):
    assert hmac.compare_digest(hmac.digest(KEY, body, "sha256"), sig)
`
	const head = "import hmac, os, pickle\nfrom app.check import check\nKEY = os.environ['KEY'].encode()\n"
	for name, tt := range map[string]struct{ source, without, with string }{
		"statement": {
			"def f(sig, body):\n    assert hmac.compare_digest(hmac.digest(KEY, body, 'sha256'), sig), 'bad'\n    return pickle.loads(body)\n",
			"goes away under `python -O`", "",
		},
		"answer": {
			"def f(sig, body):\n    ok = hmac.compare_digest(hmac.digest(KEY, body, 'sha256'), sig)\n    assert ok\n    return pickle.loads(body)\n",
			"goes away under `python -O`", "",
		},
		"elsewhere": {
			"def f(sig, body):\n    check(sig, body)\n    return pickle.loads(body)\n",
			"goes away under `python -O`", "",
		},
		"other bytes": {
			"def f(sig, body, other):\n    assert hmac.compare_digest(hmac.digest(KEY, other, 'sha256'), sig)\n    return pickle.loads(body)\n",
			"not about", "not about",
		},
		"polarity": {
			"def f(sig, body):\n    assert not hmac.compare_digest(hmac.digest(KEY, body, 'sha256'), sig)\n    return pickle.loads(body)\n",
			"goes away under `python -O`", "decoded where it fails",
		},
	} {
		m := project(files + "-- app/use.py --\n" + head + tt.source)
		// The same modules are asked under both policies, in both orders.
		for k, asserts := range []bool{false, true, false} {
			s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m, Asserts: asserts}
			res := s.Scan(context.Background(), "app/use.py", []byte(head+tt.source))
			want := tt.without
			if asserts {
				want = tt.with
			}
			got := strings.Join(describeAll(res.Findings), "\n")
			if want == "" && (got != "" || len(res.Sites) != 1 || res.Sites[0].Verified == "") || want != "" && !strings.Contains(got, want) {
				t.Errorf("%s, look %d, asserts %v: %q, want %q", name, k, asserts, got, want)
			}
		}
	}
}

// A script that asks for Python without assert statements has none, whatever the project says.
func TestAssertsSwitchedOff(t *testing.T) {
	const source = "import hmac, os, pickle\nKEY = os.environ['KEY'].encode()\ndef f(sig, body):\n    assert hmac.compare_digest(hmac.digest(KEY, body, 'sha256'), sig)\n    return pickle.loads(body)\n"
	for line, want := range map[string]bool{
		"#!/usr/bin/python3": true, "#!/usr/bin/env -S PYTHONOPTIMIZE=0 python3 -s": true, "# -O": true,
		"#!/usr/bin/python3 -O": false, "#!/usr/bin/env -S python3 -sOO": false, "#!/usr/bin/env -S PYTHONOPTIMIZE=1 python3": false,
	} {
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Asserts: true}
		res := s.Scan(context.Background(), "use.py", []byte(line+"\n"+source))
		if got := len(res.Sites) == 1 && res.Sites[0].Verified != ""; got != want {
			t.Errorf("%s: verified %v, want %v: %v", line, got, want, describeAll(res.Findings))
		}
	}
}
