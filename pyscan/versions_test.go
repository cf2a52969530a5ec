//go:build cgo

package pyscan

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
)

// scanIn scans a source beside declarations: names of files and their texts, in turn.
func scanIn(src string, files ...string) *Result {
	tree := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		tree[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	s := &Scanner{
		Policy:   justify.DefaultPolicy(testDay),
		Versions: &declared.Project{Trees: []declared.Tree{{FS: tree}}, Libraries: Libraries(catalog.Builtin())},
	}
	return s.Scan(context.Background(), "app/main.py", []byte(src))
}

// outcome writes what is said of the only site of a result: "safe: …", or the part of
// the message in brackets.
func outcome(t *testing.T, res *Result) string {
	t.Helper()
	if len(res.Sites) != 1 || len(res.Skips) > 0 {
		t.Errorf("sites %+v, skips %+v", res.Sites, res.Skips)
		return ""
	}
	site := res.Sites[0]
	if site.Safe != "" {
		if len(res.Findings) > 0 {
			t.Errorf("safe, and %s", res.Findings[0].Message)
		}
		if site.Note != "" {
			return "safe: " + site.Safe + "; " + site.Note
		}
		return "safe: " + site.Safe
	}
	if len(res.Findings) != 1 {
		t.Errorf("%d findings", len(res.Findings))
		return ""
	}
	_, note, _ := strings.Cut(res.Findings[0].Message, " (")
	return strings.TrimSuffix(note, ")")
}

func TestVersions(t *testing.T) {
	const (
		torch  = "import torch\n"
		numpy  = "import numpy as np\n"
		yml    = "import yaml\n"
		keras  = "from keras.models import load_model\n"
		none   = ""
		before = "safe only from torch 2.6 on"
	)
	tests := []struct {
		name, source, requirements string
		want                       string
	}{
		{"not declared", torch + "torch.load(f)", none, "no version of torch is declared: read as the oldest, " + before},
		{"unbounded", torch + "torch.load(f)", "torch\n", "no version of torch is declared: read as the oldest, " + before},
		{"above", torch + "torch.load(f)", "torch>=2.6\n", "safe: torch>=2.6 (requirements.txt)"},
		{"later", torch + "torch.load(f, 'cpu', mmap=True)", "torch==2.7.1+cu126\n", "safe: torch==2.7.1+cu126 (requirements.txt)"},
		{"below", torch + "torch.load(f)", "torch==2.5.1\n", "torch==2.5.1 is declared in requirements.txt: " + before},
		{"admits older", torch + "torch.load(f)", "torch>=2.0\n", "torch>=2.0 is declared in requirements.txt: " + before},
		{"only an upper end", torch + "torch.load(f)", "torch<3\n", "torch<3 is declared in requirements.txt: " + before},
		{"a candidate", torch + "torch.load(f)", "torch>=2.6.0rc1\n", "torch>=2.6.0rc1 is declared in requirements.txt: " + before},
		{"compatible", torch + "torch.load(f)", "torch~=2.6\n", "safe: torch~=2.6 (requirements.txt)"},
		{"conda's name", torch + "torch.load(f)", "pytorch==2.6\n", "safe: pytorch==2.6 (requirements.txt)"},
		{"said False", torch + "torch.load(f, weights_only=False)", "torch>=2.6\n", ""},
		{"said 0", torch + "torch.load(f, weights_only=0)", "torch>=2.6\n", ""},
		{"unknown", torch + "torch.load(f, weights_only=flag)", "torch>=2.6\n", ""},
		{"said None", torch + "torch.load(f, weights_only=None)", "torch>=2.6\n", "safe: torch>=2.6 (requirements.txt)"},
		{"another pickle", torch + "torch.load(f, pickle_module=dill)", "torch>=2.6\n", ""},
		{"another pickle by position", torch + "torch.load(f, None, dill)", "torch>=2.6\n", ""},
		{"no other pickle", torch + "torch.load(f, None, None)", "torch>=2.6\n", "safe: torch>=2.6 (requirements.txt)"},
		{"hidden", torch + "torch.load(f, **options)", "torch>=2.6\n", ""},
		{"hidden by a star", torch + "torch.load(*args)", "torch>=2.6\n", ""},
		{"handed on", torch + "list(map(torch.load, files))", "torch>=2.6\n", "safe: torch>=2.6 (requirements.txt)"},
		{"weights only", torch + "torch.load(f, weights_only=True)", "torch>=2.6\n", "safe: weights_only=True"},
		{"weights only, not declared", torch + "torch.load(f, weights_only=True)", none, "safe: weights_only=True"},
		{"weights only, old", torch + "torch.load(f, weights_only=True)", "torch==2.5.1\n", "torch==2.5.1 is declared in requirements.txt: CVE-2025-32434 before torch 2.6"},
		{"weights only, bounded above", torch + "torch.load(f, weights_only=True)", "torch>=2.0,<2.6\n", "torch>=2.0,<2.6 is declared in requirements.txt: CVE-2025-32434 before torch 2.6"},
		{"weights only, admits older", torch + "torch.load(f, weights_only=True)", "torch>=2.0\n", "safe: weights_only=True; torch>=2.0 is declared in requirements.txt: CVE-2025-32434 before torch 2.6"},
		{"a URL, weights only, old", torch + "torch.hub.load_state_dict_from_url(u, weights_only=True)", "torch==2.5\n", "torch==2.5 is declared in requirements.txt: CVE-2025-32434 before torch 2.6"},
		{"a URL", torch + "torch.hub.load_state_dict_from_url(u)", "torch>=2.6\n", ""},

		{"numpy, not declared", numpy + "np.load(f)", none, "safe: no allow_pickle=True"},
		{"numpy, unbounded", numpy + "np.load(f)", "numpy\nnumpy!=1.3\n", "safe: no allow_pickle=True"},
		{"numpy, bounded above", numpy + "np.load(f)", "numpy<2\n", "safe: no allow_pickle=True"},
		{"numpy, at", numpy + "np.load(f)", "numpy>=1.16.3\n", "safe: no allow_pickle=True"},
		{"numpy, old", numpy + "np.load(f)", "numpy==1.16.2\n", "numpy==1.16.2 is declared in requirements.txt: safe only from numpy 1.16.3 on"},
		{"numpy, admits old", numpy + "np.load(f)", "numpy>=1.14\n", "numpy>=1.14 is declared in requirements.txt: safe only from numpy 1.16.3 on"},
		{"numpy, must be old", numpy + "np.load(f)", "numpy<1.16\n", "numpy<1.16 is declared in requirements.txt: safe only from numpy 1.16.3 on"},
		{"numpy, old, said False", numpy + "np.load(f, allow_pickle=False)", "numpy==1.14\n", "safe: allow_pickle=False"},
		{"numpy, old, hidden", numpy + "np.load(f, None, *more)", "numpy==1.14\n", ""},
		{"numpy, said True", numpy + "np.load(f, allow_pickle=True)", "numpy>=2\n", ""},

		{"no loader", yml + "yaml.load(s)", none, "no version of PyYAML is declared: read as the oldest, safe only from PyYAML 5.4 on"},
		{"no loader, old", yml + "yaml.load(s)", "pyyaml==5.3.1\n", "pyyaml==5.3.1 is declared in requirements.txt: safe only from PyYAML 5.4 on"},
		{"no loader, new", yml + "yaml.load(s)", "PyYAML>=6\n", "safe: PyYAML>=6 (requirements.txt)"},
		{"the full loader", yml + "yaml.load(s, Loader=yaml.FullLoader)", "PyYAML>=5.4\n", "safe: PyYAML>=5.4 (requirements.txt)"},
		{"the full loader, old", yml + "yaml.load(s, yaml.FullLoader)", "PyYAML>=5.1\n", "PyYAML>=5.1 is declared in requirements.txt: safe only from PyYAML 5.4 on"},
		{"the whole loader", yml + "yaml.load(s, yaml.Loader)", "PyYAML>=6\n", ""},
		{"some loader", yml + "yaml.load(s, Loader=pick())", "PyYAML>=6\n", ""},
		{"full_load", yml + "yaml.full_load(s)", "PyYAML>=6\n", "safe: PyYAML>=6 (requirements.txt)"},
		{"full_load, not declared", yml + "yaml.full_load(s)", none, "no version of PyYAML is declared: read as the oldest, safe only from PyYAML 5.4 on"},

		{"keras", keras + "load_model(path)", none, "safe: no safe_mode=False"},
		{"keras, literal", keras + "load_model('m.keras')", none, "safe: no safe_mode=False"},
		{"keras, old", keras + "load_model(path)", "keras==2.12\n", "keras==2.12 is declared in requirements.txt: safe only from keras 2.13 on"},
		{"keras, old tensorflow", keras + "load_model(path)", "tensorflow-gpu<2.11\n", "tensorflow-gpu<2.11 is declared in requirements.txt: safe only from tensorflow 2.13 on"},
		{"keras, flawed", keras + "load_model(path, safe_mode=True)", "keras==3.9\n", "keras==3.9 is declared in requirements.txt: CVE-2026-1462 before keras 3.13.2"},
		{"keras, may be flawed", keras + "load_model(path)", "keras>=3.0\n", "safe: no safe_mode=False; keras>=3.0 is declared in requirements.txt: CVE-2026-1462 before keras 3.13.2"},
		{"keras, new", keras + "load_model(path)", "keras>=3.14\ntensorflow>=2.10", "safe: no safe_mode=False"},
		{"keras, said False", keras + "load_model(path, safe_mode=False)", "keras>=3.14\n", ""},
		{"HDF5", keras + "load_model('m.h5')", none, "no version of keras is declared: read as the oldest, safe only from keras 3.11.3 on"},
		{"HDF5, said True", keras + "load_model(filepath=\"a/m.hdf5\", safe_mode=True)", "keras==3.11.2\n", "keras==3.11.2 is declared in requirements.txt: safe only from keras 3.11.3 on"},
		{"HDF5, new", keras + "load_model('m.h5')", "keras>=3.13.2\n", "safe: keras>=3.13.2 (requirements.txt)"},

		{"gone", "import networkx\nnetworkx.read_gpickle(p)", "networkx>=3\n", "safe: not in networkx>=3 (requirements.txt)"},
		{"not gone", "import networkx\nnetworkx.read_gpickle(p)", "networkx>=2.8\n", "networkx>=2.8 is declared in requirements.txt: in every release before networkx 3.0"},
		{"session", "from pyramid.session import SignedCookieSessionFactory as S\nS('x')", "pyramid>=2\n", "safe: pyramid>=2 (requirements.txt)"},
		{"session, old", "from pyramid.session import SignedCookieSessionFactory as S\nS('x')", "pyramid==1.10\n", "pyramid==1.10 is declared in requirements.txt: safe only from pyramid 2.0 on"},
		{"session with its own", "from pyramid.session import SignedCookieSessionFactory as S\nS('x', serializer=own)", "pyramid>=2\n", ""},
		{"skops", "import skops.io\nskops.io.load(f, trusted=True)", "skops>=0.10\n", "safe: skops>=0.10 (requirements.txt)"},
		{"skops, unknown types", "import skops.io\nskops.io.load(f, trusted=types)", "skops>=0.10\n", "trusted may be True"},
		{"cookies", "import Cookie\nCookie.SmartCookie(h)", none, "no version of Python is declared: read as the oldest, in every release before Python 3.0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := outcome(t, scanIn(tt.source+"\n", "requirements.txt", tt.requirements)); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestVersionOfPython(t *testing.T) {
	const source = "from Cookie import SerialCookie\nSerialCookie(h)\n"
	for text, want := range map[string]string{
		">=3.8": "safe: not in Python>=3.8 (pyproject.toml)",
		">=2.7": "Python>=2.7 is declared in pyproject.toml: in every release before Python 3.0",
	} {
		if got := outcome(t, scanIn(source, "pyproject.toml", "[project]\nrequires-python = '"+text+"'\n")); got != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// The header of a script wins over what stands around it, and says nothing about what
// it does not name. A header that is not understood is told where it would matter.
func TestVersionInHeader(t *testing.T) {
	const load = "import torch\ntorch.load(f)\n"
	around := []string{"app/uv.lock", "[[package]]\nname = 'torch'\nversion = '2.7.0'\n"}
	tests := []struct{ head, want string }{
		{"# /// script\n# dependencies = ['torch>=2.6']\n# ///\n", "safe: torch>=2.6 (the header of the script)"},
		{"# /// script\n# dependencies = ['torch<2.6']\n# ///\n", "torch<2.6 is declared in the header of the script: safe only from torch 2.6 on"},
		{"# /// script\n# dependencies = ['torch']\n# ///\n", "no version of torch is declared: read as the oldest, safe only from torch 2.6 on"},
		{"# /// script\n# dependencies = ['numpy']\n# ///\n", "safe: torch 2.7.0 (app/uv.lock)"},
		{"", "safe: torch 2.7.0 (app/uv.lock)"},
	}
	for _, tt := range tests {
		if got := outcome(t, scanIn(tt.head+load, around...)); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.head, got, tt.want)
		}
	}
	res := scan("x.py", tests[0].head+load)
	if got := outcome(t, res); got != tests[0].want {
		t.Errorf("without a project: %q", got)
	}
	const broken = "# /// script\n# dependencies = ['torch>=2.6'\n# ///\n"
	if res := scan("x.py", broken+load); len(res.Skips) != 1 || !strings.Contains(res.Skips[0].Reason, "PEP 723) is not understood: line 2") {
		t.Errorf("a broken header: %+v", res.Skips)
	}
	if res := scan("x.py", broken+"import pickle\npickle.load(f)\n"); len(res.Skips) != 0 {
		t.Errorf("told for nothing: %+v", res.Skips)
	}
}

// Where only tokens are left, releases count as they do in the tree.
func TestVersionsByTokens(t *testing.T) {
	const head = "import torch, numpy as np, yaml\nfrom keras.models import load_model\n"
	large := strings.Repeat("y = [1, 2, 3]\n", 1<<17)
	const files = "torch>=2.6\nnumpy==1.14\nPyYAML>=5.4\nkeras==2.12\n"
	for call, want := range map[string]bool{
		"torch.load(a)": false, "torch.load(a, weights_only=False)": true, "torch.load(a, weights_only=x)": true, "torch.load(a, None, dill)": true,
		"torch.load(a, **b)": true, "torch.load(a, weights_only=None)": false, "np.load(a)": true, "np.load(a, allow_pickle=False)": false,
		"yaml.load(a)": false, "yaml.load(a, Loader=yaml.FullLoader)": false, "yaml.load(a, Loader=yaml.Loader)": true,
		"load_model(a)": true, "load_model('a.h5', safe_mode=True)": true,
	} {
		res := scanIn(head+large+"z = "+call+"\n", "requirements.txt", files)
		if len(res.Sites) != 1 || !strings.Contains(res.Sites[0].Note, byTokens) || (len(res.Findings) > 0) != want {
			for _, s := range res.Sites {
				t.Errorf("%s: %+v, %d findings", call, *s, len(res.Findings))
			}
		}
	}
}

// Every release of the catalogue is a test of itself: below it, at it, and where no
// version is declared.
func TestReleasesOfCatalogue(t *testing.T) {
	c := catalog.Builtin()
	tested := 0
	run := func(sink *catalog.PythonSink, args string, r catalog.Release, specifier string, fires bool) {
		t.Helper()
		name := strings.TrimSuffix(sink.Name, "()") // a sink that is a call
		i := strings.LastIndexByte(name, '.')
		src := "from " + name[:i] + " import " + name[i+1:] + " as f\nf(" + args + ")\n"
		files := []string{"requirements.txt", r.Library + specifier + "\n"}
		if r.Library == "Python" {
			files = []string{"pyproject.toml", "[project]\nrequires-python = '" + specifier + "'\n"}
		}
		res := scanIn(src, files...)
		if len(res.Sites) != 1 || (len(res.Findings) == 1) != fires {
			t.Errorf("%s(%s), %s%s: sites %+v, %d findings", sink.Name, args, r.Library, specifier, res.Sites, len(res.Findings))
		}
		tested++
	}
	for _, sink := range c.PythonSinks() {
		args := "data"
		if len(sink.LateSafeIf) > 0 && len(sink.UnsafeIf) > 0 {
			args = "data, " + sink.LateSafeIf[0].String()
		} else if slices.ContainsFunc(sink.UnsafeIf, func(f catalog.ArgForm) bool { return f.Suffix() != "" }) {
			args = "'model.h5'"
		}
		for _, r := range slices.Concat(sink.SafeFrom, sink.GoneFrom) {
			run(sink, args, r, "<"+r.Version, true)
			run(sink, args, r, ">=0.0.1", true)
			run(sink, args, r, "!=0.0.1", true)
			run(sink, args, r, ">="+r.Version, false)
		}
		for _, r := range sink.UnsafeBefore {
			run(sink, "data", r, "<"+r.Version, true)
			run(sink, "data", r, ">=0.0.1", true)
			run(sink, "data", r, ">="+r.Version, false)
			run(sink, "data", r, "!=0.0.1", false)
		}
		for _, r := range sink.FlawedBefore {
			args := "data"
			if len(sink.SafeIf) > 0 {
				args = "data, " + sink.SafeIf[0].String()
			}
			run(sink, args, r, "<"+r.Version, true)
			run(sink, args, r, ">="+r.Version, false)
			run(sink, args, r, "!=0.0.1", false)
		}
	}
	if tested < 80 {
		t.Errorf("only %d calls", tested)
	}
}
