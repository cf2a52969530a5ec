package notebook

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/pieces"
)

// oracle lists the calls by name that IPython would make of each cell, those in the
// code that magics run included, and the calls in what we made of it. null is no
// Python.
const oracle = `
import ast, json, sys
from IPython.core.inputtransformer2 import TransformerManager
manager = TransformerManager()
measuring = {"time", "timeit", "prun", "memit"}
running = measuring | {"capture", "python", "python3"}

def calls(source, depth=0):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    out = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        if name.startswith("get_ipython()"):
            words = [a.value for a in node.args]
            inner = None
            if name.endswith("run_line_magic") and words[0] in measuring:
                inner = words[1]
            if name.endswith("run_cell_magic") and words[0] in running:
                inner = words[2]
            if inner is not None and depth < 3:
                # options stand before the code
                while inner.startswith("-"):
                    inner = inner.partition(" ")[2].lstrip()
                more = calls(manager.transform_cell(inner), depth + 1)
                if more is None:
                    return None
                out += more
        elif name != "get_ipython":
            out.append(name)
    return sorted(out)

for line in sys.stdin:
    cell, ours = json.loads(line)
    print(json.dumps([calls(manager.transform_cell(cell)), calls(ours)]))
`

// compare asks IPython about cells, and returns how many it could say something of.
func compare(t *testing.T, cells []string) (said int) {
	t.Helper()
	if exec.Command("python3", "-c", "import IPython").Run() != nil {
		t.Skip("IPython is the oracle, and is not installed")
	}
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, cell := range cells {
		out := new(pieces.Text)
		Python(out, pieces.Of([]byte(cell), 0))
		if err := enc.Encode([]string{cell, string(out.Bytes)}); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("python3", "-W", "ignore", "-c", oracle)
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	cmd.Env = append(os.Environ(), "IPYTHONDIR="+t.TempDir())
	answer, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(answer))
	for _, cell := range cells {
		var both [2][]string
		if err := dec.Decode(&both); err != nil {
			t.Fatal(err)
		}
		if both[0] == nil {
			continue // IPython could not run it
		}
		said++
		if !slices.Equal(both[0], both[1]) {
			t.Errorf("%s\nIPython calls %q, we %q", cell, both[0], both[1])
		}
	}
	return said
}

func TestAgainstIPython(t *testing.T) {
	lines := []string{
		"f(x)", "x = f(1)", "%time f(x)", "%timeit -n 3 f(x)", "r = %timeit -o f(x)", "%prun -q f(x)", "%cd 'x", "!ls 'x", "!!ls", "x = !ls ()", "a, b = %sql f()", "f?", "?f", "f.g??", "print('a = %s' % f(x))", "print('=', !f(x))", "d['a'] = !ls", "x.y = %cd f()",
		"if f(x):\n    !ls\n    g(x)", "if x:\n    %time f(x)", "s = '''\n%time f(x)\n!ls\n'''", "x = (f(1)\n% g(2))", "x = f(1) \\\n  % g(2)", "x = y % f(z)", "y != f(x)", "# it's (", "!echo \\\n  f(x)",
		"%time x = f(\n  g(1))", "", "def f(a):\n    return g(a)", "@d\ndef f(): pass", "print(f'{f(x)}')", "x = \"%time f(x)\"", "assert f(x), '!'", "%matplotlib inline", "%load_ext x", "%env A=f(x)",
	}
	firsts := []string{"", "", "", "%%time", "%%timeit", "%%capture out", "%%bash", "%%html", "%%python3", "%%prun"}
	r := rand.New(rand.NewSource(3))
	var cells []string
	for range 2000 {
		var b strings.Builder
		if first := firsts[r.Intn(len(firsts))]; first != "" {
			b.WriteString(first + "\n")
		}
		for range 1 + r.Intn(4) {
			b.WriteString(lines[r.Intn(len(lines))] + "\n")
		}
		cells = append(cells, b.String())
	}
	if said := compare(t, cells); said < 1000 {
		t.Errorf("IPython reads %d cells only", said)
	}
}

// PICKLE_LINT_NOTEBOOKS names a directory of notebooks that are compared, too.
func TestNotebooksAgainstIPython(t *testing.T) {
	dir := os.Getenv("PICKLE_LINT_NOTEBOOKS")
	if dir == "" {
		t.Skip("PICKLE_LINT_NOTEBOOKS names no directory")
	}
	var cells []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".ipynb" || d.IsDir() {
			return nil //nolint:nilerr // what cannot be read is nothing to compare
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		book, err := Parse(raw)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, c := range book.Cells {
			cells = append(cells, string(c.Text.Bytes))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("of %d cells IPython reads %d", len(cells), compare(t, cells))
}
