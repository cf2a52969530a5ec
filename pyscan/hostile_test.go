//go:build cgo

package pyscan

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// Large hostile sources end, and end with something said: a site, found by its
// tokens where there is no tree, or a skip. How long they take is logged.
func TestHostileLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const call = "pickle.loads(b)"
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 1<<20-100)
	for i := range noise {
		noise[i] = byte(' ' + random.IntN(95))
		if random.IntN(40) == 0 {
			noise[i] = '\n'
		}
	}
	binary := make([]byte, 1<<20-100)
	for i := range binary {
		binary[i] = byte(random.IntN(256))
	}
	const deep = 1_000_000
	for _, tt := range []struct {
		name, src string
		sites     int
	}{
		{"noise", string(noise) + "\n" + call, -1},
		{"binary noise", string(binary) + "\n" + call, -1},
		{"nested brackets", strings.Repeat("(", deep) + call + strings.Repeat(")", deep), 1},
		{"unclosed brackets", strings.Repeat("[", deep) + call, 1},
		{"nested fields", strings.Repeat("f'{", deep) + call, 1},
		{"nested replacement", strings.Repeat("f'{x:{", 150_000) + call + strings.Repeat("}}'", 150_000), -1},
		{"backticks", strings.Repeat("`", deep) + call, -1},
		{"wrong closers", strings.Repeat("([", deep/2) + call + strings.Repeat(")]", deep/2), 1},
		{"open string", "x = 'a\n" + call, 1},
		{"open triple string", "x = '''a\n" + call, 1},
		{"open strings", strings.Repeat("'\n\"\n'''\n", 100_000) + call, -1},
		{"escaped quotes", "'" + strings.Repeat(`\'`, deep) + call, -1},
		{"one line of 50 MB", "x = [" + strings.Repeat("1, ", 50<<20/3) + "]; " + call, 1},
		{"one string of 50 MB", "x = '" + strings.Repeat("a", 50<<20) + "'; " + call, 1},
		{"one comment of 50 MB", "# " + strings.Repeat("a", 50<<20) + "\n" + call, 1},
		{"comments of 50 MB", strings.Repeat("#\n", 25<<20) + call, 1},
		{"one identifier of 50 MB", strings.Repeat("a", 50<<20) + "\n" + call, 1},
		{"one identifier of 20 MB outside ASCII", strings.Repeat("ａ", 20<<20/3) + "\n" + call, 1},
		{"continuations", strings.Repeat("\\\n", 500_000) + call, 1},
		{"carriage returns", strings.Repeat("\r", deep) + call, 1},
		{"many calls", strings.Repeat(call+"\n", 100_000), 10_000},
		{"many imports", strings.Repeat("import pickle as p, pickle\n", 60_000) + call, -1},
		{"long chains", "pickle" + strings.Repeat(".loads", 300_000) + "(b)\n" + call, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			res := scan("h.py", "import pickle\n"+tt.src+"\n")
			t.Logf("%d bytes, %v: %d sites, %d skips", len(tt.src), time.Since(start).Round(time.Millisecond), len(res.Sites), len(res.Skips))
			if tt.sites >= 0 && len(res.Sites) != tt.sites {
				t.Errorf("%d sites, want %d", len(res.Sites), tt.sites)
			}
			if len(res.Sites) == 0 && len(res.Skips) == 0 {
				t.Error("neither a site nor a skip")
			}
			for _, skip := range res.Skips {
				if strings.Contains(skip.Reason, "crashed") {
					t.Error(skip.Reason)
				}
			}
		})
	}
}

// What a limit or an error keeps from the parser is found by its tokens, and the
// report says so.
func TestTokenSites(t *testing.T) {
	large := "x = 1\n" + strings.Repeat("y = [1, 2, 3]\n", 1<<17)
	for src, want := range map[string]string{
		"import pickle as p\np.loads(a)":                                       "pickle.loads a",
		"from pickle import (loads as l,\n  load)\nl( a , b); load(c)":         "pickle.loads a; pickle.load c",
		"from pickle import *\nloads(a)":                                       "pickle.loads a",
		"import six.moves.cPickle\nsix.moves.cPickle.loads(a)":                 "pickle.loads a",
		"import torch\ntorch.load(a, weights_only=True)\ntorch.load(b)":        "torch.load a safe; torch.load b",
		"import numpy as np\nnp.load(a)\nnp.load(b, allow_pickle=True)":        "numpy.load a safe; numpy.load b",
		"import numpy as np\nnp.load(a, None, True)\nnp.load(b, **c)":          "numpy.load a; numpy.load b",
		"import numpy as np\nnp.load(a, allow_pickle=False)\nnp.load(b, x==1":  "numpy.load a safe; numpy.load ",
		"import yaml\nyaml.load(a, Loader=yaml.SafeLoader)\nyaml.load(b, Z)":   "yaml.load a safe; yaml.load b",
		"from . import pickle\npickle.loads(a)":                                "",
		"import pickle\ndef pickle(a): x.pickle.loads(a)":                      "",
		"import pickle\npickle.dumps(a)\npickle.loads":                         "",
		"sock . recv_pyobj()\na.b.recv_pyobj(zmq.NOBLOCK)":                     "recv_pyobj sock; recv_pyobj a.b",
		"a(b)[0].recv_pyobj()\nx.send_pyobj()\nx.recv_pyobj":                   "recv_pyobj ",
		"class A:\n  def recv_pyobj(self): pass\nrecv_pyobj(a)":                "",
		"import lightning\nM.load_from_checkpoint(a)":                          "load_from_checkpoint a",
		"import json\nM.load_from_checkpoint(a)":                               "",
		"import yaml\nyaml.Loader(a)\nyaml.load(b, Loader=yaml.Loader)":        "yaml.Loader a; yaml.load b",
		"import kombu.serialization as k\nk.loads(a, b)\nk.loads(a, 'pickle')": "kombu.serialization.loads a safe; kombu.serialization.loads a",
	} {
		res := scan("t.py", large+src+"\n")
		var got []string
		for _, s := range res.Sites {
			text := s.API + " " + s.Argument
			if s.Safe != "" {
				text += " safe"
			}
			if s.Note == "" || s.Line < 1<<17 {
				t.Errorf("%q: site %+v", src, s)
			}
			got = append(got, text)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
		for _, f := range res.Findings {
			if !strings.Contains(f.Message, "(found by its tokens only: the source does not parse here") {
				t.Errorf("%q: %s", src, f.Message)
			}
		}
		if len(res.Skips) == 0 && want != "" {
			t.Errorf("%q: the limit was passed over in silence", src)
		}
	}
}

// A claim covers a site that only its tokens show like any other.
func TestTokenSitesAreJustified(t *testing.T) {
	const claim = "# picklelint:trust boundary=host reason=\"written by this program only\"\n"
	res := scan("j.py", "import pickle\n<<<<<<< HEAD\n"+claim+"x = pickle.loads(a)\n=======\nx = pickle.loads(b)\n>>>>>>> other\n")
	if len(res.Findings) != 2 || !res.Findings[0].Suppressed || res.Findings[1].Suppressed {
		for _, f := range res.Findings {
			t.Errorf("line %d: %s, suppressed %v", f.Line, f.Message, f.Suppressed)
		}
	}
}
