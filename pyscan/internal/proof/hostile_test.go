//go:build cgo

package proof

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/names"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

func open(t testing.TB, src string) *File {
	t.Helper()
	tree, err := syntax.Parse(context.Background(), []byte(src), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	c := catalog.Builtin()
	return NewFile(tree, names.Build(tree, names.NewVocabulary(c, Names(c)...)), c, nil)
}

// loads returns the calls of pickle.loads.
func (f *File) loads() (out []syntax.Index) {
	for i := range f.tree.Nodes {
		i := syntax.Index(i)
		if f.tree.Kind(i) == syntax.Call && strings.HasPrefix(string(f.tree.Text(i)), "pickle.loads(") {
			out = append(out, i)
		}
	}
	return out
}

func (f *File) ask(call syntax.Index) Answer {
	return f.Prove(call, f.tree.First(f.tree.Child(call, syntax.Arguments)), "")
}

const head = "import hashlib, hmac, os, pickle\nKEY = os.environ['K'].encode()\n"

// Sources that ask for much work get little, and no proof.
func TestHostile(t *testing.T) {
	var calls strings.Builder
	for k := range 30 {
		fmt.Fprintf(&calls, "def f%d(a, b):\n  if a: f%d(b, a)\n  if b: f%d(a, b)\n  f%d(a, a)\n  return hmac.compare_digest(a, b)\n", k, k+1, k+1, k+1)
	}
	calls.WriteString("def f30(a, b): return hmac.compare_digest(a, b)\ndef g(a, b):\n  if f0(a, b): return pickle.loads(a)\n")
	var vars strings.Builder
	vars.WriteString("def g(a, b):\n")
	for k := range 60 {
		fmt.Fprintf(&vars, "%sfor v%d in a:\n%s  x%d = f(v%d, x%d) if v%d else y\n", strings.Repeat(" ", k+1), k, strings.Repeat(" ", k), k, k, max(0, k-1), k)
	}
	vars.WriteString(strings.Repeat(" ", 61) + "hmac.compare_digest(a, b)\n" + strings.Repeat(" ", 61) + "pickle.loads(x59)\n")
	branches := "def g(a, b):\n" + strings.Repeat("  if f(a): x = (x, a, b)\n  else: y = [x, y]\n", 1500) + "  hmac.compare_digest(a, b)\n  pickle.loads(x)\n"
	sites := "def g(a, b):\n" + strings.Repeat("  if hmac.compare_digest(a, hmac.digest(KEY, b, 'sha256')): pickle.loads(b)\n  a = b + a\n", 400)
	loop := "def g(a, b):\n  while b:\n" + strings.Repeat("    a, b = b + a, a + b\n", 300) + "    hmac.compare_digest(a, b)\n    pickle.loads(a)\n"
	closures := "def g(a):\n" + strings.Repeat("  def d(f):\n    return lambda x: f(f(x))\n", 50) + "  h = d(d(d(d(d(a)))))\n  hmac.compare_digest(h, a)\n  pickle.loads(h(a))\n"
	classes := "class A(B): pass\nclass B(A):\n  def m(self, a): return self.m(super().m(a))\ndef g(a):\n  hmac.compare_digest(A().m(a), a)\n  pickle.loads(A().m(a))\n"
	for name, src := range map[string]string{
		"calls": calls.String(), "loops": vars.String(), "branches": branches, "sites": sites, "loop": loop, "closures": closures, "classes": classes,
		"keys":  "def g(a, k=K):\n  " + strings.Repeat("k = k or ", 200) + "k\n  if hmac.compare_digest(hmac.digest(k, a, 'sha1'), a): pickle.loads(a)\nK = K or K\n",
		"deep":  "def g(a):\n  x = " + strings.Repeat("f(", 200) + "a" + strings.Repeat(")", 200) + "\n  hmac.compare_digest(x, a)\n  pickle.loads(x)\n",
		"words": "def g(a):\n  x = a" + strings.Repeat(".b", 5000) + "\n  hmac.compare_digest(x, a)\n  pickle.loads(x)\n",
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, head+src)
			start := time.Now()
			n := 0
			for _, call := range f.loads() {
				n++
				if a := f.ask(call); a.Verified && name != "sites" && name != "calls" {
					t.Errorf("%s: verified", name)
				}
			}
			if took := time.Since(start); n == 0 || took > 20*time.Second {
				t.Errorf("%d sites took %v", n, took)
			} else {
				t.Log(n, took, f.spent)
			}
		})
	}
}

// An answer does not hang on the order in which maps are walked.
func TestSameAnswer(t *testing.T) {
	src := head + `
def g(sig, body, old, keys):
    ok = None
    for key in keys:
        try:
            if hmac.compare_digest(sig, hmac.digest(key, body, 'sha256')):
                ok = True
        except ValueError:
            ok = False
    if not ok and old:
        return None
    return pickle.loads(body)
`
	var first Answer
	for k := range 20 {
		f := open(t, src)
		a := f.ask(f.loads()[0])
		if k == 0 {
			first = a
		} else if a != first {
			t.Fatalf("%+v and %+v", first, a)
		}
	}
	if first.Verified || first.Flaw == Sound {
		t.Errorf("%+v", first)
	}
}
