package pyscan

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

func opens(_ glimpse, open bool) bool { return open }

func gateOpens(g *gate, src string) bool {
	seen := exact{gate: g}
	normal := prelex.Normalise([]byte(src), seen.visit)
	v := seen.verdict(normal.Text)
	return opens(g.rough([]byte(src))) && (v == open || v == asks && g.bound(g.read(normal.Text, "", false)))
}

func TestGate(t *testing.T) {
	g := gateFor(catalog.Builtin())
	for src, want := range map[string]bool{
		"":                                                           false,
		"import pickle":                                              false,
		"import pickle; pickle.loads(b)":                             true,
		"import pickle\npickle.loads":                                true,
		"import pickles\npickles.loads":                              false,
		"import my_pickle\nmy_pickle.loads":                          false,
		"from pickle import*;load(f)":                                true,
		"import cPickle as p;p.load(f)":                              true,
		"json.load(f)":                                               false,
		"torch.save; x.load_state_dict":                              false,
		"# picklelint:trust":                                         true,
		"#PickleLint:trust":                                          true,
		"# pickle-lint: trust":                                       true,
		"# pickle_lint:x":                                            true,
		"# see picklelint:trust":                                     true,
		"# pickle-lint is a tool":                                    false,
		"'picklelint:trust'":                                         false,
		"pickle":                                                     false,
		"import pickle\nx.loads(pickle":                              true,
		"import pickle\nx.loads() # pickle":                          false,
		"import pickle\nx.loads('pickle')":                           false,
		"import pickle\nx.loads(f'{pickle}')":                        true,
		"import pickle\nx.loads(f'{y:{pickle}}')":                    true,
		"import pickle\nx.loads(f'{y}pickle')":                       false,
		"import pickle\nx.loads(t\"\"\"{\npickle}\"\"\")":            true,
		"import pickle\ngetattr(pickle, 'loads')":                    true,
		"import pickle\ngetattr(pickle, ' loads')":                   false,
		"import_module('pickle').loads":                              true,
		"__import__('pickle').loads":                                 true,
		"sys.modules['six.moves.cPickle'].load(f)":                   true,
		"exec('import pickle; pickle.loads(x)')":                     true,
		"print('import pickle; pickle.loads(x)')":                    false,
		"import pickle as p\nexec('p.loads(x)')":                     true,
		"import pickle as p\nx.exec('p.loads(x)')":                   false,
		"import pickle as p\nexec('p.dumps(x, loads)')":              false,
		"import pickle as p\nprint('p.loads(x)')":                    false,
		"import ｐｉｃｋｌｅ\nｐｉｃｋｌｅ.lᵒads(x)":                             true,
		"import pickle\npickle.loads.__call__(x)":                    true,
		"import pickle\npickle.dumps(x); y.loads(pickle.x)":          false,
		"import pickle\nf(pickle).loads":                             true,
		"import pickle\npickle.dumps(x); y.load(pickle)":             true,
		"import numpy as np\njson.load(f); np.zeros(1)":              false,
		"import numpy as np\njson.load(f); g(np=1)":                  false,
		"import numpy as np\njson.load(f); g(np==1)":                 true,
		"import numpy as np\njson.load(f); x = np":                   true,
		"import numpy as np\nx = getattr(np, 'load')":                true,
		"def f():\n  n.load(x)\nimport numpy as n":                   true,
		"from numpy import lib\nlib.format.read_array(x)":            true,
		"from numpy import load as l\nmap(l, x)":                     true,
		"from six.moves import cPickle as c\nc.load(x)":              true,
		"import six\nsix.moves.cPickle.load(x)":                      true,
		"import six\nsix.moves.cPickle.dump(x, y.load)":              false,
		"from .numpy import load\nload(x)":                           false,
		"import pickle\n(yield from pickle).loads":                   true,
		"try:\n  import pickle\nexcept E:\n  pickle = None\nx.load":  false,
		"from six.moves import cPickle\ncPickle.loads":               true,
		"import cPickle as c (c.load%0)":                             true,
		"x.recv_pyobj()":                                             true,
		"'x.recv_pyobj()'":                                           false,
		"M.load_from_checkpoint(p)":                                  false,
		"import lightning\nM.load_from_checkpoint(p)":                true,
		"import multiprocessing.connection as c\nc.Client(a).recv":   true,
		"import multiprocessing.connection as c\nc.wait(a); x.recv":  false,
		"from multiprocessing.connection import Client\nx.recv":      false,
		"from multiprocessing.connection import Connection\nx.recv":  true,
		"import multiprocessing\nmultiprocessing.Pipe()[0].recv()":   false,
		"from mpi4py import MPI\nMPI.COMM_WORLD.Bcast(x)":            false,
		"from mpi4py import MPI\nc: MPI.Comm = f()\nc.bcast(x)":      true,
		"import numpy as np\nnp.load.__defaults__ = x":               true,
		"import numpy as np\nnp.load = f":                            true,
		"app.conf.task_serializer = 'pickle'":                        true,
		"app.conf['task_serializer'] = x":                            true,
		"'''set task_serializer'''":                                  true,
		"f(serializer='json')":                                       false,
		"f(serializer='pickle')":                                     true,
		"import celery\nf(serializer='json')":                        false,
		"import celery\nf(serializer='pickle')":                      true,
		"os.environ['TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD'] = '1'":       true,
		"{'BACKEND': 'django.core.cache.backends.db.DatabaseCache'}": true,
		"import django\n{'BACKEND': 'django.x.sqlite3'}":             false,
	} {
		if got := gateOpens(g, src); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
}

// A quick look at a text finds the words that one reads one by one.
func TestRough(t *testing.T) {
	g := gateFor(catalog.Builtin())
	if g.quick == nil {
		t.Fatal("the built-in catalogue has a sink of short words only")
	}
	for _, word := range g.spelled {
		for _, around := range []string{"", " ", ".", "x", "_", "\n", "pick", "loa", "\x7f", "é", "ｌ"} {
			for _, src := range []string{around + word + around, word + around + "pickle.loads", "pickle" + around + word + around + "loads("} {
				sameRough(t, g, src)
				sameRough(t, g, strings.Repeat(" ", blockSize-len(word))+src+strings.Repeat(" import", 12))
			}
		}
	}
	c, err := catalog.Builtin().With("short.cat", strings.NewReader("python-sink zq.ld format=pickle arg=@0 danger=\"it unpickles\" # short\n"))
	if err != nil {
		t.Fatal(err)
	}
	if short := newGate(c, nil); !opens(short.rough([]byte("import zq; zq.ld(x)"))) {
		t.Error("a sink of short words is passed over")
	}
}

// FuzzRough compares the quick look with that at one word after the other.
func FuzzRough(f *testing.F) {
	for _, s := range []string{"import pickle\npickle.loads(b)\n", "# PickleLint: x", "ｐｉｃｋｌｅ.lᵒads", "é pickle é.loads", "\x7fpickle\x7f loads", "_import from_ import\nimport"} {
		f.Add(s, uint8(60))
	}
	f.Fuzz(func(t *testing.T, src string, blanks uint8) {
		sameRough(t, gateFor(catalog.Builtin()), strings.Repeat(" ", int(blanks))+src)
	})
}

// sameRough checks the quick look at a text.
func sameRough(t *testing.T, g *gate, src string) {
	t.Helper()
	got, open := g.rough([]byte(src))
	want, wantOpen := g.roughly([]byte(src))
	if open != wantOpen {
		// The quick look leaves out short words, and so opens for more.
		if short := slices.ContainsFunc(g.spelled, func(word string) bool { return strings.Contains(src, word) && g.besideShort(word) }); wantOpen || !short {
			t.Errorf("%q: %v, want %v", src, open, wantOpen)
		}
		return
	}
	if open {
		return // what else is there was not looked for
	}
	for word, id := range g.ids {
		if g.looksFor(word) && (got.seen != nil && got.seen[id]) != (want.seen != nil && want.seen[id]) {
			t.Errorf("%q: %s is seen by one look only", src, word)
		}
	}
	if !slices.Equal(got.imports, want.imports) {
		t.Errorf("%q: imports at %v, want %v", src, got.imports, want.imports)
	}
}

// Every byte is in words or not, whatever stands beside it.
func TestWordBytes(t *testing.T) {
	for b := range 256 {
		for _, beside := range []byte{0, ' ', 'a', '_', 0x7f, 0x80, 0xff} {
			for at := range blockSize {
				text := bytes.Repeat([]byte{beside}, blockSize+at%2)
				text[at] = byte(b)
				in, high := wordBytes(text)
				for i := range blockSize {
					if in>>i&1 != 0 != inWord[text[i]] || high>>i&1 != 0 != (text[i] >= 0x80) {
						t.Fatalf("%#x at %d, beside %#x: in %064b, high %064b", b, at, beside, in, high)
					}
				}
			}
		}
	}
	if in, high := wordBytes([]byte("a é")); in != 0b1101 || high != 0b1100 {
		t.Errorf("the end of a text: in %b, high %b", in, high)
	}
}

// besideShort reports a word of a sink that has words too short to be looked for.
func (g *gate) besideShort(word string) bool {
	return slices.ContainsFunc(g.needs, func(set []int) bool {
		return slices.Contains(set, g.ids[word]) && slices.ContainsFunc(set, func(id int) bool { return len(g.spelled[id]) < window })
	})
}

func TestIsPython(t *testing.T) {
	for _, tt := range []struct {
		name, head string
		want       bool
	}{
		{"a.py", "", true}, {"a.PYI", "", true}, {"b/a.pyw", "", true}, {"a.pyc", "", false}, {"a.txt", "import pickle", false},
		{"run", "#!/usr/bin/python3\n", true}, {"run", "#!/usr/bin/env python\n", true}, {"run", "#!/usr/bin/env -S python3.12 -u\n", true},
		{"run", "#! /opt/pypy3\r\n", true}, {"run", "#!/bin/sh\n# python\n", false}, {"run", "#!/usr/bin/env pythonista\n", false},
		{"run", "", false}, {"run", "\xef\xbb\xbf#!/usr/bin/python\n", true}, {".py", "", true}, {"run", "#!/usr/bin/perl python.pl", false},
	} {
		if got := IsPython(tt.name, []byte(tt.head)); got != tt.want {
			t.Errorf("%s %q: %v", tt.name, tt.head, got)
		}
	}
}
