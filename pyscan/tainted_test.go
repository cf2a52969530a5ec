//go:build cgo

package pyscan

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// The way of the bytes is part of the finding, from the source to the site.
func TestTraceOfTaint(t *testing.T) {
	res := scan("way.py", `import base64, pickle
from flask import request

def blob():
    return base64.b64decode(request.form["blob"])

def load(data):
    return pickle.loads(data)

def view():
    raw = blob()
    return load(raw)
`)
	if len(res.Findings) != 1 {
		t.Fatalf("%d findings", len(res.Findings))
	}
	var got []string
	for _, step := range res.Findings[0].Trace {
		got = append(got, fmt.Sprintf("%d %s", step.Line, step.Text))
		if step.Mark != (step.Location.Compare(res.Findings[0].Location) == 0) {
			t.Errorf("mark: %+v", step)
		}
	}
	want := []string{
		"5 the bytes come from an HTTP request", "5 returned by `blob`", "11 `raw = blob()`", "12 passed to `load(raw)`", "8 pickle.loads decodes `data`",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What functions of other modules of the project give is followed there.
func TestTaintAcrossModules(t *testing.T) {
	m, paths := among(t, "testdata/tainted")
	s := &Scanner{Policy: justify.DefaultPolicy(testDay), Modules: m}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		res := s.Scan(context.Background(), path, src)
		compareWant(t, path, string(src), res)
		for _, skip := range res.Skips {
			t.Errorf("%s: skip: %s", path, skip.Reason)
		}
	}
}

// Small files, in which little is near.
func TestTaintAlone(t *testing.T) {
	all, err := os.ReadFile("testdata/tainted_alone.txt")
	pieces := strings.Split(string(all), "\n-- ")[1:]
	if err != nil || len(pieces) < 50 {
		t.Fatalf("%v, %d pieces", err, len(pieces))
	}
	for _, piece := range pieces {
		name, src, _ := strings.Cut(piece, "\n")
		res := scan(name+".py", src)
		about("tainted_", res)
		compareWant(t, name+".py", src, res)
	}
}

const cached = `import pickle
import redis

def get(key):
    return pickle.loads(redis.Redis().get(key))
`

// What the configuration puts behind a boundary of its own is not outside.
func TestTrustedSources(t *testing.T) {
	for _, tt := range []struct {
		name, boundary, rule, message string
	}{
		{"redis", "internal", "PKL201", "the bytes come from a Redis server, which the configuration puts behind boundary=internal"},
		{"redis.Redis", TrustedSource, "PKL201", "pickle.loads decodes"},
		{"store", TrustedSource, "PKL201", "pickle.loads decodes"},
		{"queue", TrustedSource, "PKL203", "the bytes come from a Redis server"},
		{"red", TrustedSource, "PKL203", "the bytes come from a Redis server"},
	} {
		s := &Scanner{Policy: justify.DefaultPolicy(testDay), Sources: map[string]string{tt.name: tt.boundary}}
		res := s.Scan(context.Background(), "cache.py", []byte(cached))
		if len(res.Findings) != 1 || res.Findings[0].Rule != tt.rule || !strings.Contains(res.Findings[0].Message, tt.message) {
			t.Errorf("%s: %s: %v", tt.name, tt.boundary, describeAll(res.Findings))
		}
	}
}

func describeAll(findings []*lint.Finding) (out []string) {
	for _, f := range findings {
		out = append(out, describe(f))
	}
	return out
}

// A user's catalogue adds sources.
func TestSourcesOfOverlay(t *testing.T) {
	c, err := catalog.Builtin().With("mine.cat", strings.NewReader(`python-source acme.bus.listen() called="the bus of acme" origin=queue # documentation
python-source *(frame,meta) called="a frame" near=acme origin=queue # documentation
`))
	if err != nil {
		t.Fatal(err)
	}
	s := &Scanner{Catalog: c, Policy: justify.DefaultPolicy(testDay)}
	res := s.Scan(context.Background(), "bus.py", []byte("import pickle\nimport acme.bus\nfor m in acme.bus.listen():\n    pickle.loads(m)\ndef h(frame, meta):\n    pickle.loads(frame)\n"))
	if got := strings.Join(describeAll(res.Findings), "\n"); len(res.Findings) != 2 || !strings.Contains(got, "the bus of acme") || !strings.Contains(got, "a frame") {
		t.Errorf("%s", got)
	}
}

// Whoever writes a source can make the ways as long and as many as they like: following
// them ends, and the site is reported all the same.
func TestHostileWays(t *testing.T) {
	var chain, all, ring, args, decorated, same strings.Builder
	for k := range 3000 {
		fmt.Fprintf(&chain, "x%d = x%d\n", k+1, k)
		fmt.Fprintf(&all, "x = f%d(x)\n", k)
		fmt.Fprintf(&ring, "def g%d(a):\n    return g%d(a) + g%d(a)\n", k, (k+1)%3000, (k*7)%3000)
		fmt.Fprintf(&args, "f(x%d, y, z, [a, b, c])\n", k)
		fmt.Fprintf(&decorated, "@d\ndef h%d(a): pickle.loads(a)\n", k)
		fmt.Fprintf(&same, "b.append(b)\nb.x = b.x\nb[b] = b\nb.write(b)\npickle.loads(b)\n")
	}
	for name, src := range map[string]string{
		"chain":     "import pickle\nx0 = a\n" + chain.String() + "pickle.loads(x3000)\n",
		"rebound":   "import pickle\n" + all.String() + "pickle.loads(x)\n",
		"ring":      "import pickle\n" + ring.String() + "pickle.loads(g0(1))\n",
		"callers":   "import pickle\ndef f(a, *b):\n    pickle.loads(a)\n" + args.String(),
		"decorated": "import pickle\ndef d(f):\n    return lambda *a: f(*a)\n" + decorated.String(),
		"same":      "import pickle\nb = []\n" + same.String(),
		"nested":    "import pickle\npickle.loads(" + strings.Repeat("f(", 3000) + "x" + strings.Repeat(")", 3000) + ")\n",
		"sum":       "import pickle\npickle.loads(" + strings.Repeat("x+", 20000) + "x)\n",
		"parts":     "import pickle\npickle.loads([" + strings.Repeat("x,", 20000) + "x])\n",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			res := scan("hostile.py", src)
			if len(res.Sites) == 0 || len(res.Findings) == 0 {
				t.Errorf("%d sites, %d findings, skips %v", len(res.Sites), len(res.Findings), res.Skips)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
