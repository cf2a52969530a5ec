//go:build cgo

package pyscan

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// mended applies every fix of a scan, each edit once.
func mended(t *testing.T, s *Scanner, src string) string {
	t.Helper()
	const path = "p.py"
	var edits []lint.Edit
	for _, f := range s.Scan(context.Background(), path, []byte(src)).Findings {
		for _, fix := range f.Fixes {
			if fix.Sum != lint.Sum([]byte(src)) || fix.Path != path || f.Suppressed {
				t.Errorf("%s: fix %+v of %s", src, fix, f.Message)
			}
			edits = append(edits, fix.Edits...)
		}
	}
	slices.SortFunc(edits, lint.CompareEdits)
	out, err := lint.Apply([]byte(src), slices.Compact(edits))
	if err != nil {
		t.Errorf("%s: %v", src, err)
	}
	return string(out)
}

func mendingScanner(fixes, drafts bool) *Scanner {
	return &Scanner{Policy: justify.DefaultPolicy(testDay), Fixes: fixes, Drafts: drafts}
}

// Where a fix is offered, it does what stands behind the arrow; elsewhere nothing.
func TestSafeFixes(t *testing.T) {
	const torch, numpy = "import torch\n", "# /// script\n# dependencies = [\"numpy==1.14\"]\n# ///\nimport numpy as np\n"
	const claim = " boundary=host reason=\"written by this program only\""
	for _, tt := range []struct{ head, old, want string }{
		{torch, "torch.load(f)\n", "torch.load(f, weights_only=True)\n"},
		{torch, "torch.load(f, map_location='cpu' )\n", "torch.load(f, map_location='cpu', weights_only=True )\n"},
		{torch, "torch.load(f,)\n", "torch.load(f, weights_only=True)\n"},
		{torch, "m = torch.load(\n    f,\n    'cpu',  # why, not (\n)\n", "m = torch.load(\n    f,\n    'cpu',\n    weights_only=True,  # why, not (\n)\n"},
		{torch, "m = torch.load(\r\n\tf\r\n)\r\n", "m = torch.load(\r\n\tf,\r\n\tweights_only=True\r\n)\r\n"},
		{torch, "torch.load((f))  # é\n", "torch.load((f), weights_only=True)  # é\n"},
		{torch, "torch.load(torch.load(f))\n", "torch.load(torch.load(f, weights_only=True), weights_only=True)\n"},
		{"from torch import load as l\n", "l(f)\n", "l(f, weights_only=True)\n"},
		{torch, "torch.load(f, weights_only=False)\n", ""},
		{torch, "torch.load(f, weights_only=None)\n", ""},
		{torch, "torch.load(f, pickle_module=p)\n", ""},
		{torch, "torch.load(f, None, p)\n", ""},
		{torch, "torch.load(*a)\n", ""},
		{torch, "torch.load(f, **kw)\n", ""},
		{torch, "torch.load()\n", ""},
		{torch, "map(torch.load, fs)\n", ""},
		{torch + "import pickle\n", "(torch.load if x else pickle.load)(f)\n", ""},
		{torch, "torch.load(f) # picklelint:trust" + claim + "\n", ""},
		{torch, "torch.load(f)\nif x y:\n", ""}, // not all of it is understood
		{"# /// script\n# dependencies = [\"torch>=1.10\"]\n# ///\n" + torch, "torch.load(f)\n", ""},
		{"# /// script\n# dependencies = [\"torch>=1.13,<2\"]\n# ///\n" + torch, "torch.load(f)\n", "torch.load(f, weights_only=True)\n"},
		{"\ufeff" + torch, "torch.load(f)\n", "torch.load(f, weights_only=True)\n"},
		{"# -*- coding: latin-1 -*-\n# \xe9\n" + torch, "torch.load(f, '\xe9')\n", "torch.load(f, '\xe9', weights_only=True)\n"},
		{"# coding: rot13\n", "vzcbeg gbepu\ngbepu.ybnq(s)\n", ""},

		{numpy, "np.load(f)\n", "np.load(f, allow_pickle=False)\n"},
		{numpy, "np.load(f, None)\n", "np.load(f, None, allow_pickle=False)\n"},
		{numpy, "np.load(f, None, True)\n", ""},
		{numpy, "np.load(f, allow_pickle=True)\n", ""},
		{strings.Replace(numpy, "1.14", "1.9", 1), "np.load(f)\n", ""},
		{"import numpy as np\n", "np.load(f)\n", ""}, // safe as it is

		{"", "x = 1\n\n# picklelint:trust" + claim + "\n\n\n", "x = 1\n\n\n\n"},
		{"", "x = 1  # picklelint:trust" + claim + "\n", "x = 1\n"},
		{"import pickle\n", "# picklelint: trust" + claim + "\npickle.load(f)\n", "# picklelint:trust" + claim + "\npickle.load(f)\n"},
		{"import pickle\n", "pickle.load(f)  # picklelint:trust boundary = host reason = \"é by this one only\"\n", "pickle.load(f)  # picklelint:trust boundary=host reason=\"é by this one only\"\n"},
		{"import pickle\n", "# picklelint:trust boundary=host\npickle.load(f)\n", ""},
		{"import pickle\n", "pickle.load(f)\n", ""},
	} {
		want := tt.want
		if want == "" {
			want = tt.old
		}
		s := mendingScanner(true, false)
		got := mended(t, s, tt.head+tt.old)
		if got != tt.head+want {
			t.Errorf("%q\n got %q\nwant %q", tt.old, strings.TrimPrefix(got, tt.head), want)
		}
		if again := mended(t, s, got); again != got {
			t.Errorf("%q\nthen %q", got, again)
		}
		// Nobody has asked, or for something else.
		for _, s := range []*Scanner{mendingScanner(false, false)} {
			if got := mended(t, s, tt.head+tt.old); got != tt.head+tt.old {
				t.Errorf("unasked: %q", got)
			}
		}
	}
}

// A project that admits a release without the argument gets no fix.
func TestFixByDeclaredRelease(t *testing.T) {
	for text, want := range map[string]bool{"torch==1.12.1": false, "torch>=1.12": false, "torch~=1.13": true, "torch<2": true, "torch": true} {
		s := mendingScanner(true, false)
		s.Versions = oneVersion(t, text)
		const src = "import torch\ntorch.load(f)\n"
		if got := mended(t, s, src); (got != src) != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

type fixedVersion struct {
	v  declared.Version
	ok bool
}

func (f fixedVersion) Of(string, ...string) (declared.Version, bool) { return f.v, f.ok }

func oneVersion(t *testing.T, requirement string) Versions {
	t.Helper()
	spec := strings.TrimPrefix(requirement, "torch")
	if spec == "" {
		return fixedVersion{}
	}
	set, err := pep440.ParseRange(spec, pep440.PEP440)
	if err != nil {
		t.Fatal(err)
	}
	return fixedVersion{declared.Version{Range: set, Text: requirement, Where: "here"}, true}
}

// A draft stands above the statement, names the boundary that the code speaks for and what
// that asks for, and is a finding; the site stays one.
func TestDrafts(t *testing.T) {
	const head = "import pickle, sys, socket\nfrom flask import request\n"
	for _, tt := range []struct{ old, above string }{
		{"pickle.loads(request.data)\n", `boundary=public reason="" verified-by="" expires=""`},
		{"with open(p, 'rb') as f:\n    x = pickle.load(f)\n", `boundary=host reason=""`},
		{"x = pickle.load(open(p, 'rb'))\n", `boundary=host reason=""`},
		{"data = Path(p).read_bytes()\nx = pickle.loads(data)\n", `boundary=host reason=""`},
		{"def f(data):\n\treturn pickle.loads(data)\n", `boundary=caller reason=""`},
		{"def f(data):\n  if data:\n    x = pickle.loads(\n        data[1:])\n", `boundary=caller reason=""`},
		{"x = pickle.load(sys.stdin.buffer)\n", `boundary=operator reason=""`},
		{"x = pickle.loads(strange())\n", `boundary="" reason=""`},
		{"é = pickle.loads(strange())\n", `boundary="" reason=""`},
		{"if pickle.loads(strange()):\n    pass\n", `boundary="" reason=""`},
		{"@deco(pickle.loads(strange()))\ndef f(): pass\n", `boundary="" reason=""`},
		{"@deco\ndef f(x=pickle.loads(strange())): pass\n", `boundary="" reason=""`},
		{"x = pickle.loads(strange()), pickle.loads(strange())\r\n", `boundary="" reason=""`},
		// There is no line for it, or there is one already.
		{"# picklelint:trust boundary=host reason=\"\"\npickle.loads(strange())\n", ""},
		{"pickle.loads(strange())  # picklelint: trust\n", ""},
		{"# picklelint:trust boundary=host reason=\"written by this program only\"\nx = pickle.loads(strange())\n", ""},
	} {
		src := head + tt.old
		got := mended(t, mendingScanner(false, true), src)
		if tt.above == "" {
			if got != src {
				t.Errorf("%q: drafted %q", tt.old, got)
			}
			continue
		}
		var drafts, rest []string
		for l := range strings.Lines(got) {
			if strings.Contains(l, "picklelint:") {
				drafts = append(drafts, strings.TrimSpace(l))
			} else {
				rest = append(rest, l)
			}
		}
		if strings.Join(drafts, "") != "# picklelint:trust "+tt.above || strings.Join(rest, "") != src {
			t.Errorf("%q: %q", tt.old, got)
		}
		res := scan("p.py", got)
		count := make(map[string]int)
		for _, f := range res.Findings {
			if !f.Suppressed {
				count[f.Rule[:4]]++
			}
			if f.Rule == "PKL908" || f.Rule == "PKL910" {
				t.Errorf("%q: %s", got, f.Message)
			}
		}
		if count["PKL9"] == 0 || count["PKL2"] == 0 {
			t.Errorf("%q: %v", got, count)
		}
		if again := mended(t, mendingScanner(false, true), got); again != got {
			t.Errorf("%q\nthen %q", got, again)
		}
	}
}

// Python that is written down in another form is not changed.
func TestNoFixesInside(t *testing.T) {
	const py = "import torch\ntorch.load(f)\n"
	s := mendingScanner(true, true)
	for path, src := range map[string]string{
		"n.ipynb": `{"nbformat": 4, "metadata": {"language_info": {"name": "python"}}, "cells": [{"cell_type": "code", "source": ["import torch\n", "torch.load(f)"]}]}`,
		"n.ipy":   py,
		"n.sh":    "#!/bin/sh\npython3 -c '" + py + "'\n",
		"t.py.j2": "{% if x %}\n" + py + "{% endif %}\n",
	} {
		res := s.Scan(context.Background(), path, []byte(src))
		if len(res.Findings) == 0 {
			t.Errorf("%s: nothing is found", path)
		}
		for _, f := range res.Findings {
			if len(f.Fixes) > 0 {
				t.Errorf("%s: %+v", path, f.Fixes)
			}
		}
	}
	res := s.ScanMember(context.Background(), "a.whl", []string{"p.py"}, []byte(py))
	if len(res.Findings) != 1 || len(res.Findings[0].Fixes) > 0 {
		t.Errorf("a member: %+v", res.Findings)
	}
}
