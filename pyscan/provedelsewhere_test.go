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

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// What a function of another module verifies is verified for its caller, and what is wrong
// with one that does not is told with its place. In which order files are looked at, and by
// how many at once, does not matter.
func TestVerifiedAcrossModules(t *testing.T) {
	forwards := verifiedAmong(t, "testdata/verified")
	if sites := strings.Count(forwards["testdata/verified/app/web/good.py"], "\n"); sites < 30 {
		t.Errorf("only %d sites", sites)
	}
}

// So are objects, decorators and context managers of other modules, and names that are
// imported with everything else.
func TestVerifiedByFarObjects(t *testing.T) {
	forwards := verifiedAmong(t, "testdata/verified_far")
	for name, least := range map[string]int{"good": 20, "tricks_good": 2, "stacks_good": 4, "star_good": 3, "star_far_good": 0} {
		if sites := strings.Count(forwards["testdata/verified_far/app/web/"+name+".py"], "\n"); sites < least {
			t.Errorf("%s: only %d sites", name, sites+1)
		}
	}
}

func verifiedAmong(t *testing.T, root string) map[string]string {
	t.Helper()
	all := func(scan func(paths []string, one func(string))) map[string]string {
		m, paths := among(t, root)
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}
		var mu sync.Mutex
		out := make(map[string]string)
		scan(paths, func(path string) {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Error(err)
				return
			}
			res := s.Scan(context.Background(), path, src)
			mu.Lock()
			defer mu.Unlock()
			compareWant(t, path, string(src), res)
			lines := describeAll(res.Findings)
			for _, site := range res.Sites {
				lines = append(lines, fmt.Sprintf("%d %s", site.Line, site.Verified))
				if strings.HasSuffix(path, "good.py") && site.Verified == "" {
					t.Errorf("%s:%d: not verified", path, site.Line)
				}
			}
			for _, skip := range res.Skips {
				t.Errorf("%s: skip: %s", path, skip.Reason)
			}
			out[path] = strings.Join(lines, "\n")
		})
		return out
	}
	forwards := all(func(paths []string, one func(string)) {
		for _, path := range paths {
			one(path)
		}
	})
	backwards := all(func(paths []string, one func(string)) {
		for _, path := range slices.Backward(paths) {
			one(path)
		}
	})
	atOnce := all(func(paths []string, one func(string)) {
		var wait sync.WaitGroup
		for range 2 {
			for _, path := range paths {
				wait.Go(func() { one(path) })
			}
		}
		wait.Wait()
	})
	for path, text := range forwards {
		if backwards[path] != text || atOnce[path] != text {
			t.Errorf("%s: the order matters:\n%s\n--\n%s\n--\n%s", path, text, backwards[path], atOnce[path])
		}
	}
	return forwards
}

// Whoever writes modules can make them many, and each ask the next.
func TestHostileHelpers(t *testing.T) {
	const many = 300
	files := make(map[string]string)
	var calls strings.Builder
	for k := range many {
		fmt.Fprintf(&calls, "    m%d.f(data, sig)\n", k)
	}
	var imports strings.Builder
	for k := range many {
		fmt.Fprintf(&imports, "from . import m%d\n", k)
	}
	body := imports.String() + "import hmac\ndef f(data, sig):\n    hmac.compare_digest(data, sig)\n" + calls.String()
	files["/p/big/__init__.py"] = ""
	for k := range many {
		files[fmt.Sprintf("/p/big/m%d.py", k)] = body
	}
	files["/p/big/use.py"] = imports.String() + "import pickle\ndef load(data, sig):\n" + calls.String() + "    return pickle.loads(data)\n"
	m := &Modules{
		Tops: []string{"/p"}, Show: func(p string) string { return p },
		Read: func(p string) ([]byte, error) {
			if text, ok := files[p]; ok {
				return []byte(text), nil
			}
			return nil, os.ErrNotExist
		},
		Exists: func(p string) bool { _, ok := files[p]; return ok },
	}
	for path := range files {
		m.Add(path)
	}
	start := time.Now()
	res := (&Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}).Scan(context.Background(), "/p/big/use.py", []byte(files["/p/big/use.py"]))
	if len(res.Findings) != 1 {
		t.Errorf("findings: %v", describeAll(res.Findings))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}
