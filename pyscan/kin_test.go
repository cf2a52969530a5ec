//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// What a class has from those of other modules counts as its own, whoever asks first and
// how many at once.
func TestKin(t *testing.T) {
	m, paths := among(t, "testdata/kin")
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}
	var wait sync.WaitGroup
	for range 3 {
		for _, path := range paths {
			wait.Go(func() {
				src, err := os.ReadFile(path)
				if err != nil {
					t.Error(err)
					return
				}
				res := s.Scan(context.Background(), path, src)
				about("state_x", res)
				res.Findings = slices.DeleteFunc(res.Findings, func(f *lint.Finding) bool { return f.Rule == UnversionedState.ID })
				compareWant(t, path, string(src), res)
				for _, skip := range res.Skips {
					t.Errorf("%s: skip: %s", path, skip.Reason)
				}
				for _, f := range res.Findings {
					if (f.Callable == "Counter" || f.Callable == "Starved") && (len(f.Trace) != 1 || !strings.HasSuffix(f.Trace[0].Path, "app/base.py") || f.Trace[0].Line == 0) {
						t.Errorf("%s:%d: no place in the other module: %v", path, f.Line, f.Trace)
					}
				}
			})
		}
	}
	wait.Wait()
}

// Without the other modules nobody knows.
func TestKinAlone(t *testing.T) {
	src, err := os.ReadFile("testdata/kin/app/use.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range scan("app/use.py", string(src)).Findings {
		if strings.Contains(f.Message, "from class") || strings.Contains(f.Message, "Listing") || strings.Contains(f.Message, "Dropping") {
			t.Errorf("line %d: %s", f.Line, f.Message)
		}
	}
}

// Modules that import each other, stand on each other or are very many end.
func TestHostileKin(t *testing.T) {
	const use = "import pickle\nfrom a0 import C\nclass D(C):\n def __getstate__(self): return self.__dict__\npickle.dump(D(), f)\n"
	var ring, chain, wide, bases strings.Builder
	for n := range 50 {
		fmt.Fprintf(&ring, "-- a%d.py --\nfrom a%d import C\n", n, (n+1)%50)
	}
	for n := range 200 {
		fmt.Fprintf(&chain, "-- a%d.py --\nfrom a%d import C as B\nclass C(B): pass\n", n, n+1)
		fmt.Fprintf(&wide, "-- b%d.py --\nclass B%d: pass\n", n, n)
		fmt.Fprintf(&bases, "b%d.B%d, ", n, n)
	}
	wide.WriteString("-- a0.py --\n")
	for n := range 200 {
		fmt.Fprintf(&wide, "import b%d\n", n)
	}
	wide.WriteString("class C(" + bases.String() + "): pass\n")
	for name, files := range map[string]string{
		"a ring":       ring.String(),
		"a chain":      chain.String(),
		"many bases":   wide.String(),
		"itself":       "-- a0.py --\nfrom a0 import C as B\nclass C(B): pass\n",
		"each other":   "-- a0.py --\nimport a1\nclass C(a1.C): pass\n-- a1.py --\nimport a0\nclass C(a0.C): pass\n",
		"broken":       "-- a0.py --\nclass C(:\n",
		"one is two":   "-- a0.py --\nclass C: pass\n-- x/a0.py --\nclass C: lock = 1\n",
		"bound twice":  "-- a0.py --\nclass C: pass\nC = wrap(C)\n",
		"changed":      "-- a0.py --\nclass C: pass\nC.__getstate__ = other\n",
		"in a branch":  "-- a0.py --\nif x:\n class C: pass\nelse:\n class C: pass\n",
		"many classes": "-- a0.py --\n" + strings.Repeat("class C(C): pass\n", 5_000),
	} {
		start := time.Now()
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: project(files + "-- use.py --\n" + use)}
		res := s.Scan(context.Background(), "use.py", []byte(use))
		for _, skip := range res.Skips {
			t.Errorf("%s: %s", name, skip.Reason)
		}
		for _, f := range res.Findings {
			if f.Rule == UnpicklableState.ID {
				t.Errorf("%s: %s", name, f.Message)
			}
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}
