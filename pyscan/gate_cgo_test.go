//go:build cgo

package pyscan

import "testing"

// A module whose attributes are got at by strings alone is used, though no name of a sink
// is.
func TestGateSpaces(t *testing.T) {
	for _, src := range []string{
		"import pickle\npickle.__dict__['loads'](b)\n",
		"import pickle as p\np.__dict__.get('loads')(b)\n",
		"import pickle\npickle.__getattribute__('loads')(b)\n",
		"import yaml yaml.Loader(b)\n",
		"import six.moves\nsix.moves.cPickle.__dict__['loads'](b)\n",
	} {
		if res := scan("x.py", src); len(res.Findings) != 1 {
			t.Errorf("%q: %d findings", src, len(res.Findings))
		}
	}
	for _, src := range []string{
		"import pickle\npickle.__doc__['loads'](b)\n",
		"import json\njson.__dict__['loads'](b)\n",
	} {
		if res := scan("x.py", src); len(res.Findings) != 0 {
			t.Errorf("%q: %v", src, res.Findings)
		}
	}
}
