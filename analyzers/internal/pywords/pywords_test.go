package pywords

import (
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
)

func TestLoads(t *testing.T) {
	for text, want := range map[string]string{
		"import pickle\npickle.load(f)":                                          "pickle.load",
		"import pickle as p, sys; x = p.loads(sys.stdin.buffer.read())":          "pickle.loads",
		"import cPickle; cPickle.load(f)":                                        "pickle.load",
		"from pickle import load as ld\nld(f)":                                   "pickle.load",
		"from pickle import (\n  dump,\n  loads,\n)\nloads(b)":                   "pickle.loads",
		"from pickle import *\nloads(b)":                                         "pickle.loads",
		"__import__('pickle').loads(b)":                                          "pickle.loads",
		"import importlib; importlib.import_module( \"dill\" ).load(f)":          "dill.load",
		"import pickle\npickle.Unpickler(f).load()":                              "pickle.Unpickler",
		"import torch\ntorch.load(f)":                                            "torch.load",
		"import torch\ntorch.load(f, weights_only=False)":                        "torch.load",
		"import torch\ntorch.load(f, map_location='cpu', weights_only = True)":   "",
		"import numpy as np\nnp.load(f)":                                         "",
		"import numpy as np\nnp.load(f, allow_pickle=True)":                      "numpy.load",
		"import numpy as np\nnp.load(f, None, True)":                             "numpy.load",
		"import yaml\nyaml.load(f)":                                              "yaml.load",
		"import yaml\nyaml.load(f, Loader=yaml.SafeLoader)":                      "",
		"import yaml\nfrom yaml import SafeLoader as SL\nyaml.load(f, SL)":       "",
		"import yaml\nyaml.load(f, yaml.Loader)":                                 "yaml.load",
		"import yaml\nyaml.safe_load(f)":                                         "",
		"import pandas as pd; pd.read_pickle('x'); pd.read_csv('y')":             "pandas.read_pickle",
		"import joblib\ndef f(p):\n  return joblib . load (p)":                   "joblib.load",
		"import shelve\nwith shelve.open('x') as s: pass":                        "shelve.open",
		"import pickle\npickle.dumps(x)":                                         "",
		"import pickle\nprint('pickle.load(f)') # pickle.load(f)":                "",
		"import pickle\nprint(\"\"\"\npickle.load(f)\n\"\"\")":                   "",
		"import json as pickle\npickle.load(f)":                                  "",
		"pickle.load(f)":                                                         "",
		"class pickle:\n  def load(f): pass\nself.pickle.load(f)\nimport pickle": "",
		"if x: import pickle; pickle.load(f)":                                    "pickle.load",
		"try: from cloudpickle import loads\nexcept: pass\nloads(x)":             "cloudpickle.loads",
		"import marshal; marshal.loads(x)":                                       "",
		"import pickle\npickle.load(":                                            "pickle.load",
		"'unterminated\nimport pickle\npickle.load(f)":                           "pickle.load",
		"import pickle\nprint('it\\'s'); pickle.loads(x)":                        "pickle.loads",
	} {
		var got []string
		for _, l := range Loads(catalog.Builtin(), []byte(text)) {
			got = append(got, l.API)
			if l.Offset >= l.End || l.End > len(text) || l.Danger == "" {
				t.Errorf("%q: %+v", text, l)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestComments(t *testing.T) {
	text := "# one\nx = '# no' # two\n'''\n# no\n'''\n#"
	var got []string
	for _, c := range Comments([]byte(text)) {
		got = append(got, text[c[0]:c[1]])
	}
	if strings.Join(got, "|") != "# one|# two|#" {
		t.Errorf("%q", got)
	}
}

func FuzzLoads(f *testing.F) {
	f.Add("import pickle\npickle.load(f, a=(1,2))")
	f.Add("\"\"\"'\\")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range Loads(catalog.Builtin(), []byte(text)) {
			if l.Offset < 0 || l.Offset >= l.End || l.End > len(text) {
				t.Errorf("%+v in %d bytes", l, len(text))
			}
		}
	})
}
