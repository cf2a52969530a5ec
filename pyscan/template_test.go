//go:build cgo

package pyscan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// sitesOf lists the sites as "line function argument safe".
func sitesOf(res *Result) (out []string) {
	for _, s := range res.Sites {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d %s %s %s", s.Line, s.Function, s.Argument, s.Safe)))
	}
	return out
}

func TestTemplates(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      []string
		skips     int
	}{
		{"a.py.j2", "import torch\n{% if fast %}\nimport pickle\n{% endif %}\nclass {{ name }}X:\n    {# it's #}\n    def f(self):\n        {% for k in keys %}\n        self.{{ k }} = torch.load({{ p }}, weights_only=True)\n        {% endfor %}\n        return pickle.load({{ p }})\n",
			[]string{"9 __________X.f {{ p }} weights_only=True", "11 __________X.f {{ p }}"}, 0},
		{"{{cookiecutter.slug}}.py", "from {{cookiecutter.slug}} import x\nimport pickle\ny = pickle.load(\"{{cookiecutter.slug}}\")\n", []string{`3  "{{cookiecutter.slug}}"`}, 0},
		{"a.py.tmpl", "import pickle\n{{- range .X }}\npickle.load({{ . }})\n{{- end }}\n", []string{"3  {{ . }}"}, 0},
		{"a.mako", "import pickle\n", nil, 0},
		{"a.py.mako", "import pickle\n% for x in y:\npickle.load(${x})\n% endfor\n", []string{"3  ${x}"}, 0},
		{"a.py.in", "#!@PYTHON@\nimport pickle\nv = @VERSION@\ndef f():\n    return pickle.load(@F@)\n", []string{"5 f @F@"}, 0},
		{"a.py-tpl", "import pickle\nname = '{{ app_name }}'\npickle.load(f)\n", []string{"3  f"}, 0},
		// What parses is read as it is.
		{"a.py", "import pickle\nx = {{pickle.load(f)}}\n", []string{"2  f"}, 0},
		{"a.py", "import pickle\ndef f(x):\n<<<<<<< HEAD\n    return pickle.load(x)\n||||||| 12\n    return pickle.load(old)\n=======\n    return pickle.load(x, encoding='latin1')\n>>>>>>> topic\n", []string{"4 f x", "8 f x"}, 1},
		{"a.py", "<<<<<<< HEAD\nimport pickle\n=======\nimport cPickle as pickle\n>>>>>>> topic\npickle.load(x)\n", []string{"6  x"}, 1},
		// Something else is wrong besides.
		{"a.py", "import pickle\n<<<<<<< HEAD\npickle.load(x)\n=======\npickle.load(y)\n>>>>>>> topic\nx = = (\npickle.load(z)\n", []string{"3  x", "5  y", "8  z"}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := scan(tt.name, tt.src)
			if got := sitesOf(res); !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", tt.src, got, tt.want)
			}
			if len(res.Skips) != tt.skips {
				t.Errorf("%s\nskips %+v, want %d", tt.src, res.Skips, tt.skips)
			}
			for _, s := range res.Skips[:min(1, len(res.Skips))] {
				if !strings.Contains(s.Reason, "marks of a merge") {
					t.Errorf("skip %+v", s)
				}
			}
		})
	}
}

func TestKindOf(t *testing.T) {
	for _, tt := range []struct {
		name, head string
		want       Kind
	}{
		{"a.py", "", Source}, {"A.PYI", "", Source}, {"a.pyw", "", Source}, {"a.ipynb", "{", Notebook}, {"a.ipynb.j2", "{", Notebook}, {"a.py.tmpl", "", Source}, {"SConstruct", "", Source},
		{"a.pyc", "import x\n", NoPython}, {"a.txt", "import x\n", NoPython}, {"a.so", "", NoPython}, {"a.pyx", "", Source},
		{"tool", "#!/usr/bin/env -S python3 -I\n", Source}, {"tool", "#!/usr/bin/env ipython\n", Source}, {"tool", "#!/usr/bin/pypy3\n", Source}, {"tool", "#!/usr/bin/perl\nimport x\n", NoPython},
		{"tool", "#!/usr/bin/env -S uv run --script\n# /// script\n", Source}, {"tool", "#!/bin/sh\n'''exec' \"/long path/python3.12\" \"$0\" \"$@\"\n' '''\n", Source},
		{"tool", "#!/bin/sh\n\"\"\":\"\nexec python3 \"$0\" \"$@\"\n\":\"\"\"\n", Source}, {"tool", "#!/bin/sh\nexec python3 \"$0\"\n", Commands}, {"tool", "#!/bin/sh\necho 'x'\nexec python3 \"$0.py\"\n", Commands},
		{"app", "#!/usr/bin/env python3\nPK\x03\x04\x14\x00\x00\x00", NoPython},
		{"tool", "# a comment\n\nimport os, sys as s  # more\n", Source}, {"tool", "\"\"\"Doc.\n\nMore.\n\"\"\"\nfrom . import x\n", Source}, {"tool", "from __future__ import annotations\n", Source},
		{"tool", "import x from 'y'\n", NoPython}, {"tool", "import \"fmt\"\n", NoPython}, {"tool", "import java.util.List;\n", NoPython}, {"tool", "from here on import is fun\n", NoPython}, {"tool", "\"\"\"no end", NoPython},
		{"tool", "", NoPython}, {"LICENSE", "MIT License\n", NoPython},
		{"a.sh", "", Commands}, {"Dockerfile", "", Commands}, {"dockerfile.dev", "", Commands}, {"run", "#!/bin/sh\n", Commands}, {"a.yaml.j2", "", Commands}, {"x/Makefile", "", Commands}, {"a.json", "", NoPython}, {"a.md", "", NoPython},
	} {
		if got := KindOf(tt.name, []byte(tt.head)); got != tt.want {
			t.Errorf("%s %q: %d, want %d", tt.name, tt.head, got, tt.want)
		}
	}
}
