//go:build cgo

package pyscan

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/decode"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// FuzzScan checks what holds of any bytes: no crash, no site outside the file,
// no message that could steer a terminal, and nothing found twice.
func FuzzScan(f *testing.F) {
	fixtures, err := filepath.Glob("testdata/*.py")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range fixtures {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, s := range []string{
		"\xef\xbb\xbfimport pickle\rpickle.loads(b)\r", "# coding: latin-1\nimport pickle\npickle.loads('\xe9')\n", "import pickle\x00\npickle.loads(",
		"# coding: utf-7\n", "import pickle\nf'''{f'{pickle.loads(b)}\n", "import pickle\n<<<<\npickle.loads(b)\n",
		"# coding: utf-7\n+AGk-mport pickle\npickle.loads(b)\n", "\xff\xfe", "import pickle\nclass A(pickle.Unpickler):\n def find_class(s): raise\nA(b)\n", "# picklelint:trust",
		"import io, pickle\npickle.load(io.BytesIO(b'\\x80\\x04' b'cos\\nsystem\\n(S\"id\"\\ntR.'))\n", "import base64, pickle, zlib\nA = 'Y29z'\npickle.loads(zlib.decompress(base64.b64decode(A + A[::-1])))\n",
		"import os, pickle\nwith open(os.path.join(os.path.dirname(__file__), 'a.pkl'), 'rb') as f:\n    pickle.load(f)\n", "import pickle\nfrom pathlib import Path\npickle.loads((Path(__file__).parents[1] / f'{X}.pkl').read_bytes())\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		res := scan("fuzz.py", string(src))
		for _, skip := range res.Skips {
			if strings.Contains(skip.Reason, "crashed") {
				t.Fatal(skip.Reason)
			}
		}
		keys := make(map[lint.Fingerprint]bool)
		for _, found := range res.Findings {
			if keys[found.Fingerprint] {
				t.Errorf("fingerprint %s twice", found.Fingerprint)
			}
			keys[found.Fingerprint] = true
			if found.Message != lint.Printable(found.Message) {
				t.Errorf("message %q", found.Message)
			}
		}
		seen := make(map[[3]int64]bool)
		for _, site := range res.Sites {
			if site.Offset < 0 || site.Offset >= int64(len(src)) || site.Line < 1 || site.Column < 1 {
				t.Errorf("site at %+v of %d bytes", site.Location, len(src))
			}
			key := [3]int64{site.Offset, int64(site.EndLine), int64(site.EndColumn)}
			if seen[key] {
				t.Errorf("two sites at %+v", site.Location)
			}
			seen[key] = true
		}
	})
}

// Whatever a module holds, it is read in time and answers without a panic.
func FuzzModule(f *testing.F) {
	f.Add([]byte(classSources))
	f.Add([]byte("class A(A): pass\nfrom .a import A\nfrom a import *\ndel A\n"))
	f.Add([]byte("class A:\n class A:\n  class A: x.y = __setstate__ = getattr(a, b)()\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		m := project("-- a/__init__.py --\n")
		m.Read = func(string) ([]byte, error) { return src, nil }
		m.Add("/p/a/a.py", "/p/b.py")
		for _, walk := range [][]string{{"A"}, {"A", "A"}, {"Plain"}, {"x", "y"}} {
			for _, module := range []string{"a", "a.a", "b"} {
				d := m.Define(module, walk)
				if d != nil && (d.Kind == 0 || d.Kind == blob.Imported && len(d.Names) == 0) {
					t.Errorf("%s:%v: %+v", module, walk, d)
				}
			}
		}
	})
}

// FuzzGate checks that the gate drops no file in which the parser would find a
// site.
func FuzzGate(f *testing.F) {
	for _, s := range []string{
		"import pickle\npickle.loads(b)\n", "import numpy as np\nx = np\nx.load(f, allow_pickle=True)\n", "from six.moves import cPickle as c\nmap(c.load, x)\n",
		"from pickle import *\nloads(b)\n", "import pickle\n(yield from pickle).loads\n", "import pickle as ｐ\n(ｐ\n.loads)(b)\n", "import pickle\nclass A(pickle.Unpickler): pass\nA(b)\n",
		"import torch, pickle as p; f(p=p); p.loads.__call__(b)\n", "import yaml\nyaml.load(x, Loader=yaml.Loader)\n", "def f(a=pickle): a.loads(b)\nimport pickle\n",
		"import pickle\n...pickle.loads(b)\n", "import pickle\nx = f'{pickle!r}' + pickle.loads(b)\n", "import six\nsix.moves.cPickle.load(x)\n", "lambda: pickle.loads(b)\nimport pickle",
		"import cPickle as c (c.load%0)\n", "x.recv_pyobj()\n", "from multiprocessing.connection import Client as C\nC(a).recv()\n",
		"from multiprocessing.connection import Connection as C\ndef f(c: 'C'): c.recv()\n", "import yaml\nyaml.Loader(s).get_data()\n",
		"from mpi4py import MPI\nc: MPI.Comm = None\nc.bcast(x)\n", "import lightning\nM.load_from_checkpoint(p)\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		g := gateFor(catalog.Builtin())
		text, _ := decode.Decode(raw, decode.Declared(raw))
		seen := exact{gate: g}
		normal := prelex.Normalise(text.Bytes, seen.visit)
		if len(normal.Faults) > 0 {
			return
		}
		if v := seen.verdict(normal.Text); opens(g.rough(text.Bytes)) && (v == open || v == asks && g.bound(g.read(normal.Text, "", false))) {
			return
		}
		tree, err := syntax.Parse(context.Background(), normal.Text, syntax.Budget(len(normal.Text)))
		if err != nil || len(tree.Broken) > 0 {
			return
		}
		file := newFile(newSource("fuzz.py", text, normal), tree, g, "", false, false)
		if sites := file.find(); len(sites) > 0 {
			t.Errorf("the gate drops %q, which has a site of %s", raw, sites[0].sink.Name)
		}
	})
}
