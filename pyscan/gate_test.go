package pyscan

import (
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/prelex"
)

func TestGate(t *testing.T) {
	g := gateFor(catalog.Builtin())
	for src, want := range map[string]bool{
		"":                                             false,
		"import pickle":                                false,
		"import pickle; pickle.loads(b)":               true,
		"pickle.loads":                                 true,
		"pickles.loads":                                false,
		"my_pickle.loads":                              false,
		"from pickle import*;load(f)":                  true,
		"import cPickle as p;p.load(f)":                true,
		"json.load(f)":                                 false,
		"torch.save; x.load_state_dict":                false,
		"# picklelint:trust":                           true,
		"#PickleLint:trust":                            true,
		"# pickle-lint: trust":                         true,
		"# pickle_lint:x":                              true,
		"pickle-lint is a tool":                        false,
		"pickle":                                       false,
		"x.loads(pickle":                               true,
		"x.loads() # pickle":                           false,
		"x.loads('pickle')":                            false,
		"x.loads(f'{pickle}')":                         true,
		"x.loads(f'{y:{pickle}}')":                     true,
		"x.loads(f'{y}pickle')":                        false,
		"x.loads(t'''{\npickle}''')":                  true,
		"getattr(pickle, 'loads')":                     true,
		"getattr(pickle, ' loads')":                    false,
		"import_module('pickle').loads":                true,
		"exec('import pickle; pickle.loads(x)')":       true,
		"print('import pickle; pickle.loads(x)')":      false,
		"ｐｉｃｋｌｅ.lᵒads(x)":                              true,
		"'picklelint:trust'":                           false,
		"from six.moves import cPickle\ncPickle.loads": true,
	} {
		seen := exact{gate: g}
		prelex.Normalise([]byte(src), seen.visit)
		if got := g.rough([]byte(src)) && seen.opens(); got != want {
			t.Errorf("%q: %v, want %v", src, got, want)
		}
	}
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
