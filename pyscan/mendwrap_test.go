//go:build cgo

package pyscan

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// ownWrapper is a wrapper as far as this package looks into one.
const ownWrapper = `
-- app/__init__.py --
-- app/safe_pickle.py --
import io, hmac, pickle
# safe_pickle:begin (written by ...)
PROTOCOL = 5
# safe_pickle:end
class Reader(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)
def loads(b, *, channel):
    hmac.compare_digest(b, b)
    return Reader(io.BytesIO(b)).load()
def dumps(o, protocol=None, *, channel):
    return pickle.dumps(o, protocol=PROTOCOL)
-- app/user.py --
from app import safe_pickle
safe_pickle.loads(b"", channel="x")
-- app/use.py --
`

// Where a call is led through the wrapper, it is so that what stands behind the arrow is
// left; elsewhere nothing changes.
func TestWrapFixes(t *testing.T) {
	const plain, led = "import pickle\n", "from app import safe_pickle\nimport pickle\n"
	for _, tt := range []struct{ head, old, want, headAfter string }{
		{plain, "pickle.loads(b)\n", "safe_pickle.loads(b, channel=FIXME)\n", led},
		{plain, "pickle.load(f)\n", "safe_pickle.load(f, channel=FIXME)\n", led},
		{plain, "pickle.loads(b,)\n", "safe_pickle.loads(b, channel=FIXME,)\n", led},
		{plain, "x = [pickle.loads(b) for b in c]\n", "x = [safe_pickle.loads(b, channel=FIXME) for b in c]\n", led},
		{plain, "pickle.loads(pickle.loads(b))\n", "safe_pickle.loads(safe_pickle.loads(b, channel=FIXME), channel=FIXME)\n", led},
		{plain, "pickle.dumps(o)\n", "safe_pickle.dumps(o, channel=FIXME)\n", led},
		{plain, "pickle.dumps(o, 4)\n", "safe_pickle.dumps(o, channel=FIXME)\n", led},
		{plain, "pickle.dumps(o, protocol=pickle.HIGHEST_PROTOCOL)\n", "safe_pickle.dumps(o, channel=FIXME)\n", led},
		{plain, "pickle.dump(o, f)\n", "safe_pickle.dump(o, f, channel=FIXME)\n", led},
		{plain, "pickle.dump(o, f, -1)\n", "safe_pickle.dump(o, f, channel=FIXME)\n", led},
		{"from pickle import loads as l\n", "l(b)\n", "safe_pickle.loads(b, channel=FIXME)\n", "from app import safe_pickle\nfrom pickle import loads as l\n"},
		{"'''Doc.'''\nfrom __future__ import annotations\nimport os, pickle\n", "pickle.loads(b)\n", "safe_pickle.loads(b, channel=FIXME)\n", "'''Doc.'''\nfrom __future__ import annotations\nfrom app import safe_pickle\nimport os, pickle\n"},
		{"import pickle\r\n", "pickle.loads(b)\r\n", "safe_pickle.loads(b, channel=FIXME)\r\n", "from app import safe_pickle\r\nimport pickle\r\n"},
		{led, "pickle.loads(b)\n", "safe_pickle.loads(b, channel=FIXME)\n", led},
		{"import _pickle as pickle\n", "pickle.loads(b)\n", "safe_pickle.loads(b, channel=FIXME)\n", "from app import safe_pickle\nimport _pickle as pickle\n"},

		{plain, "pickle.loads(b, encoding='latin1')\n", "", ""},
		{plain, "pickle.loads(data=b)\n", "", ""},
		{plain, "pickle.loads(*b)\n", "", ""},
		{plain, "pickle.loads(b, **kw)\n", "", ""},
		{plain, "pickle.loads()\n", "", ""},
		{plain, "pickle.dumps(o, 4, fix_imports=False)\n", "", ""},
		{plain, "pickle.dumps(o, buffer_callback=c)\n", "", ""},
		{plain, "pickle.dumps(o, # why\n  4)\n", "", ""},
		{plain, "pickle.Unpickler(f).load()\n", "", ""},
		{plain, "map(pickle.loads, bs)\n", "", ""},
		{"import dill\n", "dill.loads(b)\n", "", ""},
		{"import pickle, json\n", "(pickle if x else json).loads(b)\n", "", ""},
		{"import pickle, json\nl = pickle.loads if x else json.loads\n", "l(b)\n", "", ""},
		{plain, "def f():\n    safe_pickle = 1\n    pickle.loads(b)\n", "", ""},
		{"if x: import pickle\n", "pickle.loads(b)\n", "", ""},
		{"x = 1; import pickle\n", "pickle.loads(b)\n", "", ""},
		{plain, "# picklelint:trust boundary=host reason=\"written by this program only\"\nx = pickle.loads(b)\n", "", ""},
	} {
		src := tt.head + tt.old
		want := src
		if tt.want != "" {
			want = tt.headAfter + tt.want
		}
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: project(ownWrapper + src), Wraps: true}
		var edits []lint.Edit
		for _, f := range s.Scan(context.Background(), "app/use.py", []byte(src)).Findings {
			for _, fix := range f.Fixes {
				if fix.Kind != lint.WrapFix || f.Rule != WrapperBypass.ID {
					t.Errorf("%q: %+v", src, fix)
				}
				edits = append(edits, fix.Edits...)
			}
		}
		slices.SortFunc(edits, lint.CompareEdits)
		got, err := lint.Apply([]byte(src), slices.Compact(edits))
		if err != nil || string(got) != want {
			t.Errorf("%q became %q, want %q: %v", src, got, want, err)
		}
	}
}

// Nobody is led through a wrapper of which the arguments are not known.
func TestNoWrapFixes(t *testing.T) {
	const use = "import pickle\npickle.loads(b)\n"
	for name, s := range map[string]*Scanner{
		"not asked":     {Modules: project(ownWrapper + use)},
		"another":       {Modules: project(strings.ReplaceAll(ownWrapper, "# safe_pickle:", "# not:") + use), Wraps: true},
		"a function":    {Modules: project(ownWrapper + use), Wraps: true, Wrappers: []string{"app.safe_pickle.loads"}},
		"out of reach":  {Modules: project(ownWrapper + use), Wraps: true, Wrappers: []string{"other.safe_pickle"}},
		"without files": {Wraps: true, Wrappers: []string{"app.safe_pickle"}},
	} {
		s.Policy = justify.DefaultPolicy(testDay)
		res := s.Scan(context.Background(), "app/use.py", []byte(use))
		if len(res.Findings) != 1 || res.Findings[0].Rule != WrapperBypass.ID || len(res.Findings[0].Fixes) > 0 {
			t.Errorf("%s: %+v", name, res.Findings)
		}
	}
}

// A channel that nobody has named is told wherever the rest of the file went.
func TestUnnamedChannels(t *testing.T) {
	for src, want := range map[string]int{
		"from app import safe_pickle\nsafe_pickle.loads(b, channel=FIXME)\nsafe_pickle.dump(o, f, channel=FIXME)\n": 2,
		"import app.safe_pickle as s\ns.dumps(o, channel=FIXME)\n":                                                  0, // Python tells
		"from app import safe_pickle\nsafe_pickle.loads(b, channel=\"jobs\")  # FIXME channel\n":                    0,
		"from app import other\nother.loads(b, channel=FIXME)\n":                                                    0,
	} {
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: project(ownWrapper + src)}
		got := 0
		for _, f := range s.Scan(context.Background(), "app/use.py", []byte(src)).Findings {
			if f.Rule == WrapperBypass.ID && strings.Contains(f.Message, "is given no channel") {
				got++
			}
		}
		if got != want {
			t.Errorf("%q: %d, want %d", src, got, want)
		}
	}
}
