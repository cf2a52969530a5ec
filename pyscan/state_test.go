//go:build cgo

package pyscan

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Large sources that are full of what the rules about state look for end.
func TestHostileStates(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	lines := func(n int, format string) string {
		var b strings.Builder
		for k := range n {
			fmt.Fprintf(&b, format, k)
		}
		return b.String()
	}
	const head = "import pickle, threading\nclass C:\n def __setstate__(self, s): self.__dict__.update(s)\n"
	for _, tt := range []struct{ name, src string }{
		{"attributes", head + " def __init__(self):\n" + lines(40_000, "  self.a%d = 1\n") + " def __getstate__(self):\n  return {}\n def f(self):\n  return self.a1\n"},
		{"dropped", head + " def __getstate__(self):\n  s = self.__dict__.copy()\n" + lines(40_000, "  del s['a%d']\n") + "  return s\n"},
		{"parameters", head + " def __init__(self, " + strings.ReplaceAll(lines(20_000, "a%d, "), "\n", "") + "):\n" + lines(20_000, "  self.a%[1]d = a%[1]d\n")},
		{"aliases", head + " def __init__(self):\n" + lines(20_000, "  self.a%[1]d = self.a\n") + lines(20_000, "  self.a = self.a%[1]d\n")},
		{"returns", head + " def __getstate__(self):\n" + lines(20_000, "  self.b%d = 1\n") + strings.Repeat("  return self.__dict__\n", 20_000)},
		{"reads", "class C:\n def __getstate__(self):\n  return {'version': 2, 'a': 1}\n def __setstate__(self, s):\n" + strings.Repeat("  v = s['version']\n", 40_000)},
		{"classes", lines(20_000, "class C%d:\n def __getstate__(self): return {'a': 1}\n")},
		{"revisions", lines(9_000, "class CV%d:\n def __getstate__(self): return {'a': 1}\n def __setstate__(self, s): self.a = s['a']\n")},
		{"one class again and again", strings.Repeat("class C(C):\n def __getstate__(self): return super().__getstate__()\n", 15_000)},
		{"methods that call each other", "class C:\n def __getstate__(self): return self.m0()\n def __init__(self): self.x = 1\n" + lines(20_000, " def m%d(self): return self.m1()\n")},
		{"lambdas", head + " def __init__(self):\n  self.a = " + strings.Repeat("lambda: ", 100_000) + "pickle.dumps(x)\n"},
		{"displays", head + " def __init__(self):\n  self.a = " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "\n"},
		{"dumps", "import pickle\nclass C:\n def f(self, x):\n" + strings.Repeat("  pickle.dumps(self)\n", 40_000)},
		{"functions that dump", "import pickle\nclass C: pass\n" + lines(15_000, "def f%[1]d(x): pickle.dumps(x)\nf%[1]d(C())\n")},
		{"dotted imports", "import pickle, a" + strings.Repeat(".a", 300_000) + "\nclass C:\n def __getstate__(self): return {}\n"},
		{"merged", head + " def __getstate__(self):\n  s = {}\n" + lines(15_000, "  if x: s = {'a%d': 1}\n") + "  return s\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			res := scan("a.py", tt.src)
			for _, skip := range res.Skips {
				if strings.Contains(skip.Reason, "crashed") {
					t.Error(skip.Reason)
				}
			}
			t.Logf("%d bytes, %d findings, %s", len(tt.src), len(res.Findings), time.Since(start).Round(time.Millisecond))
		})
	}
}
